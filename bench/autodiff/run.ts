// Prints the microseconds that a workload takes, forward or with its gradient; `assay.toml` compares the two.
//
// npx tsx --conditions=source bench/autodiff/run.ts chain1000 forward|reverse
import { makeWorkload, workloadNames } from "./workloads.ts";

const [name, direction] = process.argv.slice(2);
const known = workloadNames.find((each) => each === name);
if (known === undefined || (direction !== "forward" && direction !== "reverse")) {
  throw new TypeError(`give one of ${workloadNames.join(", ")}, then forward or reverse`);
}
process.stdout.write(`${leastTime(makeWorkload(known)[direction])}\n`);

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
