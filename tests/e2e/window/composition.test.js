// Chinese through a real input method. WebDriver's own typing makes no
// composition, so the keys come from X11 and pass through ibus.

import assert from "node:assert/strict";
import { test } from "node:test";

import { startApp, waitUntil } from "./lib/app.js";

test("what is composed stands underlined in the field, then becomes text", async (t) => {
  const app = await startApp(t, { inputMethod: "libpinyin" });
  await app.session.run(`() => {
    const field = document.createElement("input");
    field.id = "composed";
    field.style.cssText = "position: fixed; inset: 10px auto auto 10px; z-index: 99";
    window.composed = [];
    for (const type of ["compositionstart", "compositionupdate", "compositionend"]) {
      field.addEventListener(type, (event) => window.composed.push([type, event.data, field.value]));
    }
    document.body.append(field);
  }`);
  await (await app.css("#composed")).click();
  await app.xdotool("type", "--delay", "120", "nihao");
  const events = () => app.session.run("() => window.composed");
  await waitUntil(async () => (await events()).some(([type]) => type === "compositionupdate"), "a composition");
  const composing = (await events()).filter(([type]) => type === "compositionupdate");
  assert.ok(composing.some(([, data]) => data), "the composition is shown in the field");
  await app.xdotool("key", "space");
  await waitUntil(async () => (await (await app.css("#composed")).value()) === "你好", "你好 in the field");
});
