// Runs every runner to its end, whatever the others say, and closes with one
// line: N passed, N failed. What each printed stays in tests/out/logs.

import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

import { judged, ofCargo, ofNode, ofVitest } from "../tests/e2e/totals/totals.js";

const LOGS = path.resolve("tests/out/logs");
const VITEST_REPORT = path.join(LOGS, "vitest.json");
const TAP_REPORT = path.join(LOGS, "window.tap");

const testsIn = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".test.js"))
    .map((file) => path.join(folder, file));

/** The status of a command alone: it counts as one test. */
const asOneTest = (status) => ({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
const reportOf = (file, read) => () => {
  try {
    return read(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
};

/**
 * Builds come first: the program embeds the pages, and the tests start the programs.
 * The programs are built beside the tests, with the same features: nothing compiles twice.
 */
const STEPS = [
  { name: "pages", command: ["npm", "--prefix", "ui", "run", "build"], isBuild: true },
  { name: "programs", command: ["cargo", "build", "--workspace", "--bins", "--tests", "--keep-going"], isBuild: true },
  { name: "rust", command: ["cargo", "test", "--workspace", "--no-fail-fast"], counts: ofCargo },
  { name: "types", command: ["npm", "--prefix", "ui", "run", "typecheck"], counts: (_, status) => asOneTest(status) },
  {
    name: "ui",
    command: ["npm", "--prefix", "ui", "test", "--", "--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_REPORT}`],
    counts: reportOf(VITEST_REPORT, ofVitest),
  },
  {
    name: "window",
    command: [
      ...["node", "--test", "--test-concurrency=1", "--test-timeout=600000"],
      ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
      ...["--test-reporter=tap", `--test-reporter-destination=${TAP_REPORT}`],
      ...["tests/e2e/totals", "tests/e2e/window"].flatMap(testsIn),
    ],
    counts: reportOf(TAP_REPORT, ofNode),
  },
];

/** Runs a command, passes on and keeps what it prints. */
function run(name, [program, ...args]) {
  const log = createWriteStream(path.join(LOGS, `${name}.log`));
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const keep = (screen) => (chunk) => {
      output += chunk;
      log.write(chunk);
      screen.write(chunk);
    };
    child.stdout.on("data", keep(process.stdout));
    child.stderr.on("data", keep(process.stderr));
    child.on("error", (error) => resolve({ output: String(error), status: null }));
    child.on("close", (status) => log.end(() => resolve({ output, status })));
  });
}

rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });
const lines = [];
const total = { passed: 0, failed: 0 };
for (const { name, command, counts, isBuild } of STEPS) {
  console.log(`\n── ${name}: ${command.join(" ")}`);
  const start = Date.now();
  const { output, status } = await run(name, command);
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  if (isBuild) {
    // What could not be built fails its tests by itself; a build that broke is said as well.
    total.failed += status === 0 ? 0 : 1;
    lines.push(`${name.padEnd(10)}${status === 0 ? "built" : "NOT BUILT"} (${seconds} s)`);
    continue;
  }
  const result = judged(counts(output, status), status);
  total.passed += result.passed;
  total.failed += result.failed;
  lines.push(`${name.padEnd(10)}${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped (${seconds} s)`);
}
console.log(`\n${lines.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
