import { expect, test } from "vitest";
import { defaultConfig } from "./config.ts";
import { repoPath } from "./paths.ts";
import { declaredDependencies, packageOf, type Manifest, type Workspace } from "./workspace.ts";

const manifest: Manifest = {
  name: null,
  type: "module",
  scripts: {},
  dependencies: {},
  devDependencies: {},
  peerDependencies: {},
  optionalDependencies: {},
  raw: {},
};

function workspace(...dirs: readonly string[]): Workspace {
  return {
    root: "/w",
    manager: "npm",
    tree: { files: [], has: () => false, blobOf: () => null },
    packages: dirs.map((dir) => ({ name: `in ${dir}`, dir: repoPath(dir), manifest })),
    config: defaultConfig,
    readText: () => undefined,
  };
}

test("a path belongs to the innermost package around it", () => {
  const subject = workspace("", "packages/a", "packages/a/plugin", "packages/ab");
  const holder = (path: string) => packageOf(subject, repoPath(path))?.dir;
  expect(["x.ts", "packages/x.ts", "packages/a/x.ts", "packages/a"].map(holder)).toEqual([
    "",
    "",
    "packages/a",
    "packages/a",
  ]);
  expect(["packages/a/plugin/x.ts", "packages/ab/x.ts"].map(holder)).toEqual(["packages/a/plugin", "packages/ab"]);
});

test("without a package at the root a path may belong to none", () => {
  expect(packageOf(workspace("packages/a"), repoPath("x.ts"))).toBeUndefined();
});

test("a dependency may be declared in any field", () => {
  const declared = declaredDependencies({
    ...manifest,
    dependencies: { a: "1" },
    devDependencies: { a: "1", b: "1" },
    peerDependencies: { c: "1" },
    optionalDependencies: { d: "1" },
  });
  expect([...declared]).toEqual(["a", "b", "c", "d"]);
});
