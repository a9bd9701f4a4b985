// A desktop of its own for a test file: Xvfb, openbox and a private D-Bus, so
// that neither the developer's screen nor their running 学迹 is in the way.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/** Larger than the largest window, so that no size is cut by the screen. */
const SCREEN = { width: 2048, height: 1280 };

/** Starts a program; `missing` names the Debian package where it is not installed. */
export function launch(command, args, options, missing) {
  // Looked up here: what the program under test finds on its own PATH is the test's business.
  const folder = process.env.PATH.split(path.delimiter).find((one) => existsSync(path.join(one, command)));
  if (!folder) throw new Error(`${command} is not installed: Debian package ${missing}`);
  return spawn(path.join(folder, command), args, options);
}

/** Ends a process and waits until it is gone. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await once(child, "exit");
  clearTimeout(forced);
}

async function firstLine(stream, what) {
  for await (const line of createInterface({ input: stream })) return line.trim();
  throw new Error(`${what} ended before it was ready`);
}

/**
 * Starts the desktop.
 * @param {{ width: number, height: number }} screen in pixels
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>} what a program needs to find it
 */
export async function startDesktop(screen = SCREEN) {
  const children = [];
  const stopAll = async () => {
    for (const child of children.toReversed()) await stop(child);
  };
  try {
    const size = `${screen.width}x${screen.height}x24`;
    const xvfbArgs = ["-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp", "-noreset"];
    const xvfb = launch("Xvfb", xvfbArgs, { stdio: ["ignore", "ignore", "ignore", "pipe"] }, "xvfb");
    children.push(xvfb);
    const DISPLAY = `:${await firstLine(xvfb.stdio[3], "Xvfb")}`;

    const busArgs = ["--session", "--nofork", "--nosyslog", "--print-address=1"];
    const bus = launch("dbus-daemon", busArgs, { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, DISPLAY } }, "dbus-x11");
    children.push(bus);
    const DBUS_SESSION_BUS_ADDRESS = await firstLine(bus.stdout, "dbus-daemon");

    const env = { DISPLAY, DBUS_SESSION_BUS_ADDRESS };
    children.push(launch("openbox", [], { stdio: "ignore", env: { ...process.env, ...env } }, "openbox"));
    await pause(300);
    return { env, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}
