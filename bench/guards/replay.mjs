// The newest commits of one history, the guards on each.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { dirname } from "node:path";
import { cloneHistory, git } from "../checkouts.mjs";

const cli = fileURLToPath(new URL("../../assay/dist/cli.js", import.meta.url));

/**
 * @typedef {{ readonly check: string, readonly detail: string }} Hit
 *
 * @typedef {object} ReplayedCommit
 * @property {string} commit
 * @property {string} subject
 * @property {number} files Changed ones.
 * @property {number} milliseconds
 * @property {string | null} error Why there is no verdict.
 * @property {readonly Hit[]} hits
 *
 * @typedef {object} Replayed
 * @property {string} repository
 * @property {string} [guards] The commit of this repository whose guards ran.
 * @property {readonly string[]} checks Those that ran.
 * @property {readonly ReplayedCommit[]} commits The newest first.
 */

/**
 * @param {import("../checkouts.mjs").History} history
 * @param {string} dir A folder that is not there yet.
 * @param {readonly string[]} only Ids; empty means every guard that is on.
 * @returns {Promise<Replayed>}
 */
export async function replayGuards(history, dir, only) {
  cloneHistory(history, dir);
  /** @type {ReplayedCommit[]} */
  const commits = [];
  /** @type {Set<string>} */
  const checks = new Set();
  for (const commit of history.commits) {
    git(dir, "checkout", "--quiet", "--detach", "--force", commit);
    const started = performance.now();
    const envelope = await gate(dir, only.length === 0 ? ["guards"] : only);
    for (const { id } of envelope.result.checks) checks.add(id);
    commits.push({
      commit,
      subject: git(dir, "log", "-1", "--format=%s"),
      files: envelope.result.scope.changed_files ?? 0,
      milliseconds: Math.round(performance.now() - started),
      error: errorOf(envelope),
      hits: envelope.result.checks
        .filter(({ status }) => status === "fail")
        .flatMap(({ id, details }) => details.map((detail) => ({ check: id, detail }))),
    });
  }
  const guards = git(dirname(cli), "rev-parse", "--short=12", "HEAD");
  return { repository: history.repository, guards, checks: [...checks].toSorted(), commits };
}

/** @param {Envelope} envelope */
function errorOf({ error, result }) {
  if (error !== null) return `${error.code}: ${error.message}`;
  const errored = result.checks.find(({ status }) => status === "error");
  return errored === undefined ? null : `${errored.id}: ${errored.details.join("; ")}`;
}

/**
 * @typedef {object} Envelope
 * @property {{ code: string, message: string } | null} error
 * @property {{ scope: { changed_files?: number }, checks: { id: string, status: string, details: string[] }[] }} result
 */

/** @param {string} dir @param {readonly string[]} only @returns {Promise<Envelope>} */
function gate(dir, only) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, "gate", "--base", "HEAD~1", "--json", "--only", ...only], {
      cwd: dir,
      stdio: ["ignore", "pipe", "inherit"],
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", () => {
      // Nothing that is stored may name a place on this machine.
      resolve(/** @type {Envelope} */ (JSON.parse(Buffer.concat(chunks).toString("utf8").replaceAll(dir, "<copy>"))));
    });
  });
}
