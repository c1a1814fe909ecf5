import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { linkFollower } from "./links.ts";
import { temporaryWorkspace } from "./testing/temporary-workspace.ts";

/** Links by path: what each points to. */
function linked(links: Readonly<Record<string, string>>): Workspace {
  const workspace = temporaryWorkspace({ "src/a.ts": "", "library/a.ts": "" });
  onTestFinished(() => workspace.remove());
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(workspace.root, path));
  const read = workspace.read();
  const listed = Object.keys(links).map((path) => ({ path: repoPath(path), blob: null, symlink: true }));
  const files = [...read.tree.files.filter(({ path }) => !(path in links)), ...listed];
  return { ...read, tree: { ...read.tree, files } };
}

const followed = (workspace: Workspace, ...paths: readonly string[]): readonly string[] =>
  paths.map((path) => linkFollower(workspace)(repoPath(path)));

test("a link to a folder leads what is below it, and nothing that is only called alike", () => {
  const workspace = linked({ lib: "src" });
  expect(followed(workspace, "lib/a.ts", "lib", "library/a.ts", "src/a.ts", "src/lib")).toEqual([
    "src/a.ts",
    "src",
    "library/a.ts",
    "src/a.ts",
    "src/lib",
  ]);
});

test("a link is read from its own folder, and links are followed one after the other", () => {
  expect(followed(linked({ "src/b.ts": "../library/c.ts", "library/c.ts": "a.ts" }), "src/b.ts")).toEqual([
    "library/a.ts",
  ]);
});

test("eight links are followed, and a circle has an end", () => {
  const chain = Object.fromEntries(Array.from({ length: 9 }, (_, step) => [`l${step}`, `l${step + 1}`]));
  expect(followed(linked(chain), "l0", "l2")).toEqual(["l8", "l9"]);
  expect(followed(linked({ a: "b", b: "a" }), "a/x")).toEqual(["a/x"]);
});

test("where a link leads out of the repository the path stays as it is", () => {
  expect(followed(linked({ out: "../elsewhere" }), "out/a.ts")).toEqual(["out/a.ts"]);
});

test("without links, and for what git lists as none, the path stays as it is", () => {
  expect(followed(linked({}), "src/a.ts")).toEqual(["src/a.ts"]);
  const { tree, ...workspace } = linked({ lib: "src" });
  const files = tree.files.map((file) => ({ ...file, symlink: file.path === "src/a.ts" }));
  expect(followed({ ...workspace, tree: { ...tree, files } }, "lib/a.ts")).toEqual(["lib/a.ts"]);
});
