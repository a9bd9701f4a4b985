// The ledger from a person's own statement to the closed year: approved,
// corrected, decided, frozen; what changes afterwards is recorded with its
// reason, and the closing opened again with one. Expected amounts come from
// lib/expected.js and from the words of the rules.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { makeBranchBook, truth } from "./lib/branch.js";
import { exact, requiredOf, totals, yearOf } from "./lib/expected.js";
import { paint } from "./lib/screens.js";
import { toast } from "./lib/window.js";

/** The year of the files is over: it can be closed. */
const TODAY = "2026-01-15";
const PARTS = 480;
/** Half an hour of self-study at 0.25 an hour. */
const HALF_HOUR = PARTS / 8;

/** Somebody with a requirement, whose self-study has room below its cap and whose every entry is a decimal or not, as it comes. */
const person = truth.members.find((each) => requiredOf(each) !== null && yearOf(each).study > 0 && yearOf(each).study + HALF_HOUR < 4 * PARTS);

let folder;
let app;
let id;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  const book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
  const roster = await app.core("roster.list", { on: null, order: "strokes", include_left: true });
  id = roster.find((each) => each.staff_no === person.staff_no).id;
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

const go = async (path) => {
  await app.session.run("(path) => { location.hash = path; }", path);
  await app.settled();
};
const ledger = (rule_set = "weihai-example") => app.core("credits.member", { year: truth.year, member: id, rule_set });
const earned = async () => (await ledger()).row.earned;
const text = async (testId) => (await app.testId(testId)).text();
/** Puts the focus where the Tab key would bring it in many presses; journey-keyboard counts them. */
const focus = async (testId) => {
  await app.testId(testId);
  await app.session.run('(id) => document.querySelector(`[data-testid=${id}]`).focus()', testId);
};
/** Chooses in a native list, as a hand does. */
const choose = (testId, value) =>
  app.session.run(
    `(testId, value) => {
      const select = document.querySelector("[data-testid=" + testId + "]");
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }`,
    testId,
    value,
  );

test("a person's own statement waits, and counts once the clerk accepts it", async () => {
  const entry = { member: id, date: `${truth.year}-12-20`, form: "读书", content: "《实践论》", amount: "30分钟", note: null, declared_chars: null };
  await app.core("study.add", { ...entry, pending: true });
  assert.equal(await earned(), exact(yearOf(person).total), "what waits does not count");
  await go("/study?state=pending");
  await app.text("《实践论》");
  await focus("study-table");
  await app.press(" ");
  assert.match(await text("review-chosen"), /已选 1 条，共 1 条/);
  await app.settled();
  await app.screenshot("study-review-1280-light");
  await app.press("a");
  await toast(app, "认定 1 条自学");
  assert.equal(await earned(), exact(yearOf(person).total + HALF_HOUR));
});

test("an entry is corrected in its place, with a reason, and Ctrl+Z takes it back", async () => {
  await go(`/credits/${id}`);
  await app.testId("credits-ledger");
  const before = await ledger();
  const index = before.entries.findIndex((each) => each.fact.includes("《实践论》"));
  await app.session.run("(index) => document.querySelectorAll('[data-testid=credits-entry] [data-testid=credits-steps]')[index].click()", index);
  await app.session.run("(index) => document.querySelectorAll('[data-testid=credits-entry]')[index].querySelector('[data-testid=entry-correct]').click()", index);
  await app.testId("manual-form");
  await (await app.testId("manual-amount")).fill("0.5");
  await app.clickTestId("manual-save");
  await app.text("理由要填写。");
  await (await app.testId("manual-reason")).type("实际读了两小时，有笔记");
  await app.screenshot("credits-correct-1280-light");
  await app.clickTestId("manual-save");
  // Two hours are 0.5 where half an hour was 0.125.
  await waitUntil(async () => (await earned()) === exact(yearOf(person).total + PARTS / 2), "the correction to count");
  const shown = await waitUntil(
    async () => (await app.session.run(`() => [...document.querySelectorAll("[data-testid=credits-entry]")].map((each) => each.innerText)`)).find((each) => each.includes("更正")),
    "the entry to be shown as a correction",
  );
  assert.match(shown, /0\.5/);
  await app.settled();
  await app.screenshot("credits-corrected-1280-light");
  await app.press("Control+z");
  await toast(app, "已撤销：添加");
  assert.equal(await earned(), exact(yearOf(person).total + HALF_HOUR));
});

test("a long leave leaves the requirement open, and a decision with its reason settles it", async () => {
  // Two rule sets side by side: the table of a new book stays in use only when it is said.
  for (const rule_set of ["preset:weihai-example", "preset:weihai"]) await app.core("rules.use", { rule_set, from: `${truth.year}-01-01` });
  await go(`/roster/${id}`);
  await app.clickTestId("fact-add");
  await app.testId("fact-form");
  await (await app.testId("fact-value")).fill("病假");
  await (await app.testId("fact-from")).fill(`${truth.year}-02-01`);
  await (await app.testId("fact-until")).fill(`${truth.year}-05-31`);
  await app.press("Enter");
  await app.testId("fact-leave");
  await app.settled();
  await app.screenshot("member-facts-1280-light");
  // The rules do not say how leave counts: the page says so.
  await go("/credits/decisions?set=weihai");
  await app.text("长期请假");
  await app.screenshot("credits-decisions-1280-light");
  await go(`/credits/${id}?set=weihai`);
  await app.clickTestId("tab-questions");
  await app.clickTestId("decide-months");
  await app.testId("decide-form");
  await (await app.testId("decide-reason")).type("2025 年 6 月请示组织部");
  await app.clickTestId("decide-save");
  await toast(app, "作出决定");
  // February to May are four months of twelve: a third less is asked.
  const { row } = await ledger("weihai");
  assert.equal(row.required, exact((requiredOf(person) * 8) / 12));
  await app.text("2025 年 6 月请示组织部");
  await app.settled();
  await app.screenshot("credits-decided-1280-light");
});

test("the filter stays in the address", async () => {
  await go("/credits?set=weihai-example");
  await choose("credits-filter-state", "not_required");
  await waitUntil(async () => (await app.session.run("() => location.hash")).includes("state=not_required"), "the address to say it");
  const { members, required } = totals();
  await app.text(`显示 ${members - required} 人；共 ${members} 人`);
});

test("the year is closed after its numbers are said", async () => {
  await go("/credits/closing?set=weihai-example");
  await app.testId("close-panel");
  const { members, met } = totals();
  assert.equal(await text("closing-members"), String(members));
  await app.clickTestId("closing-close");
  await app.text(`的 ${members} 份明细：${met} 人达标`);
  await app.screenshot("closing-confirm-1280-light");
  await app.clickTestId("confirm-run");
  await app.testId("closing-detail");
  assert.equal((await ledger()).row.earned, exact(yearOf(person).total + HALF_HOUR));
});

test("what changes afterwards changes nothing that is frozen, until a supplement records it with its reason", async () => {
  const entry = (await app.core("study.list", { year: truth.year, member: id })).find((each) => each.content === "《实践论》");
  await go(`/study?entry=${entry.id}`);
  await focus("study-table");
  await app.press("Delete");
  await app.clickTestId("confirm-run");
  await toast(app, "删除");
  await go("/credits?set=weihai-example");
  await app.text("1 人的记录在封存后有变化");
  assert.equal((await ledger()).row.earned, exact(yearOf(person).total + HALF_HOUR));
  await go(`/credits/${id}?set=weihai-example`);
  await app.testId("credits-frozen");
  await app.setSize(1024, 700);
  await app.settled();
  await app.screenshot("credits-frozen-1024-light");
  await app.setSize(1920, 1080);
  await paint(app, "dark");
  await app.settled();
  await app.screenshot("credits-frozen-1920-dark");
  await paint(app, "light");
  await app.setSize(1280, 800);
  await app.clickTestId("credits-supplement");
  await (await app.testId("reason-text")).type("重复登记，撤去");
  await app.clickTestId("reason-save");
  await toast(app, "补充更正");
  assert.equal((await ledger()).row.earned, exact(yearOf(person).total));
});

test("the closing is whole, and opens again only with a reason", async () => {
  const [closing] = await app.core("closing.list", {});
  await go(`/credits/closing/${closing.id}`);
  await app.clickTestId("closing-verify");
  await app.text("核对无误，与封存时一致");
  await app.screenshot("closing-detail-1280-light");
  await app.clickTestId("closing-reopen");
  await app.clickTestId("reason-save");
  await app.text("理由要填写。");
  await (await app.testId("reason-text")).type("上级要求重新核算");
  await app.clickTestId("reason-save");
  await app.testId("closing-reopened");
  assert.match(await text("closing-reopened"), /重开：上级要求重新核算/);
  assert.equal((await app.core("closing.preview", { rule_set: "weihai-example", year: truth.year })).already, null);
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
