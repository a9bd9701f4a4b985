// The office's archive by keyboard alone: a document registered, found by
// pinyin, planned for study, removed and brought back; money to the cent; a
// finding mended.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook } from "./lib/branch.js";
import { focused, tabTo, toast } from "./lib/window.js";

const YEAR = Number(TODAY.slice(0, 4));

let folder;
let app;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  const book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Goes to a field by Tab and types into it anew. */
async function put(testId, text) {
  await tabTo(app, testId);
  await app.press("Control+a");
  await app.type(text);
}

/** Opens the menu of the current row and takes a line of it. */
async function choose(testId) {
  await tabTo(app, "archive-table");
  await app.press("Shift+F10");
  await app.testId(testId);
  for (let presses = 0; presses < 9 && (await focused(app)) !== testId; presses += 1) await app.press("ArrowDown");
  assert.equal(await focused(app), testId);
  await app.press("Enter");
}

const documents = async () => (await app.core("documents.list", {})).rows;

test("Alt+D, Ctrl+N: a document is registered and found by its pinyin", async () => {
  await app.press("Alt+d");
  await app.testId("documents-page");
  await app.press("Control+n");
  await app.testId("document-title");
  await waitUntil(async () => (await focused(app)) === "document-title", "the focus in the form");
  await app.type("关于开展专题学习的通知");
  await put("document-number", "县发〔2025〕12号");
  await put("document-date", `${YEAR}年12月1日`);
  await app.press("Enter");
  await toast(app, "登记文件“关于开展专题学习的通知”");
  const [row] = await documents();
  assert.deepEqual([row.number, row.date, row.study], ["县发〔2025〕12号", `${YEAR}-12-01`, "kept"]);
  await waitUntil(async () => (await focused(app)) !== "document-date", "the form to close");
  await app.press("Control+f");
  await app.type("ztxx");
  await app.text("1 条");
});

test("its study is planned from its menu, by one operation", async () => {
  await choose("document-schedule");
  await app.testId("session-form");
  await put("session-kind", "集体学习");
  await put("session-date", `${YEAR}-12-30`);
  await app.press("Enter");
  await toast(app, `安排 ${YEAR}-12-30 学习“关于开展专题学习的通知”`);
  const [row] = await documents();
  assert.deepEqual(row.sessions.map((each) => [each.date, each.state, each.days]), [[`${YEAR}-12-30`, "planned", 29]]);
});

test("removing it names the session that studies it, and Ctrl+Z brings both back", async () => {
  await tabTo(app, "archive-table");
  await app.press("Delete");
  await app.text("有 1 次活动在学");
  await tabTo(app, "confirm-run");
  await app.press("Enter");
  await waitUntil(async () => (await documents()).length === 0, "the document to go");
  await app.press("Control+z");
  await toast(app, "已撤销：删除文件“关于开展专题学习的通知”");
  assert.equal((await documents())[0].sessions.length, 1);
});

test("money is typed as it is written, and kept to the cent", async () => {
  await tabTo(app, "archive-page-expenses");
  await app.press("Enter");
  await app.testId("expenses-page");
  await app.press("Control+n");
  await app.testId("expense-item");
  await waitUntil(async () => (await focused(app)) === "expense-item", "the focus in the form");
  await app.type("学习用书");
  await app.press("Tab");
  await app.type("1,280.5元");
  await app.press("Enter");
  await toast(app, "登记经费“学习用书”1280.50 元");
  assert.equal((await app.core("expenses.list", { year: YEAR })).total, "1280.50");
});

test("a check's finding is mended by one action from its row", async () => {
  await tabTo(app, "archive-page-inspections");
  await app.press("Enter");
  await app.testId("inspections-page");
  await app.press("Control+n");
  await app.testId("inspection-inspector");
  await put("inspection-inspector", "县委督查组");
  await put("inspection-subject", "三会一课");
  await tabTo(app, "finding-text");
  await app.type("会议记录不全");
  await app.press("Enter");
  await toast(app, "登记督查“三会一课”（问题 1 个）");
  await choose("finding-mend");
  await app.testId("mend-form");
  await waitUntil(async () => (await focused(app)) === "mend-on", "the focus in the form");
  await app.press("Enter");
  await toast(app, "整改完成“会议记录不全”");
  const [row] = (await app.core("inspections.list", {})).rows;
  assert.deepEqual([row.open, row.findings[0].mended_on], [0, TODAY]);
});
