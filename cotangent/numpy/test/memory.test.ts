import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** The most memory (MiB) that a program takes which adds arrays of 8 MB in one synchronous loop and drops the sums. */
function peakOfAdditions(times: number, before: string): number {
  const program = `
    ${before}
    const np = await import("@cotangent/numpy");
    const x = np.ones([1e6]);
    let sum;
    for (let each = 0; each < ${times}; each++) sum = np.add(x, x);
    if (np.sum(sum).item() !== 2e6) throw new Error("the last sum is wrong");
    console.log(process.resourceUsage().maxRSS / 1024);
  `;
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
