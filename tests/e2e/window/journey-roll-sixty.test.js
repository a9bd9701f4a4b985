// A roll of sixty by the keyboard alone, from the start of the program: every
// key is counted, and the same roll in a spreadsheet is reckoned beside it.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { cli } from "./lib/branch.js";
import { focused, saved } from "./lib/window.js";

const TODAY = "2025-12-15";
const TITLE = "十二月集体学习";
const SURNAMES = ["丁", "王", "石", "田", "李", "张", "陈", "林", "郑", "高"];
const GIVEN = ["伟", "静", "建国", "晓燕", "思远", "文斌"];
/** Who is not simply present, by place in the roll: a day as it comes, 51 of 60 there in time. */
const OTHERWISE = new Map([
  [4, "2"], [17, "2"], [33, "2"], // 迟到
  [9, "3"], // 早退
  [12, "4"], [41, "4"], // 公假
  [22, "5"], // 病假
  [38, "6"], // 事假
  [55, "7"], // 缺席
]);
const STATUS = { 1: "present", 2: "late", 3: "early_leave", 4: "official_leave", 5: "sick_leave", 6: "personal_leave", 7: "absent" };

let folder;
let app;
/** Keys pressed since the first, a chord as one. */
let keys = 0;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  const file = path.join(folder, "六十人.xueji");
  await cli("--book", file, "new", "六十人支部");
  const people = SURNAMES.flatMap((surname) => GIVEN.map((given) => surname + given)).map((name, index) => `${name},${2001 + index},在职`);
  const roster = path.join(folder, "花名册.csv");
  await writeFile(roster, `姓名,工号,人员类别\n${people.join("\n")}\n`);
  await cli("--book", file, "import", "roster", roster);
  app = await App.start({ args: [file], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
  await app.core("sessions.add", { date: TODAY, starts_at: "14:30", title: TITLE, amount: "90分钟", kind: "集体学习", level: "branch", state: "planned", organizations: [] });
  await app.kill();
  // From here on as the clerk meets it: the program starts with its last book.
  await app.open([]);
  await app.testId("page-title");
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function press(chord) {
  keys += 1;
  await app.press(chord);
}

const sheet = async () => {
  const [{ id }] = await app.core("sessions.list", { year: 2025 });
  return app.core("attendance.sheet", { id });
};
const grid = () => app.session.run("() => document.activeElement?.getAttribute('role') === 'grid'");

test("from the start of the program to the first mark it takes two actions", async () => {
  await (await app.testId("workbench-roll")).click();
  await waitUntil(grid, "the grid to have the focus");
  await press("1");
  await waitUntil(async () => (await sheet()).tally.attended === 1, "the first mark on the disk");
});

test("sixty are marked with at most two keys each, corrections included", async () => {
  const began = Date.now();
  for (let line = 2; line <= 60; line += 1) await press(OTHERWISE.get(line) ?? " ");
  const whole = Date.now() - began;
  await saved(app);
  // Two came late after all: found by their initials, one of them by the line of the printed sheet.
  const { rows } = await sheet();
  const [latecomer, other] = [rows[37], rows[54]];
  await press("Home");
  for (const letter of latecomer.search_keys.find((each) => each.length <= 3)) await press(letter);
  // A jump far down draws the lines there first.
  const drawn = () => app.session.run("() => document.querySelector('[data-testid=attendance-page] [aria-selected=true]')?.dataset.row");
  const current = () => waitUntil(drawn, "the current line to be drawn");
  for (let tries = 0; (await current()) !== latecomer.member && tries < 12; tries += 1) await press("ArrowDown");
  await press("2");
  await press("Control+f");
  await waitUntil(async () => (await focused(app)) === "attendance-filter", "the filter to have the focus");
  for (const digit of String(other.line)) await press(digit);
  await press("Enter");
  await waitUntil(async () => (await current()) === other.member, "the line of the sheet");
  await press("2");
  await saved(app);

  const expected = Array.from({ length: 60 }, (_, index) => (index === 37 || index === 54 ? "late" : STATUS[OTHERWISE.get(index + 1) ?? "1"]));
  assert.deepEqual((await sheet()).rows.map((row) => row.mark.status), expected);
  assert.ok(keys <= 120, `${keys} keys for sixty people`);
  assert.ok(whole < 60_000, `${whole} ms for the roll`);
  report(keys, whole);
});

/**
 * The same roll in a spreadsheet, reckoned and not measured: one column of
 * the day, names down. √ and the words come from an input method; each key is
 * one, a chord as well, the mouse is left out.
 */
function report(counted, ms) {
  const words = { 迟到: "chidao", 早退: "zaotui", 公假: "gongjia", 病假: "bingjia", 事假: "shijia", 缺席: "quexi" };
  const composed = (word) => words[word].length + 1; // the letters and Space
  const day = ["迟到", "迟到", "迟到", "早退", "公假", "公假", "病假", "事假", "缺席"];
  const symbol = 51 * 2 + day.reduce((sum, word) => sum + composed(word) + 1, 0); // one key and Enter; word and Enter
  // √ once, copied, the column marked (name box: F5 C2:C61 Enter), pasted; then each of nine by arrows from the one before.
  const steps = [4, 9, 12, 17, 22, 33, 38, 41, 55].reduce(([sum, from], line) => [sum + (line - from - (from > 1 ? 1 : 0)), line], [0, 1])[0];
  const filled = 1 + 1 + 1 + 1 + 7 + 1 + 1 + 1 + steps + day.reduce((sum, word) => sum + composed(word) + 1, 0);
  // Two corrections: Ctrl+F, four letters and Space, Enter, Escape, one arrow, the word, Enter.
  const corrections = 2 * (1 + 5 + 1 + 1 + 1 + composed("迟到") + 1);
  const line = (what, sum) => `  ${what.padEnd(34, "　")} ${String(sum).padStart(4)}   ${(sum / 60).toFixed(2)}`;
  console.log(
    [
      `keys for 60 people, 2 corrections included          sum   each`,
      line(`学迹, counted (${(ms / 1000).toFixed(1)} s for the first pass)`, counted),
      line("spreadsheet, a symbol a cell, reckoned", symbol + corrections),
      line("spreadsheet, filled down, reckoned", filled + corrections),
      `  (the spreadsheet's numbers leave out saving, counting 应到 实到, and finding the right column)`,
    ].join("\n"),
  );
}

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
