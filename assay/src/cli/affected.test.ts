import { expect, test } from "vitest";
import type { CommandName } from "../model/check.ts";
import { repoPath } from "../model/paths.ts";
import { affectedBy } from "./affected.ts";
import { readSituation } from "./situation.ts";
import { stateDir } from "./state-dir.ts";
import { repositoryOf } from "./testing/answer.ts";

const files = { "package.json": "{}\n", "a.js": "export const a = 1;\n", "b.js": "export const b = 1;\n" };

/** Is everything affected, and which of the files are? */
async function affected(command: CommandName, edits: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const repository = repositoryOf(files);
  for (const [path, text] of Object.entries(edits)) repository.write(path, text);
  const reached = await affectedBy(command, await readSituation({ dir: repository.root, base: "main" }));
  return [reached.affected.everything, [...reached.affected.reached.keys()].toSorted()];
}

test("a loop is about what the change reaches, a gate about everything", async () => {
  const edit = { "a.js": "export const a = 2;\n" };
  expect(await affected("loop", edit)).toEqual([false, ["a.js"]]);
  expect((await affected("gate", edit))[0]).toBe(true);
  expect(await affected("loop", {})).toEqual([false, []]);
  expect(await affected("gate", {})).toEqual([true, []]);
});

test("what everything hangs on makes a loop about everything", async () => {
  expect((await affected("loop", { "package.json": '{ "type": "module" }\n' }))[0]).toBe(true);
});

test("who sees a difference in files is told by who imports them, whatever the change is about", async () => {
  const repository = repositoryOf({
    ...files,
    "user.js": 'import "./a.js";\n',
    "other.js": 'import "./b.js";\n',
  });
  repository.write("b.js", "export const b = 2;\n");
  const { seenBy } = await affectedBy("loop", await readSituation({ dir: repository.root, base: "main" }));
  const seers = (changed: string): readonly string[] => {
    const sees = seenBy([repoPath(changed)]);
    return ["a.js", "b.js", "user.js", "other.js"].filter((path) => sees(repoPath(path)));
  };
  expect([seers("a.js"), seers("b.js"), seers("gone.js")]).toEqual([
    ["a.js", "user.js"],
    ["b.js", "other.js"],
    // Nobody knows any more who could see it.
    ["a.js", "b.js", "user.js", "other.js"],
  ]);
});

test("where nothing changed it is not known who would see a difference, so that all may", async () => {
  const { root } = repositoryOf(files);
  const { seenBy, reachOf, notes } = await affectedBy("loop", await readSituation({ dir: root, base: "main" }));
  expect([seenBy([])(repoPath("a.js")), reachOf(repoPath("")), notes]).toEqual([true, null, []]);
});

test("what can be forgotten lies in git's own folder", async () => {
  const { root } = repositoryOf(files);
  const situation = await readSituation({ dir: root, base: "main" });
  expect(stateDir(situation.repository)).toBe(`${root}/.git/assay`);
});
