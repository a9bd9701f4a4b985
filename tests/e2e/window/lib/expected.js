// A second computation of a year's credits, from truth.json and the words of
// the example table: collective study 0.5 per 60 minutes, late or left early
// half of that; self-study 0.25 an hour, at most 4; a note of 800 characters
// or more 0.5, at most 2; 处级以上 18, 科级 12, others nothing. Counted in
// 480ths of a credit, so that every step is a whole number.

import { truth } from "./branch.js";

const PARTS = 480;
const COLLECTIVE_MINUTE = 4;
const LATE_MINUTE = 2;
const STUDY_MINUTE = 2;
const STUDY_CAP = 4 * PARTS;
const NOTE = PARTS / 2;
const NOTE_CAP = 2 * PARTS;
const NOTE_CHARS = 800;
const REQUIRED = { 处级以上: 18, 科级: 12 };

const sum = (list) => list.reduce((total, each) => total + each, 0);

/** 480ths of a credit as an exact amount: a decimal where there is one, else a fraction in lowest terms. */
export function exact(parts) {
  const divisor = (a, b) => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(parts, PARTS);
  const [above, below] = [parts / common, PARTS / common];
  if (below % 3 === 0) return `${above}/${below}`;
  // What is left below divides 160 = 2⁵ · 5, and so 100000.
  const digits = String((parts * 100_000) / PARTS).padStart(6, "0");
  return `${digits.slice(0, -5)}.${digits.slice(-5)}`.replace(/\.?0+$/, "");
}

/** One member's year: credits by category in 480ths, and how many facts gave one. */
export function yearOf(member) {
  const attended = truth.sessions
    .map(({ no, minutes }) => ({ minutes, status: truth.marks[`${member.staff_no}|${no}`] }))
    .filter(({ status }) => ["present", "late", "early_leave"].includes(status));
  const studied = truth.self_study.filter((entry) => entry.staff_no === member.staff_no);
  const notes = studied.filter((entry) => entry.note_chars >= NOTE_CHARS);
  const collective = sum(attended.map(({ minutes, status }) => minutes * (status === "present" ? COLLECTIVE_MINUTE : LATE_MINUTE)));
  const study = Math.min(sum(studied.map(({ minutes }) => minutes * STUDY_MINUTE)), STUDY_CAP);
  const note = Math.min(notes.length * NOTE, NOTE_CAP);
  return { collective, study, note, total: collective + study + note, facts: attended.length + studied.length + notes.length };
}

/** The requirement of a member in 480ths; null for none. */
export const requiredOf = (member) => (member.tier in REQUIRED ? REQUIRED[member.tier] * PARTS : null);

/** How many members there are, how many of them must, how many of those have met it. */
export function totals() {
  const asked = truth.members.filter((member) => requiredOf(member) !== null);
  const met = asked.filter((member) => yearOf(member).total >= requiredOf(member));
  return { members: truth.members.length, required: asked.length, met: met.length };
}
