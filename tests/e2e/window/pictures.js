// Takes the pictures of the README from the sample book. `make pictures`.

import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";

import { App, ROOT } from "./lib/app.js";
import { paint, visit } from "./lib/screens.js";

const PICTURES = [
  { name: "workbench", page: "workbench", theme: "light" },
  { name: "sessions", page: "sessions", theme: "light" },
  { name: "credits", page: "credits", theme: "light" },
  { name: "workbench-dark", page: "workbench", theme: "dark" },
];

const folder = path.join(ROOT, "assets/readme");
await mkdir(folder, { recursive: true });
const app = await App.start({ args: ["--sample"] });
try {
  await app.testId("page-title");
  await app.setSize(1280, 800);
  for (const { name, page, theme } of PICTURES) {
    await visit(app, page);
    await paint(app, theme);
    await app.settled();
    await copyFile(await app.screenshot(`readme-${name}`), path.join(folder, `${name}.png`));
    console.log(`assets/readme/${name}.png`);
  }
} finally {
  await app.stop();
}
