// docs/own-mutation.md and the figure in README.md: what became of the mutants of assay's own sources.
import { table } from "../results.mjs";

/** @typedef {import("./stored.mjs").Layer} Layer */

/** @param {readonly Layer[]} layers @returns {string} */
export function renderPage(layers) {
  const left = layers.flatMap(({ files }) => Object.entries(files)).filter(([, file]) => file.left.length > 0);
  return [
    intro,
    table(
      [
        "layer",
        "files measured",
        "changed since",
        "mutants",
        "noticed",
        "survived",
        "not executed",
        "acknowledged",
        "refused by the compiler",
        "score",
        "tests",
      ],
      [...layers.map(rowOf), ["all of these", ...cellsOf(layers), ""]],
    ),
    "## What no test notices\n",
    left.length === 0 ? "Nothing.\n" : table(["file", "survived on lines", "not executed on lines"], left.map(leftRow)),
  ].join("\n");
}

const intro = `# What assay's tests notice in assay

Written by \`bench/own-mutation.mjs\`: every mutant of the default mutators in each file of \`assay/src\`, tried with
\`assay mutate --files\`.

A mutant is noticed where a test fails, or goes on for ever, because of it; the score is the part of these among all that a
test could notice. Acknowledged are those that do what the original does; \`assay.toml\` says why. What the compiler
refuses could not be committed. The edits themselves stand in \`bench/results/own-mutation\`. Where only the layer's own tests were asked (\`--own\`), or some of them (\`--tests\`), others may notice
more. Lines are those of the text that was measured, whose id is in \`bench/results/own-mutation\`; files whose text is another one by now
are counted as changed since.
`;

const start = "<!-- Written by bench/own-mutation.mjs. -->";
const end = "<!-- Until here. -->";

/** The text of README.md with today's figure. @param {string} readme @param {readonly Layer[]} layers @returns {string} */
export function renderFigure(readme, layers) {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md has no place between "${start}" and "${end}"`);
  return `${readme.slice(0, from)}${start}\n\n${figureOf(layers)}\n\n${readme.slice(to)}`;
}

/** @param {readonly Layer[]} layers */
function figureOf(layers) {
  const counts = sumOf(layers);
  const [measured, all] = [
    layers.flatMap(measuredIn).length,
    layers.flatMap(({ sources }) => Object.keys(sources)).length,
  ];
  const where =
    measured === all ? `its ${all} source files` : `the ${measured} of its ${all} source files that have been measured`;
  // The others might notice more.
  const isLeast = layers.some(({ files }) => Object.values(files).some(({ tests }) => tests !== "all"));
  return `assay is tried on itself ([layer by layer](docs/own-mutation.md)): its tests notice ${isLeast ? "at least " : ""}${score(counts)} of ${tellable(counts)} edits in ${where}.`;
}

/** @param {[string, import("./stored.mjs").MeasuredFile]} file */
function leftRow([path, { left }]) {
  const linesOf = (/** @type {string} */ status) =>
    linesWithTimes(left.filter((each) => each.status === status).map(({ line }) => line));
  return [`\`${path}\``, linesOf("Survived"), linesOf("NoCoverage")];
}

/** `12, 15 (3)`: three edits on line 15. @param {readonly number[]} lines */
function linesWithTimes(lines) {
  /** @type {Map<number, number>} */
  const times = new Map();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return Array.from(times, ([line, count]) => (count === 1 ? `${line}` : `${line} (${count})`)).join(", ");
}

/** @param {Layer} layer */
function rowOf(layer) {
  const tests = [...new Set(Object.values(layer.files).map((file) => file.tests))].toSorted().join(", ");
  return [`\`${layer.layer}\``, ...cellsOf([layer]), tests];
}

/** @param {readonly Layer[]} layers */
function cellsOf(layers) {
  const counts = sumOf(layers);
  const { Survived = 0, NoCoverage = 0, Ignored = 0, CompileError = 0 } = counts;
  const mutants = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const changed = layers.flatMap(({ sources, files }) =>
    Object.entries(files).filter(([path, file]) => sources[path] !== file.blob),
  );
  const all = layers.flatMap(({ sources }) => Object.keys(sources));
  return [
    `${layers.flatMap(measuredIn).length} of ${all.length}`,
    ...[changed.length, mutants, noticed(counts), Survived, NoCoverage, Ignored, CompileError].map(String),
    score(counts),
  ];
}

/** @param {Layer} layer */
function measuredIn({ files }) {
  return Object.keys(files);
}

/** @param {readonly Layer[]} layers @returns {Record<string, number>} */
function sumOf(layers) {
  /** @type {Record<string, number>} */
  const sum = {};
  const counts = layers.flatMap(({ files }) => Object.values(files).flatMap((file) => Object.entries(file.counts)));
  for (const [status, count] of counts) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}

/** @param {Readonly<Record<string, number>>} counts */
function noticed({ Killed = 0, Timeout = 0, RuntimeError = 0 }) {
  return Killed + Timeout + RuntimeError;
}

/** @param {Readonly<Record<string, number>>} counts */
function tellable(counts) {
  const { Survived = 0, NoCoverage = 0 } = counts;
  return noticed(counts) + Survived + NoCoverage;
}

/** Rounded down: less than all is never 100 %. @param {Readonly<Record<string, number>>} counts */
function score(counts) {
  const all = tellable(counts);
  return all === 0 ? "none" : `${(Math.floor((1000 * noticed(counts)) / all) / 10).toFixed(1)} %`;
}
