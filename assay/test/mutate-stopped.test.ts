// A run of mutants that is over too soon says what it knows, leaves nothing, and the next one goes on from there.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Envelope } from "../src/report/envelope.ts";
import { keptFolder, keptRepository } from "./kept-repository.ts";
import { smallPackage, type TestRepository } from "./repository.ts";
import { isGone, isSleeping, start } from "./started.ts";

const source = `export function grade(points: number): string {
  if (points > 90) return "good";
  return points > 50 ? "fair" : "poor";
}
`;

interface Waiting {
  readonly repository: TestRepository;
  /** Lets the test that waits end at once from now on. */
  readonly release: () => void;
  /** How often the nearest test file was run. */
  readonly runs: () => number;
}

/** The nearest tests do not notice every mutant, and a test further away waits. */
function waiting(): Waiting {
  const folder = keptFolder();
  const [log, wait] = [join(folder, "log"), join(folder, "wait")];
  writeFileSync(wait, "");
  const repository = keptRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/grade.ts": source,
    "src/grade.test.ts": `import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { grade } from "./grade.ts";
test("grades", () => {
  appendFileSync(${JSON.stringify(log)}, "x");
  expect([grade(95), grade(10), typeof grade(60)]).toEqual(["good", "poor", "string"]);
});
`,
    "test/far.test.ts": `import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { report } from "../src/report.ts";
test("reports", () => {
  if (existsSync(${JSON.stringify(wait)})) execFileSync("sleep", ["703"]);
  expect(report(1)).toBe("poor");
}, 900_000);
`,
    "src/report.ts":
      'import { grade } from "./grade.ts";\nexport const report = (points: number): string => grade(points);\n',
  });
  const runs = (): number => (existsSync(log) ? readFileSync(log, "utf8").length : 0);
  return { repository, release: () => rmSync(wait), runs };
}

const mutation = ["--only", "mutation"] as const;

function checkOf(stdout: string): {
  readonly envelope: Envelope;
  readonly details: readonly string[];
  status?: string;
} {
  const envelope = JSON.parse(stdout) as Envelope;
  const check = envelope.result.checks.find(({ id }) => id === "mutation");
  return { envelope, details: check?.details ?? [], ...(check && { status: check.status }) };
}

test.concurrent.each(["SIGINT", "SIGTERM"] as const)(
  "%s: what was killed and what was not noticed so far is said, and the next run does not begin again",
  async (signal) => {
    const { repository, release, runs } = waiting();
    const run = start(repository, "mutate", ...mutation);
    expect(await isSleeping(repository.root, "703")).toBe(true);
    run.kill(signal);
    const { exitCode, stdout } = await run.ended;
    const { envelope, status, details } = checkOf(stdout);
    expect([exitCode, envelope.error?.code, status]).toEqual([2, "interrupted", "deferred"]);
    expect(details[0]).toMatch(/^\d mutants? killed, .*\d not noticed so far \(\d in all\)$/);
    expect(details[1]).toMatch(/^src\/grade\.ts:\d .* → .*: not noticed by 1 test so far, which is no proof yet$/);
    expect(envelope.next_actions[0]?.command).toBe("assay mutate --only mutation --base main");
    expect(await isGone(repository.root)).toBe(true);
    expect(repository.git("status", "--porcelain")).toBe("");
    release();
    const before = runs();
    const again = await start(repository, "mutate", ...mutation).ended;
    expect([again.exitCode, checkOf(again.stdout).status]).toEqual([1, "fail"]);
    // Only the proof that a survivor is one takes another run of it.
    expect(runs() - before).toBeLessThan(before);
  },
);

test("a budget that is spent leaves the rest deferred, and names what goes on", async () => {
  const { repository } = waiting();
  const { exitCode, stdout } = await start(repository, "mutate", ...mutation, "--budget", "24").ended;
  const { envelope, status, details } = checkOf(stdout);
  expect([exitCode, envelope.ok, envelope.error?.code, status]).toEqual([2, false, "interrupted", "deferred"]);
  expect(details[0]).toMatch(/killed, .*not noticed so far/);
  expect(envelope.next_actions[0]?.command).toBe("assay mutate --only mutation --base main --budget 24");
  expect(await isGone(repository.root)).toBe(true);
});
