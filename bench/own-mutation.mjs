// Tries the mutants of assay's own sources with assay, folder by folder, and writes docs/own-mutation.md and the figure in
// README.md.
//
// node bench/own-mutation.mjs [PATH …]   these files and folders of assay/src (`git`, `tools/runners`, `engine/host.ts`),
//                                       all of them unless some are named
//   --own                               asks the layer's own tests alone, in a copy of the last commit: much quicker
//   --tests PATH                          asks these test files and folders of assay/src alone, in such a copy: where a layer
//                                       has tests that start real runners, which take minutes for each mutant
//   --keep                              uses what earlier runs remember
//   --render                            writes the pages again from what is stored
//
// What is known of each file is stored as soon as its folder is through; what is stored of others stays. Ends with 1 if a
// mutant survives or lines are not executed, and with 2 if a folder has no verdict.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cloneCheckout, git, readCheckout, removeCopy } from "./checkouts.mjs";
import { runStep, Stopped } from "./compare.mjs";
import { assayStep, forget, readEnvelope } from "./loop/assay.mjs";
import { renderFigure, renderPage } from "./own-mutation/page.mjs";
import { readStored, sources, store } from "./own-mutation/stored.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Tests of a layer that lie elsewhere, since they are of many of its files at once.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const testsBeside = {
  checks: ["assay/test/guards"],
  model: ["assay/src/project", "assay/src/scope", "assay/src/source"],
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    keep: { type: "boolean", default: false },
    own: { type: "boolean", default: false },
    render: { type: "boolean", default: false },
    tests: { type: "string", multiple: true, default: [] },
  },
});
/** Which tests are asked. */
const asked =
  values.tests.length > 0
    ? /** @type {const} */ ("some of its own")
    : values.own
      ? /** @type {const} */ ("its own")
      : /** @type {const} */ ("all");
if (!values.render) {
  const wanted = positionals.map(inSources);
  const named = sources(root).filter((file) => wanted.length === 0 || wanted.some((path) => liesIn(path, file)));
  for (const [layer, files] of groupBy(named, (file) => file.split("/")[2])) {
    if (asked === "all") await measureFolders(layer, files, root);
    else await inCopy(testsOf(layer), (dir) => measureFolders(layer, files, dir));
  }
}
render();

/** @param {readonly string[]} files @param {(file: string) => string} keyOf @returns {Map<string, string[]>} */
function groupBy(files, keyOf) {
  const groups = new Map();
  for (const file of files) groups.set(keyOf(file), [...(groups.get(keyOf(file)) ?? []), file]);
  return groups;
}

/** A file or folder of assay/src that is there. @param {string} path */
function inSources(path) {
  const full = join("assay/src", path).replace(/\/$/, "");
  statSync(join(root, full));
  return full;
}

/** @param {string} path @param {string} file */
function liesIn(path, file) {
  return file === path || file.startsWith(`${path}/`);
}

/** @param {string} layer @returns {readonly string[]} */
function testsOf(layer) {
  return values.tests.length > 0 ? values.tests.map(inSources) : [`assay/src/${layer}`, ...(testsBeside[layer] ?? [])];
}

/** @param {readonly string[]} kept @param {(dir: string) => Promise<void>} work What is done in a copy that has these tests alone. */
async function inCopy(kept, work) {
  const folder = mkdtempSync(join(tmpdir(), "own-mutation-"));
  try {
    const dir = join(folder, "assay");
    cloneCheckout(readCheckout(`${root}@HEAD`), dir);
    for (const path of git(dir, "ls-files", "*.test.ts").split("\n"))
      if (!kept.some((each) => liesIn(each, path))) rmSync(join(dir, path));
    await work(dir);
  } finally {
    removeCopy(folder);
  }
}

/** @param {string} layer @param {readonly string[]} files @param {string} dir */
async function measureFolders(layer, files, dir) {
  if (!values.keep) forget(dir);
  for (const [folder, inside] of groupBy(files, dirname)) {
    try {
      await measure(layer, inside, dir);
    } catch (error) {
      if (error instanceof Stopped) throw error;
      process.stderr.write(`${folder} has no verdict: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
    render();
  }
}

/** @param {string} layer @param {readonly string[]} files @param {string} dir */
async function measure(layer, files, dir) {
  const reportFile = join(dir, ".git/assay/reports/mutation.json");
  rmSync(reportFile, { force: true });
  const globs = files.flatMap((file) => ["--files", file]);
  const step = assayStep(dir, ["mutate", ...globs, "--report", "--json"], { expect: [0, 1] });
  const { result } = readEnvelope(await runStep({ ...step, shown: true }));
  // Where nothing can be mutated there is no report.
  /** @type {import("./mutation/stryker.mjs").Report} */
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : { files: {} };
  // Lines without a mutant may be left as well.
  if (result.checks.some(({ status }) => status !== "pass")) process.exitCode ??= 1;
  process.stderr.write(`${result.checks.flatMap((check) => check.details).join("\n  ")}\n`);
  const measured = files.map((path) => {
    const mutants = report.files[path]?.mutants ?? [];
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { status } of mutants) counts[status] = (counts[status] ?? 0) + 1;
    // A run that was ended tells what it had found by then.
    if (counts["Pending"]) throw new Error(`${counts["Pending"]} mutants of ${path} were not tried`);
    const left = mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, mutatorName, replacement, status }) => ({
        line: location.start.line,
        edit: clipped(`${mutatorName}: \`${replacement}\``),
        status,
      }));
    const date = new Date().toISOString().slice(0, 10);
    return {
      path,
      file: { blob: git(dir, "hash-object", path), date, node: process.version, tests: asked, counts, left },
    };
  });
  store(root, layer, Object.fromEntries(measured.map(({ path, file }) => [path, file])));
}

/** What stands around an edit may be a page of code. @param {string} edit */
function clipped(edit) {
  return edit.length <= 160 ? edit : `${edit.slice(0, 159)}…`;
}

function render() {
  const layers = readStored(root);
  writeFileSync(join(root, "docs/own-mutation.md"), renderPage(layers));
  const readme = join(root, "README.md");
  writeFileSync(readme, renderFigure(readFileSync(readme, "utf8"), layers));
  if (layers.some(({ files }) => Object.values(files).some(({ left }) => left.length > 0))) process.exitCode ??= 1;
}
