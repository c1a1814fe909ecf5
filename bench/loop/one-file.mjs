// `assay loop` after one file has changed, against the same tools by hand and against task runners.
import { join } from "node:path";
import { compare, runStep } from "../compare.mjs";
import { editModule, git } from "../monorepo.mjs";
import { assayStep, expectPassed, forget, readEnvelope } from "./assay.mjs";
import { nxReset, nxStep, peerSteps, turboStep } from "./peers.mjs";

/**
 * @typedef {import("../monorepo.mjs").Target} Target
 * @typedef {{ lint: import("../monorepo/configuration.mjs").Linter, n: number, onRun: (text: string) => void }} Options
 * @typedef {{ goals: import("../results.mjs").Goal[], measurements: import("../results.mjs").Measurement[] }} Measured
 */

/** Commits an edit of the target on `change` and checks that out. @param {string} dir @param {Target} target */
export function checkOutChange(dir, target) {
  git(dir, "checkout", "-q", "-f", "-B", "change", "main");
  editModule(dir, target);
  git(dir, "commit", "-q", "-am", "feat: round to the ten below");
}

/** Against vitest, the linter and tsc in sequence. assay starts with nothing remembered each time. @param {string} dir @param {Target} target @param {Options} options @returns {Promise<Measured>} */
export async function measureOneFile(dir, target, { lint, n, onRun }) {
  const sides = [coldLoop(dir), { name: `vitest --changed, ${lint}, tsc`, steps: inSequence(dir, lint, target) }];
  const comparison = await compare(sides, { n, onRun });
  const packages = `${target.affected.length} packages affected`;
  const next = await compareNextEdit(dir, target, { lint, n, onRun });
  return {
    goals: [
      {
        what: `one more edit, ${lint}, ${packages}: the tools in sequence over assay`,
        value: next.ratios[1],
        at_least: 2.5,
        unit: "×",
      },
      {
        what: `the first run ever, ${lint}, ${packages}: the tools in sequence over assay`,
        value: comparison.ratios[1],
        at_least: 2.5,
        unit: "×",
      },
    ],
    measurements: [
      {
        title: `One more edit, ${lint}, ${packages}: the tools in sequence`,
        what: "The same file is edited before each round, as it is while one works; all sides keep what they keep from run to run. assay checks formatting and its guards besides; the tools are called without a package manager in front. The last row gives vitest the cache of modules that it does not use by itself.",
        comparison: next,
      },
      {
        title: `The first run ever, ${lint}, ${packages}: the tools in sequence`,
        what: "assay remembers nothing.",
        comparison,
      },
    ],
  };
}

/** @param {string} dir @param {Options["lint"]} linter @param {Target} target @param {{ moduleCache?: string }} [options] */
function inSequence(dir, linter, target, options) {
  const { tests, lint, types } = peerSteps(dir, linter, target.affected, options);
  return [tests, lint, ...types];
}

/** Every side is given the same edit. @param {string} dir @param {Target} target @param {Options} options */
async function compareNextEdit(dir, target, { lint, n, onRun }) {
  let edits = 0;
  const moduleCache = join(dir, "node_modules/.kept-modules");
  const sides = [
    {
      name: "assay loop",
      steps: [loopStep(dir)],
      before: () => editModule(dir, target, `roundedAgain${(edits += 1)}`),
      after: expectVerified,
    },
    { name: `vitest --changed, ${lint}, tsc`, steps: inSequence(dir, lint, target) },
    {
      name: "the same, vitest keeping modules",
      steps: inSequence(dir, lint, target, { moduleCache }),
    },
  ];
  // The first round fills what the sides keep.
  const comparison = await compare(sides, { n, warmup: 1, onRun });
  git(dir, "checkout", "-q", "--", ".");
  return comparison;
}

/** Against turbo and nx, with nothing cached on any side. @param {string} dir @param {Target} target @param {Options} options @returns {Promise<Measured>} */
export async function measureTaskRunners(dir, target, { lint, n, onRun }) {
  const sides = [
    coldLoop(dir),
    { name: "turbo run --affected", steps: [turboStep(dir)] },
    { name: "nx affected", steps: [nxStep(dir)], before: async () => void (await runStep(nxReset(dir))) },
  ];
  const comparison = await compare(sides, { n, onRun });
  const packages = `${target.affected.length} packages affected`;
  return {
    goals: sides.slice(1).map(({ name }, index) => ({
      what: `${name} cold over assay, ${lint}, ${packages}`,
      value: comparison.ratios[index + 1],
      at_least: 1,
      unit: "×",
    })),
    measurements: [
      {
        title: `One file changed, ${lint}, ${packages}: task runners, cold`,
        what: "`lint`, `typecheck` and `test` of the affected packages, `--force` and `--skip-nx-cache`, nx without its daemon after `nx reset`.",
        comparison,
      },
    ],
  };
}

/** The loop again with nothing edited in between. @param {string} dir @param {Target} target @param {Options} options @returns {Promise<Measured>} */
export async function measureRepeat(dir, target, { lint, n, onRun }) {
  await runStep(loopStep(dir));
  const again = await compare([{ name: "assay loop, again", steps: [loopStep(dir)], after: expectReplayed }], {
    n,
    onRun,
  });
  const packages = `${target.affected.length} packages affected`;
  return {
    goals: [],
    measurements: [
      {
        title: `The loop again, ${lint}, ${packages}`,
        what: "Nothing edited since: every check is replayed.",
        comparison: again,
      },
    ],
  };
}

/** Green output in its two forms. @param {string} dir @returns {Promise<import("../results.mjs").Goal[]>} */
export async function measureSizes(dir) {
  const json = await runStep(assayStep(dir, ["loop", "--base", "main", "--json"]));
  const text = await runStep(assayStep(dir, ["loop", "--base", "main", "--pretty"]));
  return [
    { what: "green text", value: text.stdout.length, at_most: 300, unit: "characters" },
    { what: "green JSON", value: json.stdout.length, at_most: 1500, unit: "characters" },
  ];
}

/** @param {string} dir @returns {import("../compare.mjs").Side} */
function coldLoop(dir) {
  return { name: "assay loop", steps: [loopStep(dir)], before: () => forget(dir), after: expectVerified };
}

/** @param {string} dir */
function loopStep(dir) {
  return assayStep(dir, ["loop", "--base", "main", "--json"]);
}

/** @param {readonly import("../compare.mjs").Output[]} outputs */
function expectVerified([output]) {
  const envelope = readEnvelope(output);
  expectPassed(envelope, ["lint", "types", "tests"]);
  const replayed = envelope.result.checks.filter(({ id, cached }) => cached && ["types", "tests"].includes(id));
  if (replayed.length > 0) throw new Error(`replayed instead of run: ${replayed.map(({ id }) => id).join(", ")}`);
}

/** @param {readonly import("../compare.mjs").Output[]} outputs */
function expectReplayed([output]) {
  const envelope = readEnvelope(output);
  expectPassed(envelope, ["lint", "types", "tests"]);
  const run = envelope.result.checks.filter(({ id, cached }) => !cached && ["lint", "types", "tests"].includes(id));
  if (run.length > 0) throw new Error(`run again although nothing changed: ${run.map(({ id }) => id).join(", ")}`);
}
