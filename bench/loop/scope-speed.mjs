// `assay scope` on ten thousand files: the first time ever, and after one edit.
import { rmSync } from "node:fs";
import { compare } from "../compare.mjs";
import { editModule, generateMonorepo } from "../monorepo.mjs";
import { assayStep, forget, readEnvelope } from "./assay.mjs";

/**
 * @param {string} dir A folder that is not there yet; it is removed again.
 * @param {{ n: number, nodes: readonly { major: string, path: string }[], onRun: (text: string) => void }} options
 * @returns {Promise<{ goals: import("../results.mjs").Goal[], measurements: import("../results.mjs").Measurement[] }>}
 */
export async function measureScope(dir, { n, nodes, onRun }) {
  const made = generateMonorepo(dir, { packages: 200, files: 50, tests: 0, bytes: 10_000, imports: 3, install: false });
  let edits = 0;
  const edit = () => editModule(dir, made.near, `edited${(edits += 1)}`);
  const goals = [];
  const measurements = [];
  try {
    edit();
    for (const { major, path } of nodes) {
      const step = assayStep(dir, ["scope", "--base", "main", "--json"], { node: path });
      const cold = await compare(
        [{ name: "assay scope", steps: [step], before: () => forget(dir), after: expectReach }],
        { n: Math.min(n, 5), onRun },
      );
      const warm = await compare([{ name: "assay scope", steps: [step], before: edit, after: expectReach }], {
        n: n * 2,
        warmup: 2,
        onRun,
      });
      const what = `${made.size.packages} packages, ${made.size.source_files} files, ${Math.round(made.size.bytes / 1e6)} MB.`;
      goals.push({
        what: `scope of 10,000 files, cold, Node ${major}`,
        value: Math.round(cold.sides[0].median_ms),
        at_most: 4000,
        unit: "ms",
      });
      goals.push({
        what: `scope of 10,000 files, one more edit, Node ${major}`,
        value: Math.round(warm.sides[0].median_ms),
        at_most: 200,
        unit: "ms",
      });
      measurements.push({
        title: `Scope of 10,000 files, cold, Node ${major}`,
        what: `${what} Nothing remembered.`,
        comparison: cold,
      });
      measurements.push({
        title: `Scope of 10,000 files, one more edit, Node ${major}`,
        what: `${what} The same file edited before each run.`,
        comparison: warm,
      });
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return { goals, measurements };
}

/** A scope that fell back to everything, or to nothing, was not resolved. @param {readonly import("../compare.mjs").Output[]} outputs */
function expectReach([output]) {
  const { result } = readEnvelope(output);
  const files = result.files?.length ?? 0;
  if (result.scope.fallback !== null || files === 0)
    throw new Error(`the scope was not resolved: ${JSON.stringify(result).slice(0, 500)}`);
}
