// How much memory a command and all that it starts hold at the same time. Reads /proc, so Linux only.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const everyMs = 20;

/**
 * @param {import("../compare.mjs").Step} step
 * @returns {Promise<number>} The most that was resident, in MiB, as far as looking every 20 ms shows.
 */
export function peakMemory({ command, args, cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
    let peak = 0;
    const timer = setInterval(() => {
      if (child.pid !== undefined) peak = Math.max(peak, residentOf(child.pid));
    }, everyMs);
    child.on("error", reject);
    child.on("close", () => {
      clearInterval(timer);
      resolve(Math.round(peak / 1024));
    });
  });
}

/** In KiB. @param {number} root */
function residentOf(root) {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => read(Number(name)));
  const family = new Set([root]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
  }
  return processes.filter(({ id }) => family.has(id)).reduce((sum, { resident }) => sum + resident, 0);
}

/** @param {number} id @returns {readonly { readonly id: number, readonly parent: number, readonly resident: number }[]} */
function read(id) {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const field = (/** @type {string} */ name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
    return [{ id, parent: field("PPid"), resident: field("VmRSS") }];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
