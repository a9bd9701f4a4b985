import assert from "node:assert/strict";
import { test } from "node:test";

import { judged, ofCargo, ofNode, ofVitest } from "./totals.js";

test("cargo's binaries add up", () => {
  const output = `
running 2 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: FAILED. 5 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s
`;
  assert.deepEqual(ofCargo(output), { passed: 7, failed: 3, skipped: 1 });
});

test("a vitest file that does not load is a failure", () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
    ],
  };
  assert.deepEqual(ofVitest(JSON.stringify(report)), { passed: 4, failed: 2, skipped: 2 });
});

test("node's cancelled tests are failures", () => {
  const tap = "TAP version 13\nok 1 - a\n1..4\n# tests 4\n# suites 0\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n";
  assert.deepEqual(ofNode(tap), { passed: 1, failed: 2, skipped: 1 });
});

test("a runner that crashed or ran nothing is a failure", () => {
  const none = { passed: 0, failed: 0, skipped: 0 };
  const fine = { passed: 3, failed: 0, skipped: 0 };
  assert.equal(judged(fine, 0).failed, 0);
  assert.equal(judged(fine, 101).failed, 1, "ended badly after its tests");
  assert.equal(judged(fine, null).failed, 1, "ended by a signal");
  assert.equal(judged(none, 0).failed, 1, "ran no test");
  assert.equal(judged({ passed: 1, failed: 2, skipped: 0 }, 1).failed, 2, "failures are not counted twice");
});
