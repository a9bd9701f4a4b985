// Every page on the sample book, in every size and colour: nothing cut off,
// nothing on the console, and a picture to look at in tests/out/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { App } from "./lib/app.js";
import { PAGES, SIZES, THEMES, paint, visit } from "./lib/screens.js";

let app;
before(async () => {
  app = await App.start({ args: ["--sample"] });
  await app.testId("page-title");
});
after(() => app?.stop());

for (const page of PAGES) {
  test(`${page} fits and is drawn in every size and colour`, async () => {
    for (const [width, height] of SIZES) {
      await app.setSize(width, height);
      await visit(app, page);
      const excess = await app.session.run("() => document.documentElement.scrollWidth - innerWidth");
      assert.ok(excess <= 0, `${excess} px too wide at ${width} × ${height}`);
      for (const theme of THEMES) {
        await paint(app, theme);
        await app.settled();
        await app.screenshot(`${page}-${width}-${theme}`);
      }
    }
  });
}

test("no page has written an error to the console", async () => {
  assert.deepEqual(await app.consoleErrors(), []);
});
