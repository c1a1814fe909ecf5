// Which files may import more than they could, by `[scope]` of `assay.toml`.
import type { ChangeContext } from "../../model/check.ts";
import { isWithin, repoPath, type RepoPath } from "../../model/paths.ts";
import { isSourcePath } from "../../source/role.ts";
import type { LooserSetting } from "./harness-settings.ts";

type Table = Readonly<Record<string, unknown>>;

interface Scopes {
  /** Prefix to scope. */
  readonly pathMap: ReadonlyMap<string, string>;
  /** Scope to those it may import. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** Scopes that gained an import of a scope that was there before, and files that moved to a scope which may import more. */
export function looserScopes(context: ChangeContext, before: Table, after: Table): readonly LooserSetting[] {
  const head = scopesIn(after);
  const old = scopesIn(before);
  const added = new Set(context.diff.changes.filter(({ kind }) => kind === "added").map(({ path }) => path));
  const files = context.workspace.tree.files
    .map(({ path }) => path)
    .filter((path) => isSourcePath(path) && !added.has(path));
  const base = withNames(old, renamedScopes(old, head, files));
  if (base.dependencies.size > 0 && head.dependencies.size === 0)
    return [
      {
        what: "scope.dependencies",
        key: "[scope",
        message: "`scope.dependencies` is gone, so every import between scopes passes; restore it",
      },
    ];
  return [...newImports(base, head), ...movedFiles(base, head, files)];
}

function* newImports(base: Scopes, head: Scopes): Generator<LooserSetting> {
  const known = new Set([...base.pathMap.values(), ...base.dependencies.keys()]);
  for (const [scope, from] of base.dependencies) {
    const to = head.dependencies.get(scope) ?? [];
    for (const target of to.filter((name) => known.has(name) && !from.includes(name))) {
      const what = `scope.dependencies ${scope} ${target}`;
      yield {
        what,
        key: `${scope} = `,
        message: `lets ${scope} import ${target}; import it the way that the scopes allow`,
      };
    }
  }
}

function* movedFiles(base: Scopes, head: Scopes, files: readonly RepoPath[]): Generator<LooserSetting> {
  const seen = new Set<string>();
  for (const path of files) {
    const [, from] = entryOf(base, path) ?? [];
    const [prefix = "", to] = entryOf(head, path) ?? [];
    if (from === undefined || from === to) continue;
    const could = new Set([from, to, ...(base.dependencies.get(from) ?? [])]);
    const isRestricted = base.dependencies.has(from);
    const gained =
      to === undefined || !head.dependencies.has(to)
        ? []
        : (head.dependencies.get(to) ?? []).filter((name) => !could.has(name));
    const isFree = to === undefined || !head.dependencies.has(to);
    const what = `scope.path_map ${prefix || path}`;
    if (!isRestricted || seen.has(what) || (!isFree && gained.length === 0)) continue;
    seen.add(what);
    const now = to === undefined ? "no scope" : `the scope ${to}`;
    const message = `puts ${path} of the scope ${from} into ${now}, which may import more; leave it where it was`;
    yield { what, key: `"${prefix}`, message };
  }
}

/** Scopes all of whose files have one that was not there, while they themselves are gone. */
function renamedScopes(old: Scopes, head: Scopes, files: readonly RepoPath[]): ReadonlyMap<string, string> {
  const known = new Set(old.pathMap.values());
  const left = new Set(head.pathMap.values());
  const renamed = new Map<string, string>();
  for (const scope of known) {
    if (left.has(scope)) continue;
    const own = files.filter((path) => entryOf(old, path)?.[1] === scope);
    const targets = new Set(own.map((path) => entryOf(head, path)?.[1]));
    const [target] = targets;
    if (targets.size === 1 && target !== undefined && !known.has(target)) renamed.set(scope, target);
  }
  return renamed;
}

function withNames({ pathMap, dependencies }: Scopes, renamed: ReadonlyMap<string, string>): Scopes {
  const now = (name: string): string => renamed.get(name) ?? name;
  return {
    pathMap: new Map([...pathMap].map(([prefix, scope]) => [prefix, now(scope)])),
    dependencies: new Map([...dependencies].map(([scope, targets]) => [now(scope), targets.map(now)])),
  };
}

/** The longest prefix, and its scope. */
function entryOf({ pathMap }: Scopes, path: RepoPath): readonly [string, string] | undefined {
  let found: readonly [string, string] | undefined;
  for (const entry of pathMap) {
    if (isWithin(repoPath(entry[0]), path) && entry[0].length > (found?.[0].length ?? -1)) found = entry;
  }
  return found;
}

function scopesIn(file: Table): Scopes {
  const scope = asTable(file["scope"]);
  return {
    pathMap: new Map(
      Object.entries(asTable(scope["path_map"])).flatMap(([prefix, name]): [string, string][] =>
        typeof name === "string" ? [[repoPath(prefix), name]] : [],
      ),
    ),
    dependencies: new Map(
      Object.entries(asTable(scope["dependencies"])).map(([name, value]): [string, readonly string[]] => [
        name,
        targets(value),
      ]),
    ),
  };
}

function targets(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function asTable(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
