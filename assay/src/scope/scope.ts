// Which scopes a change concerns: those that hold it and all that depend on them, or everything where that is unclear.
import type { Change, Diff } from "../model/change.ts";
import { byPath } from "../model/paths.ts";
import type { Fallback, Scope } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import { dependentsOf, type Dependents } from "./dependents.ts";
import { changedPaths, findFallback } from "./fallback.ts";
import { scopeMap, type ScopeMap } from "./scope-map.ts";

export interface ScopeInput {
  readonly diff: Diff;
  readonly workspace: Workspace;
}

/**
 * Reads from a change what it concerns. Every changed path ends in a direct scope or in the fallback, but for notes
 * on the next release.
 *
 * A package that was deleted is told from the change itself, so the tree at the base is not needed.
 */
export function resolveScope({ diff, workspace }: ScopeInput): Scope {
  const map = scopeMap(workspace);
  const changes = diff.base.kind === "none" ? [] : diff.changes;
  const fallback = findFallback(diff, workspace, map);
  const why = directReasons(changes, map);
  const direct = [...why.keys()].toSorted(byPath);
  addDependents(why, direct, dependentsOf(workspace, map));
  const expanded = [...why.keys()].toSorted(byPath);
  const narrow: Scope = {
    changes,
    all: map.all,
    direct,
    expanded,
    touched: expanded,
    fallback: null,
    why,
    scopeOf: (path) => map.scopeOf(path),
  };
  return fallback === null ? narrow : widened(narrow, fallback);
}

/** The same scope with everything in it, to plan a gate. The fallback that was there stays. */
export function wholeScope(scope: Scope): Scope {
  const whole = widened(scope, scope.fallback ?? { reason: "gate", detail: "a gate looks at everything" });
  return { ...whole, touched: scope.touched };
}

function widened(scope: Scope, fallback: Fallback): Scope {
  const everything = `everything is checked: ${fallback.detail}`;
  const why = new Map(scope.all.map((name) => [name, scope.why.get(name) ?? everything]));
  return { ...scope, expanded: scope.all, touched: scope.all, fallback, why };
}

function directReasons(changes: readonly Change[], map: ScopeMap): Map<string, string> {
  const counts = new Map<string, { readonly first: string; count: number }>();
  for (const path of [...changedPaths(changes)].toSorted(byPath)) {
    const name = map.scopeOf(path);
    if (name === undefined) continue;
    const known = counts.get(name);
    if (known === undefined) counts.set(name, { first: path, count: 1 });
    else known.count++;
  }
  return new Map([...counts].map(([name, { first, count }]) => [name, sentence(first, count - 1)]));
}

function sentence(first: string, others: number): string {
  if (others === 0) return `${first} changed`;
  return `${first} and ${others} more ${others === 1 ? "file" : "files"} changed`;
}

/** Adds all that depend on a direct scope, however far, nearest first, each with the shortest chain. */
function addDependents(why: Map<string, string>, direct: readonly string[], dependents: Dependents): void {
  const chains = new Map(direct.map((name) => [name, `${name}, which changed`]));
  // A Map hands out what is added while it is walked.
  for (const [name, chain] of chains) {
    for (const dependent of dependents.get(name) ?? []) {
      if (chains.has(dependent)) continue;
      why.set(dependent, `${dependent} depends on ${chain}`);
      chains.set(dependent, `${dependent}, which depends on ${chain}`);
    }
  }
}
