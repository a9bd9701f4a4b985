// The attendance ledger by keyboard alone: a cell is marked and taken back,
// its history looked up; a month is closed, refuses, and takes a change with
// its reason.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, truth } from "./lib/branch.js";
import { focused, saved, tabTo, toast } from "./lib/window.js";

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

/** The cell with the cursor: whose, what a screen reader hears, and the sign in it. */
function cursor() {
  return app.session.run(`() => {
    const grid = document.querySelector("[data-testid=ledger-grid]");
    const cell = document.getElementById(grid?.getAttribute("aria-activedescendant") ?? "");
    return cell && { member: cell.closest("[data-row]").dataset.row, label: cell.getAttribute("aria-label"), sign: cell.textContent.trim(), selected: cell.getAttribute("aria-selected") };
  }`);
}

async function sign(wanted) {
  await waitUntil(async () => (await cursor())?.sign === wanted, `the sign ${wanted} at the cursor`);
}

async function toLedger() {
  await app.press("Alt+k");
  await app.testId("ledger-grid");
  await waitUntil(async () => (await focused(app)) === "ledger-grid" && (await cursor()) !== null, "the focus and the cursor in the ledger");
}

/** What the core has of a member at the latest session held. */
async function marked(member) {
  const { sessions, members } = await app.core("attendance.ledger", { year: truth.year });
  return members.find((each) => each.id === member).codes[sessions.length - 1];
}

test("Alt+K shows the year, the cursor on the latest session; the cells are those of the fixture", async () => {
  await toLedger();
  const { sessions, members } = await app.core("attendance.ledger", { year: truth.year });
  assert.equal(sessions.length, 24);
  const { member, label, selected } = await cursor();
  assert.equal(member, members[0].id);
  assert.match(label, /12月10日/);
  assert.equal(selected, "true");
  const shape = await app.session.run(`() => {
    const grid = document.querySelector("[data-testid=ledger-grid]");
    return [grid.getAttribute("role"), Number(grid.getAttribute("aria-rowcount")), Number(grid.querySelectorAll("[role=row]").length)];
  }`);
  assert.deepEqual(shape.slice(0, 2), ["grid", members.length + 1]);
  assert.ok(shape[2] > 5 && shape[2] < members.length, `${shape[2]} lines are drawn, not all of ${members.length}`);
});

let member;
test("a key marks and goes on; Ctrl+Z takes it back and returns; F8 tells both", async () => {
  ({ member } = await cursor());
  const before = (await cursor()).sign;
  const codeBefore = await marked(member);
  await app.press("2");
  await waitUntil(async () => (await cursor()).member !== member, "the next line");
  await saved(app);
  assert.equal(await marked(member), "2");
  await app.press("ArrowUp");
  await sign("迟");
  await app.press("ArrowDown");
  await app.press("Control+z");
  await waitUntil(async () => (await cursor())?.member === member, "the cursor back where the mark was");
  await sign(before);
  assert.equal(await marked(member), codeBefore);
  await app.press("F8");
  await app.testId("history");
  const told = await app.session.run("() => [...document.querySelectorAll('[data-testid=history-entry]')].map((each) => each.textContent)");
  assert.match(told[0], /撤销：点名 .* 迟到/);
  assert.match(told[1], /点名 .* 迟到.*已撤销/);
  await app.press("Escape");
  await waitUntil(async () => (await focused(app)) === "ledger-grid", "the focus back in the ledger");
});

test("December is closed from the keyboard, with its numbers", async () => {
  await tabToLink("attendance-page-months");
  await app.press("Enter");
  await app.testId("months");
  const row = '[data-month="2025-12"] [data-testid=month-close]';
  for (let presses = 0; presses < 40; presses += 1) {
    if (await app.session.run(`() => document.activeElement.matches('${row}')`)) break;
    await app.press("Tab");
  }
  await app.press("Enter");
  await app.text("这个月有 1 次活动，已开展 1 次，0 人次未登记。封存以后改动要写明原因；封存本身可以撤销，也可以重新打开。");
  await tabTo(app, "month-close-run");
  await app.press("Enter");
  await toast(app, "封月：2025年12月（1 次活动）");
  await waitUntil(() => app.session.run("() => document.querySelector('[data-month=\"2025-12\"]').dataset.closed === 'true'"), "December to be closed");
});

async function tabToLink(testId) {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused(app)) === testId) return;
    await app.press("Shift+Tab");
  }
  assert.fail(`Shift+Tab does not reach ${testId}`);
}

test("a closed month refuses; with a reason it takes the change and remembers why", async () => {
  await toLedger();
  const before = await marked(member);
  assert.notEqual(before, "7");
  await app.press("7");
  await app.testId("supplement-reason");
  await waitUntil(async () => (await focused(app)) === "supplement-reason", "the reason to have the focus");
  await app.press("Escape");
  await toast(app, "2025年12月已封月，没有改动");
  assert.equal(await marked(member), before);

  await waitUntil(async () => (await focused(app)) === "ledger-grid", "the focus back in the ledger");
  await app.press("ArrowUp");
  await app.press("7");
  await waitUntil(async () => (await focused(app)) === "supplement-reason", "the reason to have the focus");
  await app.type("核对签到表");
  await app.press("Enter");
  await saved(app);
  await waitUntil(async () => (await marked(member)) === "7", "the mark");
  const supplements = await app.core("months.supplements", { from: "2025-01", to: "2025-12" });
  assert.deepEqual(
    supplements.map(({ month, member: whose, reason, operation }) => [month, whose, reason, operation.name]),
    [["2025-12", member, "核对签到表", "attendance.mark"]],
  );
  await waitUntil(async () => (await focused(app)) === "ledger-grid", "the focus back in the ledger");
  await app.press("ArrowUp");
  await sign("×");
});
