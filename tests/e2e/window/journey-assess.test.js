// The yearly assessment: a scheme is taken into use, scores are typed person
// after person, a reason where one is asked for, a column pasted, taken back.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook, truth } from "./lib/branch.js";
import { paint } from "./lib/screens.js";
import { focused, toast } from "./lib/window.js";

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

const year = () => app.core("assess.year", { year: truth.year });
/** What somebody gave for an indicator, in the order of the rows; null where nothing. */
const given = async (indicator, scorer) => {
  const { indicators, rows } = await year();
  const at = indicators.findIndex((each) => each.id === indicator);
  return rows.map((row) => row.indicators[at].scores.find((score) => score.scorer === scorer) ?? null);
};
const values = async (indicator, scorer) => (await given(indicator, scorer)).map((score) => score?.value ?? null);
const onGrid = () => waitUntil(async () => (await focused(app)) === "assess-grid", "the focus to be on the grid");
/** Puts the cursor into a cell of the first row. */
const enter = async (column) => {
  await app.session.run("(column) => document.querySelector(`[data-cell=\"${column}\"]`).click()", column);
  await onGrid();
};

test("without a scheme the page says where one is", async () => {
  await app.press("Alt+5");
  await app.text("还没有启用考核办法");
  await app.screenshot("assess-empty-1280-light");
  await app.clickTestId("assess-see-rules");
  await app.testId("rules-page");
});

test("a scheme is taken into use, and its indicators stand beside everybody", async () => {
  await app.session.run("() => document.querySelector('[data-key=zaozhuang-person] [data-testid=rules-take]').click()");
  await app.testId("use-form");
  await app.clickTestId("use-run");
  await toast(app, "起启用");
  await app.press("Alt+5");
  await app.testId("assess-grid");
  const { rows, indicators } = await year();
  assert.equal(rows.length, truth.members.length);
  const heads = await app.session.run("() => [...document.querySelectorAll('.head .top')].map((each) => each.textContent)");
  assert.deepEqual(heads, [...new Set(indicators.map((each) => each.head))]);
});

test("points are typed one below the other", async () => {
  await enter("学习态度 自评");
  for (const points of ["12", "13.5", "14"]) {
    await app.type(points);
    await app.press("Enter");
  }
  await waitUntil(async () => (await values("学习态度", "自评"))[2] === "14", "the points on the disk");
  assert.deepEqual((await values("学习态度", "自评")).slice(0, 4), ["12", "13.5", "14", null]);
  await app.screenshot("assess-1280-light");
});

test("points beyond the most are refused with the range, and what comes from the records takes none", async () => {
  await app.type("99");
  await app.press("Enter");
  await toast(app, "99 分，超出 0 到 15 的范围");
  assert.equal((await values("学习态度", "自评"))[3], null);
  await enter("自学时间");
  await app.type("8");
  await app.text("这一项由记录算出，不能打分");
});

test("where a reason is asked for, the points wait for it", async () => {
  await enter("方法创新 核查");
  await app.type("8");
  await app.press("Enter");
  await waitUntil(async () => (await focused(app)) === "assess-reason", "the focus to be on the reason");
  assert.equal((await given("方法创新", "核查"))[0], null);
  await app.type("轮流主讲，有记录");
  await app.press("Enter");
  await onGrid();
  await waitUntil(async () => (await given("方法创新", "核查"))[0] !== null, "the points on the disk");
  const [score] = await given("方法创新", "核查");
  assert.deepEqual([score.value, score.reason], ["8", "轮流主讲，有记录"]);
});

test("points are taken back by a key, and Ctrl+Z brings them back", async () => {
  await enter("学习态度 自评");
  await app.press("Backspace");
  await waitUntil(async () => (await values("学习态度", "自评"))[0] === null, "the points to go");
  await app.press("Control+z");
  await waitUntil(async () => (await values("学习态度", "自评"))[0] === "12", "the points to be back");
});

test("a column is pasted over as many rows", async () => {
  await enter("学习态度 核查");
  await app.session.run(`() => {
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { getData: () => "10\\n11\\n12\\n无\\n13\\n" } });
    document.querySelector("[data-testid=assess-grid]").dispatchEvent(event);
  }`);
  await toast(app, "已填 4 格，1 格没有填");
  assert.deepEqual((await values("学习态度", "核查")).slice(0, 6), ["10", "11", "12", null, "13", null]);
});

test("the results name what is undecided, and closing says what stands in its way", async () => {
  await app.clickTestId("tab-results");
  await app.testId("assess-results");
  await app.text("未定的地方");
  await app.screenshot("assess-results-1280-light");
  await app.clickTestId("tab-closing");
  await app.settled();
  await app.screenshot("assess-closing-1280-light");
});

test("the grid fits in a small window and a large one", async () => {
  await app.clickTestId("tab-scores");
  await app.testId("assess-grid");
  for (const [width, height, theme] of [[1024, 700, "light"], [1920, 1080, "dark"]]) {
    await app.setSize(width, height);
    await app.settled();
    const excess = await app.session.run("() => document.documentElement.scrollWidth - innerWidth");
    assert.ok(excess <= 0, `${excess} px too wide at ${width} × ${height}`);
    await paint(app, theme);
    await app.screenshot(`assess-grid-${width}-${theme}`);
  }
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
