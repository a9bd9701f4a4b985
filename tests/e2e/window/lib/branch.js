// The branch of tests/fixtures/branch-2025: its files, what they mean
// (truth.json), and a book that holds them.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { BINARY, ROOT } from "./app.js";

/** The day on which the tests are: the year of the files is over, and still this one. */
export const TODAY = "2025-12-31";
/** The command line, built beside the window. */
const CLI = path.join(path.dirname(BINARY), "xueji-cli");

/** A file of tests/fixtures. */
export const fixture = (name) => path.join(ROOT, "tests/fixtures", name);

/** What the files of branch-2025 say. */
export const truth = JSON.parse(readFileSync(fixture("branch-2025/truth.json"), "utf8"));

/** Runs xueji-cli; throws where it ends badly. */
export const cli = (...args) => promisify(execFile)(CLI, args);

/** Makes a book that holds branch-2025, without a window. */
export async function makeBranchBook(file, name = "机关第三党支部") {
  const from = (one) => fixture(`branch-2025/${one}`);
  await cli("--book", file, "new", name);
  await cli("--book", file, "import", "roster", from("roster.xlsx"));
  await cli("--book", file, "import", "sessions", from("sessions.xlsx"));
  await cli("--book", file, "import", "attendance", from("attendance.csv"), "--year", String(truth.year));
  await cli("--book", file, "import", "selfstudy", from("selfstudy.csv"));
  return file;
}

/** A member of truth.json by staff number. */
export const memberOf = (staffNo) => truth.members.find((each) => each.staff_no === staffNo);

/** Everything that an import could change, as the core tells it: the same before and after means nothing was written. */
export async function everything(app) {
  const roster = await app.core("roster.list", { on: null, order: "strokes", include_left: true });
  const sessions = await app.core("sessions.list", { year: truth.year });
  const study = await app.core("study.list", { year: truth.year });
  const sheets = [];
  for (const { id } of sessions) sheets.push((await app.core("attendance.sheet", { id })).rows.map(({ member, mark }) => ({ member, mark })));
  return { roster, sessions, study, sheets };
}

/** The marks of one session by staff number, as they are on the disk. */
export async function marksOf(app, title) {
  const session = (await app.core("sessions.list", { year: truth.year })).find((each) => each.title === title);
  const { rows } = await app.core("attendance.sheet", { id: session.id });
  return new Map(rows.map((row) => [row.staff_no, row.mark]));
}
