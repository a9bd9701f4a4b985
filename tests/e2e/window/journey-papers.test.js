// One session's six parts by keyboard alone: from the list to its page, texts
// that save themselves, a picture attached and looked at, power cut in
// between, and its sheets sent to the printer.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, waitUntil } from "./lib/app.js";
import { TODAY, makeBranchBook } from "./lib/branch.js";
import { SIZES, THEMES, paint } from "./lib/screens.js";
import { focused, retype, saved, tabTo, toast } from "./lib/window.js";

/** A picture of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

let folder;
let app;
let session;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  const book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  await writeFile(path.join(folder, "IMG_0001.png"), Buffer.from(PIXEL, "base64"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

const papers = () => app.core("sessions.papers", { id: session });
const count = () => app.session.run("() => document.querySelector('[data-testid=papers-count]')?.textContent ?? ''");
const doneOf = async (step) => (await (await app.testId(`step-${step}`)).attribute("data-done")) === "true";

/** Waits until the page counts so many. */
async function counted(done) {
  await waitUntil(async () => (await count()) === `${done} / 6`, `${done} / 6, not ${await count()}`);
}

/** Types into a text of the page, and waits until it is in the book. */
async function write(field, text) {
  await tabTo(app, `paper-${field}`, { most: 80 });
  await app.type(text);
  await app.press("Tab");
  await waitUntil(async () => (await (await app.testId(`paper-field-${field}`)).attribute("data-saved")) === "true", `${field} to be saved`);
}

test("F4 in the list opens the session's page, which counts what is there", async () => {
  await app.press("Alt+2");
  await app.testId("sessions-table");
  await tabTo(app, "sessions-table");
  await app.press("F4");
  await app.testId("papers-page");
  await app.settled();
  session = await app.session.run("() => /sessions\\/([0-9a-f-]+)\\/papers/.exec(location.hash)[1]");
  // The fixture's roll is whole, its time, place and host are known; nothing else is.
  await counted(1);
  assert.equal(await doneOf("attendance"), true);
  await app.text("还缺：议程、通知日期。");
});

test("each part that is filled is counted", async () => {
  await write("agenda", "一、领学文件");
  await write("notified_on", "2025.1.2");
  await counted(2);
  await write("minutes", "书记主持，全体党员参加。");
  await counted(3);
  await write("checked_by", "张敏");
  assert.equal(await count(), "3 / 6", "a checker without a day is no check");
  await write("checked_on", "2025年12月30日");
  await counted(4);
  await write("summary", "讨论充分。");
  await counted(5);
  const { paper } = await papers();
  assert.deepEqual(
    [paper.agenda, paper.notified_on, paper.minutes, paper.checked_by, paper.checked_on, paper.summary],
    ["一、领学文件", "2025-01-02", "书记主持，全体党员参加。", "张敏", "2025-12-30", "讨论充分。"],
  );
});

test("the power fails while the minutes are typed: what was saved is there", async () => {
  const before = (await app.core("undo.history", { limit: 50 })).length;
  await tabTo(app, "paper-minutes", { most: 80 });
  await app.press("Control+End");
  await app.type("会议开到十二点。");
  // Nobody leaves the field: the pause alone saves.
  await waitUntil(async () => (await papers()).paper.minutes.endsWith("十二点。"), "the text to save itself");
  await app.type("散会。");
  await waitUntil(async () => (await papers()).paper.minutes.endsWith("散会。"), "the rest to save itself");
  assert.equal((await app.core("undo.history", { limit: 50 })).length, before + 1, "one stretch of typing is one step");
  await app.kill();
  await app.open();
  await app.testId("page-title");
  assert.equal((await papers()).paper.minutes, "书记主持，全体党员参加。会议开到十二点。散会。");
  await app.press("Alt+2");
  await app.testId("sessions-table");
  await app.settled();
  await tabTo(app, "sessions-table");
  assert.equal(await (await app.testId("session-steps")).text(), "5/6");
  await app.press("F4");
  await counted(5);
});

test("Ctrl+Z takes back the stretch of typing by its name", async () => {
  await tabTo(app, "papers-roll");
  await app.press("Control+z");
  await toast(app, "的会议记录");
  await waitUntil(async () => (await (await app.testId("paper-minutes")).value()) === "书记主持，全体党员参加。", "the page to show it");
});

test("a picture is attached with its label and looked at", async () => {
  await app.answerDialogs(path.join(folder, "IMG_0001.png"));
  await tabTo(app, "attachment-new-label", { most: 80 });
  await app.type("签到表");
  await app.press("Tab");
  assert.equal(await focused(app), "attachment-add");
  await app.press("Enter");
  await toast(app, "添加附件“IMG_0001.png”（1 个）");
  await tabTo(app, "attachment-open", { most: 80 });
  await app.press("Enter");
  // Drawn, not only there: the content policy lets it through.
  await waitUntil(() => app.session.run("() => document.querySelector('[data-testid=picture]')?.naturalWidth === 1"), "the picture to be drawn");
  await app.press("Escape");
  await waitUntil(async () => (await focused(app)) === "attachment-open", "the focus to go back");
  await tabTo(app, "attachment-edit");
  await app.press("Enter");
  await app.testId("attachment-form");
  await retype(app, "attachment-name", "十二月签到表");
  await app.press("Enter");
  await toast(app, "修改附件“十二月签到表.png”");
});

test("it is saved elsewhere byte for byte, removed, and brought back", async () => {
  const copy = path.join(folder, "副本.png");
  await app.answerDialogs(copy);
  await tabTo(app, "attachment-save-as", { most: 80 });
  await app.press("Enter");
  await toast(app, "已存为“副本.png”");
  assert.equal((await readFile(copy)).toString("base64"), PIXEL);
  await tabTo(app, "attachment-remove", { most: 80 });
  await app.press("Enter");
  await toast(app, "删除附件“十二月签到表.png”");
  await tabTo(app, "papers-roll");
  await app.press("Control+z");
  await toast(app, "已撤销：删除附件");
  await app.testId("attachment-open");
});

test("the page fits in every size and colour", async () => {
  for (const [width, height] of SIZES) {
    await app.setSize(width, height);
    const excess = await app.session.run("() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; }");
    assert.ok(excess <= 0, `${excess} px too wide at ${width} × ${height}`);
    for (const theme of THEMES) {
      await paint(app, theme);
      await app.settled();
      await app.screenshot(`papers-${width}-${theme}`);
    }
  }
});

test("a sign-in sheet has the roster and twenty spare lines, and the printer's dialog opens", async () => {
  await tabTo(app, "papers-print", { most: 80 });
  await app.press("Enter");
  await app.testId("print-sign-in");
  await app.press("ArrowDown");
  await app.press("Enter");
  await app.testId("sheets");
  await app.settled();
  const lines = await app.session.run("() => document.querySelectorAll('.sheet tbody tr').length");
  const { rows } = await app.core("attendance.sheet", { id: session });
  assert.equal(lines, rows.filter((row) => row.mark.status !== "not_required").length + 20);
  const width = await app.session.run("() => document.querySelector('.sheet tbody td:nth-child(4)').getBoundingClientRect().width");
  assert.ok(width >= (25 * 96) / 25.4, `the column to sign is ${width} px, less than 25 mm`);
  await app.screenshot("print-sign-in");
  // The dialog is the desktop's own and holds the driver up while it is open: it is watched from outside.
  await app.session.run("() => { setTimeout(() => document.querySelector('[data-testid=print-run]').click(), 100); }");
  const dialog = await waitUntil(async () => (await app.xdotool("search", "--onlyvisible", "--name", "^Print$").catch(() => "")).split("\n")[0], "the printer's dialog");
  await app.xdotool("windowactivate", "--sync", dialog, "key", "--clearmodifiers", "Escape");
  await waitUntil(async () => (await app.xdotool("search", "--onlyvisible", "--name", "^Print$").catch(() => "")) === "", "the dialog to close");
  await saved(app);
  const refused = (await app.consoleErrors()).filter((line) => /Content Security Policy|Refused to/.test(line));
  assert.deepEqual(refused, [], "the content policy lets everything through that the pages ask for");
});
