// A clerk makes the unit's own rules out of an example: by forms, by text,
// with the trial beside them; compares, stores, takes into use, and stops.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, truth } from "./lib/branch.js";
import { paint } from "./lib/screens.js";
import { retype, toast } from "./lib/window.js";

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

const value = (testId) => app.session.run("(id) => document.querySelector(`[data-testid=${id}]`).value", testId);
const content = (testId) => app.session.run("(id) => document.querySelector(`[data-testid=${id}]`)?.textContent ?? ''", testId);
/** What stands in the text from the first `[[requirement]]` on, without what follows it. */
const firstRequirement = async () => /\[\[requirement\]\][^[]*/.exec(await value("rule-text"))[0];
/** Puts a text into the editor as if it was typed. */
const write = (text) =>
  app.session.run("(text) => { const area = document.querySelector('[data-testid=rule-text]'); area.value = text; area.dispatchEvent(new Event('input', { bubbles: true })); }", text);
const sets = async () => (await app.core("rules.list", {})).sets;

test("the page lists what is in use, the book's own, and what came with the program", async () => {
  await app.press("Alt+9");
  await app.testId("rules-uses");
  await app.testId("rules-none-own");
  const presets = await app.session.run("() => [...document.querySelectorAll('[data-testid=rules-set]')].map((each) => each.dataset.key)");
  for (const key of ["weihai", "nanjing-2010", "shanxi-canlian", "zaozhuang-person"]) assert.ok(presets.includes(key), key);
  await app.screenshot("rules-1280-light");
});

test("an example becomes a draft of one's own, and a form changes its text", async () => {
  await app.session.run("() => document.querySelector('[data-key=weihai-example] [data-testid=rules-base]').click()");
  await app.testId("rule-editor");
  await waitUntil(async () => (await value("rule-text")).includes('id = "weihai-example-own"'), "the draft");
  await app.clickTestId("chapter-requirement");
  await app.clickTestId("entry-toggle");
  assert.match(await firstRequirement(), /min = "18"/);
  await retype(app, "value-amount", "20");
  await waitUntil(async () => /min = "20"/.test(await firstRequirement()), "the form's amount in the text");
  // What the form does not know stays: the comments.
  assert.match(await value("rule-text"), /^# /m);
  await app.screenshot("rules-editor-1280-light");
});

test("undo takes the form's change back, redo makes it again", async () => {
  await app.press("Control+z");
  await waitUntil(async () => /min = "18"/.test(await firstRequirement()), "the amount before");
  await app.press("Control+Shift+z");
  await waitUntil(async () => /min = "20"/.test(await firstRequirement()), "the amount again");
});

test("the text changes the form, and the trial follows", async () => {
  await waitUntil(async () => (await content("trial-sum")).includes("/"), "the trial");
  const text = await value("rule-text");
  await write(text.replaceAll('min = "20"', 'min = "22"').replaceAll('min = "12"', 'min = "22"'));
  await waitUntil(async () => (await value("value-amount")) === "22", "the text's amount in the form");
  // Whoever is tried, if anything is required it is 22 now.
  await waitUntil(async () => /\/ 22 |没有要求/.test(await content("trial-sum")), "the trial by the new text");
});

test("a mistake is marked, named in words, and a click leads to it", async () => {
  const text = await value("rule-text");
  await write(text.replace("[[requirement]]\nid", "[[requirement]]\nlable = \"x\"\nid"));
  await waitUntil(async () => (await content("editor-state")).includes("1 处错误"), "the error");
  assert.match(await content("finding"), /lable/);
  assert.equal(await app.session.run("() => document.querySelector('[data-testid=editor-save]').disabled"), true);
  await app.clickTestId("finding");
  const chosen = await app.session.run("() => { const area = document.querySelector('[data-testid=rule-text]'); return area.value.slice(area.selectionStart, area.selectionEnd); }");
  assert.equal(chosen, 'lable = "x"');
  await app.screenshot("rules-error-1280-light");
  await app.clickTestId("editor-undo");
  await waitUntil(async () => (await content("editor-state")).includes("没有错误"), "the mistake to be gone");
});

test("a condition is built without knowing the language", async () => {
  await app.clickTestId("chapter-requirement");
  await app.clickTestId("entry-add");
  await waitUntil(async () => (await value("rule-text")).includes('id = "要求1"'), "the new requirement");
  await app.session.run(`() => {
    const card = [...document.querySelectorAll('[data-testid=entry]')].find((each) => each.textContent.includes('要求1'));
    card.querySelector('[data-testid=clause-add]').click();
  }`);
  await waitUntil(async () => (await value("rule-text")).includes("who = \"person.tier = '处级以上'\"\n", (await value("rule-text")).indexOf("要求1")), "the condition in the text");
  await app.clickTestId("editor-undo");
  await app.clickTestId("editor-undo");
  await waitUntil(async () => !(await value("rule-text")).includes("要求1"), "both steps to be taken back");
});

test("leaving asks while something is not stored", async () => {
  await app.clickTestId("nav-credits");
  await app.role("dialog");
  await app.text("离开后就没有了");
  await app.press("Escape");
  await waitUntil(async () => (await app.count("dialog")) === 0, "the question to close");
  await app.testId("rule-editor");
});

test("two versions are compared, person by person, before the new one is taken into use", async () => {
  await app.clickTestId("editor-compare");
  await app.testId("compare");
  await waitUntil(async () => (await app.session.run("() => document.querySelectorAll('[data-testid^=compare-n]').length")) === 2, "the comparison");
  // Only what is required has changed: nobody's credits are other than before.
  assert.match(await content("compare-lose"), /减少 ?0/);
  assert.match(await content("compare-same"), new RegExp(`不变 ?${truth.members.length}`));
  await app.screenshot("rules-compare-1280-light");
  await app.clickTestId("compare-go-on");
  await app.testId("version-form");
  await retype(app, "version-name", "2025 年修订");
  await retype(app, "use-from", "2025.1.1");
  await app.clickTestId("version-run");
  await toast(app, "自 2025-01-01 起启用");
  const [stored] = (await sets()).filter((set) => !set.preset);
  assert.deepEqual([stored.key, stored.version, stored.in_use], ["weihai-example-own", "2025 年修订", true]);
  const { set } = await app.core("credits.year", { year: 2025, rule_set: "weihai-example-own" });
  assert.equal(set.version, "2025 年修订");
});

test("what is in use changes only as a further version", async () => {
  await waitUntil(async () => (await app.pageText()).includes("改动存为新的一版"), "the note");
  assert.match(await content("editor-save"), /存为新的一版/);
});

test("a use is ended, and the rules are deleted after a question", async () => {
  await app.press("Alt+9");
  await app.testId("rules-uses");
  await app.session.run("() => [...document.querySelectorAll('[data-testid=rules-use]')].find((each) => each.textContent.includes('2025 年修订')).querySelector('[data-testid=rules-stop]').click()");
  await app.role("dialog");
  await retype(app, "stop-on", "2024-12-31");
  await app.clickTestId("stop-run");
  await waitUntil(async () => !(await app.core("rules.list", {})).uses.some((use) => use.key === "weihai-example-own"), "the use to be gone");
  await app.clickTestId("rules-actions");
  await app.clickTestId("rules-delete");
  await app.text("将删除这 1 份规则，可以撤销");
  await app.clickRole("button", "删除规则");
  await waitUntil(async () => (await sets()).every((set) => set.preset), "the rules to be gone");
  await app.press("Control+z");
  await waitUntil(async () => (await sets()).some((set) => !set.preset), "the rules to be back");
});

test("the editor fits in a small window and a large one", async () => {
  await app.session.run("() => document.querySelector('[data-key=nanjing-2010] [data-testid=rules-show]').click()");
  await app.testId("rule-editor");
  await waitUntil(async () => (await value("rule-text")).includes("nanjing-2010"), "the text");
  for (const [width, height, theme] of [[1024, 700, "light"], [1920, 1080, "dark"]]) {
    await app.setSize(width, height);
    await app.settled();
    const excess = await app.session.run("() => document.documentElement.scrollWidth - innerWidth");
    assert.ok(excess <= 0, `${excess} px too wide at ${width} × ${height}`);
    await paint(app, theme);
    await app.screenshot(`rules-editor-${width}-${theme}`);
  }
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
