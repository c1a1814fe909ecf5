// One change of a repository's history, and what `assay mutate` without any configuration makes of it.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloneCheckout } from "../checkouts.mjs";
import { run } from "../field/replay.mjs";

const cli = fileURLToPath(new URL("../../assay/dist/cli.js", import.meta.url));
/** Lines that are stored before and behind the edited ones. */
const context = 4;

/**
 * @typedef {object} Survivor
 * @property {string} path
 * @property {number} line
 * @property {number} column
 * @property {string} mutator
 * @property {string} original
 * @property {string} replacement
 * @property {readonly string[]} tests The nearest test that executes it.
 * @property {readonly string[]} code The edited lines with those around them, `>` before the edited ones.
 *
 * @typedef {object} DiffResult
 * @property {string} repository
 * @property {string} commit
 * @property {string} subject
 * @property {string} date
 * @property {string} node
 * @property {Readonly<Record<string, number>>} counts Mutants by what became of them.
 * @property {readonly Survivor[]} survivors
 *
 * @typedef {import("mutation-testing-report-schema/api").MutationTestResult} Report
 */

/**
 * @param {import("../checkouts.mjs").Checkout} checkout
 * @param {string} dir The folder for the copy, not there yet; removed at the end.
 * @param {readonly (readonly string[])[]} prepare Commands that the repository asks for before its tests.
 * @returns {Promise<DiffResult>}
 * @throws When there is no verdict.
 */
export async function runDiff(checkout, dir, prepare) {
  try {
    cloneCheckout(checkout, dir);
    for (const [command, ...args] of prepare) await run(command, args, dir);
    const report = await mutate(dir);
    return {
      repository: checkout.repository,
      commit: checkout.commit,
      subject: checkout.subject,
      date: new Date().toISOString().slice(0, 10),
      node: process.version,
      counts: countsOf(report),
      survivors: survivorsIn(report),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} dir @returns {Promise<Report | undefined>} Nothing where there was nothing to mutate. */
async function mutate(dir) {
  const args = ["mutate", "--base", "main", "--only", "mutation", "--report", "--json"];
  const { exitCode, stdout, stderr } = await run(process.execPath, [cli, ...args], dir);
  if (exitCode > 1) throw new Error(`no verdict: ${reasonIn(stdout) ?? stderr.slice(-500)}`.replaceAll(dir, "<copy>"));
  const { result } = /** @type {{ result: { report?: { json: string } } }} */ (JSON.parse(stdout));
  if (result.report === undefined) return undefined;
  return /** @type {Report} */ (JSON.parse(readFileSync(join(dir, result.report.json), "utf8")));
}

/** @param {string} stdout */
function reasonIn(stdout) {
  try {
    const { error, result } = /** @type {import("../field/replay.mjs").Envelope} */ (JSON.parse(stdout));
    return error?.message ?? result.checks.flatMap(({ details }) => details).join("; ");
  } catch {
    return undefined;
  }
}

/** @param {Report | undefined} report @returns {Record<string, number>} */
function countsOf(report) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { status } of Object.values(report?.files ?? {}).flatMap(({ mutants }) => mutants))
    counts[status] = (counts[status] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {Report | undefined} report @returns {Survivor[]} */
function survivorsIn(report) {
  return Object.entries(report?.files ?? {}).flatMap(([path, { source, mutants }]) =>
    mutants.filter(({ status }) => status === "Survived").map((mutant) => survivorOf(path, source, mutant)),
  );
}

/**
 * @param {string} path
 * @param {string} source
 * @param {Report["files"][string]["mutants"][number]} mutant
 * @returns {Survivor}
 */
function survivorOf(path, source, { mutatorName, location: { start, end }, replacement = "", coveredBy = [] }) {
  const lines = source.split("\n");
  const shown = lines.slice(Math.max(0, start.line - 1 - context), end.line + context);
  const first = Math.max(1, start.line - context);
  const isEdited = (/** @type {number} */ line) => start.line <= line && line <= end.line;
  return {
    path,
    line: start.line,
    column: start.column,
    mutator: mutatorName,
    original: textBetween(lines, start, end),
    replacement,
    tests: coveredBy,
    code: shown.map((text, index) => `${isEdited(first + index) ? ">" : " "} ${text}`),
  };
}

/** @typedef {{ line: number, column: number }} Place */

/** @param {readonly string[]} lines @param {Place} start @param {Place} end */
function textBetween(lines, start, end) {
  const own = lines.slice(start.line - 1, end.line);
  const last = own.length - 1;
  return own
    .map((text, index) => text.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : text.length))
    .join("\n");
}
