// The loop on a real repository, with a change of its own history.
import { join } from "node:path";
import { cloneCheckout, git, readCheckout } from "../checkouts.mjs";
import { compare } from "../compare.mjs";
import { environment } from "../environment.mjs";
import { assayStep, expectPassed, forget, readEnvelope } from "./assay.mjs";
import { measureNoOp } from "./no-op.mjs";
import { tool } from "./peers.mjs";

/**
 * @param {string} argument `DIR` or `DIR@COMMIT`.
 * @param {readonly string[]} peers The same work by hand: tools of the repository with their arguments, base `main`.
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

/** @param {string} dir @param {readonly string[]} peers @param {{ n: number, onRun: (text: string) => void }} options */
async function measureChange(dir, peers, { n, onRun }) {
  const steps = peers.map((line) => line.split(" ")).map(([name, ...args]) => tool(dir, name, args));
  const sides = [
    {
      name: "assay loop",
      steps: [assayStep(dir, ["loop", "--base", "main", "--json"])],
      before: () => forget(dir),
      after: (/** @type {readonly import("../compare.mjs").Output[]} */ [output]) =>
        expectPassed(readEnvelope(output), ["lint", "types", "tests"]),
    },
    { name: "the tools in sequence", steps },
  ];
  const comparison = await compare(sides, { n, onRun });
  const goals = [
    { what: "a real change: the tools in sequence over assay", value: comparison.ratios[1], at_least: 2.5, unit: "×" },
  ];
  const measurements = [
    { title: "A real change: the tools in sequence", what: "assay remembers nothing each time.", comparison },
  ];
  return { goals, measurements };
}
