// Measures `assay mutate` against StrykerJS: the same change, the same mutants, in turns.
//
// node bench/mutation.mjs [--n 3] NAME=CHECKOUT[@COMMIT] …
//
// Each checkout has its dependencies installed, vitest among them, and is not written to. StrykerJS comes from the npm
// registry and needs Node 22 or newer. The choice that the goals are about, made before anything was measured:
//   small       unjs/ufo@3c4b43d           a new function in the only source file
//   leaf        honojs/hono@28a9c128       a helper that one test file reaches
//   core        honojs/hono@63bbcf50       a router, which half of the test files reach
//   large       toss/es-toolkit@3433044c4  a shared helper under 120 test files
//   module      toss/es-toolkit@dd7fb9fbc  regular expressions that are made while the module loads
// hono's configuration runs its tests in several programs; for both tools its commits are laid on one that runs those
// of its `main` project alone, without src/jsx/dom, src/client and src/middleware/jwk, which need more than was installed.
// Ends with 1 if a goal is missed.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readCheckout } from "./checkouts.mjs";
import { environment } from "./environment.mjs";
import { measureCase } from "./mutation/case.mjs";
import { installStryker, strykerVersion } from "./mutation/stryker.mjs";
import { isMet, storeResult } from "./results.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { n: { type: "string", default: "3" } },
});
if (positionals.length === 0) throw new Error("name one case or more: NAME=CHECKOUT[@COMMIT]");
if (Number(process.versions.node.split(".")[0]) < 22) throw new Error("StrykerJS 10 needs Node 22 or newer");
const onRun = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

const place = realpathSync(mkdtempSync(join(tmpdir(), "assay-bench-mutation-")));
/** @type {{ readonly name: string, readonly measured: import("./mutation/case.mjs").MeasuredCase }[]} */
const cases = [];
const started = environment();
try {
  const stryker = installStryker(join(place, "stryker"));
  for (const argument of positionals) {
    const [, name = "", path = ""] = /^([\w-]+)=(.+)$/.exec(argument) ?? [];
    if (name === "") throw new Error(`"${argument}" is no NAME=CHECKOUT[@COMMIT]`);
    const checkout = readCheckout(path);
    const options = { dir: join(place, name), stryker, n: Number(values.n), onRun };
    cases.push({ name, measured: await measureCase(name, checkout, options) });
    store();
  }
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 3 });
}

/** After each case: what is measured is not lost with the next one. */
function store() {
  /** @type {import("./results.mjs").Result} */
  const result = {
    title: "Mutation testing against StrykerJS",
    environment: started,
    subject: {
      strykerjs: strykerVersion,
      ...Object.fromEntries(cases.map(({ name, measured }) => [name, measured.subject])),
    },
    goals: [...overall(), ...cases.flatMap(({ measured }) => measured.goals)],
    measurements: cases.flatMap(({ measured }) => measured.measurements),
    findings: cases.flatMap(({ measured }) => measured.verdicts),
  };
  storeResult("mutation", result);
  for (const goal of result.goals) {
    if (!isMet(goal)) process.exitCode = 1;
  }
}

/** @returns {readonly import("./results.mjs").Goal[]} */
function overall() {
  const ratios = cases.flatMap(({ measured }) => measured.killable ?? []);
  if (ratios.length === 0) return [];
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const value = Math.round(mean * 100) / 100;
  return [
    {
      what: `all mutants killed, StrykerJS over assay: geometric mean of ${ratios.length}`,
      value,
      at_least: 15,
      unit: "×",
    },
  ];
}
