// Prints the microseconds that a workload takes, forward or with its gradient; `assay.toml` compares the two.
//
// npx tsx --conditions=source bench/autodiff/run.ts chain1000 forward|reverse
//
// What is timed is built from the sources first, as it is published: tsx has esbuild keep the names of classes, and a gradient
// of many small operations takes four times as long.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import type * as Workloads from "./workloads.ts";

const [name, direction] = process.argv.slice(2);
const { makeWorkload, workloadNames } = await builtWorkloads();
const known = workloadNames.find((each) => each === name);
if (known === undefined || (direction !== "forward" && direction !== "reverse")) {
  throw new TypeError(`give one of ${workloadNames.join(", ")}, then forward or reverse`);
}
process.stdout.write(`${leastTime(makeWorkload(known)[direction])}\n`);

async function builtWorkloads(): Promise<typeof Workloads> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "cotangent-bench-")));
  try {
    const file = await bundle(fileURLToPath(new URL("workloads.ts", import.meta.url)), join(place, "built.mjs"));
    return (await import(pathToFileURL(file).href)) as typeof Workloads;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * The least of many, after as many that warm up: what comes on top is somebody else's. By the processor's time, of which
 * a busy machine gives little: code must have become as quick as it gets.
 */
function leastTime(work: () => unknown): number {
  let least = Infinity;
  const before = process.cpuUsage();
  for (let calls = 0; calls < 20 || process.cpuUsage(before).user < 400_000; calls++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return Math.round(least * 1e6) / 1e3;
}
