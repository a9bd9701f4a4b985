// Without a mouse: from the start to the roll of the latest session, every
// page, every dialog, and always a sight of where the focus is.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, marksOf, truth } from "./lib/branch.js";
import { focusShown, focused, tabTo } from "./lib/window.js";

/** The pages in the order of the menu. */
const TITLES = ["工作台", "学习活动", "自学", "学分台账", "学习考核", "报表", "花名册", "导入", "学分规则", "设置"];
const LATEST = truth.sessions.at(-1);

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

const title = () => app.session.run("() => document.querySelector('[data-testid=page-title]').textContent");
const titled = (text) => waitUntil(async () => (await title()).includes(text), `the page ${text}`);

test("from the start to a mark in the latest session's roll", async () => {
  await tabTo(app, "workbench-roll");
  await app.press("Enter");
  await titled(LATEST.title);
  await waitUntil(() => app.session.run("() => document.activeElement.getAttribute('role') === 'grid'"), "the grid to have the focus");
  await app.press("Home");
  await app.press("7");
  await waitUntil(async () => [...(await marksOf(app, LATEST.title)).values()][0].status === "absent", "the mark on the disk");
  await app.press("Control+z");
  await waitUntil(async () => {
    const [[staffNo, mark]] = await marksOf(app, LATEST.title);
    return mark.status === truth.marks[`${staffNo}|${LATEST.no}`];
  }, "the mark to be taken back");
});

test("Alt and a digit go to every page, and Tab shows where the focus is on each", async () => {
  for (const [index, name] of TITLES.entries()) {
    await app.press(`Alt+${(index + 1) % 10}`);
    await titled(name);
    await app.settled();
    const unseen = [];
    for (let presses = 0; presses < 12; presses += 1) {
      await app.press("Tab");
      if (await app.session.run("() => document.activeElement === document.body")) continue;
      if (!(await focusShown(app))) unseen.push(await app.session.run("() => document.activeElement.outerHTML.slice(0, 90)"));
    }
    assert.deepEqual(unseen, [], `the focus is not seen on ${name}`);
  }
});

test("Ctrl+K finds a person by initials, and Enter opens them", async () => {
  await app.press("Control+k");
  await app.type("ycp");
  await app.text("找到 1 人");
  await app.screenshot("search-1280-light");
  await app.press("Enter");
  await app.text("1273");
  await titled("尉迟平");
});

test("Escape closes a dialog, and the focus goes back to the button that opened it", async () => {
  for (const [digit, opener] of [["2", "sessions-add"], ["7", "roster-add"], ["4", "credits-rules"]]) {
    await app.press(`Alt+${digit}`);
    await app.settled();
    await tabTo(app, opener);
    await app.press("Enter");
    await app.role("dialog");
    assert.ok(await app.session.run("() => document.activeElement.closest('[role=dialog]') !== null"), `the focus is in the dialog of ${opener}`);
    await app.press("Escape");
    await waitUntil(async () => (await app.count("dialog")) === 0, `the dialog of ${opener} to close`);
    await waitUntil(async () => (await focused(app)) === opener, `the focus to be on ${opener} again`);
  }
});

test("the book's menu opens, moves and closes by keys", async () => {
  await tabTo(app, "book-menu");
  await app.press("Enter");
  await app.role("menu");
  await app.press("ArrowDown");
  await app.screenshot("book-menu-1280-light");
  await app.press("Escape");
  await waitUntil(async () => (await app.count("menu")) === 0, "the menu to close");
  assert.equal(await focused(app), "book-menu");
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
