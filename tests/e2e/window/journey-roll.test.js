// A session by hand and its roll by the keyboard alone; then the power fails,
// and everything that the screen showed as saved is there.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, marksOf, memberOf, truth } from "./lib/branch.js";
import { paint } from "./lib/screens.js";
import { focused, saved, tabTo, toast } from "./lib/window.js";

const TITLE = "年终总结学习会";
/** 离退休 are not in 应到. */
const REQUIRED = truth.members.filter((each) => each.category !== "离退休");
const EVERYBODY = REQUIRED.length;

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

/** The roll as it stands on the screen: rows in order, the current one, what is lit and what is counted. */
function roll() {
  return app.session.run(`() => {
    // Beside the name of namesakes stands their department.
    const nameIn = (cell) => [...cell.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join("").replace(/\\s+/g, "");
    const rows = [...document.querySelectorAll("[data-testid=attendance-page] [data-row]")];
    const shown = rows.map((row) => ({
      name: nameIn(row.children[1]),
      staff_no: row.children[2].textContent.trim(),
      status: row.querySelector("[data-status]")?.dataset.status,
      current: row.getAttribute("aria-selected") === "true",
    }));
    const tally = Object.fromEntries([...document.querySelectorAll("[data-testid^=tally-] dd")].map((figure) => [figure.parentElement.dataset.testid.slice(6), Number(figure.textContent)]));
    return { shown, tally, current: shown.find((row) => row.current) };
  }`);
}

/** Waits until the current row is this one. */
async function at(staffNo) {
  await waitUntil(async () => (await roll()).current?.staff_no === staffNo, `the current row ${staffNo} ${memberOf(staffNo)?.name}`);
}

/** Waits until a row shows a status as saved. */
async function shows(staffNo, status) {
  await waitUntil(async () => (await roll()).shown.find((row) => row.staff_no === staffNo)?.status === status, `${staffNo} to be ${status}`);
}

test("a session is recorded by hand, from the menu to the button without a mouse", async () => {
  await app.press("Alt+2");
  await app.testId("sessions-table");
  await tabTo(app, "sessions-add");
  await app.press("Enter");
  await app.testId("session-form");
  await waitUntil(async () => (await focused(app)) === "session-title", "the title to have the focus");
  await (await app.testId("session-title")).type(TITLE);
  await (await app.testId("session-kind")).type("集体学习");
  await app.press("Escape");
  await (await app.testId("session-date")).fill("2025年12月30日");
  await (await app.testId("session-time")).fill("14:30");
  await (await app.testId("session-amount")).fill("90分钟");
  await app.screenshot("session-form-1280-light");
  await app.press("Enter");
  await toast(app, `添加学习活动“${TITLE}”`);
  const made = (await app.core("sessions.list", { year: truth.year })).find((each) => each.title === TITLE);
  assert.deepEqual([made.date, made.starts_at, made.amount.label, made.state], ["2025-12-30", "14:30", "1小时30分", "planned"]);
});

test("Enter opens its roll in the order of strokes, nobody marked", async () => {
  await tabTo(app, "sessions-table");
  await app.press("Enter");
  await app.testId("attendance-page");
  await waitUntil(async () => (await roll()).shown.length > 10, "the rows");
  const { shown, tally, current } = await roll();
  // 万 has three strokes, 龙 and 田 five; 横 of 龙 before 竖 of 田. 万涛 and 石雪 would stand among them, and are retired.
  assert.deepEqual(shown.slice(0, 3).map((row) => row.name), ["万伟涵", "龙子静", "田娟"]);
  const retired = truth.members.length - EVERYBODY;
  await app.text(`离退休 ${retired} 人`);
  assert.deepEqual(tally, { required: EVERYBODY, attended: 0, "on-leave": 0, absent: 0, observers: 0, guests: 0, unmarked: EVERYBODY });
  assert.equal(current.name, "万伟涵", "the first without a mark is current");
  assert.equal(await app.session.run("() => document.activeElement.getAttribute('role')"), "grid", "the focus rests in the grid, which is no text field");
});

let order;
test("a digit marks and moves on, each key its status", async () => {
  order = (await roll()).shown.map((row) => row.staff_no);
  const statuses = ["present", "late", "early_leave", "official_leave", "sick_leave", "personal_leave", "absent"];
  for (const [index, status] of statuses.entries()) {
    await app.press(String(index + 1));
    await at(order[index + 1]);
    await shows(order[index], status);
  }
  await saved(app);
  const written = await marksOf(app, TITLE);
  assert.deepEqual(order.slice(0, 7).map((staffNo) => written.get(staffNo).status), statuses);
  const { tally } = await roll();
  assert.deepEqual(tally, { required: EVERYBODY, attended: 3, "on-leave": 3, absent: 1, observers: 0, guests: 0, unmarked: EVERYBODY - 7 });
});

test("Space marks present, Backspace takes a mark away and stays, Enter goes to the next without one", async () => {
  await app.press(" ");
  await at(order[8]);
  await shows(order[7], "present");
  await app.press("ArrowUp");
  await at(order[7]);
  await app.press("Backspace");
  await shows(order[7], "unmarked");
  await at(order[7]);
  await app.press("Home");
  await at(order[0]);
  await app.press("Enter");
  await at(order[7]);
});

test("letters jump to a name by its initials", async () => {
  // 尉迟平 reads yu chi ping, 欧阳文桂 ou yang wen gui.
  await app.type("ycp");
  await at("1273");
  await app.session.run("() => new Promise((resolve) => setTimeout(resolve, 1200))");
  await app.type("oywg");
  await at("1154");
  assert.equal((await marksOf(app, TITLE)).get("1154").status, "unmarked", "a letter marks nobody");
});

test("Ctrl+F filters by initials, by pinyin, by 工号 and by characters; there everything is text", async () => {
  const found = async (text, names) => {
    await app.press("Control+f");
    await waitUntil(async () => (await focused(app)) === "attendance-filter", "the filter to have the focus");
    await app.press("Control+a");
    await app.type(text);
    const fits = async () => (await roll()).shown.map((row) => row.name).sort().join() === [...names].sort().join();
    await waitUntil(fits, `${names} for ${text}`);
  };
  const byName = (part) => REQUIRED.map((each) => each.name).filter((name) => name.includes(part));
  const before = await marksOf(app, TITLE);
  await found("zb", byName("郑波"));
  await found("ouyang", byName("欧阳"));
  await found("1273", ["尉迟平"]);
  assert.deepEqual(await marksOf(app, TITLE), before, "digits in the filter are text");
  await app.screenshot("roll-filtered-1280-light");
  await app.press("Enter");
  assert.equal(await app.session.run("() => document.activeElement.getAttribute('role')"), "grid");
  await at("1273");
  await app.press("1");
  await shows("1273", "present");
  await waitUntil(async () => (await roll()).shown.length > 10, "everybody: a single hit is gone to, and the filter is empty again");
});

test("Ctrl+Z takes marks back one by one, and says whose", async () => {
  await saved(app);
  await app.press("Control+z");
  assert.equal(await toast(app, "尉迟平"), "已撤销：点名 尉迟平 出席");
  await waitUntil(async () => (await marksOf(app, TITLE)).get("1273").status === "unmarked", "the mark to go");
  await app.press("Control+Shift+z");
  assert.equal(await toast(app, "已重做"), "已重做：点名 尉迟平 出席");
});

test("half a roll, photographed", async () => {
  await app.setSize(1920, 1080);
  await paint(app, "dark");
  await app.settled();
  await app.screenshot("roll-half-done-1920-dark");
  await app.setSize(1024, 700);
  await paint(app, "light");
  await app.settled();
  await app.screenshot("roll-half-done-1024-light");
  assert.ok((await app.session.run("() => document.documentElement.scrollWidth - innerWidth")) <= 0, "nothing is cut off");
});

test("the rest are present: asked with its numbers, done as one, and taken back as one", async () => {
  const marked = [...(await marksOf(app, TITLE)).values()].filter((mark) => mark.status !== "unmarked").length;
  const left = EVERYBODY - marked;
  await tabTo(app, "attendance-rest");
  await app.press("Enter");
  await app.text(`把未点的 ${left} 人记为出席，已有考勤的 ${marked} 人不动。`);
  await app.screenshot("roll-rest-1024-light");
  await app.press("Escape");
  await app.gone(`已有考勤的 ${marked} 人不动`);
  assert.equal(await focused(app), "attendance-rest", "Escape closes the question, and the focus goes back");
  await app.press("Enter");
  const verb = await app.role("button", `${left} 人记为出席`);
  await verb.click();
  await toast(app, `其余 ${left} 人记为出席`);
  await waitUntil(async () => (await roll()).tally.unmarked === 0, "nobody to be without a mark");
  await app.press("Control+z");
  await toast(app, `已撤销：其余 ${left} 人记为出席`);
  await waitUntil(async () => (await roll()).tally.unmarked === left, "the rest to be without a mark again");
});

test("after a power failure the same book opens, with every mark that was shown as saved", async () => {
  await app.press("Control+f");
  await app.press("Escape");
  await app.press("Home");
  await app.press("Enter");
  for (const digit of "1112") await app.press(digit);
  await saved(app);
  const shown = new Map((await roll()).shown.map((row) => [row.staff_no, row.status]));
  await app.kill();
  await app.open([]);
  await waitUntil(async () => (await app.core("app.state")).book?.name === "机关第三党支部", "the last book to open");
  const written = await marksOf(app, TITLE);
  for (const [staffNo, status] of shown) assert.equal(written.get(staffNo).status, status, staffNo);
  assert.deepEqual([7, 8, 9, 10].map((index) => written.get(order[index]).status), ["present", "present", "present", "late"]);
  for (const { no, title } of truth.sessions.slice(0, 3)) {
    for (const [staffNo, mark] of await marksOf(app, title)) assert.equal(mark.status, truth.marks[`${staffNo}|${no}`]);
  }
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
