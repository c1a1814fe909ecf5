import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

/** Of two equal numbers either is the greater one: without its second line `max` does the same. */
const max =
  "export function max(a: number, b: number): number {\n  if (a === b) return a;\n  return Math.max(a, b);\n}\n";
const maxTest =
  'import { expect, test } from "vitest";\nimport { max } from "./max.ts";\n\ntest("the greater one", () => expect([max(1, 2), max(2, 1), max(3, 3)]).toEqual([2, 2, 3]));\n';

const chosen = '[mutate]\nmutators = ["condition-constant"]\n';

function maxBranch(): TestRepository {
  const repository = gitRepository({ ...smallPackage, "assay.toml": chosen });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/max.ts": max, "src/max.test.ts": maxTest });
  return repository;
}

function entry(mutant: string): string {
  return `${chosen}[[mutate.equivalent]]\npath = "src/max.ts"\nmutant = "${mutant}"\nreason = "of two equal numbers either is the greater one"\n`;
}

async function survivorOf(repository: TestRepository): Promise<string> {
  const { exitCode, envelope } = await assay(repository, "mutate", "--only", "mutation");
  expect(exitCode).toBe(1);
  return /\(control-flow ([0-9a-f]{10})\) survived/.exec(JSON.stringify(envelope))?.[1] ?? "";
}

test("an acknowledged equivalent does not fail, and is shown to be reviewed where it is new", async () => {
  const repository = maxBranch();
  repository.commit({ "assay.toml": entry(await survivorOf(repository)) });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation"), statusOf(envelope, "stale-equivalent")]).toEqual([
    0,
    "pass",
    "pass",
  ]);
  expect(envelope.result.checks[0]).toMatchObject({
    id: "stale-equivalent",
    details: [
      "newly acknowledged as equivalent: src/max.ts:2 `if (a === b) return a;` → `if (false) return a;`: of two equal numbers either is the greater one",
    ],
  });
  const { stdout } = await assay(repository, "mutate", "--pretty");
  expect(stdout).toMatch(/! stale-equivalent: to review\n +newly acknowledged as equivalent: src\/max\.ts:2 /);
});

test("it holds wherever the function moves, and is not shown again once it is in the base", async () => {
  const repository = maxBranch();
  repository.commit({ "assay.toml": entry(await survivorOf(repository)) });
  repository.git("switch", "-q", "main");
  repository.git("merge", "-q", "work");
  repository.git("switch", "-q", "work");
  repository.commit({ "src/max.ts": `export const zero = 0;\n\n${max}` });
  const { envelope } = await assay(repository, "mutate", "--only", "stale-equivalent");
  expect(envelope.result.checks).toMatchObject([{ status: "pass", details: [] }]);
});

test("it fails when the function around it changes, and when its file is gone", async () => {
  const repository = maxBranch();
  repository.commit({ "assay.toml": entry(await survivorOf(repository)) });
  repository.commit({ "src/max.ts": max.replace("(a, b);", "(b, a);") });
  const changed = await assay(repository, "mutate", "--only", "stale-equivalent");
  expect(changed.envelope.result.checks[0]).toMatchObject({ status: "fail" });
  expect(changed.envelope.result.checks[0]?.details[0]).toMatch(/no such mutant is there any more; remove the entry/);
  repository.git("rm", "-q", "src/max.ts", "src/max.test.ts");
  const gone = await assay(repository, "mutate", "--only", "stale-equivalent");
  expect(gone.envelope.result.checks[0]?.details[0]).toMatch(/there is no such source file; remove the entry/);
});

test("it fails when a test can tell it from the original after all", async () => {
  const repository = maxBranch();
  const mutant = await survivorOf(repository);
  const noticing = maxTest.replace("max(3, 3)]", "1 / max(-0, 0)]").replace("2, 2, 3", "2, 2, -Infinity");
  repository.commit({ "assay.toml": entry(mutant), "src/max.test.ts": noticing });
  const { exitCode, envelope } = await assay(repository, "mutate", "--only", "mutation");
  expect(exitCode).toBe(1);
  expect(JSON.stringify(envelope)).toContain(`the mutant ${mutant} is acknowledged as equivalent, but`);
});

test("the same mutant of another file is a new one", async () => {
  const repository = maxBranch();
  const mutant = await survivorOf(repository);
  repository.commit({ "assay.toml": entry(mutant) });
  repository.git("switch", "-q", "main");
  repository.git("merge", "-q", "work");
  repository.git("switch", "-q", "work");
  const copied = entry(mutant).slice(chosen.length).replace("src/max.ts", "src/copy.ts");
  repository.commit({ "src/copy.ts": max, "assay.toml": entry(mutant) + copied });
  const { envelope } = await assay(repository, "mutate", "--only", "stale-equivalent");
  expect(envelope.result.checks).toMatchObject([
    { status: "pass", details: [expect.stringContaining("newly acknowledged as equivalent: src/copy.ts:2")] },
  ]);
});
