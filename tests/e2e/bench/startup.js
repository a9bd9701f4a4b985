// How long the program takes from its process to a drawn workbench, beside an
// empty Tauri window in the same run. `make bench` writes the figures to
// tests/benches/startup.json.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { App, ROOT } from "../window/lib/app.js";

const RUNS = 9;
const folder = path.resolve(process.argv[2] ?? "");
/** The kernel's unit of process times on Linux, in milliseconds. */
const TICK_MS = 10;

/** When a process started, as milliseconds since 1970. */
async function startOf(pid) {
  const [uptime] = (await readFile("/proc/uptime", "utf8")).split(" ");
  const now = Date.now();
  // The name, in brackets, may hold blanks; the start time is the 20th field behind it.
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ").at(-1).split(" ");
  return now - Number(uptime) * 1000 + Number(fields[19]) * TICK_MS;
}

/** When an element was drawn: the second frame after it is in the page. */
const drawn = (selector) => `() => new Promise((resolve) => {
  const look = () => document.querySelector(${JSON.stringify(selector)})
    ? requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())))
    : setTimeout(look, 5);
  look();
})`;

async function measure(app, selector) {
  const end = await app.session.run(drawn(selector));
  return end - (await startOf(app.pid));
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  return { median_ms: sorted[(sorted.length - 1) / 2], fastest_ms: sorted[0], slowest_ms: sorted.at(-1), runs: sorted.length };
}

const programs = [
  { name: "empty_window", binary: path.join(folder, "examples/empty_window"), selector: "[data-testid=drawn]", times: [] },
  { name: "workbench", binary: path.join(folder, "xueji"), selector: "[data-testid=kpi-credits]", times: [] },
];
for (const program of programs) {
  // The first start makes the sample book and warms the disk; it is not counted.
  program.app = await App.start({ binary: program.binary, args: program.name === "workbench" ? ["--sample"] : [] });
  await measure(program.app, program.selector);
}
for (let run = 0; run < RUNS; run += 1) {
  for (const program of programs) {
    await program.app.restart([]);
    program.times.push(await measure(program.app, program.selector));
  }
}
for (const { app } of programs) await app.stop();

const [cpu] = os.cpus();
const machine = { cpu: cpu.model, cores: os.cpus().length, memory_gib: Math.round(os.totalmem() / 2 ** 30), system: os.type() };
const figures = Object.fromEntries(programs.map(({ name, times }) => [name, summary(times)]));
const file = path.join(ROOT, "tests/benches/startup.json");
await mkdir(path.dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify({ measured_on: new Date().toISOString().slice(0, 10), machine, ...figures }, null, 2)}\n`);
console.log(JSON.stringify(figures, null, 2));
console.log(`tests/benches/startup.json`);
