// For tests: what a change affects in files on a disk.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Change } from "../../model/change.ts";
import { repoPath } from "../../model/paths.ts";
import type { Affected, Fallback, Scope } from "../../model/scope.ts";
import { readGraph } from "../../source/graph.ts";
import { temporaryWorkspace } from "../../source/testing/temporary-workspace.ts";
import { resolveAffected } from "../affected.ts";

/** Files, and what of them a change touches. */
export interface Given {
  readonly files: Readonly<Record<string, string>>;
  /** Paths; `a > b` is a rename. */
  readonly changed: readonly string[];
  readonly fallback?: Fallback;
  readonly outOfScope?: string;
  /** Where they lead, by their paths. */
  readonly links?: Readonly<Record<string, string>>;
}

/** What the change affects in a folder that is there until the test has ended. */
export async function affectedBy({ files, changed, fallback, outOfScope, links = {} }: Given): Promise<Affected> {
  const temporary = temporaryWorkspace(files);
  onTestFinished(() => temporary.remove());
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(temporary.root, path));
  const workspace = temporary.read();
  const changes = changed.map((path): Change => {
    const [previous = "", now = previous] = path.split(" > ");
    const kind = now !== previous ? "renamed" : workspace.tree.has(repoPath(now)) ? "modified" : "deleted";
    return {
      path: repoPath(now),
      kind,
      previousPath: kind === "renamed" ? repoPath(previous) : null,
      changedLines: [],
      binary: false,
      submodule: false,
      symlink: false,
      stages: new Set(["committed"]),
      baseBlob: null,
    };
  });
  const scope: Scope = {
    changes,
    all: ["in", "out"],
    direct: ["in"],
    expanded: ["in"],
    touched: ["in"],
    fallback: fallback ?? null,
    why: new Map(),
    scopeOf: (path) => (outOfScope !== undefined && path.startsWith(outOfScope) ? "out" : "in"),
  };
  return resolveAffected(scope, await readGraph(workspace, { cacheFile: null }), workspace);
}

/** `distance path: why`, in order. */
export async function reached(given: Given): Promise<readonly string[]> {
  const affected = await affectedBy(given);
  return [...affected.reached].map(([path, { distance, why }]) => `${distance} ${path}: ${why}`);
}
