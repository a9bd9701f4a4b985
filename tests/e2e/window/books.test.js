// Which book the window opens: the last one, the one on the command line, the
// one that a second start names.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { startApp, waitUntil } from "./lib/app.js";

async function createBook(app, name) {
  const file = path.join(app.home, `${name}.xueji`);
  await app.answerDialogs(file);
  const { token } = await app.invoke("pick_save", { purpose: "book", suggestedName: `${name}.xueji` });
  await app.core("book.create", { file: token, name, operator: "" });
  return file;
}

const openBook = async (app) => (await app.core("app.state")).book?.name;
const opens = (app, name) => waitUntil(async () => (await openBook(app)) === name, `${name} to open`);

test("the last book opens at the next start, after a power failure too", async (t) => {
  const app = await startApp(t);
  assert.equal(await openBook(app), undefined, "a new user has no book");
  await createBook(app, "第一支部");
  await app.restart();
  await opens(app, "第一支部");
  await app.kill();
  await app.open([]);
  await opens(app, "第一支部");
});

test("a book on the command line opens, and a second start brings another into the same window", async (t) => {
  const app = await startApp(t);
  const first = await createBook(app, "第一支部");
  const second = await createBook(app, "第二支部");
  await app.restart([first]);
  await opens(app, "第一支部");
  await app.testId("page-title");
  const started = await app.second([second]);
  assert.equal(started.status, 0, started.stderr);
  await opens(app, "第二支部");
});
