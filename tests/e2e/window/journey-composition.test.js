// The roll with a real Chinese input method: what belongs to the composition
// of a name is nobody's mark and submits nothing.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, marksOf, truth } from "./lib/branch.js";
import { focused } from "./lib/window.js";

const LATEST = truth.sessions.at(-1);

let folder;
let app;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  const book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY }, inputMethod: "libpinyin" });
  await app.testId("page-title");
  await app.clickTestId("workbench-roll");
  await app.testId("attendance-page");
  await app.settled();
  await app.session.run(`() => {
    window.composed = [];
    for (const type of ["compositionstart", "compositionupdate", "compositionend"]) {
      addEventListener(type, (event) => window.composed.push({ type, data: event.data }), true);
    }
  }`);
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

const filter = async () => (await app.testId("attendance-filter")).value();
const composing = () => app.session.run("() => window.composed.at(-1)?.type === 'compositionupdate' && window.composed.at(-1).data !== ''");
const current = () => app.session.run("() => document.querySelector('[data-testid=attendance-page] [aria-selected=true]')?.children[1].textContent.replace(/\\s+/g, '')");
const names = () => app.session.run("() => [...document.querySelectorAll('[data-testid=attendance-page] [data-row]')].map((row) => row.dataset.row).length");

/** Opens the filter by its key and types into it through the input method. */
async function compose(letters) {
  await app.xdotool("key", "ctrl+f");
  await waitUntil(async () => (await focused(app)) === "attendance-filter", "the filter to have the focus");
  await app.xdotool("key", "ctrl+a", "Delete");
  await app.xdotool("type", "--delay", "120", letters);
  await waitUntil(composing, `a composition of ${letters}`);
  assert.notEqual(await filter(), "", "what is composed stands in the field");
}

test("a digit picks a candidate, and marks nobody", async () => {
  const before = await marksOf(app, LATEST.title);
  await compose("ouyang");
  await app.settled();
  await app.screenshot("roll-composing-1280-light");
  await app.xdotool("key", "1");
  await waitUntil(async () => (await filter()) === "欧阳", "欧阳 in the filter");
  const expected = truth.members.filter((member) => member.name.startsWith("欧阳")).length;
  await waitUntil(async () => (await names()) === expected, "the two of that surname");
  assert.deepEqual(await marksOf(app, LATEST.title), before);
  assert.equal(await focused(app), "attendance-filter", "the filter keeps the focus");
});

test("the Enter that ends a composition leaves the filter where it is; the next one goes to the grid", async () => {
  await compose("weichi");
  await app.xdotool("key", "Return");
  await waitUntil(async () => !(await composing()), "the composition to end");
  await waitUntil(async () => (await filter()) !== "", "the text in the filter");
  await app.session.run("() => new Promise((resolve) => setTimeout(resolve, 200))");
  assert.equal(await focused(app), "attendance-filter", "the committing Enter is the input method's");
  assert.equal(await filter(), "weichi", "Enter takes the letters as they are");
  await app.xdotool("key", "ctrl+a", "Delete");
  await compose("yuchi");
  await app.xdotool("key", "Return");
  await waitUntil(async () => (await filter()) === "yuchi", "the letters in the filter");
  await app.session.run("() => new Promise((resolve) => setTimeout(resolve, 200))");
  await app.xdotool("key", "Return");
  await waitUntil(() => app.session.run("() => document.activeElement.getAttribute('role') === 'grid'"), "the grid to have the focus");
  await waitUntil(async () => (await current()) === "尉迟平", "the single hit by full pinyin to be current");
  assert.equal(await filter(), "", "and everybody is shown again");
});

test("a remark is composed in its cell: Space and digits of the composition mark nobody, its Enter saves nothing", async () => {
  const before = await marksOf(app, LATEST.title);
  await app.xdotool("key", "F2");
  await waitUntil(async () => (await focused(app)) === "roll-remark", "the remark to have the focus");
  const text = async () => (await app.testId("roll-remark")).value();
  await app.xdotool("key", "ctrl+a", "Delete");
  await app.xdotool("type", "--delay", "120", "chuchai");
  await waitUntil(composing, "a composition");
  await app.xdotool("key", "space");
  await waitUntil(async () => (await text()) === "出差", "出差 in the cell");
  await app.xdotool("type", "--delay", "120", "beijing");
  await waitUntil(composing, "another composition");
  await app.xdotool("key", "1");
  await waitUntil(async () => (await text()) === "出差北京", "the first candidate behind it");
  await app.xdotool("type", "--delay", "120", "abc");
  await waitUntil(composing, "a third composition");
  await app.xdotool("key", "Return");
  await waitUntil(async () => (await text()) === "出差北京abc", "the letters as they are");
  await app.session.run("() => new Promise((resolve) => setTimeout(resolve, 200))");
  assert.equal(await focused(app), "roll-remark", "the committing Enter leaves the cell open");
  assert.deepEqual(await marksOf(app, LATEST.title), before, "nothing of it is marked or saved");
  await app.xdotool("key", "Return");
  await waitUntil(async () => (await marksOf(app, LATEST.title)).get("1273").remark === "出差北京abc", "the remark on the disk");
  assert.equal((await marksOf(app, LATEST.title)).get("1273").status, before.get("1273").status, "the status is as it was");
  await app.xdotool("key", "ctrl+z");
  await waitUntil(async () => (await marksOf(app, LATEST.title)).get("1273").remark === before.get("1273").remark, "the remark to be taken back");
});

test("in the grid the input method is left aside: a digit marks, and a letter jumps", async () => {
  const [[staffNo, mark]] = [...(await marksOf(app, LATEST.title))].filter(([number]) => number === "1273");
  const other = mark.status === "absent" ? "1" : "7";
  await app.xdotool("key", other);
  const wanted = other === "1" ? "present" : "absent";
  await waitUntil(async () => (await marksOf(app, LATEST.title)).get(staffNo).status === wanted, "the mark on the disk");
  await app.xdotool("key", "ctrl+z");
  await waitUntil(async () => (await marksOf(app, LATEST.title)).get(staffNo).status === mark.status, "the mark to be taken back");
});
