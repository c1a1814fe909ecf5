// Tries every mutant of assay's own sources with assay, a layer at a time, and writes docs/own-mutation.md and the figure
// in README.md.
//
// node bench/own-mutation.mjs [LAYER …]   these folders of assay/src, all of them unless some are named
//   --keep                                uses what earlier runs remember; no time is stored then
//   --own                                 asks the tests in the layer alone, in a copy of the last commit: much quicker
//   --render                              writes the pages again from what is stored
//
// What is stored of other layers stays. Ends with 1 if a mutant survives or lines are not executed, and fails where a layer
// has no verdict.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cloneCheckout, git, readCheckout, removeCopy } from "./checkouts.mjs";
import { runStep } from "./compare.mjs";
import { environment } from "./environment.mjs";
import { assayStep, forget, readEnvelope } from "./loop/assay.mjs";
import { renderFigure, renderPage } from "./own-mutation/page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const stored = join(root, "bench/results/own-mutation");
const sources = join(root, "assay/src");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    keep: { type: "boolean", default: false },
    own: { type: "boolean", default: false },
    render: { type: "boolean", default: false },
  },
});
const every = readdirSync(sources, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const named = positionals.length > 0 ? positionals : every;
if (!values.render) for (const layer of named) store(await (values.own ? measureInCopy(layer) : measure(layer, root)));
render();

/** @param {string} layer */
async function measureInCopy(layer) {
  const folder = mkdtempSync(join(tmpdir(), "own-mutation-"));
  try {
    const dir = join(folder, "assay");
    cloneCheckout(readCheckout(`${root}@HEAD`), dir);
    for (const path of git(dir, "ls-files", "*.test.ts").split("\n"))
      if (!path.startsWith(`assay/src/${layer}/`)) rmSync(join(dir, path));
    return await measure(layer, dir);
  } finally {
    removeCopy(folder);
  }
}

/** @param {string} layer @param {string} dir @returns {Promise<import("./own-mutation/page.mjs").Layer>} */
async function measure(layer, dir) {
  const started = environment();
  const reportFile = join(dir, ".git/assay/reports/mutation.json");
  if (!values.keep) forget(dir);
  rmSync(reportFile, { force: true });
  const step = assayStep(dir, ["mutate", "--files", `assay/src/${layer}/**`, "--report", "--json"], {
    expect: [0, 1],
  });
  const began = performance.now();
  const { result } = readEnvelope(await runStep({ ...step, shown: true }));
  const seconds = Math.round((performance.now() - began) / 1000);
  const report = /** @type {import("./mutation/stryker.mjs").Report} */ (JSON.parse(readFileSync(reportFile, "utf8")));
  const mutants = Object.entries(report.files).flatMap(([path, file]) =>
    file.mutants.map((mutant) => ({ ...mutant, path })),
  );
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { status } of mutants) counts[status] = (counts[status] ?? 0) + 1;
  const left = mutants
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map(({ path, location, mutatorName, replacement, status }) => ({
      place: `${path}:${location.start.line}`,
      edit: `${mutatorName}: \`${replacement}\``,
      status,
    }));
  // Lines without a mutant may be left as well.
  if (result.checks.some(({ status }) => status !== "pass")) process.exitCode = 1;
  const details = result.checks.flatMap((check) => check.details);
  process.stderr.write(`${[`${layer}: ${JSON.stringify(counts)} in ${seconds} s`, ...details].join("\n  ")}\n`);
  return {
    layer,
    tree: git(dir, "rev-parse", `HEAD:assay/src/${layer}`),
    tests: values.own ? "its own" : "all",
    environment: started,
    seconds: values.keep ? null : seconds,
    counts,
    left,
  };
}

/** @param {import("./own-mutation/page.mjs").Layer} layer */
function store(layer) {
  mkdirSync(stored, { recursive: true });
  writeFileSync(join(stored, `${layer.layer}.json`), `${JSON.stringify(layer, null, 2)}\n`);
}

function render() {
  const files = existsSync(stored) ? readdirSync(stored).toSorted() : [];
  const layers = files.map(
    (file) =>
      /** @type {import("./own-mutation/page.mjs").Layer} */ (JSON.parse(readFileSync(join(stored, file), "utf8"))),
  );
  writeFileSync(join(root, "docs/own-mutation.md"), renderPage(layers, every));
  const readme = join(root, "README.md");
  writeFileSync(readme, renderFigure(readFileSync(readme, "utf8"), layers, every));
  if (layers.some(({ left }) => left.length > 0)) process.exitCode = 1;
}
