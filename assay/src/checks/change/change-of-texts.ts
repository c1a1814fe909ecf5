// For tests: a change between two sets of files that are on no disk.
import type { Change, Commits, HeadTree, RevertedCommit } from "../../model/change.ts";
import type { ChangeContext } from "../../model/check.ts";
import { defaultConfig, type Config } from "../../model/config.ts";
import { byPath, dirOf, isWithin, repoPath, type RepoPath } from "../../model/paths.ts";
import type { Manifest, Package, Workspace } from "../../model/workspace.ts";
import { editedBlocks } from "./edited-blocks.ts";
import { createChangeContext } from "./pairs.ts";

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>;

export interface TextsChange {
  readonly base: Texts;
  readonly head: Texts;
  /** Path at the head to path at the base. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly config?: Partial<Config>;
  readonly commits?: Partial<Commits>;
  readonly reverted?: readonly RevertedCommit[];
}

/** What guards are given for such a change. Scopes are the configuration's path map. */
export function contextOf({
  base,
  head,
  renames = {},
  config = {},
  commits = {},
  reverted = [],
}: TextsChange): Promise<ChangeContext> {
  const workspace = workspaceOf(head, { ...defaultConfig, ...config });
  const changes = changesOf(base, head, renames);
  const commit = "0".repeat(40);
  return createChangeContext({
    diff: { base: { kind: "found", commit, ref: "main", tip: commit }, changes },
    scope: {
      changes,
      all: [...new Set(Object.values(workspace.config.pathMap ?? {}))],
      direct: [],
      expanded: [],
      touched: [],
      fallback: null,
      why: new Map(),
      scopeOf: (path) => scopeOf(path, workspace.config.pathMap ?? {}),
    },
    workspace,
    commits: async () => ({ ofChange: [], before: [], ...commits }),
    reverted: async () => reverted,
    base: {
      read: async (paths) => paths.map((path) => base[path]),
      paths: async () => Object.keys(base).map(repoPath),
    },
  });
}

function workspaceOf(head: Texts, config: Config): Workspace {
  const paths = Object.keys(head).map(repoPath).toSorted(byPath);
  const known = new Set(paths);
  const tree: HeadTree = {
    files: paths.map((path) => ({ path, blob: path, symlink: false })),
    has: (path) => known.has(path),
    blobOf: (path) => (known.has(path) ? path : null),
  };
  return {
    root: "/nowhere",
    manager: "npm",
    tree,
    packages: paths
      .filter((path) => /(?:^|\/)package\.json$/.test(path))
      .map((path) => packageAt(path, head[path] ?? ""))
      // `packageOf` takes the last that a path lies in.
      .toSorted((a, b) => byPath(a.dir, b.dir)),
    config,
    readText: (path) => head[path],
  };
}

function packageAt(path: RepoPath, text: string): Package {
  const raw = JSON.parse(text) as Partial<Manifest>;
  const none = { scripts: {}, dependencies: {}, devDependencies: {}, peerDependencies: {}, optionalDependencies: {} };
  const manifest: Manifest = { name: null, type: "module", ...none, ...raw, raw: { ...raw } };
  return { name: manifest.name ?? dirOf(path), dir: dirOf(path), manifest };
}

function changesOf(base: Texts, head: Texts, renames: Readonly<Record<string, string>>): readonly Change[] {
  const renamed = new Set(Object.values(renames));
  const paths = new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...paths]
    .filter((path) => !renamed.has(path) && (base[path] !== head[path] || path in renames))
    .toSorted(byPath)
    .map((path) => changeOf(path, base[renames[path] ?? path], head[path], renames[path]));
}

function changeOf(path: string, before: string | undefined, after: string | undefined, from?: string): Change {
  const kind =
    from !== undefined ? "renamed" : before === undefined ? "added" : after === undefined ? "deleted" : "modified";
  const heads = after === undefined ? [] : editedBlocks(before ?? "", after).map((block) => block.head);
  return {
    path: repoPath(path),
    kind,
    previousPath: from === undefined ? null : repoPath(from),
    changedLines: heads.filter(({ start, end }) => start <= end),
    binary: false,
    submodule: false,
    symlink: false,
    stages: new Set(["committed"]),
    baseBlob: before === undefined ? null : "blob",
  };
}

function scopeOf(path: RepoPath, pathMap: Readonly<Record<string, string>>): string | undefined {
  const prefixes = Object.keys(pathMap).filter((prefix) => isWithin(repoPath(prefix), path));
  const longest = prefixes.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : pathMap[longest];
}
