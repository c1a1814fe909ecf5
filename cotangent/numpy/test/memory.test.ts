import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** The most memory (MiB) that a program takes which adds arrays of 8 MB in one synchronous loop and drops the sums. */
function peakOfAdditions(times: number, before: string): number {
  return peakOf(`
    ${before}
    const np = await import("@cotangent/numpy");
    const x = np.ones([1e6]);
    let sum;
    for (let each = 0; each < ${times}; each++) sum = np.add(x, x);
    if (np.sum(sum).item() !== 2e6) throw new Error("the last sum is wrong");
  `);
}

/** The most memory (MiB) that a program takes. */
function peakOf(source: string): number {
  const program = `${source}; console.log(process.resourceUsage().maxRSS / 1024);`;
  const args = ["--import", "tsx", "--conditions=source", "--input-type=module", "-e", program];
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
  return Number(stdout);
}

test(
  "10,000 sums of arrays of a million elements in one synchronous loop stay under 1 GiB",
  { timeout: 600_000 },
  () => {
    expect(peakOfAdditions(10_000, "")).toBeLessThan(1024);
  },
);

test("so they do where garbage can't be collected on demand", { timeout: 600_000 }, () => {
  expect(peakOfAdditions(1500, "process.getBuiltinModule = undefined;")).toBeLessThan(1024);
});

test(
  "a graph of a thousand sums of such arrays lets go of each once it has been added to",
  { timeout: 600_000 },
  () => {
    const peak = peakOf(`
    const np = await import("@cotangent/numpy");
    const { evaluate, trace } = await import("@cotangent/core");
    const { graph } = trace((x) => {
      let sum = x;
      for (let each = 0; each < 1000; each++) sum = np.add(sum, x);
      return sum;
    })(np.ones([1]));
    const wide = { ...graph, avals: graph.avals.map(({ dtype }) => ({ shape: [1e6], dtype })) };
    const [sum] = evaluate(wide, [np.ones([1e6])]);
    if (np.sum(sum).item() !== 1001e6) throw new Error("the sum is wrong");
  `);
    expect(peak).toBeLessThan(1024);
  },
);
