// The pages, their sizes and their colours, for whoever photographs them.

/** The pages of the menu, by the name in their data-testid (`nav-…`). */
export const PAGES = ["workbench", "sessions", "study", "credits", "assess", "reports", "roster", "import", "rules", "settings"];

/** Sizes in CSS pixels that every page must bear. */
export const SIZES = [
  [1024, 700],
  [1920, 1080],
];

export const THEMES = ["light", "dark"];

/** Goes to a page and waits until nothing on it is still loading. */
export async function visit(app, page) {
  await app.clickTestId(`nav-${page}`);
  await app.settled();
}

/** Shows the window in a theme until the page is loaded again. */
export async function paint(app, theme) {
  await app.session.run("(theme) => { document.documentElement.dataset.theme = theme; }", theme);
}
