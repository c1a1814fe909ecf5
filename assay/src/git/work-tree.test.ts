import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { listIndex } from "./listing.ts";
import { openRepository } from "./repository.ts";
import type { Status } from "./status.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";
import { readWorkTree, type WorkTree } from "./work-tree.ts";

function repository(files: Readonly<Record<string, string | Buffer>>): TestRepository {
  const made = makeRepository(files);
  onTestFinished(() => made.remove());
  return made;
}

interface Told {
  /** What git found changed. */
  readonly listed?: Readonly<Record<string, "different" | "gone">>;
  readonly files?: readonly string[];
  readonly nested?: readonly string[];
  readonly thorough?: boolean;
  readonly keepsModes?: boolean;
}

async function read(
  { root }: TestRepository,
  { listed = {}, files = [], nested = [], thorough, keepsModes = true }: Told = {},
) {
  const opened = { ...(await openRepository(root)), keepsModes };
  const onDisk: Status["onDisk"] = new Map(Object.entries(listed).map(([path, how]) => [repoPath(path), how]));
  const untracked = { files: files.map(repoPath), nested: nested.map(repoPath) };
  return readWorkTree(opened, await listIndex(opened), onDisk, untracked, thorough ?? false);
}

/** `path mode content` of each edited file, where the content is known. */
function edits(made: TestRepository, { edited }: WorkTree): readonly string[] {
  return Array.from(edited, ([path, now]) =>
    now === null ? `${path} gone` : `${path} ${now.mode} ${shown(made, now.id)}`,
  );
}

function shown(made: TestRepository, id: string): string {
  return id === "" ? "unknown" : id === made.git("hash-object", "--no-filters", "a.ts") ? "as a.ts" : "other";
}

const different = (...paths: readonly string[]) =>
  Object.fromEntries(paths.map((path) => [path, "different" as const]));

test("of the files that git found changed those are edited that are", async () => {
  const made = repository({
    "a.ts": "a\n",
    "b.ts": "b\n",
    "same.ts": "same\n",
    "gone.ts": "gone\n",
    "lost.ts": "lost\n",
  });
  made.write("b.ts", "a\n");
  made.delete("gone.ts");
  const listed = { ...different("b.ts", "same.ts", "gone.ts", "new.ts"), "lost.ts": "gone" as const };
  expect(edits(made, await read(made, { listed }))).toEqual(["b.ts 100644 as a.ts", "gone.ts gone", "lost.ts gone"]);
});

test("a thorough reading looks at every file, any other at what git was told to pass over as well", async () => {
  const made = repository({ "a.ts": "a\n", "b.ts": "b\n", "c.ts": "c\n", "d.ts": "d\n" });
  made.git("update-index", "--assume-unchanged", "b.ts");
  made.git("update-index", "--skip-worktree", "c.ts", "d.ts");
  for (const path of ["a.ts", "b.ts", "c.ts"]) made.write(path, "x\n");
  made.delete("d.ts");
  const quick = await read(made);
  expect([[...quick.edited.keys()], [...quick.leftOut]]).toEqual([["b.ts", "c.ts"], ["d.ts"]]);
  const thorough = await read(made, { thorough: true });
  expect([[...thorough.edited.keys()], [...thorough.leftOut]]).toEqual([["a.ts", "b.ts", "c.ts"], ["d.ts"]]);
});

test("a mode, a link and a folder in the place of a file are edits", async () => {
  const made = repository({ "a.ts": "a\n", "b.ts": "a\n", "link.ts": "a\n", "folder.ts": "a\n" });
  chmodSync(join(made.root, "b.ts"), 0o755);
  made.delete("link.ts");
  symlinkSync("a.ts", join(made.root, "link.ts"));
  made.delete("folder.ts");
  mkdirSync(join(made.root, "folder.ts"));
  expect(edits(made, await read(made, { thorough: true }))).toEqual([
    "b.ts 100755 as a.ts",
    "folder.ts gone",
    "link.ts 120000 other",
  ]);
});

test("a link is compared by its target", async () => {
  const made = repository({ "a.ts": "a\n" });
  symlinkSync("a.ts", join(made.root, "link"));
  made.commit();
  expect(edits(made, await read(made, { thorough: true }))).toEqual([]);
  made.delete("link");
  symlinkSync("b.ts", join(made.root, "link"));
  expect(edits(made, await read(made, { thorough: true }))).toEqual(["link 120000 other"]);
});

test("other line endings are an edit where git does not normalise them", async () => {
  const made = repository({ "a.ts": "a\nb\n", "b.ts": "a\nb\n", ".gitattributes": "b.ts text\n" });
  for (const path of ["a.ts", "b.ts"]) made.write(path, "a\r\nb\r\n");
  expect(edits(made, await read(made, { thorough: true }))).toEqual(["a.ts 100644 as a.ts"]);
  made.write("b.ts", "a\r\nB\r\n");
  const { edited } = await read(made, { thorough: true });
  expect([...edited.keys()].toSorted()).toEqual(["a.ts", "b.ts"]);
});

test("a source that git rewrites is looked at whatever git says, by attributes that are untracked too", async () => {
  const made = repository({ "a.ts": "a\n", "notes.bin": "n\n" });
  made.write("a.ts", "b\n");
  made.write("notes.bin", "b\n");
  expect((await read(made)).edited.size).toBe(0);
  made.write(".gitattributes", "* filter=x\n");
  expect((await read(made)).edited.size).toBe(0);
  expect([...(await read(made, { files: [".gitattributes"] })).edited.keys()]).toEqual(["a.ts"]);
  made.write("a.ts", "a\n");
  made.commit();
  made.write("a.ts", "b\n");
  expect([...(await read(made)).edited.keys()]).toEqual(["a.ts"]);
});

test("untracked files have their content, repositories none, and what is gone since is not there", async () => {
  const made = repository({ "a.ts": "a\n" });
  made.write("new.ts", "a\n");
  mkdirSync(join(made.root, "inner"));
  const { untracked } = await read(made, { files: ["new.ts", "gone.ts"], nested: ["inner"] });
  expect(Object.fromEntries(untracked)).toEqual({
    "new.ts": { mode: "100644", id: made.git("hash-object", "a.ts") },
    inner: { mode: "160000", id: "" },
  });
});

test("a file with a conflict is edited, as it lies on disk", async () => {
  const made = repository({ "a.ts": "a\n" });
  const [blob, paths] = [made.git("rev-parse", "HEAD:a.ts"), ["x.ts", "y.ts"]];
  const stages = paths.flatMap((path) => [1, 2, 3].map((stage) => `100644 ${blob} ${stage}\t${path}\n`));
  made.pipe(stages.join(""), "update-index", "--index-info");
  made.write("x.ts", "a\n");
  expect(edits(made, await read(made))).toEqual(["x.ts 100644 as a.ts", "y.ts gone"]);
});

test("a submodule is edited where git says so, or was told not to look and it is checked out", async () => {
  const made = repository({ "a.ts": "a\n" });
  made.git("update-index", "--add", "--cacheinfo", `160000,${made.git("rev-parse", "HEAD")},module`);
  mkdirSync(join(made.root, "module"));
  const edited = async (told: Told = {}) => edits(made, await read(made, told));
  expect(await edited({ thorough: true })).toEqual([]);
  expect(await edited({ listed: different("module") })).toEqual(["module 160000 unknown"]);
  made.git("update-index", "--assume-unchanged", "module");
  expect(await edited()).toEqual([]);
  made.git("init", "--quiet", "module");
  expect(await edited()).toEqual(["module 160000 unknown"]);
  made.git("update-index", "--no-assume-unchanged", "module");
  expect(await edited({ thorough: true })).toEqual([]);
});

test("the file that a Git LFS pointer in the index stands for is unchanged", async () => {
  const content = "large\n";
  const oid = createHash("sha256").update(content).digest("hex");
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
  const made = repository({ "a.ts": "a\n", "image.png": pointer });
  made.write("image.png", content);
  const edited = async (): Promise<readonly RepoPath[]> => [...(await read(made, { thorough: true })).edited.keys()];
  expect(await edited()).toEqual(["image.png"]);
  made.git("config", "filter.lfs.clean", "git-lfs clean -- %f");
  expect(await edited()).toEqual([]);
  made.write("image.png", "other\n");
  expect(await edited()).toEqual(["image.png"]);
});

test("a pipe in the place of a file is an edit without content", async () => {
  const made = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  made.delete("b.ts");
  execFileSync("mkfifo", [join(made.root, "b.ts")]);
  expect(edits(made, await read(made, { thorough: true }))).toEqual(["b.ts 100644 unknown"]);
});

test("on a disk without modes a file has that of the index, and what is new may not be run", async () => {
  const made = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  chmodSync(join(made.root, "b.ts"), 0o755);
  made.commit();
  for (const path of ["a.ts", "new.ts"]) {
    made.write(path, "a\n");
    chmodSync(join(made.root, path), 0o755);
  }
  chmodSync(join(made.root, "b.ts"), 0o644);
  const workTree = await read(made, { thorough: true, keepsModes: false, files: ["new.ts"] });
  expect(edits(made, workTree)).toEqual([]);
  expect(workTree.untracked.get(repoPath("new.ts"))?.mode).toBe("100644");
});
