// The loop on a real repository, with a change of its own history.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cloneCheckout, git, readCheckout } from "../checkouts.mjs";
import { compare } from "../compare.mjs";
import { environment } from "../environment.mjs";
import { assayStep, expectPassed, forget, forgetOutcomes, readEnvelope } from "./assay.mjs";
import { measureNoOp } from "./no-op.mjs";
import { tool } from "./peers.mjs";

/**
 * @param {string} argument `DIR` or `DIR@COMMIT`.
 * @param {readonly string[]} peers The same work by hand: tools of the repository with their arguments, base `main`;
 *   `packages/a: eslint .` is run in that folder.
 * @param {{ place: string, n: number, nodes: readonly { major: string, path: string }[], onRun: (text: string) => void }} options
 * @returns {Promise<{ name: string, result: import("../results.mjs").Result }>}
 */
export async function measureCheckout(argument, peers, { place, n, nodes, onRun }) {
  const started = environment();
  const checkout = readCheckout(argument);
  const dir = join(place, checkout.name);
  cloneCheckout(checkout, dir);
  git(dir, "checkout", "-q", "-B", "work", "main");
  const noOp = await measureNoOp(dir, { base: "main", n: n * 8, nodes, onRun });
  git(dir, "checkout", "-q", "change");
  const subject = {
    repository: checkout.name,
    commit: checkout.commit.slice(0, 12),
    files: git(dir, "ls-files").split("\n").length,
  };
  const change = peers.length === 0 ? { goals: [], measurements: [] } : await measureChange(dir, peers, { n, onRun });
  return {
    name: checkout.name,
    result: {
      title: `The loop on ${checkout.name}`,
      environment: started,
      subject,
      goals: [...noOp.goals, ...change.goals],
      measurements: [...noOp.measurements, ...change.measurements],
    },
  };
}

/** @param {string} when @param {import("../compare.mjs").Comparison} comparison @returns {import("../results.mjs").Goal} */
function goal(when, { ratios }) {
  const what = `a real change, ${when}: the tools in sequence over assay`;
  return { what, value: ratios[1], at_least: 2.5, unit: "×" };
}

/** @param {string} dir @param {string} line @returns {import("../compare.mjs").Step} */
function peerStep(dir, line) {
  const [, folder = "", command = line] = /^(\S+): (.+)$/.exec(line) ?? [];
  const [name = "", ...args] = command.split(" ");
  const own = join(dir, folder, "node_modules/.bin", name);
  const step = tool(dir, name, args);
  return { ...step, command: existsSync(own) ? own : step.command, cwd: join(dir, folder) };
}

/** @param {string} dir @param {readonly string[]} peers @param {{ n: number, onRun: (text: string) => void }} options */
async function measureChange(dir, peers, { n, onRun }) {
  const steps = peers.map((line) => peerStep(dir, line));
  const sides = [
    {
      name: "assay loop",
      steps: [assayStep(dir, ["loop", "--base", "main", "--json"])],
      // Its verdicts are forgotten, what it and the tools keep to be quicker is not.
      before: () => forgetOutcomes(dir),
      after: (/** @type {readonly import("../compare.mjs").Output[]} */ [output]) =>
        expectPassed(readEnvelope(output), ["lint", "types", "tests"]),
    },
    { name: "the tools in sequence", steps },
  ];
  const again = await compare(sides, { n, warmup: 1, onRun });
  const first = await compare([{ ...sides[0], before: () => forget(dir) }, sides[1]], { n, onRun });
  const measurements = [
    {
      title: "A real change: the tools in sequence",
      what: "All sides keep what they keep from run to run, verdicts aside.",
      comparison: again,
    },
    {
      title: "A real change, the first run ever: the tools in sequence",
      what: "assay remembers nothing.",
      comparison: first,
    },
  ];
  return { goals: [goal("again", again), goal("the first run ever", first)], measurements };
}
