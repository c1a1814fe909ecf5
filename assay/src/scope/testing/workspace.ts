// For tests: a workspace and changes as values, without a disk.
import type { Change, Diff, HeadTree } from "../../model/change.ts";
import { defaultConfig, type Config } from "../../model/config.ts";
import { byPath, joinPath, repoPath, type RepoPath } from "../../model/paths.ts";
import type { Package, Workspace } from "../../model/workspace.ts";

interface Given {
  /** Folder to the fields of its manifest. */
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Path to text. A manifest is made up where there is none. */
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
}

/** A workspace whose tree holds the given files and the packages' manifests. */
export function workspaceOf({ packages, files = {}, config = {} }: Given): Workspace {
  const dirs = Object.keys(packages).map((dir) => repoPath(dir));
  const texts = new Map(Object.entries(files).map(([path, text]) => [repoPath(path), text]));
  for (const dir of dirs) {
    const manifest = joinPath(dir, "package.json");
    if (!texts.has(manifest)) texts.set(manifest, JSON.stringify(packages[dir]));
  }
  return {
    root: "/repository",
    manager: "npm",
    tree: treeOf(texts),
    packages: dirs.toSorted(byPath).map((dir) => packageOf(dir, packages[dir] ?? {})),
    config: {
      ...defaultConfig,
      ...config,
    },
    readText: (path) => texts.get(path),
  };
}

function treeOf(texts: ReadonlyMap<RepoPath, string>): HeadTree {
  return {
    files: [...texts.keys()].toSorted(byPath).map((path) => ({ path, blob: null, symlink: false })),
    has: (path) => texts.has(path),
    blobOf: () => null,
  };
}

function packageOf(dir: RepoPath, raw: Readonly<Record<string, unknown>>): Package {
  const name = typeof raw["name"] === "string" ? raw["name"] : dir;
  return {
    name,
    dir,
    manifest: {
      name,
      type: "module",
      scripts: {},
      dependencies: strings(raw["dependencies"]),
      devDependencies: strings(raw["devDependencies"]),
      peerDependencies: strings(raw["peerDependencies"]),
      optionalDependencies: strings(raw["optionalDependencies"]),
      raw,
    },
  };
}

function strings(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, entry]) => [key, String(entry)]));
}

/** A change of one path; `gone -> path` is a rename. */
export function changeOf(written: string, rest: Partial<Change> = {}): Change {
  const [path = "", previous] = written.split(" -> ").toReversed();
  return {
    path: repoPath(path),
    kind: previous === undefined ? "modified" : "renamed",
    previousPath: previous === undefined ? null : repoPath(previous),
    changedLines: [{ start: 1, end: 1 }],
    binary: false,
    submodule: false,
    symlink: false,
    stages: new Set(["unstaged"]),
    baseBlob: null,
    ...rest,
  };
}

/** A diff with a base. */
export function diffOf(...changes: readonly Change[]): Diff {
  return { base: { kind: "found", commit: "a".repeat(40), ref: "origin/main", tip: "a".repeat(40) }, changes };
}
