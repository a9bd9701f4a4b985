// Every page of the menu on the sample book, in every size and colour: nothing cut off,
// nothing on the console, and a picture to look at in tests/out/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { App } from "./lib/app.js";
import { PAGES, draw } from "./lib/screens.js";

let app;
before(async () => {
  app = await App.start({ args: ["--sample"] });
  await app.testId("page-title");
});
after(() => app?.stop());

for (const page of PAGES) {
  test(`${page} fits and is drawn in every size and colour`, () => draw(app, page));
}

test("no page has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
