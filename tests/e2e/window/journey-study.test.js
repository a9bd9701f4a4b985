// Self-study by hand, and what the year comes to: an entry typed, noted,
// corrected, deleted and brought back; the credits, against a second
// computation; the papers, through the save dialog.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, memberOf, truth } from "./lib/branch.js";
import { exact, requiredOf, totals, yearOf } from "./lib/expected.js";
import { paint } from "./lib/screens.js";
import { focused, retype, tabTo, toast } from "./lib/window.js";

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

const study = () => app.core("study.list", { year: truth.year });
const entryOf = async (content) => (await study()).find((entry) => entry.content === content);

test("an entry is typed in one line: who by initials, 1.5小时, Enter", async () => {
  await app.press("Alt+3");
  await app.testId("study-quick");
  await tabTo(app, "quick-member");
  await app.type("ycp");
  await app.press("Enter");
  await app.press("Tab");
  await retype(app, "quick-date", "2025.12.29");
  await app.press("Tab");
  await app.type("读书");
  await app.press("Tab");
  await app.type("《乡土中国》");
  await app.press("Tab");
  assert.equal(await focused(app), "quick-amount");
  await app.type("1.5小时");
  await app.screenshot("study-quick-1280-light");
  await app.press("Enter");
  await waitUntil(() => entryOf("《乡土中国》"), "the entry on the disk");
  const entry = await entryOf("《乡土中国》");
  assert.deepEqual([entry.staff_no, entry.date, entry.form, entry.amount.label], ["1273", "2025-12-29", "读书", "1小时30分"]);
});

test("a note is written to it, and its characters are counted", async () => {
  await tabTo(app, "study-table");
  await app.press("F2");
  await app.testId("study-form");
  await (await app.testId("study-note")).type("乡土社会是熟人社会。");
  await retype(app, "study-amount", "2小时");
  await app.screenshot("study-note-1280-light");
  await tabTo(app, "study-save");
  await app.press("Enter");
  await toast(app, "修改 尉迟平 12月29日的自学（读书）");
  const entry = await entryOf("《乡土中国》");
  // Nine characters; a full stop is none.
  assert.deepEqual([entry.note, entry.chars, entry.amount.label], ["乡土社会是熟人社会。", 9, "2小时"]);
});

test("it is deleted after a question, and Ctrl+Z brings it back, then the hour and a half", async () => {
  const before = (await study()).length;
  await tabTo(app, "study-table");
  await app.press("Delete");
  await app.text("的自学“《乡土中国》”（2小时）和它的 9 字笔记");
  await app.press("Escape");
  assert.equal((await study()).length, before, "Escape deletes nothing");
  await waitUntil(async () => (await focused(app)) === "study-table", "the focus to go back");
  await app.press("Delete");
  await app.clickRole("button", "删除记录");
  await waitUntil(async () => (await study()).length === before - 1, "the entry to go");
  await app.press("Control+z");
  await toast(app, "已撤销：删除 尉迟平 12月29日的自学（读书）");
  assert.equal((await entryOf("《乡土中国》")).note, "乡土社会是熟人社会。");
  await app.press("Control+z");
  await toast(app, "已撤销：修改 尉迟平");
  const entry = await entryOf("《乡土中国》");
  assert.deepEqual([entry.note, entry.amount.label], [null, "1小时30分"]);
  await app.press("Control+z");
  await toast(app, "已撤销：添加 尉迟平");
  assert.equal((await study()).length, truth.self_study.length);
});

test("what cannot be read is said at its field, and nothing is recorded", async () => {
  await retype(app, "quick-form", "读书");
  await app.press("Tab");
  await app.press("Tab");
  assert.equal(await focused(app), "quick-amount");
  await app.type("5");
  await app.press("Enter");
  await app.text("“5”是分钟还是小时？写上单位");
  await app.screenshot("study-refused-1280-light");
  assert.equal((await study()).length, truth.self_study.length);
});

test("the credits of everyone agree with a second computation", async () => {
  await app.press("Alt+4");
  const { members, required, met } = totals();
  await app.text(`共 ${members} 人，${required} 人有要求，${met} 人达标`);
  const { rows } = await app.core("credits.year", { year: truth.year });
  for (const { member, earned, by_category, required: asked } of rows) {
    const person = memberOf(member.staff_no);
    const { collective, study, note, total } = yearOf(person);
    assert.deepEqual(by_category, [collective, study, note].map(exact), person.name);
    assert.equal(earned, exact(total), person.name);
    assert.equal(asked, requiredOf(person) === null ? null : exact(requiredOf(person)), person.name);
  }
});

test("a member's ledger shows each credit with its fact, its rule and its line, and the sum", async () => {
  // Somebody whose sum is no decimal: nothing is rounded.
  const person = truth.members.find((each) => exact(yearOf(each).total).includes("/"));
  await app.press("Control+f");
  await app.type(person.staff_no);
  await app.press("Enter");
  await app.testId("credits-ledger");
  await waitUntil(async () => (await (await app.testId("credits-ledger-earned")).text()) === exact(yearOf(person).total), `the sum of ${person.name}`);
  const entries = await app.session.run(`() => [...document.querySelectorAll("[data-testid=credits-entry]")].map((entry) => ({
    amount: entry.querySelector(".amount b").textContent, rule: entry.querySelector("[data-testid=credits-steps]").textContent,
  }))`);
  assert.equal(entries.length, yearOf(person).facts);
  for (const { rule } of entries) assert.match(rule, /规则第 \d+ 行/);
  // 480ths of each amount: decimals and fractions of at most 480 are whole there.
  const parts = entries.map(({ amount }) => {
    const [above, below = "1"] = amount.split("/");
    return Math.round(Number(above) * 480) / Number(below);
  });
  assert.equal(parts.reduce((total, each) => total + each, 0), yearOf(person).total);
  await app.setSize(1024, 700);
  await app.clickTestId("credits-steps");
  await app.settled();
  await app.screenshot("credits-ledger-1024-light");
  await app.setSize(1920, 1080);
  await paint(app, "dark");
  await app.settled();
  await app.screenshot("credits-ledger-1920-dark");
  await paint(app, "light");
  await app.setSize(1280, 800);
});

test("an entry leads to where it was recorded", async () => {
  const fact = await app.testId("credits-fact");
  const href = await fact.attribute("href");
  assert.match(href, /#\/(sessions\/|study\?entry=)/);
  await fact.click();
  await app.testId(href.includes("/sessions/") ? "attendance-page" : "study-page");
});

test("the summary is written where the save dialog says, as a workbook", async () => {
  await app.press("Alt+6");
  const file = path.join(folder, "汇总.xlsx");
  await app.answerDialogs(file);
  await app.clickTestId("reports-summary-export");
  await app.text(`已写出“汇总.xlsx”：${truth.members.length} 人，${truth.sessions.length} 次活动`);
  assert.equal((await readFile(file)).subarray(0, 4).toString("latin1"), "PK\u0003\u0004");
});

test("the attendance ledger is written as a csv that Excel and WPS open unbroken", async () => {
  const file = path.join(folder, "考勤台账.csv");
  await app.answerDialogs(file);
  await app.clickTestId("reports-ledger-export");
  await app.text("已写出“考勤台账.csv”");
  const bytes = await readFile(file);
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], "a byte order mark tells them that it is UTF-8");
  const [heading, ...lines] = bytes.subarray(3).toString("utf8").trimEnd().split("\r\n");
  const columns = heading.split(",");
  assert.deepEqual(columns.slice(0, 2), ["工号", "姓名"]);
  for (const [index, { date, title }] of truth.sessions.entries()) {
    assert.ok(columns[2 + index].includes(date) && columns[2 + index].includes(title), `${columns[2 + index]} is ${date} ${title}`);
  }
  for (const { staff_no } of truth.members) assert.equal(lines.filter((line) => line.startsWith(`${staff_no},`)).length, 1, staff_no);
  await app.screenshot("reports-written-1280-light");
});

test("a place that cannot be written is named in words, and what was there stays", async () => {
  const obstacle = path.join(folder, "档");
  await writeFile(obstacle, "a file where a folder should be");
  await app.answerDialogs(path.join(obstacle, "汇总.xlsx"));
  await app.clickTestId("reports-summary-export");
  const error = await app.testId("reports-summary-error");
  assert.match(await error.text(), /“汇总\.xlsx”没有写成。换一个位置/);
  await app.screenshot("reports-refused-1280-light");
  assert.equal(await readFile(obstacle, "utf8"), "a file where a folder should be");
});

test("a cancelled dialog writes nothing and says nothing", async () => {
  await app.answerDialogs(null);
  await app.clickTestId("reports-ledger-export");
  await app.settled();
  assert.ok(!(await app.pageText()).includes("已写出“考勤台账"));
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
