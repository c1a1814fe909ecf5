// docs/own-mutation.md and the figure in README.md: what became of the mutants of assay's own sources.
import { table } from "../results.mjs";

/**
 * @typedef {object} Layer
 * @property {string} layer A folder of assay/src.
 * @property {string} tree Git's id of the folder as it was measured; it is the same in whatever commit.
 * @property {"all" | "its own"} tests Which tests were asked: those that can reach it, or those that lie in it.
 * @property {Readonly<Record<string, string | number>>} environment
 * @property {number | null} seconds Null where earlier runs were remembered.
 * @property {Readonly<Record<string, number>>} counts Mutants by their status in the common report schema.
 * @property {readonly { readonly place: string, readonly edit: string, readonly status: string }[]} left What no test notices.
 */

/** @param {readonly Layer[]} layers @param {readonly string[]} every */
export function renderPage(layers, every) {
  const rows = layers.map((layer) => [
    `\`${layer.layer}\``,
    ...cellsOf(layer.counts),
    layer.tests,
    timeOf(layer),
    layer.tree.slice(0, 12),
  ]);
  const total = ["all of these", ...cellsOf(sumOf(layers)), "", "", ""];
  const left = layers.flatMap((layer) => layer.left);
  return [
    intro,
    table(
      [
        "layer",
        "mutants",
        "noticed",
        "survived",
        "not executed",
        "acknowledged",
        "refused by the compiler",
        "score",
        "tests",
        "time",
        "tree",
      ],
      [...rows, total],
    ),
    `Not measured: ${
      missing(layers, every)
        .map((name) => `\`${name}\``)
        .join(", ") || "none"
    }.\n`,
    "## What no test notices\n",
    left.length === 0
      ? "Nothing.\n"
      : table(
          ["place", "edit", "status"],
          left.map(({ place, edit, status }) => [`\`${place}\``, edit.replaceAll("<", "&lt;"), status]),
        ),
  ].join("\n");
}

const intro = `# What assay's tests notice in assay

Written by \`bench/own-mutation.mjs\`: every mutant of the default mutators in each folder of \`assay/src\`, tried with
\`assay mutate --files\`.

A mutant is noticed where a test fails, or goes on for ever, because of it; the score is the part of these among all that a
test could notice. Acknowledged are those that do what the original does; \`assay.toml\` says why. What the compiler
refuses could not be committed. Where only the layer's own tests were asked (\`--own\`), others may notice more. The tree is git's id of the folder
(\`git rev-parse HEAD:assay/src/report\`). Times are of the first run, with nothing remembered.
`;

const start = "<!-- Written by bench/own-mutation.mjs. -->";
const end = "<!-- Until here. -->";

/** The text of README.md with today's figure. @param {string} readme @param {readonly Layer[]} layers @param {readonly string[]} every */
export function renderFigure(readme, layers, every) {
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`README.md has no place between "${start}" and "${end}"`);
  return `${readme.slice(0, from)}${start}\n\n${figureOf(layers, every)}\n\n${readme.slice(to)}`;
}

/** @param {readonly Layer[]} layers @param {readonly string[]} every */
function figureOf(layers, every) {
  const counts = sumOf(layers);
  const without = missing(layers, every);
  const measured = layers.map(({ layer }) => layer).join(", ");
  const where = without.length === 0 ? "its sources" : `${measured}, and nobody has measured ${without.join(", ")} yet`;
  return `assay is tried on itself ([layer by layer](docs/own-mutation.md)): its tests notice ${score(counts)} of ${tellable(counts)} edits of ${where}.`;
}

/** @param {readonly Layer[]} layers @param {readonly string[]} every */
function missing(layers, every) {
  return every.filter((name) => !layers.some(({ layer }) => layer === name));
}

/** @param {readonly Layer[]} layers @returns {Record<string, number>} */
function sumOf(layers) {
  /** @type {Record<string, number>} */
  const sum = {};
  for (const [status, count] of layers.flatMap(({ counts }) => Object.entries(counts)))
    sum[status] = (sum[status] ?? 0) + count;
  return sum;
}

/** @param {Readonly<Record<string, number>>} counts */
function cellsOf(counts) {
  const { Survived = 0, NoCoverage = 0, Ignored = 0, CompileError = 0 } = counts;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [...[all, noticed(counts), Survived, NoCoverage, Ignored, CompileError].map(String), score(counts)];
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

/** @param {Layer} layer */
function timeOf({ seconds }) {
  return seconds === null ? "" : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
