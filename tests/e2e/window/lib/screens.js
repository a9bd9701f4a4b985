// The pages, their sizes and their colours, for whoever photographs them.

import assert from "node:assert/strict";

/** The pages of the menu, by the name in their data-testid (`nav-…`). */
export const PAGES = ["workbench", "sessions", "study", "credits", "assess", "reports", "roster", "import", "rules", "settings"];

const session = (part) => async (app) => `/sessions/${(await app.core("sessions.list", { year: 2025 }))[16].id}${part}`;

/** The pages behind those of the menu: each with its address, or how it is found. */
export const INNER = {
  warnings: "/workbench/warnings",
  calendar: "/sessions/calendar",
  plan: "/sessions/plan",
  coverage: "/sessions/coverage",
  rotation: "/sessions/rotation",
  roll: session(""),
  papers: session("/papers"),
  ledger: "/attendance",
  "make-ups": "/attendance/make-ups",
  leave: "/attendance/leave",
  cards: "/attendance/cards",
  months: "/attendance/months",
  documents: "/archive",
  inspections: "/archive/inspections",
  observers: "/archive/observers",
  expenses: "/archive/expenses",
  commendations: "/archive/commendations",
  cases: "/archive/cases",
};

/** Sizes in CSS pixels that every page must bear. */
export const SIZES = [
  [1024, 700],
  [1920, 1080],
];

export const THEMES = ["light", "dark"];

/** Goes to a page and waits until nothing on it is still loading. */
export async function visit(app, page) {
  const inner = INNER[page];
  if (inner === undefined) await app.clickTestId(`nav-${page}`);
  else await app.session.run("(path) => { location.hash = path; }", typeof inner === "string" ? inner : await inner(app));
  await app.settled();
}

/** Draws a page in every size and colour, as pictures; nothing may be cut off at the side. */
export async function draw(app, page) {
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
}

/** Shows the window in a theme until the page is loaded again. */
export async function paint(app, theme) {
  await app.session.run("(theme) => { document.documentElement.dataset.theme = theme; }", theme);
}
