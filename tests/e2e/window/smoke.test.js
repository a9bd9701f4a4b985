// The window itself, before anybody works in it: that it opens, what its page
// may and may not do, and how it behaves as a program on a desktop.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { App, BINARY, startApp } from "./lib/app.js";

/** The error's data: what the shell and the core refuse with is JSON, never a sentence. */
async function refusal(promise) {
  const message = await promise.then(
    () => assert.fail("it was not refused"),
    (error) => error.message,
  );
  return message.startsWith("{") ? JSON.parse(message) : message;
}

let app;
before(async () => {
  app = await App.start();
});
after(() => app?.stop());

test("the window is called 学迹 and opens at 1280 × 800", async () => {
  assert.equal(await app.session.title(), "学迹");
  const [id] = (await app.xdotool("search", "--onlyvisible", "--name", "^学迹$")).split("\n");
  assert.match(await app.xdotool("getwindowgeometry", id), /Geometry: 1280x800/);
});

test("the page draws itself without breaking its policy", async () => {
  await app.session.run("() => new Promise((resolve) => setTimeout(resolve, 500))");
  assert.notEqual((await app.pageText()).trim(), "", "the page is empty");
  assert.deepEqual(await app.consoleErrors(), []);
});

test("the policy holds: inline code, inline style, strangers' pages", async (t) => {
  const own = await startApp(t);
  const broken = await own.session.run(`async () => {
    const script = document.createElement("script");
    script.textContent = "window.intruded = true";
    document.body.append(script);
    const style = document.createElement("style");
    style.textContent = "body { visibility: hidden }";
    document.head.append(style);
    const image = new Image();
    image.src = "http://127.0.0.1:9/pixel.png";
    const fetched = await fetch("http://127.0.0.1:9/").then(() => true, () => false);
    return { intruded: window.intruded === true, hidden: getComputedStyle(document.body).visibility, fetched };
  }`);
  assert.deepEqual(broken, { intruded: false, hidden: "visible", fetched: false });
  // The console that the test above trusts does tell of each refusal.
  const told = (await own.consoleErrors()).join("\n");
  for (const refused of ["script", "stylesheet", "pixel.png", "connect to http://127.0.0.1:9/"]) {
    assert.ok(told.includes(refused), `nothing about ${refused}:\n${told}`);
  }
});

test("the core answers, and refuses with data", async () => {
  const state = await app.core("app.state");
  assert.match(state.version, /^\d+\.\d+\.\d+/);
  const error = await refusal(app.core("no.such_command"));
  assert.equal(error.code, "bad_request");
});

test("the page may not do what it has no use for", async () => {
  for (const command of ["plugin:window|close", "plugin:event|emit", "plugin:path|resolve_directory", "plugin:webview|create_webview_window"]) {
    assert.match(await refusal(app.invoke(command)), /not allowed/, command);
  }
});

test("a chosen file is a token and a name, never a path", async () => {
  const file = path.join(app.home, "花名册.xlsx");
  await app.answerDialogs(file, null);
  const chosen = await app.invoke("pick_open", { purpose: "spreadsheet" });
  assert.equal(chosen.name, "花名册.xlsx");
  assert.ok(!JSON.stringify(chosen).includes(app.home));
  assert.equal(await app.invoke("pick_open", { purpose: "spreadsheet" }), null, "cancelled");
});

test("a new file gets its ending", async () => {
  await app.answerDialogs(path.join(app.home, "一支部"));
  const chosen = await app.invoke("pick_save", { purpose: "book", suggestedName: "台账.xueji" });
  assert.equal(chosen.name, "一支部.xueji");
});

test("where no dialog can open the page hears so, and a typed path does instead", async (t) => {
  const bare = await startApp(t, { env: { XUEJI_TEST_PICKER: undefined, PATH: "", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" } });
  assert.equal((await refusal(bare.invoke("pick_open", { purpose: "book" }))).code, "no_file_dialog");
  const typed = await bare.invoke("typed_path", { path: "/media/usb/一支部.xueji", purpose: "book", newFile: false });
  assert.equal(typed.name, "一支部.xueji");
  const error = await refusal(bare.invoke("typed_path", { path: "一支部.xueji", purpose: "book", newFile: false }));
  assert.equal(error.code, "path_not_absolute");
});

test("what an input method composes is switched on, and the log says nothing about anybody", async () => {
  const logs = path.join(app.dataDir, "logs");
  const texts = await Promise.all((await readdir(logs)).map((file) => readFile(path.join(logs, file), "utf8")));
  assert.match(texts.join(""), /composition is shown/);
  assert.doesNotMatch(texts.join(""), /花名册|一支部/);
});

test("a second start brings the window forward and ends", async () => {
  const [window] = (await app.xdotool("search", "--onlyvisible", "--name", "^学迹$")).split("\n");
  await app.xdotool("windowminimize", "--sync", window);
  const second = await app.second();
  assert.equal(second.status, 0, second.stderr);
  assert.equal((await app.xdotool("search", "--onlyvisible", "--name", "^学迹$")).trim(), window, "one window, shown again");
});

test("nothing is cut off from 1024 × 700 to 1920 × 1080", async () => {
  for (const [width, height] of [[1024, 700], [1280, 800], [1920, 1080]]) {
    await app.setSize(width, height);
    const { wide, tall } = await app.session.run(`() => ({
      wide: document.documentElement.scrollWidth - innerWidth, tall: document.documentElement.scrollHeight - innerHeight
    })`);
    assert.ok(wide <= 0, `${wide} px too wide at ${width} × ${height}`);
    assert.ok(tall <= 0, `${tall} px too tall at ${width} × ${height}`);
    await app.screenshot(`start-${width}x${height}`);
  }
  await app.setSize(1280, 800);
});

test("the window does not shrink below 1024 × 700", async () => {
  await app.session.setRect({ width: 640, height: 480 });
  const [width, height] = await app.session.run("() => [innerWidth, innerHeight]");
  await app.setSize(1280, 800);
  assert.ok(width >= 1024 && height >= 700, `${width} × ${height}`);
});

test("the program opens again after a power failure", async (t) => {
  const own = await startApp(t);
  await own.kill();
  await own.open();
  assert.equal(await own.session.title(), "学迹");
});

test("help, a wrong option and a missing screen end with the right status", async () => {
  const bare = { ...process.env, HOME: app.home, DISPLAY: "", WAYLAND_DISPLAY: "" };
  const start = (...args) =>
    promisify(execFile)(BINARY, args, { env: bare }).then(
      ({ stdout }) => ({ status: 0, text: stdout }),
      (error) => ({ status: error.code, text: error.stderr }),
    );
  const help = await start("--help");
  assert.equal(help.status, 0);
  assert.match(help.text, /用法：xueji/);
  const wrong = await start("--simple");
  assert.equal(wrong.status, 2);
  assert.match(wrong.text, /不认识的选项：--simple/);
  const screenless = await start();
  assert.equal(screenless.status, 1);
  assert.match(screenless.text, /没有可用的图形界面/);
});

test("a data folder that cannot be written is no reason to stay away without a word", async (t) => {
  const own = await startApp(t);
  await own.close();
  const blocked = path.join(own.home, "blocked");
  await writeFile(blocked, "a file where the folder should be");
  own.env = { XUEJI_DATA_DIR: blocked };
  await own.open();
  assert.equal(await own.session.title(), "学迹");
});
