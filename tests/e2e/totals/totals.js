// Reads how many tests a runner ran out of what it printed.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const sum = (matches, group) => matches.reduce((total, match) => total + Number(match.groups[group]), 0);

/** cargo test: one line a test binary. @returns {Counts} */
export function ofCargo(output) {
  const line = /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored/gm;
  const lines = [...output.matchAll(line)];
  return { passed: sum(lines, "passed"), failed: sum(lines, "failed"), skipped: sum(lines, "skipped") };
}

/** vitest's JSON report. A file that does not load counts as one failure. @returns {Counts} */
export function ofVitest(report) {
  const { numPassedTests: passed, numFailedTests, numPendingTests = 0, numTodoTests = 0, testResults = [] } = JSON.parse(report);
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { passed, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}

/** node --test with the TAP reporter. A cancelled test never finished: it failed. @returns {Counts} */
export function ofNode(tap) {
  const count = (word) => Number(tap.match(new RegExp(`^# ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return { passed: count("pass"), failed: count("fail") + count("cancelled"), skipped: count("skipped") + count("todo") };
}

/**
 * What a runner's end means beside its counts: one that ended badly without
 * naming a failed test, or that ran no test at all, is a failure itself.
 * @param {Counts} counts
 * @param {number | null} status null when a signal ended it
 * @returns {Counts}
 */
export function judged(counts, status) {
  const silent = (status !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  return { ...counts, failed: counts.failed + (silent ? 1 : 0) };
}
