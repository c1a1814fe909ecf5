// Files of the head as facts of a replay key: content, kind, executable bit, and what a symbolic link leads to.
import { lstatSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { HeadFile } from "../model/change.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { contentFact } from "./content-fact.ts";

/** Never run as programs of their own, so their executable bit means nothing. */
const neverExecuted = /\.(?:[cm]?tsx?|jsx|json|jsonc|md|mdx|css|scss|html|snap|svg|png|ya?ml|toml|txt|lock)$/;

/** Answers one fact for each path; null where one of them can not be identified: a submodule, a file that can not be read, a link out of the repository to a folder. */
export function treeFacts(workspace: Workspace): (paths: readonly RepoPath[]) => readonly string[] | null {
  let files: ReadonlyMap<RepoPath, HeadFile> | undefined;
  const known = new Map<RepoPath, string | null>();
  const factOf = (path: RepoPath): string | null => {
    files ??= new Map(workspace.tree.files.map((file) => [file.path, file]));
    let fact = known.get(path);
    if (fact === undefined) known.set(path, (fact = read(workspace, path, files.get(path))));
    return fact;
  };
  return (paths) => {
    const facts: string[] = [];
    for (const path of paths) {
      const fact = factOf(path);
      if (fact === null) return null;
      facts.push(fact);
    }
    return facts;
  };
}

function read(workspace: Workspace, path: RepoPath, file: HeadFile | undefined): string | null {
  if (file === undefined) return `${path}\0gone`;
  if (file.blob === null) return null;
  if (file.symlink) {
    const target = linkFact(workspace, path);
    return target && `${path}\0link ${file.blob} ${target}`;
  }
  return `${path}\0${isExecutable(workspace, path) ? "x " : ""}${file.blob}`;
}

function isExecutable({ root }: Workspace, path: RepoPath): boolean {
  if (neverExecuted.test(path)) return false;
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & 0o100) !== 0;
}

/** Inside the repository the target is a file of its own; a file outside is read; a folder outside could hold anything. */
function linkFact({ root }: Workspace, path: RepoPath): string | null {
  let target: string;
  try {
    target = realpathSync.native(join(root, path));
  } catch {
    return "nowhere";
  }
  if (target.startsWith(root + sep)) return target.slice(root.length);
  return contentFact(target);
}
