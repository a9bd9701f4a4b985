// 三会一课 by the keyboard alone: a month that is short is opened, the meeting
// that was held is entered, and the month is met. Then a make-up is recorded
// and checked, and a speaker put into a session.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, memberOf, truth } from "./lib/branch.js";
import { focused, tabTo, toast } from "./lib/window.js";

const ITEM = "主题党日";
/** Months in which the fixture's branch held none: May, August and November have one. */
const HELD = truth.sessions.filter((session) => session.kind === ITEM).map((session) => Number(session.date.slice(5, 7)));

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

/** The state of each month of an item, as the table shows it. */
const months = () =>
  app.session.run(`(item) => [...document.querySelectorAll("[data-testid=coverage-grid] [data-row^='" + item + "/'] [data-state]")].map((cell) => cell.dataset.state)`, ITEM);
const currentCell = () => app.session.run("() => document.querySelector('[data-testid=coverage-grid] [aria-selected=true]')?.getAttribute('aria-label') ?? ''");

test("the table shows which months are short", async () => {
  await app.press("Alt+2");
  await tabTo(app, "sessions-page-coverage");
  await app.press("Enter");
  await app.testId("coverage-grid");
  await waitUntil(async () => (await months()).length === 12, "the twelve months");
  // December 31 is today: the last day on which December can be met.
  const expected = Array.from({ length: 12 }, (_, index) => (HELD.includes(index + 1) ? "met" : index === 11 ? "not_yet_due" : "short"));
  assert.deepEqual(await months(), expected);
});

test("Enter on a short month opens it, and the meeting that was held makes it met", async () => {
  await tabTo(app, "coverage-grid");
  for (let presses = 0; presses < 30 && !(await currentCell()).startsWith(ITEM); presses += 1) await app.press("ArrowDown");
  await app.press("Home");
  assert.match(await currentCell(), /^主题党日，1 月：短缺/);
  await app.press("Enter");
  await app.testId("coverage-panel");
  await waitUntil(async () => (await focused(app)) === "coverage-add", "the button to have the focus");
  await app.screenshot("coverage-panel-1280-light");
  await app.press("Enter");
  await app.testId("session-form");
  const filled = await app.session.run("() => ['session-kind', 'session-title', 'session-date', 'session-state'].map((id) => document.querySelector('[data-testid=' + id + ']').value)");
  assert.deepEqual(filled, [ITEM, ITEM, "2025-01-31", "held"]);
  await waitUntil(async () => (await focused(app)) === "session-title", "the title to have the focus");
  await app.press("Enter");
  await toast(app, "添加学习活动");
  await waitUntil(async () => (await months())[0] === "met", "January to be met");
  await waitUntil(async () => (await focused(app)) === "coverage-grid", "the table to have the focus again");
  assert.match(await currentCell(), /^主题党日，1 月：已达到/);
  await app.press("Control+z");
  await waitUntil(async () => (await months())[0] === "short", "January to be short again");
});

/** The first line of the make-ups on the disk. */
const firstOwed = async () => (await app.core("make_ups.owed", { year: truth.year, by: "person" })).groups[0];

test("a make-up is recorded for one line, checked, and its check taken back", async () => {
  const before = await firstOwed();
  const { name } = before.lines[0];
  assert.ok(truth.members.some((member) => member.name === name));
  await app.press("Alt+k");
  await app.testId("page-title");
  await tabTo(app, "attendance-page-make-ups");
  await app.press("Enter");
  await app.testId("make-ups-groups");
  await tabTo(app, "make-ups-groups");
  await app.press("Enter");
  await waitUntil(async () => (await focused(app)) === "make-ups-lines", "the lines to have the focus");
  await app.press("Enter");
  await app.testId("make-ups-form");
  await waitUntil(async () => (await focused(app)) === "make-ups-date", "the day to have the focus");
  await app.press("Tab");
  await app.type("reading");
  await app.press("Escape");
  await app.press("Enter");
  await toast(app, `登记补学 1 人次：${name}`);
  const made = (await firstOwed()).lines[0].make_up;
  assert.deepEqual([made.done_on, made.form, made.checker], [TODAY, "reading", null]);

  await tabTo(app, "make-ups-check");
  await app.press("Enter");
  await waitUntil(async () => (await focused(app)) === "check-checker", "the checker to have the focus");
  await app.press("Control+a");
  await app.type("Li Jing");
  await app.press("Enter");
  await toast(app, `核查补学 1 条：${name}`);
  const checked = (await firstOwed()).lines[0].make_up;
  assert.deepEqual([checked.checker, checked.checked_on], ["Li Jing", TODAY]);
  await app.press("Control+z");
  await waitUntil(async () => (await firstOwed()).lines[0].make_up.checker === null, "the check to be taken back");
});

test("who is next is put into the first session without a speaker", async () => {
  const title = "新年第一课";
  await app.core("sessions.add", { date: TODAY, starts_at: null, amount: null, kind: "党课", title, level: "branch", theme: null, place: null, state: "planned", hosts: null, speakers: null, recorders: null, organizations: [], remark: null, also: [], tags: [], plan_item: null });
  await app.press("Alt+2");
  await tabTo(app, "sessions-page-rotation");
  await app.press("Enter");
  await app.testId("rotation-next");
  // 万 has the fewest strokes of the roster's surnames, and 万涛 two characters.
  const next = memberOf(truth.members.find((member) => member.name === "万涛").staff_no).name;
  assert.match(await (await app.testId("rotation-next")).text(), new RegExp(next));
  await tabTo(app, "rotation-assign");
  await app.press("Enter");
  await app.testId("assign-save");
  await app.press("Enter");
  await toast(app, `安排 ${next} 主讲“${title}”`);
  const rotation = await app.core("rotation.list", {});
  assert.equal(rotation.sessions.find((session) => session.title === title).speakers, next);
  assert.notEqual(rotation.rows.find((row) => row.member === rotation.next).name, next, "whoever is put down has had the turn");
});
