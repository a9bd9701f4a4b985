// A W3C WebDriver client, as much of it as these tests need: one session over
// fetch. WebKitWebDriver wants no browserName, which is where the larger
// clients stumble.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** The keys that have no character of their own, by the names that DOM events give them. */
export const KEYS = {
  Control: "\uE009",
  Shift: "\uE008",
  Alt: "\uE00A",
  Meta: "\uE03D",
  Enter: "\uE007",
  Tab: "\uE004",
  Escape: "\uE00C",
  Backspace: "\uE003",
  Delete: "\uE017",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Home: "\uE011",
  End: "\uE010",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  F1: "\uE031",
  F2: "\uE032",
  F4: "\uE034",
  F5: "\uE035",
  F8: "\uE038",
  F10: "\uE03A",
};
const MODIFIERS = new Set(["Control", "Shift", "Alt", "Meta"]);

/** An error that the driver reports; `code` is the protocol's word for it. */
export class WebDriverError extends Error {
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** One element of the page. It goes stale when the page draws it anew: find it again rather than keep it. */
export class Element {
  constructor(session, id) {
    this.session = session;
    this.id = id;
  }

  #call(method, path, body) {
    return this.session.call(method, `/element/${this.id}${path}`, body);
  }

  /** Scrolls to the element and clicks its middle, as a mouse would. */
  async click() {
    // The driver itself scrolls only to what is wholly out of view.
    await this.session.run("(element) => element.scrollIntoView({ block: 'nearest', inline: 'nearest' })", this);
    return this.#call("POST", "/click", {});
  }

  /** Empties a text field. */
  clear() {
    return this.#call("POST", "/clear", {});
  }

  /** Focuses the element and types. */
  type(text) {
    return this.#call("POST", "/value", { text });
  }

  /** Replaces what a text field holds. */
  async fill(text) {
    await this.clear();
    await this.type(text);
  }

  /** The text that is drawn. */
  text() {
    return this.#call("GET", "/text");
  }

  attribute(name) {
    return this.#call("GET", `/attribute/${name}`);
  }

  property(name) {
    return this.#call("GET", `/property/${name}`);
  }

  value() {
    return this.property("value");
  }

  displayed() {
    return this.#call("GET", "/displayed");
  }

  enabled() {
    return this.#call("GET", "/enabled");
  }

  toJSON() {
    return { [ELEMENT]: this.id };
  }
}

/** A session with one driver. */
export class Session {
  #base;

  constructor(base) {
    this.#base = base;
  }

  /** Starts a session; the driver starts `binary` with `args`. */
  static async start(port, binary, args) {
    const session = new Session(`http://127.0.0.1:${port}`);
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
    const { sessionId } = await session.#request("POST", "/session", { capabilities }, 45_000);
    session.#base += `/session/${sessionId}`;
    await session.call("POST", "/timeouts", { implicit: 0, script: 30_000, pageLoad: 60_000 });
    return session;
  }

  async #request(method, path, body, patience = 120_000) {
    const response = await fetch(this.#base + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    const { value } = await response.json();
    if (value?.error) throw new WebDriverError(value.error, value.message ?? "");
    return value;
  }

  /** One command of the protocol, below the session's address. */
  call(method, path, body) {
    return this.#request(method, path, body);
  }

  end() {
    return this.call("DELETE", "");
  }

  /** Runs a function in the page; arguments and answer cross as JSON or elements. A promise is awaited. */
  async run(code, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${code}).apply(null, Array.from(arguments).slice(0, -1)))
        .then((answer) => done({ answer }), (refused) => done({ refused: refused && refused.code ? JSON.stringify(refused) : String(refused) }));`;
    const { answer, refused } = await this.call("POST", "/execute/async", { script, args });
    if (refused !== undefined) throw new Error(refused);
    return this.#revive(answer);
  }

  #revive(value) {
    if (Array.isArray(value)) return value.map((item) => this.#revive(item));
    if (value && typeof value === "object" && ELEMENT in value) return new Element(this, value[ELEMENT]);
    return value;
  }

  title() {
    return this.call("GET", "/title");
  }

  /** The window's outer rectangle in pixels. */
  rect() {
    return this.call("GET", "/window/rect");
  }

  setRect(rect) {
    return this.call("POST", "/window/rect", rect);
  }

  /** The page as PNG. */
  async screenshot() {
    return Buffer.from(await this.call("GET", "/screenshot"), "base64");
  }

  /** Types characters into whatever has the focus, one key after the other. */
  type(text) {
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    return this.#keys(actions);
  }

  /** Presses a chord such as "Control+z", "ArrowDown" or "Control+Shift+z". */
  press(chord) {
    const names = chord === "+" ? ["+"] : chord.split("+");
    const values = names.map((name) => KEYS[name] ?? name);
    const misplaced = names.slice(0, -1).find((name) => !MODIFIERS.has(name));
    if (misplaced) throw new TypeError(`${misplaced} is no modifier`);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = values.toReversed().map((value) => ({ type: "keyUp", value }));
    return this.#keys([...down, ...up]);
  }

  async #keys(actions) {
    await this.call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }
}
