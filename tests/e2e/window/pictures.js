// Takes the pictures of the README from the sample book. `make pictures`.

import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";

import { App, ROOT } from "./lib/app.js";
import { fixture } from "./lib/branch.js";
import { paint, visit } from "./lib/screens.js";
import { atStep, chooseFile, next } from "./lib/wizard.js";

const folder = path.join(ROOT, "assets/readme");

async function go(app, hash) {
  await app.session.run("(hash) => { location.hash = hash; }", hash);
  await app.settled();
}

/** Each picture: how the window gets there, and in which theme. */
const PICTURES = {
  workbench: [(app) => visit(app, "workbench"), "light"],
  roll: [
    async (app) => {
      const sessions = await app.core("sessions.list", { year: 2025 });
      await go(app, `#/sessions/${sessions[16].id}`);
      for (let row = 0; row < 4; row += 1) await app.press("ArrowDown");
    },
    "light",
  ],
  calendar: [(app) => go(app, "#/sessions/calendar?day=2025-11-12"), "light"],
  coverage: [(app) => go(app, "#/sessions/coverage"), "light"],
  credits: [
    async (app) => {
      const { rows } = await app.core("credits.year", { year: 2025 });
      await go(app, `#/credits/${rows[3].member.id}`);
    },
    "light",
  ],
  rules: [
    async (app) => {
      await go(app, `#/rules/${encodeURIComponent("preset:nanjing-2010")}`);
    },
    "light",
  ],
  assess: [
    async (app) => {
      await visit(app, "rules");
      await app.session.run("() => document.querySelector('[data-key=zaozhuang-person] [data-testid=rules-take]').click()");
      await app.testId("use-form");
      await app.clickTestId("use-run");
      await app.settled();
      await visit(app, "assess");
    },
    "light",
  ],
  import: [
    async (app) => {
      await chooseFile(app, "roster", fixture("messy-2025/roster.xlsx"));
      await atStep(app, "sheet");
      await next(app, "columns");
      await next(app, "preview");
    },
    "light",
  ],
  "workbench-dark": [(app) => visit(app, "workbench"), "dark"], // from another page, so that it is drawn anew
};

await mkdir(folder, { recursive: true });
const app = await App.start({ args: ["--sample"], env: { XUEJI_TEST_TODAY: "2025-12-31" } });
try {
  await app.testId("page-title");
  await app.setSize(1280, 800);
  for (const [name, [arrive, theme]] of Object.entries(PICTURES)) {
    // The theme first: charts take their colours when they are drawn.
    await paint(app, theme);
    await arrive(app);
    await app.settled();
    await copyFile(await app.screenshot(`readme-${name}`), path.join(folder, `${name}.png`));
    console.log(`assets/readme/${name}.png`);
  }
} finally {
  await app.stop();
}
