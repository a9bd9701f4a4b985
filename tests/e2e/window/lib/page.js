// Finds what a person sees: by role and name, by text, by data-testid. These
// functions run inside the page, so each stands alone.

/**
 * Elements of an ARIA role whose accessible name contains `name`, visible ones only.
 * Covers what the screens use: explicit roles, and the native elements behind them.
 */
export function findByRole(role, name, exact) {
  const native = {
    button: "button, input[type=button], input[type=submit], summary",
    link: "a[href]",
    textbox: "input:not([type]), input[type=text], input[type=search], input[type=date], textarea",
    checkbox: "input[type=checkbox]",
    radio: "input[type=radio]",
    combobox: "select",
    spinbutton: "input[type=number]",
    heading: "h1, h2, h3, h4",
    table: "table",
    row: "tr",
    cell: "td",
    columnheader: "th",
    dialog: "dialog[open]",
    navigation: "nav",
    main: "main",
    status: "output",
    listitem: "li",
  }[role];
  const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const nameOf = (element) => {
    const labelledby = element.getAttribute("aria-labelledby");
    if (labelledby) return labelledby.split(/\s+/).map((id) => squeeze(document.getElementById(id)?.textContent)).join(" ");
    if (element.getAttribute("aria-label")) return squeeze(element.getAttribute("aria-label"));
    if (element.labels?.length) return [...element.labels].map((label) => squeeze(label.textContent)).join(" ");
    return squeeze(element.textContent) || squeeze(element.getAttribute("placeholder") ?? element.getAttribute("title") ?? element.value);
  };
  const visible = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const selector = [`[role=${role}]`, native && native.split(", ").map((one) => `${one}:not([role])`).join(", ")].filter(Boolean).join(", ");
  return [...document.querySelectorAll(selector)]
    .filter(visible)
    .filter((element) => name === null || (exact ? nameOf(element) === name : nameOf(element).includes(name)));
}

/** The innermost visible elements whose text contains `text`. */
export function findByText(text, exact) {
  const squeeze = (value) => (value ?? "").replace(/\s+/g, " ").trim();
  const fits = (element) => (exact ? squeeze(element.textContent) === text : squeeze(element.textContent).includes(text));
  const visible = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  return [...document.body.querySelectorAll("*")].filter(
    (element) => visible(element) && fits(element) && ![...element.children].some(fits),
  );
}

/** Visible elements with this data-testid. */
export function findByTestId(id) {
  return [...document.querySelectorAll(`[data-testid="${CSS.escape(id)}"]`)].filter((element) => element.getClientRects().length > 0);
}
