// What several journeys do in the window outside one page.

import assert from "node:assert/strict";

import { waitUntil } from "./app.js";

/** The data-testid of what has the focus, or of the nearest element around it that has one. */
export function focused(app) {
  return app.session.run("() => document.activeElement?.closest('[data-testid]')?.dataset.testid ?? null");
}

/** Moves the focus by Tab, as a hand without a mouse does, until it is on this data-testid. */
export async function tabTo(app, testId, { most = 60 } = {}) {
  for (let presses = 0; presses <= most; presses += 1) {
    if ((await app.session.run("() => document.activeElement?.dataset?.testid ?? null")) === testId) return;
    await app.press("Tab");
  }
  assert.fail(`Tab does not reach ${testId} within ${most} presses`);
}

/**
 * Whether what has the focus shows it: by an outline, a border or a shadow
 * that it has not without. A grid shows it at its current row.
 */
export function focusShown(app) {
  return app.session.run(`() => {
    const element = document.activeElement;
    const shower = document.getElementById(element.getAttribute("aria-activedescendant")) ?? element;
    const look = () => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderTopColor, backgroundColor } = getComputedStyle(shower);
      return [outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor, boxShadow, borderTopColor, backgroundColor].join("|");
    };
    const shown = look();
    element.blur();
    const hidden = look();
    element.focus({ focusVisible: true });
    return shown !== hidden;
  }`);
}

/** Replaces what a text field holds by keys, so that the page hears every one of them. */
export async function retype(app, testId, text) {
  await (await app.testId(testId)).click();
  await app.press("Control+a");
  await app.type(text);
}

/** Waits for a message at the foot of the window, and gives its text. */
export async function toast(app, part) {
  let texts = [];
  const find = async () => {
    texts = await app.session.run("() => [...document.querySelectorAll('[data-testid=toast] .text')].map((each) => each.textContent)");
    return texts.find((text) => text.includes(part));
  };
  return waitUntil(find, `the message 「${part}」`).catch((error) => {
    throw new Error(`${error.message}; there was 「${texts.join("」「")}」`);
  });
}

/** Waits until everything that was typed is on the disk. */
export async function saved(app) {
  await waitUntil(async () => (await (await app.testId("status-saved")).attribute("data-saved")) === "true", "everything to be saved");
}

/** Makes a book through the window: the name is typed, the place is the file dialog's answer. */
export async function createBook(app, file, { name, operator }) {
  await app.clickTestId("welcome-create");
  await (await app.testId("book-name-input")).fill(name);
  await (await app.testId("book-operator-input")).fill(operator);
  await app.answerDialogs(file);
  await app.press("Enter");
  await waitUntil(async () => (await (await app.testId("book-name")).property("textContent")) === name, `the book ${name} to open`);
  await app.settled();
}
