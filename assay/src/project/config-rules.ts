// What the shape of assay.toml cannot say: paths, names that must be known, cycles, ids that must be unique.
import { isInside, repoPath } from "../model/paths.ts";
import type { ConfigProblem } from "./config-problem.ts";
import type { ConfigFile } from "./config-schema.ts";
import { suggestion } from "./nearest.ts";
import { ownCheckProblems } from "./own-check-rules.ts";

/** Where the name of a scope stands in the configuration. */
interface ScopeMention {
  readonly path: readonly (string | number)[];
  readonly name: string;
}

/** Everything wrong with a configuration whose shape is right. Unknown scope names are left out when there is no path map. */
export function* brokenRules(file: ConfigFile): Generator<ConfigProblem> {
  yield* prefixProblems(file.scope.path_map ?? {});
  if (file.scope.path_map !== undefined) {
    yield* unknownScopes(scopeMentions(file), new Set(Object.values(file.scope.path_map)));
  }
  yield* cycleProblems(file.scope.dependencies);
  yield* duplicateIds(file);
  yield* ownCheckProblems(file);
  yield* equivalentProblems(file);
}

/** The folder or file that a key of the path map stands for. */
export function prefixOf(key: string): string {
  return repoPath(key);
}

/** One problem for each mention of a scope that is not there. */
function* unknownScopes(mentions: Iterable<ScopeMention>, known: ReadonlySet<string>): Generator<ConfigProblem> {
  for (const { path, name } of mentions) {
    if (known.has(name)) continue;
    yield { path, message: `unknown scope "${name}"`, hint: suggestion(name, known, "scopes") };
  }
}

function* scopeMentions(file: ConfigFile): Generator<ScopeMention> {
  for (const [name, targets] of Object.entries(file.scope.dependencies)) {
    yield { path: ["scope", "dependencies", name], name };
    for (const target of targets) yield { path: ["scope", "dependencies", name], name: target };
  }
  for (const name of Object.keys(file.boundaries)) yield { path: ["boundaries", name], name };
  for (const table of ["check", "parity", "ratio"] as const) {
    for (const [index, { scopes }] of file[table].entries()) {
      for (const name of scopes ?? []) yield { path: [table, index, "scopes"], name };
    }
  }
}

function* prefixProblems(pathMap: Readonly<Record<string, string>>): Generator<ConfigProblem> {
  const seen = new Map<string, string>();
  for (const [key, scope] of Object.entries(pathMap)) {
    const path = ["scope", "path_map", key];
    if (!isInside(key)) {
      const hint = "Write it relative to the repository's root, such as `packages/core/`.";
      yield { path, message: `"${key}" is not a path inside the repository`, hint };
      continue;
    }
    if (key.includes("*")) {
      const hint = "Name a folder or a file: everything below a folder belongs to it.";
      yield { path, message: `"${key}" is a pattern, and the path map takes prefixes`, hint };
    }
    const other = seen.get(prefixOf(key));
    if (other !== undefined && other !== scope) {
      const message = `"${key}" is mapped twice, to "${other}" and to "${scope}"`;
      yield { path, message, hint: "Keep one of the two entries." };
    }
    seen.set(prefixOf(key), scope);
  }
}

function* cycleProblems(dependencies: Readonly<Record<string, readonly string[]>>): Generator<ConfigProblem> {
  const edges = new Map(Object.entries(dependencies));
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const cycle = findCycle(edges, done, [start]);
    if (cycle === undefined) continue;
    const message = `scopes depend on each other in a circle: ${cycle.join(" -> ")}`;
    yield { path: ["scope", "dependencies", cycle[0] ?? start], message, hint: "Remove one of these dependencies." };
    return;
  }
}

function findCycle(
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
  trail: readonly string[],
): readonly string[] | undefined {
  const last = trail.at(-1) ?? "";
  for (const next of done.has(last) ? [] : (edges.get(last) ?? [])) {
    const seenAt = trail.indexOf(next);
    if (seenAt !== -1) return [...trail.slice(seenAt), next];
    const cycle = findCycle(edges, done, [...trail, next]);
    if (cycle !== undefined) return cycle;
  }
  done.add(last);
  return undefined;
}

function* duplicateIds(file: ConfigFile): Generator<ConfigProblem> {
  const seen = new Set<string>();
  for (const table of ["check", "parity", "ratio"] as const) {
    for (const [index, { id }] of file[table].entries()) {
      if (seen.has(id)) {
        yield { path: [table, index, "id"], message: `the id "${id}" is used twice`, hint: "Give each check its own." };
      }
      seen.add(id);
    }
  }
}

function* equivalentProblems(file: ConfigFile): Generator<ConfigProblem> {
  const seen = new Set<string>();
  for (const [index, { path, mutant }] of file.mutate.equivalent.entries()) {
    if (!isInside(path)) {
      const hint = "Write it relative to the repository's root, such as `src/queue.ts`.";
      yield {
        path: ["mutate", "equivalent", index, "path"],
        message: `"${path}" is not a path inside the repository`,
        hint,
      };
      continue;
    }
    const entry = `${mutant} ${repoPath(path)}`;
    if (seen.has(entry)) {
      const message = `the mutant ${mutant} of ${path} is acknowledged twice`;
      yield { path: ["mutate", "equivalent", index, "mutant"], message, hint: "Keep one of the two entries." };
    }
    seen.add(entry);
  }
}
