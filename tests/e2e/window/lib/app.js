// The real program in a real window, and what a test does with it.

import { execFile } from "node:child_process";
import { appendFile, mkdir, mkdtemp, readFile, readdir, readlink, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { launch, startDesktop, stop } from "./desktop.js";
import { findByRole, findByTestId, findByText } from "./page.js";
import { Session, WebDriverError } from "./webdriver.js";

/** The clone's top folder. */
export const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
/** Where screenshots and failing windows' logs go; git ignores it. */
export const OUT = path.join(ROOT, "tests/out");
const CACHE = process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
/** The program under test. */
export const BINARY = process.env.XUEJI_BIN || path.join(process.env.CARGO_TARGET_DIR || path.join(CACHE, "xueji/target"), "debug/xueji");

const PATIENCE_MS = 15_000;
/** What the program says when it was told of another one that is already gone. */
const TAKEN_FOR_RUNNING = "single-instance";

/** Calls `attempt` until it gives something, and says what was awaited when it never does. */
export async function waitUntil(attempt, what, timeout = PATIENCE_MS) {
  const end = Date.now() + timeout;
  let last;
  do {
    try {
      const value = await attempt();
      if (value) return value;
    } catch (error) {
      // The page may be drawing itself anew; what is stale now is found on the next try.
      if (error instanceof WebDriverError && !["stale element reference", "no such element"].includes(error.code)) throw error;
      last = error;
    }
    await pause(60);
  } while (Date.now() < end);
  throw new Error(`waited ${timeout} ms for ${what}${last ? ` (${last.message})` : ""}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The process that the driver started from this binary. */
async function programBelow(driverPid, binary) {
  const tasks = await readdir(`/proc/${driverPid}/task`);
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${driverPid}/task/${task}/children`, "utf8").catch(() => "")));
  for (const pid of lists.join(" ").split(/\s+/).filter(Boolean)) {
    if ((await readlink(`/proc/${pid}/exe`).catch(() => "")) === binary) return Number(pid);
  }
  return undefined;
}

/** One user's machine: a desktop, a home folder, and the program running in it or not. */
export class App {
  #desktop;
  #driver;
  #inputMethod;
  /** The running window's WebDriver session, for what this class does not offer. */
  session;
  /** The user's home folder, made for this test. */
  home;
  /** The program's data folder ($XUEJI_DATA_DIR). */
  dataDir;
  /** The program's process id. */
  pid;

  /**
   * Sets a machine up and starts the program on it.
   * @param {object} options
   * @param {string[]} [options.args] the program's arguments
   * @param {Record<string, string>} [options.env] more environment
   * @param {{ width: number, height: number }} [options.screen] the screen, when its size matters
   * @param {string} [options.binary] another program than ours
   * @param {string} [options.inputMethod] an ibus engine that is on from the start, such as "libpinyin"
   */
  static async start({ args = [], env = {}, screen, inputMethod, binary = BINARY } = {}) {
    const app = new App();
    app.binary = binary;
    app.args = args;
    app.env = env;
    app.home = await mkdtemp(path.join(tmpdir(), "xueji-e2e-"));
    app.dataDir = path.join(app.home, "data");
    app.answers = path.join(app.home, "picker-answers");
    await writeFile(app.answers, "");
    app.#desktop = await startDesktop(screen);
    try {
      if (inputMethod) await app.#startInputMethod(inputMethod);
      await app.open();
    } catch (error) {
      await app.stop();
      throw error;
    }
    return app;
  }

  async #startInputMethod(engine) {
    this.env = { ...this.env, GTK_IM_MODULE: "ibus" };
    const env = this.environment();
    this.#inputMethod = launch("ibus-daemon", ["--xim", "--panel=disable", "--cache=none"], { env, stdio: "ignore" }, "ibus");
    const ibus = (...args) => promisify(execFile)("ibus", args, { env }).then(({ stdout }) => stdout.trim(), () => "");
    // Setting the engine may end badly for want of setxkbmap and yet succeed: what counts is which one is on.
    const isOn = async () => {
      await ibus("engine", engine);
      return (await ibus("engine")) === engine;
    };
    await waitUntil(isOn, `the ibus engine ${engine}`);
  }

  /** The environment in which the program runs. */
  environment() {
    return {
      ...process.env,
      ...this.#desktop.env,
      HOME: this.home,
      XDG_CACHE_HOME: path.join(this.home, "cache"),
      XDG_CONFIG_HOME: path.join(this.home, "config"),
      XDG_DATA_HOME: path.join(this.home, "share"),
      XUEJI_DATA_DIR: this.dataDir,
      XUEJI_TEST_PICKER: this.answers,
      XUEJI_TEST_CONSOLE: "1",
      TAURI_WEBVIEW_AUTOMATION: "true",
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      LANG: "C.UTF-8",
      TZ: "Asia/Shanghai",
      ...this.env,
    };
  }

  /**
   * Opens the window (again), on the same home folder. After a kill the
   * message bus may take the dead program for a running one for a moment:
   * then it is tried again.
   */
  async open(args = this.args) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#openOnce(args);
      } catch (error) {
        if (attempt === 3 || !this.log.includes(TAKEN_FOR_RUNNING)) throw error;
        await stop(this.#driver);
        await pause(1_000);
      }
    }
  }

  async #openOnce(args) {
    const port = await freePort();
    const options = { env: this.environment(), stdio: ["ignore", "pipe", "pipe"] };
    this.#driver = launch("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], options, "webkit2gtk-driver");
    this.log = "";
    for (const stream of [this.#driver.stdout, this.#driver.stderr]) stream.on("data", (chunk) => (this.log += chunk));
    await waitUntil(() => fetch(`http://127.0.0.1:${port}/status`).then((answer) => answer.ok), "WebKitWebDriver");
    let watch;
    const refused = new Promise((_, reject) => {
      watch = setInterval(() => this.log.includes(TAKEN_FOR_RUNNING) && reject(new Error(TAKEN_FOR_RUNNING)), 200);
    });
    const started = Session.start(port, this.binary, args);
    started.catch(() => {}); // where the refusal came first
    this.session = await Promise.race([started, refused]).finally(() => clearInterval(watch)).catch((error) => {
      throw new Error(`${this.binary} did not open a window: ${error.message}\n${this.log}`);
    });
    this.pid = await programBelow(this.#driver.pid, this.binary);
    await waitUntil(() => this.session.run("() => document.readyState === 'complete'"), "the page");
  }

  /** Closes the window by Alt+F4 (a driver that ends its session kills the program instead). */
  async close() {
    const closed = async () => {
      if (!(await this.running())) return true;
      const [window] = (await this.xdotool("search", "--all", "--onlyvisible", "--pid", String(this.pid), "--name", ".")).split("\n");
      await this.xdotool("windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4");
      await waitUntil(async () => !(await this.running()), "the program to end", 3_000);
      return true;
    };
    // A key that arrives while the window is still becoming the active one is lost: press again.
    await waitUntil(() => closed().catch(() => false), "the window to close");
    await this.#ended();
  }

  /** Power failure: the program ends without a word. */
  async kill() {
    this.#endNow();
    await this.#ended();
  }

  /** Whether the program's process is there. */
  async running() {
    return Boolean(this.pid) && (await readlink(`/proc/${this.pid}/exe`).catch(() => "")) === this.binary;
  }

  #endNow() {
    try {
      process.kill(this.pid, "SIGKILL");
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
  }

  async #ended() {
    await waitUntil(async () => !(await this.running()), "the program to end");
    await stop(this.#driver);
    this.session = undefined;
  }

  /** Closes the window and opens it again. */
  async restart(args = []) {
    await this.close();
    await this.open(args);
  }

  /** Ends everything and removes the home folder. */
  async stop() {
    if (await this.running()) await this.close().catch(() => this.#endNow());
    if (this.#driver) await stop(this.#driver);
    if (this.#inputMethod) await stop(this.#inputMethod);
    await this.#desktop.stop();
    // The web view's helper processes may still write their cache for a moment after the window is gone.
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Starts the program a second time, beside the window, and says how it ended. */
  async second(args = []) {
    const env = this.environment();
    const child = await promisify(execFile)(this.binary, args, { env, timeout: 20_000 }).catch((error) => error);
    return { status: child.code ?? 0, stdout: child.stdout, stderr: child.stderr };
  }

  /** Has the next file dialogs choose these paths, in order; null cancels. */
  async answerDialogs(...paths) {
    await appendFile(this.answers, paths.map((one) => `${one ?? ""}\n`).join(""));
  }

  /** Real X11 input, as an input method sees it. */
  async xdotool(...args) {
    const { stdout } = await promisify(execFile)("xdotool", args, { env: { ...process.env, ...this.#desktop.env } });
    return stdout.trim();
  }

  // What a person looks for. Each waits until it is there.

  role(role, name = null, { exact = false, timeout } = {}) {
    return this.#first(findByRole, [role, name, exact], `${role} 「${name ?? ""}」`, timeout);
  }

  text(text, { exact = false, timeout } = {}) {
    return this.#first(findByText, [text, exact], `the text 「${text}」`, timeout);
  }

  testId(id, { timeout } = {}) {
    return this.#first(findByTestId, [id], `data-testid ${id}`, timeout);
  }

  css(selector, { timeout } = {}) {
    return this.#first("(selector) => [...document.querySelectorAll(selector)]", [selector], selector, timeout);
  }

  #first(find, args, what, timeout) {
    return waitUntil(async () => (await this.session.run(find.toString(), ...args))[0], what, timeout);
  }

  /** How many elements of a role there are now. */
  async count(role, name = null) {
    return (await this.session.run(findByRole.toString(), role, name, false)).length;
  }

  async clickRole(role, name, options) {
    await (await this.role(role, name, options)).click();
  }

  async clickText(text, options) {
    await (await this.text(text, options)).click();
  }

  async clickTestId(id, options) {
    await (await this.testId(id, options)).click();
  }

  /** Fills the text field of this label. */
  async fill(label, text) {
    await (await this.role("textbox", label)).fill(text);
  }

  /** Waits until a text is gone. */
  async gone(text, timeout) {
    const absent = async () => (await this.session.run(findByText.toString(), text, false)).length === 0;
    await waitUntil(absent, `「${text}」 to go`, timeout);
  }

  /** Waits until the page has stood still for a quarter of a second: no loading mark, no change. */
  async settled() {
    await this.session.run(`() => new Promise((resolve) => {
      const quiet = 250, patience = 5000, start = performance.now();
      let last = start;
      const observer = new MutationObserver(() => { last = performance.now(); });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      const look = () => {
        const now = performance.now();
        const loading = document.querySelector("[aria-busy=true]");
        if ((now - last >= quiet && !loading) || now - start > patience) {
          observer.disconnect();
          resolve();
        } else setTimeout(look, 30);
      };
      look();
    })`);
  }

  press(chord) {
    return this.session.press(chord);
  }

  type(text) {
    return this.session.type(text);
  }

  /** Everything that the page shows, as text. */
  pageText() {
    return this.session.run("() => document.body.innerText");
  }

  /** Calls a command of the shell as the page does. Refusals throw their data as JSON. */
  invoke(command, args = {}) {
    return this.session.run("(command, args) => window.__TAURI_INTERNALS__.invoke(command, args)", command, args);
  }

  /** Calls a command of the core by name. */
  core(name, request = {}) {
    return this.invoke("invoke_core", { name, request });
  }

  /** Errors on the page's console since the window opened, refusals by the content policy among them. */
  async consoleErrors() {
    await pause(200);
    return this.log.split("\n").filter((line) => /\bCONSOLE\b.*\b(ERROR|WARN)\b/.test(line));
  }

  /** Gives the page this size in CSS pixels, whatever the frame around it. */
  async setSize(width, height) {
    const inner = () => this.session.run("() => [innerWidth, innerHeight]");
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const [rect, [w, h]] = [await this.session.rect(), await inner()];
      if (w === width && h === height) return;
      await this.session.setRect({ width: rect.width + width - w, height: rect.height + height - h });
      await pause(150);
    }
    const [w, h] = await inner();
    if (w !== width || h !== height) throw new Error(`the page is ${w}×${h}, not ${width}×${height}`);
  }

  /** Writes the page as tests/out/screens/<name>.png. */
  async screenshot(name) {
    const file = path.join(OUT, "screens", `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await this.session.screenshot());
    return file;
  }
}

/**
 * Starts the program for a test, ends it afterwards, and leaves a screenshot
 * and the log of a test that failed.
 */
export async function startApp(t, options) {
  const app = await App.start(options);
  t.after(async () => {
    if (t.passed === false) await app.screenshot(`failed-${t.name.replace(/[^\p{L}\p{N}]+/gu, "-")}`).catch(() => {});
    await app.stop();
  });
  return app;
}
