// A reader at the roll: the keys of a card's text, typed as a reader types
// them, mark its bearer; then a filled sign-in list goes into the same roll,
// and one key takes it back.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook } from "./lib/branch.js";
import { toast } from "./lib/window.js";
import { apply, atStep, counts, next } from "./lib/wizard.js";

const TITLE = "刷卡签到的学习会";

let folder;
let app;
let session;
let rows;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-cards-"));
  const book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
  const input = {
    date: "2025-12-30", starts_at: null, amount: "90分钟", kind: "集体学习", title: TITLE, level: "branch", theme: null, place: null, state: "held",
    hosts: null, speakers: null, recorders: null, organizations: [], remark: null,
  };
  session = (await app.core("sessions.add", input)).value.id;
  rows = (await app.core("attendance.sheet", { id: session })).rows;
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

const sheet = () => app.core("attendance.sheet", { id: session });
const markOf = async (member) => (await sheet()).rows.find((row) => row.member === member).mark;

/** Opens the roll of the session. */
async function openRoll() {
  await app.session.run(`(id) => { location.hash = "#/sessions/" + id; }`, session);
  await app.testId("attendance-page");
  await app.settled();
}

/** Types a card as a reader does: into whatever has the focus, Enter last. */
async function swipe(text) {
  await app.session.type(text);
  await app.press("Enter");
}

test("a page makes the cards of whoever is chosen, ready to print", async () => {
  await app.press("Alt+K");
  await app.clickTestId("attendance-page-cards");
  await app.testId("cards-table");
  assert.match(await (await app.testId("cards-photocopy")).text(), /复印/);
  await app.clickTestId("cards-all");
  await app.clickTestId("cards-make");
  await app.testId("card-sheets");
  const drawn = await app.session.run(`() => document.querySelectorAll("[data-testid=card] svg path").length`);
  const people = (await app.core("roster.list", { on: null, order: "strokes", include_left: false })).filter((each) => each.organization !== null);
  assert.equal(drawn, people.length);
  await app.clickTestId("cards-back");
  await app.testId("cards-table");
});

test("a card that is read marks its bearer, and says so in large letters", async () => {
  const [first] = rows;
  const [card] = (await app.core("cards.issue", { members: [first.member] })).value;
  await openRoll();
  await swipe(card.text);
  await waitUntil(async () => (await (await app.testId("card-name")).text()).includes(first.name), `${first.name} in the banner`);
  assert.equal((await markOf(first.member)).status, "present");
  assert.equal((await markOf(first.member)).source, "card");
  const at = (await sheet()).tally.attended;
  await swipe(card.text.toLowerCase());
  await waitUntil(async () => (await (await app.testId("card-said")).text()).includes("已经登记过"), "the second reading to be known");
  assert.equal((await sheet()).tally.attended, at);
});

test("a made-up card is refused, and letters typed by hand still jump", async () => {
  const before = (await sheet()).tally.counts.unmarked;
  await swipe("XJ1-00000000000000000000000000-00000000");
  await waitUntil(async () => (await (await app.testId("card-said")).text()).includes("不是本台账的签到卡"), "the refusal");
  await app.press("x");
  await app.press("j");
  await new Promise((done) => setTimeout(done, 300));
  assert.equal((await sheet()).tally.counts.unmarked, before);
});

test("Ctrl+Z takes a card back by name", async () => {
  await app.press("Control+z");
  await toast(app, `刷卡签到 ${rows[0].name}`);
  assert.equal((await markOf(rows[0].member)).status, "unmarked");
});

test("a sign-in list is imported from the roll, and taken back in one step", async () => {
  const signed = rows.filter((row) => row.staff_no !== null).slice(0, 5);
  const file = path.join(folder, "签到.csv");
  await writeFile(file, `﻿${TITLE}签到表,,\r\n姓名,工号,签到\r\n${signed.map((row) => `${row.name},${row.staff_no},√`).join("\r\n")}\r\n`);
  await app.answerDialogs(file);
  await app.clickTestId("attendance-import");
  await app.clickTestId("import-choose");
  await atStep(app, "sheet");
  await next(app, "columns");
  assert.equal(await (await app.testId("sign-in-session")).property("value"), session);
  await next(app, "preview");
  assert.equal((await counts(app)).add, 5);
  await apply(app);
  for (const row of signed) assert.deepEqual([(await markOf(row.member)).status, (await markOf(row.member)).source], ["present", "import"]);
  await app.clickTestId("import-undo");
  await waitUntil(async () => (await markOf(signed[0].member)).status === "unmarked", "the import to be taken back");
});
