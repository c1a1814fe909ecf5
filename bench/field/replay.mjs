// One repository, one change of its history, every command of assay on it, each in the same private copy.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloneCheckout, git } from "../checkouts.mjs";

const cli = fileURLToPath(new URL("../../assay/dist/cli.js", import.meta.url));
const limitMs = 20 * 60_000;

/**
 * @typedef {{ readonly id: string, readonly status: string, readonly details: readonly string[] }} ReplayedCheck
 *
 * @typedef {object} ReplayedCommand
 * @property {string} command
 * @property {"green" | "red" | "no verdict"} verdict
 * @property {number} seconds
 * @property {string | null} error
 * @property {string | null} fallback
 * @property {readonly ReplayedCheck[]} checks
 * @property {readonly string[]} written Tracked or unignored paths that are not as they were.
 *
 * @typedef {object} Replay
 * @property {string} name `owner/name` where the checkout has a remote that says so.
 * @property {string} commit
 * @property {string} subject
 * @property {string} date
 * @property {string} node
 * @property {string} manager
 * @property {number} packages
 * @property {number} files
 * @property {readonly string[]} detected
 * @property {readonly string[]} missing Roles for which no tool was found.
 * @property {readonly ReplayedCommand[]} commands
 */

/**
 * @param {import("../checkouts.mjs").Checkout} checkout
 * @param {string} dir The folder for the copy, not there yet; removed at the end.
 * @param {{ prepare?: readonly (readonly string[])[], onRun: (text: string) => void }} options
 *   `prepare`: commands that the repository asks for before its tests, a build for instance.
 * @returns {Promise<Replay>}
 */
export async function replay(checkout, dir, { prepare = [], onRun }) {
  try {
    cloneCheckout(checkout, dir);
    for (const [command, ...args] of prepare) await run(command, args, dir);
    const { doctor } = await assay(dir, ["doctor"]);
    const commands = [];
    for (const command of ["loop", "mutate", "gate"]) {
      const replayed = await replayCommand(command, dir);
      commands.push(replayed);
      onRun(`${checkout.name} ${command}: ${replayed.verdict}, ${replayed.seconds} s`);
    }
    return {
      name: checkout.repository,
      commit: checkout.commit,
      subject: checkout.subject,
      date: new Date().toISOString().slice(0, 10),
      node: process.version,
      manager: doctor?.manager ?? "unknown",
      packages: doctor?.packages.length ?? 0,
      files: doctor?.files ?? 0,
      detected: [
        ...new Set(doctor?.tools.map(({ role, tool, version }) => `${role}: ${tool} ${version ?? "(missing)"}`)),
      ],
      missing: doctor?.missing_roles ?? [],
      commands,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} command @param {string} dir @returns {Promise<ReplayedCommand>} */
async function replayCommand(command, dir) {
  const started = performance.now();
  const { ok, exit_code, error, result } = await assay(dir, [command, "--base", "main"]);
  return {
    command,
    verdict: ok ? "green" : exit_code === 1 ? "red" : "no verdict",
    seconds: Math.round((performance.now() - started) / 100) / 10,
    error: error === null ? null : `${error.code}: ${error.message}`,
    fallback:
      result.scope.fallback === null ? null : `${result.scope.fallback.reason}: ${result.scope.fallback.detail}`,
    checks: result.checks.map(({ id, status, details }) => ({ id, status, details })),
    written: git(dir, "status", "--porcelain", "--untracked-files=all")
      .split("\n")
      .filter((line) => line !== ""),
  };
}

/**
 * @typedef {object} Envelope
 * @property {boolean} ok
 * @property {number} exit_code
 * @property {{ code: string, message: string } | null} error
 * @property {{ scope: { fallback: { reason: string, detail: string } | null }, checks: ReplayedCheck[] }} result
 * @property {Doctor} [doctor]
 *
 * @typedef {object} Doctor
 * @property {string} manager
 * @property {unknown[]} packages
 * @property {number} files
 * @property {{ role: string, tool: string, version: string | null }[]} tools
 * @property {string[]} missing_roles
 */

/** @param {string} dir @param {readonly string[]} args @returns {Promise<Envelope>} */
async function assay(dir, args) {
  const { exitCode, stdout, stderr } = await run(process.execPath, [cli, ...args, "--json"], dir);
  try {
    // Nothing that is stored may name a place on this machine.
    const envelope = /** @type {Envelope} */ (JSON.parse(stdout.replaceAll(dir, "<copy>")));
    if (envelope.exit_code === exitCode) return envelope;
    return noEnvelope(`the exit code is ${exitCode}, the envelope says ${envelope.exit_code}`);
  } catch {
    return noEnvelope(`no envelope, exit code ${exitCode}: ${stderr.replaceAll(dir, "<copy>").trim().slice(-500)}`);
  }
}

/** @param {string} message @returns {Envelope} */
function noEnvelope(message) {
  const result = { scope: { fallback: null }, checks: [] };
  return { ok: false, exit_code: 2, error: { code: "crash", message }, result };
}

/**
 * As on a developer's machine: not in CI, no terminal. What is still running at the limit is ended with all it started.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ exitCode: number, stdout: string, stderr: string }>}
 */
export function run(command, args, cwd) {
  const { CI: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => (printed.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => (printed.stderr += text));
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), limitMs);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? 2, ...printed });
    });
  });
}

/** Where a checkout's copy is made. @param {string} place @param {import("../checkouts.mjs").Checkout} checkout */
export function copyDir(place, checkout) {
  return join(place, checkout.name);
}
