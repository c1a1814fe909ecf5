// Times all guards together against what finding out the scope of the same change costs, in turns.
//
// node bench/guard-cost.mjs [--n 20]
//
// On the generated monorepo, for a change of one file and one of three hundred (sources, tests, manifests, settings and
// documents). A side's first run reads what later ones remember; it does not count. Ends with 1 if a goal is missed.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare } from "./compare.mjs";
import { environment } from "./environment.mjs";
import { editModule, generateMonorepo, git } from "./monorepo.mjs";
import { isMet, storeResult } from "./results.mjs";

const cli = fileURLToPath(new URL("../assay/dist/cli.js", import.meta.url));
const { values } = parseArgs({ options: { n: { type: "string", default: "20" } } });
const n = Number(values.n);
const place = realpathSync(mkdtempSync(join(tmpdir(), "assay-bench-guards-")));
try {
  await measure();
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 3 });
}

async function measure() {
  const started = environment();
  const monorepo = generateMonorepo(join(place, "repository"), { bytes: 3000, install: false });
  editModule(monorepo.dir, monorepo.near);
  const one = await timed(monorepo.dir, "one file");
  editMany(monorepo.dir, 300);
  const many = await timed(monorepo.dir, "three hundred files");
  const goals = [
    { what: "all guards on a one-file change, over the scope", value: costOf(one), at_most: 60, unit: "ms" },
    {
      what: "all guards on a change of three hundred files, over the scope",
      value: costOf(many),
      at_most: 1500,
      unit: "ms",
    },
  ];
  storeResult("guard-cost", {
    title: "What the guards cost",
    environment: started,
    subject: monorepo.size,
    goals,
    measurements: [one, many],
  });
  for (const goal of goals) process.stderr.write(`${goal.what}: ${goal.value} ms, at most ${goal.at_most}\n`);
  if (!goals.every(isMet)) process.exitCode = 1;
}

/** @param {string} cwd @param {string} title @returns {Promise<import("./results.mjs").Measurement>} */
async function timed(cwd, title) {
  const side = (/** @type {string} */ name, /** @type {readonly string[]} */ ...args) => ({
    name,
    steps: [{ command: process.execPath, args: [cli, ...args, "--base", "main", "--json"], cwd, expect: [0, 1] }],
  });
  const comparison = await compare([side("assay scope", "scope"), side("all guards", "loop", "--only", "guards")], {
    n,
    warmup: 2,
    onRun: (text) => void process.stderr.write(`${title}, ${text}\n`),
  });
  const what =
    "`assay scope` against `assay loop --only guards`, both with `--base main`; the difference is what guards cost.";
  return { title, what, comparison };
}

/** @param {import("./results.mjs").Measurement} measurement */
function costOf({ comparison: { sides } }) {
  return Math.round(sides[1].median_ms - sides[0].median_ms);
}

/** Edits so many of the tracked files, each as its kind allows, spread over all of them. @param {string} dir @param {number} count */
function editMany(dir, count) {
  const paths = git(dir, "ls-files", "-z")
    .split("\0")
    .filter((path) => path !== "");
  const step = Math.max(1, Math.floor(paths.length / count));
  const chosen = paths
    .filter((path, index) => index % step === 0 && /\.(?:ts|json|md|ya?ml)$/.test(path))
    .slice(0, count);
  for (const [index, path] of chosen.entries()) edit(join(dir, path), index);
}

/** @param {string} file @param {number} index */
function edit(file, index) {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".json")) writeFileSync(file, text.replace(/\n?$/, "\n\n"));
  else if (!file.endsWith(".ts")) writeFileSync(file, `${text}\nOne more line.\n`);
  else if (file.endsWith(".test.ts"))
    writeFileSync(
      file,
      `${text}\ntest("one more, ${index}", () => {\n  expect(String(${index})).toBe("${index}");\n});\n`,
    );
  else
    writeFileSync(
      file,
      `${text}\n/** Adds ${index}. */\nexport function added${index}(value: number): number {\n  return value + ${index};\n}\n`,
    );
}
