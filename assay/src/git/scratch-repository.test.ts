import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createScratchRepository } from "./scratch-repository.ts";
import { repositoryAt } from "./test-repository.ts";

const folders: string[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "assay-scratch-")));
  folders.push(made);
  return made;
}

test("a repository is made from nothing, also for who has told git nothing about themselves", async () => {
  vi.stubEnv("HOME", folder());
  vi.stubEnv("XDG_CONFIG_HOME", folder());
  const root = folder();
  const scratch = await createScratchRepository(root, { "a.ts": "a\n", "src/deep/b.ts": "b\n" });
  await scratch.branch("feature");
  await scratch.commit({ "a.ts": "A\n" }, "feat: more");
  const { git } = repositoryAt(root);
  expect(git("log", "--all", "--format=%an <%ae> %s %D")).toBe(
    "an agent <agent@example.org> feat: more HEAD -> feature\nan agent <agent@example.org> chore: the start main",
  );
  expect(git("ls-tree", "-r", "--name-only", "main").split("\n")).toEqual(["a.ts", "src/deep/b.ts"]);
  expect([readFileSync(join(root, "a.ts"), "utf8"), git("show", "main:a.ts")]).toEqual(["A\n", "a"]);
  expect(git("status", "--porcelain")).toBe("");
});
