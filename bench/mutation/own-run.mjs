// assay mutating a checkout, and what it reports.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assayStep } from "../loop/assay.mjs";

/** Tests may look at what an environment says of colours. @param {string} dir @param {readonly string[]} args */
export function mutateStep(dir, args) {
  return { ...assayStep(dir, ["mutate", ...args, "--json"], { expect: [0, 1] }), env: {} };
}

/** @param {string} dir @returns {import("./stryker.mjs").Report} */
export function ownReport(dir) {
  const text = readFileSync(join(dir, ".git/assay/reports/mutation.json"), "utf8");
  return /** @type {import("./stryker.mjs").Report} */ (JSON.parse(text));
}
