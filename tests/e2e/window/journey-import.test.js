// From a clerk's messy files to a full book, in the window: a new book, the
// four files through the wizard's three steps, then a file full of questions,
// and all of it taken back by one key.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { App } from "./lib/app.js";
import { TODAY, everything, fixture, marksOf, truth } from "./lib/branch.js";
import { PAGES, paint, visit } from "./lib/screens.js";
import { createBook, retype, toast } from "./lib/window.js";
import { answer, apply, atStep, chooseFile, counts, next, openQuestions, symbols } from "./lib/wizard.js";

const STATUS_WORDS = {
  present: "出席",
  late: "迟到",
  early_leave: "早退",
  official_leave: "公假",
  sick_leave: "病假",
  personal_leave: "事假",
  absent: "缺席",
  not_required: "不要求",
};

let app;
before(async () => {
  app = await App.start({ env: { XUEJI_TEST_TODAY: TODAY } });
});
after(() => app?.stop());

/** The page in the smallest size and in the largest, light and dark. */
async function photograph(name) {
  await app.setSize(1920, 1080);
  await paint(app, "dark");
  await app.settled();
  await app.screenshot(`${name}-1920-dark`);
  await app.setSize(1024, 700);
  await paint(app, "light");
  await app.settled();
  await app.screenshot(`${name}-1024-light`);
}

/** Goes through the three steps up to the preview of a file that holds no question. */
async function preview(kind, file) {
  await chooseFile(app, kind, fixture(`branch-2025/${file}`));
  await atStep(app, "sheet");
  await photograph(`import-${kind}-1`);
  await next(app, "columns");
  await photograph(`import-${kind}-2`);
}

test("a new user makes a book, and it opens on a page that says what to do first", async () => {
  await photograph("welcome");
  await createBook(app, path.join(app.home, "三支部.xueji"), { name: "机关第三党支部", operator: "测试员" });
  const { book } = await app.core("app.state");
  assert.deepEqual([book.name, book.operator, book.members], ["机关第三党支部", "测试员", 0]);
  for (const page of PAGES) {
    await visit(app, page);
    await photograph(`empty-${page}`);
  }
});

test("the roster goes in, and nothing of it before 导入 is pressed", async () => {
  const empty = await everything(app);
  await preview("roster", "roster.xlsx");
  await next(app, "preview");
  const listed = truth.members.length;
  assert.deepEqual(await counts(app), { all: listed, add: listed, change: 0, keep: 0, refuse: 0, ask: 0 });
  await photograph("import-roster-3");
  assert.deepEqual(await everything(app), empty, "the preview writes nothing");
  assert.equal(await apply(app), `导入（${listed} 行）`);
  const { roster } = await everything(app);
  assert.deepEqual(roster.map((each) => each.staff_no).sort(), truth.members.map((each) => each.staff_no).sort());
  await photograph("import-roster-done");
});

test("the sessions go in", async () => {
  const before = await everything(app);
  await preview("sessions", "sessions.xlsx");
  await next(app, "preview");
  const listed = truth.sessions.length;
  assert.deepEqual(await counts(app), { all: listed, add: listed, change: 0, keep: 0, refuse: 0, ask: 0 });
  assert.deepEqual(await everything(app), before);
  assert.equal(await apply(app), `导入（${listed} 行）`);
  const { sessions } = await everything(app);
  assert.deepEqual(
    sessions.map(({ date, title }) => `${date} ${title}`).sort(),
    truth.sessions.map(({ date, title }) => `${date} ${title}`).sort(),
  );
});

test("the attendance goes in: the year is asked, and the symbols are shown with their reading", async () => {
  const before = await everything(app);
  await preview("attendance", "attendance.csv");
  const year = await app.testId("import-year");
  assert.equal(await year.value(), String(truth.year), "this year is proposed");
  await next(app, "preview");
  const listed = truth.members.length;
  assert.deepEqual(await counts(app), { all: listed, add: listed, change: 0, keep: 0, refuse: 0, ask: 0 });
  const marks = Object.values(truth.marks);
  const read = Object.values(await symbols(app));
  for (const [status, word] of Object.entries(STATUS_WORDS)) {
    const cells = read.filter(({ reading }) => reading === word).reduce((total, each) => total + each.cells, 0);
    assert.equal(cells, marks.filter((mark) => mark === status).length, word);
  }
  await photograph("import-attendance-3");
  assert.deepEqual(await everything(app), before);
  assert.equal(await apply(app), `导入（${listed} 行）`);
  for (const { no, title } of truth.sessions) {
    const written = await marksOf(app, title);
    for (const { staff_no } of truth.members) assert.equal(written.get(staff_no).status, truth.marks[`${staff_no}|${no}`], `${staff_no} ${title}`);
  }
});

test("the self-study goes in", async () => {
  const before = await everything(app);
  await preview("self_study", "selfstudy.csv");
  await next(app, "preview");
  const listed = truth.self_study.length;
  assert.deepEqual(await counts(app), { all: listed, add: listed, change: 0, keep: 0, refuse: 0, ask: 0 });
  assert.deepEqual(await everything(app), before);
  assert.equal(await apply(app), `导入（${listed} 行）`);
  assert.equal((await everything(app)).study.length, listed);
});

test("the same file again changes nothing, and is remembered", async () => {
  const before = await everything(app);
  await chooseFile(app, "roster", fixture("branch-2025/roster.xlsx"));
  await atStep(app, "sheet");
  await app.testId("import-remembered");
  await next(app, "columns");
  await next(app, "preview");
  const listed = truth.members.length;
  assert.deepEqual(await counts(app), { all: listed, add: 0, change: 0, keep: listed, refuse: 0, ask: 0 });
  await app.text("没有要导入的");
  assert.deepEqual(await everything(app), before);
});

test("a messy roster: what cannot be read is refused with its reason, the rest goes in on request", async () => {
  await chooseFile(app, "roster", fixture("messy-2025/roster.xlsx"));
  await atStep(app, "sheet");
  await next(app, "columns");
  await next(app, "preview");
  // tests/fixtures/messy-2025/expected.json: rows 2–3 add, 4–6 refuse, 7–9 ask, 10 keep.
  assert.deepEqual(await counts(app), { all: 9, add: 2, change: 0, keep: 1, refuse: 3, ask: 3 });
  await photograph("import-messy-roster");
  await app.clickTestId("import-count-refuse");
  await app.text("没有姓名");
  await photograph("import-refused-rows");
  assert.equal((await (await app.testId("import-apply")).text()).trim(), "跳过有问题的 6 行，导入其余 2 行");
});

test("a messy matrix asks for its symbols and its column; the answers go in, and one key takes all of it back", async () => {
  const before = await everything(app);
  await chooseFile(app, "attendance", fixture("messy-2025/attendance.csv"));
  await atStep(app, "sheet");
  await next(app, "columns");
  await retype(app, "import-year", String(truth.year));
  await next(app, "preview");
  const asked = ["column:1月2日 台账里没有的会", "symbol:○", "symbol:√(补签)", "symbol:产假"];
  assert.deepEqual((await openQuestions(app)).sort(), asked.sort());
  await photograph("import-messy-attendance");
  await answer(app, "symbol:○", "公假");
  await answer(app, "symbol:√(补签)", "出席");
  await answer(app, "symbol:产假", "病假");
  await answer(app, "column:1月2日 台账里没有的会", "跳过这一列");
  assert.deepEqual(await openQuestions(app), []);
  await photograph("import-messy-attendance-answered");
  assert.deepEqual(await everything(app), before, "answers write nothing");
  assert.equal(await apply(app), "跳过有问题的 1 列，导入其余 3 行");

  const [first, second, third] = await Promise.all(
    ["廉政教育第1次党课", "基层治理第2次专题讲座", "数字政务第3次中心组学习"].map((title) => marksOf(app, title)),
  );
  assert.equal(first.get("1000").status, "official_leave", "○, as answered");
  assert.deepEqual([first.get("1007").status, first.get("1007").make_up?.done_on], ["absent", null], "补学: missed, made up, nobody knows when");
  assert.deepEqual([first.get("1014").status, first.get("1014").minutes], ["late", 15], "迟到15分钟");
  assert.equal(second.get("1007").observer, true, "列席 is a role");
  assert.equal(second.get("1014").status, "present", "√(补签), as answered");
  assert.equal(third.get("1007").status, truth.marks["1007|3"], "a blank wipes nothing");
  assert.equal(third.get("1014").status, "sick_leave", "产假, as answered");

  await app.press("Control+z");
  assert.equal(await toast(app, "已撤销"), "已撤销：导入考勤台账“attendance.csv”（新增 0，修改 3）");
  const { sessions: _, ...restored } = await everything(app);
  const { sessions: __, ...were } = before;
  assert.deepEqual(restored, were);
  await photograph("import-undone");
});

test("no step of it has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
