// Stores what was measured, as JSON, and renders every stored result as one page. Nothing in the folder is edited by hand.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { showMs } from "./compare.mjs";

/**
 * @typedef {object} Goal
 * @property {string} what
 * @property {number} value
 * @property {number} [at_most]
 * @property {number} [at_least]
 * @property {string} unit
 *
 * @typedef {object} Measurement
 * @property {string} title
 * @property {string} what What was run, on what, in a sentence or two.
 * @property {import("./compare.mjs").Comparison} comparison
 *
 * @typedef {object} Table What is no comparison of commands.
 * @property {string} title
 * @property {string} what
 * @property {readonly string[]} columns
 * @property {readonly (readonly string[])[]} rows
 *
 * @typedef {object} Result
 * @property {string} title
 * @property {Readonly<Record<string, string | number>>} environment
 * @property {Readonly<Record<string, string | number>>} subject Sizes and versions of what was measured on.
 * @property {readonly Goal[]} goals
 * @property {readonly Measurement[]} measurements
 * @property {readonly Table[]} [tables]
 * @property {readonly { title: string, equal: boolean, findings: readonly string[], only_assay: readonly string[], only_peers: readonly string[] }[]} [findings]
 */

const folder = join(dirname(fileURLToPath(import.meta.url)), "results");

/** @param {string} name @param {Result} result */
export function storeResult(name, result) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(folder, "README.md"), renderAll());
}

/** @param {Goal} goal */
export function isMet({ value, at_most = Infinity, at_least = -Infinity }) {
  return value <= at_most && value >= at_least;
}

function renderAll() {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted();
  const results = names.map((name) => /** @type {Result} */ (JSON.parse(readFileSync(join(folder, name), "utf8"))));
  const head =
    "# Measurements\n\nWritten by the programs in `bench/`, never by hand. Times are of whole commands, run in turns (A B A B).\n";
  return [head, ...results.map(render)].join("\n");
}

/** @param {Result} result */
function render({ title, environment, subject, goals, measurements, tables = [], findings = [] }) {
  return [
    `## ${title}\n`,
    `${facts(environment)}.\n\n${facts(subject)}.\n`,
    ...(goals.length > 0 ? [table(["goal", "wanted", "measured", "met"], goals.map(goalRow))] : []),
    ...measurements.map(renderMeasurement),
    ...tables.map(({ title: name, what, columns, rows }) => `### ${name}\n\n${what}\n\n${table(columns, rows)}`),
    ...findings.map(renderFindings),
  ].join("\n");
}

/** @param {Goal} goal */
function goalRow(goal) {
  const wanted = goal.at_most === undefined ? `≥ ${goal.at_least}` : `≤ ${goal.at_most}`;
  return [goal.what, `${wanted} ${goal.unit}`, `${goal.value} ${goal.unit}`, isMet(goal) ? "yes" : "**no**"];
}

/** @param {Measurement} measurement */
function renderMeasurement({ title, what, comparison }) {
  const rows = comparison.sides.map((side, index) => [
    side.name,
    showMs(side.median_ms),
    `${showMs(side.min_ms)}–${showMs(side.max_ms)}`,
    String(side.n),
    `${comparison.ratios[index].toFixed(2)}×`,
  ]);
  return `### ${title}\n\n${what}\n\n${table(["", "median", "min–max", "n", `against ${comparison.sides[0].name}`], rows)}`;
}

/** @param {readonly string[]} entries */
function list(entries) {
  return entries.length === 0 ? "none" : entries.map((entry) => `\`${entry}\``).join(", ");
}

/** @param {NonNullable<Result["findings"]>[number]} findings */
function renderFindings({ title, equal, findings, only_assay, only_peers }) {
  const verdict = equal
    ? "the same findings"
    : `**not the same**: only assay ${list(only_assay)}; only the tools ${list(only_peers)}`;
  return `Findings, ${title}: ${verdict}; in both: ${list(findings)}.\n`;
}

/** @param {Readonly<Record<string, string | number>>} record */
function facts(record) {
  return Object.entries(record)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`)
    .join(" · ");
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  return `${row(head)}${row(head.map(() => "---"))}${rows.map(row).join("")}`;
}

/** @param {readonly string[]} cells */
function row(cells) {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |\n`;
}
