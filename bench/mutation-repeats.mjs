// Does `assay mutate` say the same of every mutant, however often it is asked?
//
// node bench/mutation-repeats.mjs [--repeats 20] NAME=CHECKOUT[@COMMIT] …
//
// All mutants of each change, nothing remembered, so many times more. The checkouts are those of bench/mutation.mjs; they
// are not written to. A busy machine is no excuse: verdicts do not depend on time. Ends with 1 if one of them changed.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cloneCheckout, readCheckout } from "./checkouts.mjs";
import { runStep } from "./compare.mjs";
import { environment } from "./environment.mjs";
import { forget } from "./loop/assay.mjs";
import { mutateStep, ownReport } from "./mutation/own-run.mjs";
import { count, verdictsOf } from "./mutation/verdicts.mjs";
import { isMet, storeResult } from "./results.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repeats: { type: "string", default: "20" } },
});
if (positionals.length === 0) throw new Error("name one case or more: NAME=CHECKOUT[@COMMIT]");
const repeats = Number(values.repeats);

const place = realpathSync(mkdtempSync(join(tmpdir(), "assay-bench-repeats-")));
const started = environment();
/** @type {Record<string, string>} */
const subject = {};
/** @type {import("./results.mjs").Goal[]} */
const goals = [];
try {
  for (const argument of positionals) {
    const [, name = "", path = ""] = /^([\w-]+)=(.+)$/.exec(argument) ?? [];
    if (name === "") throw new Error(`"${argument}" is no NAME=CHECKOUT[@COMMIT]`);
    const checkout = readCheckout(path);
    const dir = join(place, name);
    cloneCheckout(checkout, dir);
    const { mutants, changed } = await repeat(name, dir);
    subject[name] = `${checkout.repository} "${checkout.subject}", ${mutants} mutants`;
    goals.push({
      what: `${name}, ${mutants} mutants, other verdicts in ${repeats} repeats`,
      value: changed,
      at_most: 0,
      unit: "mutants",
    });
    storeResult("mutation-repeats", {
      title: "Mutation testing, the same again",
      environment: started,
      subject,
      goals,
      measurements: [],
    });
  }
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 3 });
}
if (!goals.every(isMet)) process.exitCode = 1;

/** @param {string} name @param {string} dir @returns {Promise<{ mutants: number, changed: number }>} */
async function repeat(name, dir) {
  // Not twelve of them, but all.
  writeFileSync(join(dir, "assay.toml"), "[mutate]\nmax_mutants = 1000\n");
  writeFileSync(join(dir, ".git/info/exclude"), "assay.toml\n");
  const step = mutateStep(dir, ["--base", "main", "--only", "mutation", "--report"]);
  /** @returns {Promise<import("./mutation/stryker.mjs").Report>} */
  const run = async () => {
    forget(dir);
    await runStep(step);
    return ownReport(dir);
  };
  const first = await run();
  const before = verdictsOf(first);
  process.stderr.write(`${name}: ${count(first)} mutants\n`);
  /** @type {Set<string>} */
  const changed = new Set();
  for (let round = 1; round <= repeats; round += 1) {
    const now = verdictsOf(await run());
    for (const id of new Set([...before.keys(), ...now.keys()])) if (before.get(id) !== now.get(id)) changed.add(id);
    process.stderr.write(`repeat ${round} of ${repeats}: ${changed.size} other verdicts\n`);
  }
  return { mutants: count(first), changed: changed.size };
}
