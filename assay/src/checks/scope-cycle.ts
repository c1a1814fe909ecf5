import type { ChangeCheck, ChangeContext } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { joinPath, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { packageOf } from "../model/workspace.ts";
import { packageNameOf } from "../source/opaque.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import { handWritten, isFixture } from "./change/hand-written.ts";
import { readNames, usedFields } from "./imports/manifest-names.ts";
import { pathOf } from "./imports/module-world.ts";
import { referencesOf } from "./imports/references.ts";
import { shortenedPath } from "./change/shortened.ts";

/**
 * Flags a dependency that closes a circle of workspace packages, or of the scopes of `assay.toml`, where there was none.
 *
 * What depends on each other in a circle is built, tested and released as one, whatever the folders say.
 *
 * Manifests' dependencies count, and imports of shipped sources. `devDependencies` and types don't: a package's tests
 * may use what is built on it. Scopes whose dependencies `assay.toml` states can't form a circle: its own check holds
 * them to it.
 *
 * Not seen: circles that are closed by computed names, or by dependencies of one package on two versions of another.
 */
export const scopeCycle: ChangeCheck = {
  id: "scope-cycle",
  kind: "change",
  summary: "Packages or scopes depend on each other in a circle",
  in: ["loop", "gate"],

  async inspect(context) {
    const { packages, config } = context.workspace;
    const found = packages.length > 1 ? [...packageCycles(context, await handWritten(context))] : [];
    const hasLooseScopes = config.pathMap !== null && Object.keys(config.dependencies).length === 0;
    const ofScopes = hasLooseScopes ? scopeCycles(context, await handWritten(context)) : [];
    return [...found, ...ofScopes];
  },
};

/** Name to the names that it depends on. */
type Edges = ReadonlyMap<string, ReadonlySet<string>>;

function* packageCycles(context: ChangeContext, pairs: ChangeContext["pairs"]): Generator<Finding> {
  const { packages } = context.workspace;
  const known = new Set(packages.map(({ name }) => name));
  const changed = new Map(context.pairs.map((pair) => [pair.change.path, pair]));
  const before = new Map<string, ReadonlySet<string>>();
  const now = new Map<string, ReadonlySet<string>>();
  for (const { name, dir, manifest } of packages) {
    const pair = changed.get(manifestIn(dir));
    const members = (names: readonly string[]): ReadonlySet<string> =>
      new Set(names.filter((other) => known.has(other) && other !== name));
    const { dependencies, peerDependencies, optionalDependencies } = manifest;
    const after = members(Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }));
    now.set(name, after);
    before.set(name, pair ? members([...(readNames(pair.baseText, usedFields)?.declared ?? [])]) : after);
  }
  for (const { name, dir } of packages) {
    for (const other of now.get(name) ?? []) {
      if (isOld(before, name, other)) continue;
      const circle = wayFrom(now, other, name);
      const path = manifestIn(dir);
      if (circle)
        yield { path, line: lineNaming(context.workspace.readText(path), other), message: told(name, circle) };
    }
  }
  yield* importCycles(context, pairs, now);
}

/** Imports of packages that the manifest knows for development only, or not at all. */
function* importCycles(context: ChangeContext, pairs: ChangeContext["pairs"], edges: Edges): Generator<Finding> {
  for (const { head, base } of pairs) {
    const own = head && roleOf(head.path) === "source" ? packageOf(context.workspace, head.path) : undefined;
    if (head === undefined || own === undefined) continue;
    const before = new Set(base ? importsOf(base).map(({ name }) => name) : []);
    for (const { name, start } of importsOf(head)) {
      const isNew = name !== own.name && edges.has(name) && !edges.get(own.name)?.has(name) && !before.has(name);
      const circle = isNew ? wayFrom(edges, name, own.name) : undefined;
      if (circle === undefined || importedElsewhere(context, own.dir, name)) continue;
      yield { path: head.path, line: head.lineOf(start), message: told(own.name, circle) };
      break;
    }
  }
}

/** Packages, by name, that a file loads when it runs. */
function importsOf(file: SourceFile): readonly { readonly name: string; readonly start: number }[] {
  const loads = referencesOf(file).filter(
    ({ kind }) => kind === "import" || kind === "re-export" || kind === "require",
  );
  return loads.map(({ specifier, start }) => ({ name: packageNameOf(specifier), start }));
}

/** Do shipped sources of the package that did not change import it already? */
function importedElsewhere(context: ChangeContext, dir: RepoPath, name: string): boolean {
  const changed = new Set(context.pairs.map(({ change }) => change.path));
  return context.workspace.tree.files.some(({ path }) => {
    if (changed.has(path) || !isSourcePath(path) || roleOf(path) !== "source" || isFixture(path)) return false;
    if (packageOf(context.workspace, path)?.dir !== dir) return false;
    const text = context.workspace.readText(path) ?? "";
    if (!text.includes(`"${name}`) && !text.includes(`'${name}`)) return false;
    const file = context.parse(path);
    return file !== undefined && importsOf(file).some((each) => each.name === name);
  });
}

/** Circles of scopes whose dependencies nobody stated: their imports are what there is. */
function* scopeCycles(context: ChangeContext, pairs: ChangeContext["pairs"]): Generator<Finding> {
  const steps = pairs.flatMap(({ head, base }) => newSteps(context, head, base));
  if (steps.length === 0) return;
  const { now, before } = scopeEdges(context);
  for (const { file, from, to, start } of steps) {
    if (isOld(before, from, to)) continue;
    const circle = wayFrom(now, to, from);
    if (circle) yield { path: file.path, line: file.lineOf(start), message: told(from, circle) };
  }
}

interface ScopeStep {
  readonly file: SourceFile;
  readonly from: string;
  readonly to: string;
  readonly start: number;
}

function newSteps(
  context: ChangeContext,
  head: SourceFile | undefined,
  base: SourceFile | undefined,
): readonly ScopeStep[] {
  const before = new Set((base ? stepsOf(context, base) : []).map(({ from, to }) => `${from} ${to}`));
  return (head ? stepsOf(context, head) : []).filter(({ from, to }) => !before.has(`${from} ${to}`));
}

function stepsOf(context: ChangeContext, file: SourceFile): readonly ScopeStep[] {
  const from = context.scope.scopeOf(file.path);
  if (from === undefined || roleOf(file.path) !== "source" || isFixture(file.path)) return [];
  return referencesOf(file).flatMap(({ specifier, kind, start }) => {
    const bare = packageNameOf(specifier);
    const path =
      pathOf(file.path, specifier, kind) ?? context.workspace.packages.find(({ name }) => name === bare)?.dir;
    const to = path === undefined ? undefined : context.scope.scopeOf(path);
    return to === undefined || to === from || kind === "type" ? [] : [{ file, from, to, start }];
  });
}

/** What scopes import of each other, before and now. Reads every source, which only a new step asks for. */
function scopeEdges(context: ChangeContext): { readonly now: Edges; readonly before: Edges } {
  const now = new Map<string, Set<string>>();
  const before = new Map<string, Set<string>>();
  const add = (edges: Map<string, Set<string>>, file: SourceFile | undefined): void => {
    for (const { from, to } of file ? stepsOf(context, file) : [])
      edges.set(from, (edges.get(from) ?? new Set<string>()).add(to));
  };
  const changed = new Set(context.pairs.map(({ change }) => change.path));
  for (const { base, head } of context.pairs) {
    add(before, base);
    add(now, head);
  }
  for (const { path } of context.workspace.tree.files) {
    if (changed.has(path) || !isSourcePath(path)) continue;
    const file = context.parse(path);
    add(before, file);
    add(now, file);
  }
  return { now, before };
}

/** Was the step there, or were both on a circle already? */
function isOld(before: Edges, from: string, to: string): boolean {
  if (before.get(from)?.has(to)) return true;
  return wayFrom(before, from, to) !== undefined && wayFrom(before, to, from) !== undefined;
}

/** The shortest way, both ends included. */
function wayFrom(edges: Edges, from: string, to: string): readonly string[] | undefined {
  const ways = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    for (const next of edges.get(last) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

function told(name: string, circle: readonly string[]): string {
  const way = [name, ...circle];
  const all = way.length > 5 ? [...way.slice(0, 2), "…", ...way.slice(-2)] : way;
  const short = all.map((each) => shortenedPath(each, 24)).join(" -> ");
  return `depends in a circle: ${short}; turn one round, or move what both need elsewhere`;
}

function manifestIn(dir: RepoPath): RepoPath {
  return joinPath(dir, "package.json");
}

function lineNaming(text = "", name: string): number {
  const index = text.split("\n").findIndex((line) => line.includes(`"${name}"`) && line.includes(":"));
  return Math.max(1, index + 1);
}
