import type { ChangeCheck, ChangeContext, Sighting } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { isWithin, pathInside, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { packageOf, type Package, type Workspace } from "../model/workspace.ts";
import { targetOfLink } from "../source/links.ts";
import { packageNameOf } from "../source/opaque.ts";
import { isSourcePath } from "../source/role.ts";
import { boundaryRules, shown, type BoundaryRules } from "./imports/boundary-rules.ts";
import { handWritten } from "./change/hand-written.ts";
import { behindAlias } from "./imports/module-aliases.ts";
import { moduleWorlds, pathOf, type ModuleWorld } from "./imports/module-world.ts";
import { newFindings } from "./change/new-findings.ts";
import { referencesOf, type Reference } from "./imports/references.ts";

/**
 * Flags what crosses `[scope.dependencies]` and `[boundaries.*]` of `assay.toml`, and paths that lead from one workspace
 * package into another.
 *
 * A layer that everyone may reach through is no layer, and a package that others reach into can't be changed alone.
 *
 * Every form of a reference counts, under any name, and so does what a module that may be imported only hands on. Files
 * that did not change are judged where a change to an alias, or to a module on the way, leads them somewhere else. What
 * a file did at the base is not new.
 *
 * Not seen: names that are worked out at run time from what is not in the file.
 */
export const forbiddenImport: ChangeCheck = {
  id: "forbidden-import",
  kind: "change",
  summary: "An import crosses a boundary that the repository has set",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    const hasRules = hasOwnRules(context.workspace);
    const crossing = hasRules ? await byRules(context, pairs) : [];
    if (context.workspace.packages.length < 3) return crossing;
    const isAlias = await aliasTest(context, pairs);
    const isTold = ({ path, line }: Finding): boolean =>
      crossing.some((each) => each.path === path && each.line === line);
    const reaching = newFindings(pairs, (file) => intoPackages(file, context, isAlias, hasRules));
    return [...crossing, ...reaching.filter((finding) => !isTold(finding))];
  },
};

function hasOwnRules({ config }: Workspace): boolean {
  return Object.keys(config.dependencies).length > 0 || Object.keys(config.boundaries).length > 0;
}

interface Sides {
  readonly base: BoundaryRules;
  readonly head: BoundaryRules;
  readonly worlds: { readonly base: ModuleWorld; readonly head: ModuleWorld };
}

async function byRules(context: ChangeContext, pairs: ChangeContext["pairs"]): Promise<readonly Finding[]> {
  const { createResolver } = await import("../source/resolve.ts");
  const { parseSource } = await import("../source/parse.ts");
  const worlds = await moduleWorlds(context, createResolver(context.workspace));
  const parseText = (text: string): SourceFile => parseSource("text.js" as RepoPath, text);
  const sides: Sides = {
    worlds,
    base: boundaryRules(context, worlds.base, parseText),
    head: boundaryRules(context, worlds.head, parseText),
  };
  const atBase = new Set(pairs.map(({ base }) => base));
  const inChange = newFindings(pairs, (file) => (atBase.has(file) ? sides.base : sides.head).judge(file));
  return [...inChange, ...links(context, sides.head), ...ledElsewhere(context, sides)];
}

/** Symbolic links that lead over a boundary. */
function* links(context: ChangeContext, rules: BoundaryRules): Generator<Finding> {
  for (const { change } of context.pairs) {
    const scope = change.symlink && change.kind !== "deleted" ? context.scope.scopeOf(change.path) : undefined;
    const target = scope === undefined ? undefined : targetOfLink(context.workspace, change.path);
    if (scope === undefined || target === undefined) continue;
    const installed = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(target)?.[1];
    const fault = rules.faultOf(scope, { paths: [target], packages: installed === undefined ? [] : [installed] });
    if (fault) yield { path: change.path, line: 1, message: fault.message };
  }
}

/** Faults of files that did not change themselves: an alias, or a module on the way, now leads elsewhere. */
function* ledElsewhere(context: ChangeContext, sides: Sides): Generator<Finding> {
  const scopes = new Set(turned(context, sides));
  const aliases = newAliases(sides);
  if (scopes.size === 0 && aliases.length === 0) return;
  const changed = new Set(context.pairs.map(({ change }) => change.path));
  for (const { path } of context.workspace.tree.files) {
    const scope = isSourcePath(path) && !changed.has(path) ? context.scope.scopeOf(path) : undefined;
    if (scope === undefined) continue;
    const isLed = scopes.has(scope) || speaksOf(context.workspace.readText(path) ?? "", path, aliases);
    const file = isLed ? context.parse(path) : undefined;
    if (file) yield* newReaches(file, sides);
  }
}

function* newReaches(file: SourceFile, { base, head }: Sides): Generator<Finding> {
  const before = new Set(Array.from(base.reaches(file), ({ fingerprint }) => fingerprint));
  for (const { at, message, fingerprint } of head.reaches(file)) {
    if (!before.has(fingerprint)) yield { path: file.path, line: file.lineOf(at.start), message };
  }
}

/** Scopes that may not have what a changed module hands on now and did not hand on before. */
function* turned(context: ChangeContext, { base, head }: Sides): Generator<string> {
  for (const { change } of context.pairs) {
    const before = new Set(handedOn(base, change.previousPath ?? change.path).map(({ key }) => key));
    for (const { key, scopes } of handedOn(head, change.path)) if (!before.has(key)) yield* scopes;
  }
}

function handedOn(
  rules: BoundaryRules,
  module: RepoPath,
): readonly { readonly key: string; readonly scopes: readonly string[] }[] {
  const { named, all } = rules.follower.handOns(module);
  const exported = [...named.keys(), ...(all.length > 0 ? ["*"] : [])];
  return exported.flatMap((name) =>
    rules.follower.originsOf(module, name).map((origin) => ({
      key: [name, ...origin.packages, ...origin.paths].join(" "),
      scopes: rules.deniedTo(origin),
    })),
  );
}

function newAliases({ worlds }: Sides): ModuleWorld["aliases"] {
  const before = new Set(worlds.base.aliases.map((alias) => JSON.stringify(alias)));
  return worlds.head.aliases.filter((alias) => !before.has(JSON.stringify(alias)));
}

function speaksOf(text: string, path: RepoPath, aliases: ModuleWorld["aliases"]): boolean {
  return aliases.some(({ dir, name }) => isWithin(dir, path) && text.includes(literalPart(name)));
}

/** The part of an alias that stands in every specifier that it fits. */
function literalPart(name: string): string {
  return /^\^?([^*$()[\]\\|+?.]*)/.exec(name)?.[1] ?? name;
}

/**
 * Ways into another package that it does not offer. Tests and tools' configuration may take them.
 *
 * `hasRules`: these say who may use whom, so that only what a package says that it does not offer is left to be told.
 */
function* intoPackages(
  file: SourceFile,
  { workspace }: ChangeContext,
  isAlias: AliasTest,
  hasRules: boolean,
): Generator<Sighting> {
  const own = packageOf(workspace, file.path);
  if (own === undefined || own.dir === "" || file.role !== "source") return;
  for (const { specifier, kind, start } of referencesOf(file)) {
    const closed = loading.has(kind) ? closedPath(workspace, own, specifier) : undefined;
    if (closed !== undefined && !isAlias(file.path, specifier)) {
      const message = `"${packageNameOf(specifier)}" does not export ${shown(closed)}; import what it exports, or export it there`;
      yield { at: { start }, message, fingerprint: `closed ${own.name} ${specifier}` };
    }
    const relative = pathOf(file.path, specifier, kind);
    const path = relative ?? pathFromRoot(workspace, specifier);
    const other = path === undefined ? undefined : packageOf(workspace, path);
    if (other === undefined || other.dir === "" || isWithin(own.dir, other.dir) || isWithin(other.dir, own.dir))
      continue;
    if (path === undefined || (hasRules && !isKeptInside(other, path))) continue;
    const way = relative === undefined ? "a path from the root" : "a relative path";
    const message = `reaches into ${other.dir} by ${way} (${shown(specifier)}); import "${other.name}" by its name and declare it`;
    yield { at: { start }, message, fingerprint: `package ${own.name} ${path}` };
  }
}

/** Has the package `exports`, and is the file, whatever it ends in, none of what they lead to? */
function isKeptInside({ dir, manifest }: Package, path: RepoPath): boolean {
  const { exports } = manifest.raw;
  const stem = path.slice(dir.length).replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
  return exports !== undefined && exports !== null && !JSON.stringify(exports).includes(`".${stem}.`);
}

/** `packages/core/src/x`, as `baseUrl` allows it: no package has such a name. */
function pathFromRoot({ packages }: Workspace, specifier: string): RepoPath | undefined {
  if (packages.some(({ name }) => name === packageNameOf(specifier))) return undefined;
  const path = pathInside("" as RepoPath, specifier);
  return path === specifier && packages.some(({ dir }) => dir.includes("/") && isWithin(dir, path)) ? path : undefined;
}

const loading: ReadonlySet<Reference["kind"]> = new Set(["import", "re-export", "dynamic", "require"]);

/** `./src/inner.js` of another workspace package whose `exports` don't offer it. */
function closedPath({ packages }: Workspace, own: Package, specifier: string): string | undefined {
  const name = packageNameOf(specifier);
  const other = packages.find((each) => each.name === name && each !== own);
  const exported = other?.manifest.raw["exports"];
  if (exported === undefined || exported === null || specifier === name) return undefined;
  const path = `.${specifier.slice(name.length)}`;
  const offered = typeof exported === "object" ? Object.keys(exported) : [];
  return offered.some((each) => fits(each, path)) ? undefined : path;
}

function fits(offered: string, path: string): boolean {
  const [start = "", end] = offered.split("*");
  if (end === undefined) return offered === path || (offered.endsWith("/") && path.startsWith(offered));
  return path.startsWith(start) && path.endsWith(end);
}

type AliasTest = (from: RepoPath, specifier: string) => boolean;

/** Aliases are read only where something is suspect. */
async function aliasTest(context: ChangeContext, pairs: ChangeContext["pairs"]): Promise<AliasTest> {
  const { workspace } = context;
  const isSuspect = pairs.some(({ head }) => {
    const own = head && packageOf(workspace, head.path);
    return own && referencesOf(head).some(({ specifier }) => closedPath(workspace, own, specifier) !== undefined);
  });
  if (!isSuspect) return () => false;
  const { createResolver } = await import("../source/resolve.ts");
  const { aliases } = (await moduleWorlds(context, createResolver(workspace))).head;
  return (from, specifier) =>
    aliases.some((alias) => isWithin(alias.dir, from) && behindAlias(alias, specifier).length > 0);
}
