// A verdict is about the files that are there when it is given.
import { expect, test } from "vitest";
import { keptRepository } from "./kept-repository.ts";
import { assay, smallPackage, type TestRepository } from "./repository.ts";

/** A change whose test does this before it passes. */
function busyRepository(statement: string): TestRepository {
  const busy = `import { execFileSync } from "node:child_process";
import { writeFileSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { sum } from "./sum.ts";

test("adds", () => {
  ${statement}
  expect(sum(1, 2)).toBe(3);
  execFileSync;
  rmSync;
  writeFileSync;
});
`;
  const repository = keptRepository({
    ...smallPackage,
    "src/sum.test.ts": busy,
    "src/other.ts": "export const a = 1;\n",
  });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  return repository;
}

const writers = {
  "rewrites a source": 'writeFileSync("src/other.ts", "export const a: string = 1;\\n");',
  "removes a source": 'rmSync("src/other.ts");',
  "rewrites the changed source": 'writeFileSync("src/sum.ts", "export const sum = 1;\\n");',
} as const;

test.concurrent.each(Object.entries(writers))("a test that %s takes the verdict away", async (_what, statement) => {
  const { exitCode, envelope } = await assay(busyRepository(statement), "loop", "--base", "main", "--only", "tests");
  expect([exitCode, envelope.error?.code]).toEqual([2, "interrupted"]);
  expect(envelope.error?.message).toMatch(/changed while it was checked: src\/(?:other|sum)\.ts/);
  expect(envelope.next_actions.length).toBeGreaterThan(0);
});

test.concurrent("a pass that was seen while the tree changed is not replayed for the tree as it was", async () => {
  const repository = busyRepository('writeFileSync("src/other.ts", "export const a = 2;\\n");');
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(2);
  repository.write({ "src/other.ts": "export const a = 1;\n" });
  const { envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([envelope.error?.code, envelope.result.checks.map((check) => check.cached)]).toEqual(["interrupted", [false]]);
});

test.concurrent("a commit that is made while checks run is told of, and takes no verdict away", async () => {
  const repository = busyRepository(
    'execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qam", "feat: sum"]);',
  );
  const { exitCode, stderr } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("while checks ran. The files are the same")]);
});

test.concurrent("another branch that is switched to while checks run takes the verdict away, and is named", async () => {
  const repository = busyRepository('execFileSync("git", ["switch", "-q", "other"]);');
  repository.git("switch", "-q", "-c", "other");
  repository.commit({ "src/sum.ts": `${smallPackage["src/sum.ts"]}// other\n` });
  repository.git("switch", "-q", "main");
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/sum.ts": `${smallPackage["src/sum.ts"]}// work\n` });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, envelope.error?.code]).toEqual([2, "interrupted"]);
  expect(envelope.error?.message).toMatch(/changed while it was checked: src\/sum\.ts, since HEAD moved from/);
});

test.concurrent("a test that leaves a new file is green, with a word about it", async () => {
  const repository = busyRepository('writeFileSync("src/left.txt", "x");');
  const { exitCode, stdout } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, stdout]).toEqual([0, expect.any(String)]);
});
