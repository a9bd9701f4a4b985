// The import wizard, as a clerk goes through it.

import { waitUntil } from "./app.js";

/** Opens the wizard of a kind by its keys, and chooses the file in the dialog. */
export async function chooseFile(app, kind, file) {
  await app.press("Alt+8");
  await app.clickTestId(`import-kind-${kind}`);
  await app.answerDialogs(file);
  await app.clickTestId("import-choose");
}

/** Waits for a step of the wizard: "sheet", "columns" or "preview". */
export async function atStep(app, step) {
  const current = async () => (await (await app.testId(`import-step-${step}`)).attribute("aria-current")) === "step";
  await waitUntil(current, `the wizard's step ${step}`);
  await app.settled();
}

/** Goes on to the next step. */
export async function next(app, step) {
  await app.clickTestId("import-next");
  await atStep(app, step);
}

/** How many rows the preview lists as "all", "add", "change", "keep", "refuse" or "ask". */
export async function count(app, outcome) {
  return Number(await (await app.testId(`import-count-${outcome}`)).attribute("data-count"));
}

/** The counts of the preview. */
export async function counts(app) {
  await app.testId("import-count-all");
  await app.settled();
  const entries = ["all", "add", "change", "keep", "refuse", "ask"].map(async (outcome) => [outcome, await count(app, outcome)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** How the preview reads each symbol of a matrix: `{ "√": { reading: "出席", cells: 645 } }`. */
export async function symbols(app) {
  const read = await app.session.run(`() => [...document.querySelectorAll("[data-testid=import-symbol]")].map((line) => [
    line.dataset.symbol,
    { reading: line.querySelector("select").selectedOptions[0].textContent.trim(), cells: Number(line.querySelector(".num").textContent.match(/\\d+/)[0]) },
  ])`);
  return Object.fromEntries(read);
}

/** The keys of the questions that wait for an answer. */
export function openQuestions(app) {
  return app.session.run(`() => [...document.querySelectorAll("[data-testid=import-question]:not(.answered)")].map((question) => question.dataset.key)`);
}

/** Answers a question by the words of a choice, and waits until the preview knows. */
export async function answer(app, key, words) {
  const find = `(key, words) => {
    const question = [...document.querySelectorAll("[data-testid=import-question]")].find((each) => each.dataset.key === key);
    const choices = [...(question?.querySelectorAll("label.choice, option") ?? [])];
    return choices.find((each) => each.textContent.trim() === words) ?? null;
  }`;
  const choice = await waitUntil(() => app.session.run(find, key, words), `the choice 「${words}」 of ${key}`);
  await choice.click();
  await waitUntil(async () => !(await openQuestions(app)).includes(key), `${key} to be answered`);
  await app.settled();
}

/** Presses 导入 and waits for the page that says what went in. */
export async function apply(app) {
  const button = await app.testId("import-apply");
  const words = (await button.text()).trim();
  await button.click();
  await app.testId("import-result");
  await app.settled();
  return words;
}
