// Files that are not what their names say, and a book that somebody else has
// open: each gets a sentence that says what to do, and nothing is lost.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { App, startApp, waitUntil } from "./lib/app.js";
import { TODAY, everything, fixture, makeBranchBook } from "./lib/branch.js";
import { chooseFile } from "./lib/wizard.js";

const PICTURE = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

/** The head of a compound file that names the streams of an encrypted workbook: what Excel writes under a password. */
function encryptedWorkbook() {
  const SECTOR = 512;
  const [FREE, END, FAT] = [0xffffffff, 0xfffffffe, 0xfffffffd];
  const header = Buffer.alloc(SECTOR, 0);
  header.write("d0cf11e0a1b11ae1", 0, "hex");
  header.writeUInt16LE(0x003e, 24);
  header.writeUInt16LE(0x0003, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  const table = Buffer.alloc(SECTOR, 0xff);
  table.writeUInt32LE(FAT, 0);
  table.writeUInt32LE(END, 4);
  const entry = (name, type, child, right) => {
    const record = Buffer.alloc(128, 0);
    record.write(name, 0, "utf16le");
    record.writeUInt16LE((name.length + 1) * 2, 64);
    record.writeUInt8(type, 66);
    record.writeUInt8(1, 67);
    record.writeUInt32LE(FREE, 68);
    record.writeUInt32LE(right, 72);
    record.writeUInt32LE(child, 76);
    record.writeUInt32LE(END, 116);
    return record;
  };
  const directory = [entry("Root Entry", 5, 1, FREE), entry("EncryptionInfo", 2, FREE, 2), entry("EncryptedPackage", 2, FREE, FREE), Buffer.alloc(128, 0)];
  return Buffer.concat([header, table, ...directory]);
}

let folder;
let book;
let app;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "xueji-e2e-book-"));
  book = await makeBranchBook(path.join(folder, "三支部.xueji"));
  app = await App.start({ args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await app.testId("page-title");
});
after(async () => {
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function refused(name, bytes, sentence) {
  const before = await everything(app);
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  await chooseFile(app, "roster", file);
  const error = await app.testId("error");
  assert.match(await error.text(), sentence);
  await app.testId("import-choose");
  assert.deepEqual(await everything(app), before, "the book is as it was");
}

test("a picture named .xlsx is called a picture", async () => {
  await refused("花名册.xlsx", PICTURE, /这不是可以导入的表格，而是图片。在 WPS 或 Excel 中另存为 xlsx 或 csv 后再试。/);
  await app.setSize(1024, 700);
  await app.screenshot("import-picture-1024-light");
});

test("a workbook under a password says so", async () => {
  await refused("加密.xlsx", encryptedWorkbook(), /文件加了密码，打不开。在 WPS 或 Excel 中取消密码，另存后再试。/);
});

test("half a workbook is called damaged", async () => {
  const whole = await readFile(fixture("branch-2025/roster.xlsx"));
  await refused("半截.xlsx", whole.subarray(0, whole.length / 2), /文件不完整或已损坏/);
});

test("an empty file says that it is empty", async () => {
  await refused("空.csv", Buffer.alloc(0), /文件是空的，没有可导入的内容。/);
});

test("a file that is no book does not take the place of the open one", async () => {
  const file = path.join(folder, "图.xueji");
  await writeFile(file, PICTURE);
  await app.answerDialogs(file);
  await app.clickTestId("book-menu");
  await app.clickTestId("book-open");
  await app.text("这个文件不是学迹的台账，没有打开。");
  await app.screenshot("book-refused-1024-light");
  assert.equal((await app.core("app.state")).book.name, "机关第三党支部");
});

test("a book that another window holds is named at the start, with who holds it", async (t) => {
  const other = await startApp(t, { args: [book], env: { XUEJI_TEST_TODAY: TODAY } });
  await other.testId("welcome-create");
  await other.text("这本台账正由");
  assert.match(await other.pageText(), /这本台账正由 .+ 打开着（自 .+ 起）。在那边关闭后再试。/);
  await other.settled();
  await other.screenshot("book-locked-1280-light");
  assert.equal((await other.core("app.state")).book, null);
  assert.equal((await app.core("app.state")).book.members, 46, "the first window works on");
  // As soon as it is closed there, it opens here.
  await app.close();
  await other.answerDialogs(book);
  await other.clickTestId("welcome-open");
  await waitUntil(async () => (await other.core("app.state")).book?.members === 46, "the book to open");
  await other.close();
  await app.open([book]);
});
