// Planning a year without a mouse: a series, one of it moved, one left out;
// a plan with an item, and the session that carries it out. Expected days are
// read off the calendar of 2026 and the State Council's notice for it.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook } from "./lib/branch.js";
import { focused, tabTo, toast } from "./lib/window.js";

const YEAR = 2026;
/** First Fridays of the first half year; 2 January is off and has no working day before it in the year, 1 May goes back to 30 April. */
const FIRST_FRIDAYS = ["2026-02-06", "2026-03-06", "2026-04-03", "2026-04-30", "2026-06-05"];

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

const sessions = async () => (await app.core("calendar.year", { year: YEAR })).sessions;
const days = async () => (await sessions()).map((session) => session.date);
const dayWithFocus = () => app.session.run("() => document.activeElement?.dataset?.date ?? null");
const closed = () => waitUntil(async () => (await app.count("dialog")) === 0, "the dialog to close");

/** Types into a field of the open form, over what stands there. */
async function fill(testId, text) {
  await tabTo(app, testId);
  await app.press("Control+a");
  await app.type(text);
}

/** Presses keys until the focus is on a day. */
async function walk(keys, day) {
  for (const key of keys) await app.press(key);
  await waitUntil(async () => (await dayWithFocus()) === day, `the focus to be on ${day}`);
}

test("a series is planned: each month's first Friday, before holidays", async () => {
  await app.press("Alt+2");
  await app.testId("sessions-page");
  await tabTo(app, "sessions-page-calendar");
  await app.press("Enter");
  await app.testId("calendar-month");
  await tabTo(app, "calendar-add-series");
  await app.press("Enter");
  await app.testId("series-form");
  await waitUntil(async () => (await focused(app)) === "series-kind", "the first field to have the focus");
  await app.type("主题党日");
  await fill("series-from", "2026-01-01");
  await fill("series-to", "2026-06-30");
  await fill("series-time", "14:30");
  await app.text("每月第一个星期五 14:30");
  await app.screenshot("series-1280-light");
  await app.press("Enter");
  await closed();
  await toast(app, "5 次");
  assert.deepEqual(await days(), FIRST_FRIDAYS);
});

test("one is moved a week on by M, arrows and Enter, and taken back by Ctrl+Z", async () => {
  // The calendar shows the first of the new sessions.
  await app.text("2026年2月");
  for (let presses = 0; presses < 40 && (await dayWithFocus()) === null; presses += 1) await app.press("Tab");
  await walk(["Home"], "2026-02-02");
  await walk(["End", "ArrowLeft", "ArrowLeft"], "2026-02-06");
  await app.press("m");
  await app.testId("calendar-moving");
  await walk(["ArrowDown"], "2026-02-13");
  await app.press("Enter");
  await waitUntil(async () => (await days()).includes("2026-02-13"), "the session on its new day");
  await app.screenshot("calendar-moved-1280-light");
  await app.press("Control+z");
  await waitUntil(async () => (await days()).includes("2026-02-06"), "the session on its old day");
  await app.press("Control+Shift+z");
  await waitUntil(async () => (await days()).includes("2026-02-13"), "the session to be moved again");
});

test("one is left out with a reason, and the series remembers it", async () => {
  for (let presses = 0; presses < 40 && (await dayWithFocus()) === null; presses += 1) await app.press("Tab");
  await walk(["PageDown", "ArrowUp"], "2026-03-06");
  await app.press("s");
  await waitUntil(async () => (await focused(app)) === "skip-reason", "the reason to be asked for");
  await app.type("全员参加培训");
  await app.press("Enter");
  await closed();
  assert.deepEqual(await days(), ["2026-02-13", "2026-04-03", "2026-04-30", "2026-06-05"]);
  const [{ id }] = await app.core("series.list", { year: YEAR });
  const { occurrences } = await app.core("series.get", { id });
  const skipped = occurrences.filter((one) => one.date === null);
  assert.deepEqual(skipped.map((one) => [one.series_date, one.reason]), [["2026-03-06", "全员参加培训"]]);
});

test("a plan's item is written in the grid, and a session is made from it", async () => {
  await tabTo(app, "sessions-page-plan");
  await app.press("Enter");
  await app.testId("plan-page");
  await tabTo(app, "plan-create");
  await app.press("Enter");
  await waitUntil(async () => (await focused(app)) === "plan-new-item", "the line for a new item to have the focus");
  await app.type("学习党章总纲");
  await app.press("Enter");
  await app.testId("plan-row");
  await app.press("ArrowUp");
  await app.press("ArrowRight");
  await app.press("ArrowRight");
  await app.press("Enter");
  await waitUntil(async () => (await focused(app)) === "plan-field", "the cell to be edited");
  await app.type("一季度");
  await app.press("Enter");
  await app.text("第一季度");
  await waitUntil(() => app.session.run("() => document.activeElement?.dataset?.cell !== undefined"), "the focus to be in the grid");
  await app.press("Control+Enter");
  await app.testId("session-form");
  await fill("session-kind", "集体学习");
  await fill("session-date", "2026-03-20");
  await app.press("Enter");
  await closed();
  const [{ id: organization }] = await app.core("organizations.list", {});
  const plan = async () => (await app.core("plans.find", { year: YEAR, organization })).plan;
  const [item] = (await plan()).items;
  assert.deepEqual([item.title, item.due, item.state], ["学习党章总纲", "2026-Q1", "underway"]);
  assert.deepEqual(item.sessions.map((session) => [session.date, session.title, session.state]), [["2026-03-20", "学习党章总纲", "planned"]]);
  await app.text("进行中");
  await app.screenshot("plan-1280-light");
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
