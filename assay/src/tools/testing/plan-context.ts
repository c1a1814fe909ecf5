// For the tests of what plans the work of tools: a context as values.
import { newFile, type Change } from "../../model/change.ts";
import type { FilePair, PlanContext } from "../../model/check.ts";
import { repoPath } from "../../model/paths.ts";
import { unaffected, type Scope } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";

/** A change that affects nothing, in the loop, but for what is given. Its diff is made of the pairs. */
export function planContext(workspace: Workspace, given: Partial<PlanContext> = {}): PlanContext {
  const { pairs = [] } = given;
  const changes = pairs.map(({ change }) => change);
  const diff = { base: { kind: "found", commit: "", ref: "main", tip: "" }, changes } as const;
  return {
    command: "loop",
    diff,
    scope: scopeOf({ changes }),
    workspace,
    pairs,
    base: { read: (paths) => Promise.resolve(paths.map(() => undefined)), paths: () => Promise.resolve([]) },
    commits: () => Promise.resolve({ ofChange: [], before: [] }),
    reverted: () => Promise.resolve([]),
    parse: () => undefined,
    affected: unaffected,
    listed: null,
    reread: () => Promise.resolve(diff),
    ...given,
  };
}

/** One scope for each folder at the root, none of them affected. */
export function scopeOf(given: Partial<Scope>): Scope {
  return {
    changes: [],
    all: [],
    direct: [],
    expanded: [],
    touched: [],
    fallback: null,
    why: new Map(),
    scopeOf: (path) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined),
    ...given,
  };
}

/** A file that is changed from one text to another. */
export function pairOf(path: string, baseText?: string, headText?: string, change: Partial<Change> = {}): FilePair {
  const whole = { ...newFile(repoPath(path), []), kind: "modified" as const, ...change };
  return { change: whole, base: undefined, head: undefined, baseText, headText };
}
