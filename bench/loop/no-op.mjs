// `assay loop` with nothing changed, against the least that finding this out can cost.
import { fileURLToPath } from "node:url";
import { compare } from "../compare.mjs";
import { assayStep } from "./assay.mjs";

const floor = fileURLToPath(new URL("../scope-floor.mjs", import.meta.url));
const limits = /** @type {Readonly<Record<string, number>>} */ ({ 20: 110, 24: 70 });

/**
 * @param {string} dir A repository whose checked-out branch has nothing over `base`.
 * @param {{ base: string, n: number, nodes: readonly { major: string, path: string }[], onRun: (text: string) => void }} options
 * @returns {Promise<{ goals: import("../results.mjs").Goal[], measurements: import("../results.mjs").Measurement[] }>}
 */
export async function measureNoOp(dir, { base, n, nodes, onRun }) {
  const goals = [];
  const measurements = [];
  for (const { major, path } of nodes) {
    const sides = [
      { name: "scope floor", steps: [{ command: path, args: [floor, dir, base], cwd: dir }] },
      { name: "assay loop", steps: [assayStep(dir, ["loop", "--base", base, "--json"], { node: path })] },
    ];
    const comparison = await compare(sides, { n, warmup: 3, onRun });
    const [, loop] = comparison.sides;
    goals.push({
      what: `nothing changed, Node ${major}: over the floor`,
      value: comparison.ratios[1],
      at_most: 1.5,
      unit: "×",
    });
    const limit = limits[major];
    if (limit !== undefined)
      goals.push({
        what: `nothing changed, Node ${major}`,
        value: Math.round(loop.median_ms),
        at_most: limit,
        unit: "ms",
      });
    measurements.push({
      title: `Nothing changed, Node ${major}`,
      what: "`bench/scope-floor.mjs` is the floor.",
      comparison,
    });
  }
  return { goals, measurements };
}
