// The workbench and its warnings without a mouse: from the start to the first
// mark in two keys; a warning followed to where it is mended, and gone; one
// put off with a reason and taken back; a rule switched off.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, marksOf, truth } from "./lib/branch.js";
import { focused, tabTo, toast } from "./lib/window.js";

/** Two sessions that are only planned: today's, and one whose day has gone by. */
const NOW = "年末集体学习";
const LATE = "忘了点名的集体学习";
const LATE_DAY = "2025-12-29";

let folder;
let app;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  const book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
  const session = { kind: "集体学习", level: "branch", state: "planned", organizations: [] };
  await app.core("sessions.add", { ...session, date: TODAY, title: NOW });
  await app.core("sessions.add", { ...session, date: LATE_DAY, title: LATE });
  await app.close();
  await app.open();
  await app.testId("workbench-session");
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

const list = () => app.core("warnings.list", { year: truth.year });
const ofRule = async (rule) => (await list()).warnings.filter((warning) => warning.rule === rule);
const title = () => app.session.run("() => document.querySelector('[data-testid=page-title]').textContent");
const titled = (text) => waitUntil(async () => (await title()).includes(text), `the page ${text}`);
const inGrid = () => waitUntil(() => app.session.run("() => document.activeElement.getAttribute('role') === 'grid'"), "the grid to have the focus");
const currentRow = () => app.session.run("() => document.querySelector('[role=row][aria-selected=true]')?.textContent ?? ''");

/** Goes to the list of warnings by keys, and its table. */
async function toList() {
  await app.press("Alt+1");
  await tabTo(app, "warnings-all");
  await app.press("Enter");
  await tabTo(app, "warnings-table");
}

/** Presses a key until the current row says something. */
async function walkTo(text) {
  await app.press("Home");
  for (let steps = 0; steps < 60 && !(await currentRow()).includes(text); steps += 1) await app.press("ArrowDown");
  assert.ok((await currentRow()).includes(text), `a row with ${text}`);
}

test("from the start to the first mark in two keys: Enter opens today's roll, a digit marks", async () => {
  await app.press("Enter");
  await titled(NOW);
  await inGrid();
  await app.press("1");
  await waitUntil(async () => [...(await marksOf(app, NOW)).values()].filter((mark) => mark.status === "present").length === 1, "the mark on the disk");
});

test("a roll that was forgotten is followed, taken, and no longer warned of", async () => {
  const before = await ofRule("roll_open");
  assert.deepEqual(
    before.map((warning) => [warning.subject, warning.params.days]),
    [[`12月29日 ${LATE}`, 2]],
    "today's is not late",
  );
  await toList();
  await walkTo(LATE);
  await app.screenshot("warnings-list-1280-light");
  await app.press("Enter");
  await titled(LATE);
  await tabTo(app, "attendance-rest");
  await app.press("Enter");
  await tabTo(app, "confirm-run");
  await app.press("Enter");
  await waitUntil(async () => (await ofRule("roll_open")).length === 0, "the warning to be gone");
  await toList();
  const rows = () => app.session.run("() => document.querySelector('[data-testid=warnings-table]').textContent");
  await waitUntil(async () => !(await rows()).includes(LATE), "it to be gone from the list on screen");
});

test("a warning is put off with a reason by Delete, and taken back", async () => {
  const [first] = (await list()).warnings;
  await toList();
  await app.press("Home");
  await app.press("Delete");
  await app.testId("put-off-form");
  await tabTo(app, "put-off-reason");
  await app.type("等上级通知");
  await app.press("Enter");
  await toast(app, "暂缓预警 1 条");
  const away = (await list()).put_off;
  assert.deepEqual(
    away.map((one) => [one.warning.key, one.until, one.reason]),
    [[first.key, "2026-01-07", "等上级通知"]],
    "a week from the last day of the year",
  );
  await waitUntil(async () => (await focused(app)) === "warnings-table", "the focus to be back in the table");

  await tabTo(app, "workbench-page-bench");
  await tabTo(app, "tab-standing");
  await app.press("ArrowRight");
  await tabTo(app, "warnings-away-table");
  await app.press("Home");
  await app.press("Delete");
  await waitUntil(async () => (await list()).put_off.length === 0, "it to be back");
  assert.ok((await list()).warnings.some((warning) => warning.key === first.key));
});

test("a rule is switched off in the settings, and Ctrl+Z switches it on again", async () => {
  assert.equal((await ofRule("month_open")).length, 1);
  await toList();
  await tabTo(app, "warnings-settings");
  await app.press("Enter");
  await titled("设置");
  await tabTo(app, "warning-rule-month_open", { most: 90 });
  await app.press(" ");
  await waitUntil(async () => (await ofRule("month_open")).length === 0, "the rule to be off");
  await app.press("Control+z");
  await toast(app, "已撤销");
  assert.equal((await ofRule("month_open")).length, 1);
});
