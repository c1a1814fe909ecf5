import type { Boundary } from "../model/config.ts";
import type { ChangeCheck, ChangeContext, Sighting } from "../model/check.ts";
import { dirOf, isWithin, joinPath, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { packageOf, type Package, type Workspace } from "../model/workspace.ts";
import { packageNameOf } from "../source/opaque.ts";
import type { Resolver } from "../source/resolve.ts";
import { handWritten } from "./hand-written.ts";
import { mentionsIn } from "./mentions.ts";
import { newFindings } from "./new-findings.ts";
import { referencesOf, type Reference } from "./references.ts";

/**
 * Flags imports against `[scope.dependencies]` and `[boundaries.*]` of `assay.toml`, and without these, relative paths
 * that lead from one workspace package into another.
 *
 * A layer that everyone may reach through is no layer, and a package that others reach into can't be changed alone.
 *
 * Every form counts: `import`, `import type`, re-exports, `import()`, `require`, `createRequire`, `import.meta.resolve`,
 * `new URL(…)`, `vi.mock` and `jest.mock`. Changed files are judged, by the rules as they are now; what a file did at
 * the base is not new.
 *
 * Not seen: names that are worked out at run time, and what another module hands on.
 */
export const forbiddenImport: ChangeCheck = {
  id: "forbidden-import",
  kind: "change",
  summary: "An import crosses a boundary that the repository has set",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    const hasRules = hasOwnRules(context.workspace);
    if (!hasRules && context.workspace.packages.length < 3) return [];
    const resolver = hasRules ? await lazyResolver(context.workspace) : undefined;
    return newFindings(pairs, (file) =>
      resolver ? againstRules(file, context, resolver) : intoPackages(file, context),
    );
  },
};

function hasOwnRules({ config }: Workspace): boolean {
  return Object.keys(config.dependencies).length > 0 || Object.keys(config.boundaries).length > 0;
}

async function lazyResolver(workspace: Workspace): Promise<Resolver> {
  const { createResolver } = await import("../source/resolve.ts");
  return createResolver(workspace);
}

/** What a reference leads to: a place in the repository, a package by name, or both. */
interface Target {
  readonly path: RepoPath | undefined;
  readonly packages: readonly string[];
}

function* againstRules(file: SourceFile, context: ChangeContext, resolver: Resolver): Generator<Sighting> {
  const { config } = context.workspace;
  const scope = context.scope.scopeOf(file.path);
  if (scope === undefined) return;
  const boundary = config.boundaries[scope];
  const lines = new Set<number>();
  for (const reference of referencesOf(file)) {
    const target = targetOf(file.path, reference, context.workspace, resolver);
    const sighting = packageFault(scope, boundary, reference, target) ?? scopeFault(scope, context, reference, target);
    if (sighting === undefined) continue;
    lines.add(file.lineOf(reference.start));
    yield sighting;
  }
  if (boundary === undefined || file.role === "test" || file.role === "config") return;
  for (const { mention, at, text } of mentionsIn(file, boundary.forbidMentions)) {
    if (lines.has(file.lineOf(at.start))) continue;
    const message = `"${mention}" may not be mentioned in scope "${scope}"; put it in terms that this scope knows`;
    yield { at, message, fingerprint: `mention ${scope} ${mention} ${text}` };
  }
}

function packageFault(
  scope: string,
  boundary: Boundary | undefined,
  reference: Reference,
  target: Target,
): Sighting | undefined {
  const forbidden = target.packages.find((name) => boundary?.forbidPackages.some((entry) => names(entry, name)));
  if (forbidden === undefined) return undefined;
  const message = `"${forbidden}" may not be reached from scope "${scope}"; use it where it is allowed and pass in what you need`;
  return { at: reference, message, fingerprint: `package ${scope} ${forbidden} ${reference.specifier}` };
}

function names(entry: string, name: string): boolean {
  const wanted = entry.replace(/^node:/, "");
  return wanted.endsWith("/*") ? name.startsWith(wanted.slice(0, -1)) : wanted === name;
}

function scopeFault(
  scope: string,
  context: ChangeContext,
  reference: Reference,
  { path }: Target,
): Sighting | undefined {
  const { dependencies } = context.workspace.config;
  const other = path === undefined ? undefined : context.scope.scopeOf(path);
  if (other === undefined || other === scope || Object.keys(dependencies).length === 0) return undefined;
  // A scope without an entry may import nothing: what it used would not be tested together with it.
  if (dependencies[scope]?.includes(other)) return undefined;
  const message = `scope "${scope}" may not import "${other}" (${shown(reference.specifier)}); turn the dependency round or move the code`;
  return { at: reference, message, fingerprint: `scope ${scope} ${other} ${path}` };
}

function targetOf(from: RepoPath, { specifier, kind }: Reference, workspace: Workspace, resolver: Resolver): Target {
  const path = relativeTarget(from, specifier, kind);
  if (path !== undefined) {
    const installed = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
    if (installed !== undefined) return { path: undefined, packages: [installed] };
    const holder = packageOf(workspace, path);
    const own = packageOf(workspace, from);
    return { path, packages: holder && holder !== own ? [holder.name] : [] };
  }
  const bare = packageNameOf(specifier.replace(/^(?:node|npm|jsr):/, ""));
  const named = workspace.packages.find(({ name }) => name === bare);
  const resolution = resolver.resolve(from, specifier, kind);
  const inside =
    resolution.kind === "file" ? resolution.path : resolution.kind === "workspace" ? resolution.dir : undefined;
  const packages = [bare, ...aliasOf(packageOf(workspace, from), bare)];
  if (resolution.kind === "package") packages.push(resolution.name);
  return { path: inside ?? named?.dir, packages };
}

/** `"np": "npm:numpy-ts@1"`: the package behind the name. */
function aliasOf(pkg: Package | undefined, name: string): readonly string[] {
  if (pkg === undefined) return [];
  const { dependencies, devDependencies, optionalDependencies } = pkg.manifest;
  const ranges = [dependencies[name], devDependencies[name], optionalDependencies[name]];
  return ranges.flatMap((range) => /^npm:((?:@[^/@]+\/)?[^@]+)/.exec(range ?? "")?.[1] ?? []);
}

function relativeTarget(from: RepoPath, specifier: string, kind: Reference["kind"]): RepoPath | undefined {
  const isRelative = /^\.{1,2}(?:\/|$)/.test(specifier) || (kind === "url" && !/^(?:[a-z]+:|\/)/i.test(specifier));
  if (!isRelative) return undefined;
  try {
    return joinPath(dirOf(from), specifier.replace(/[?#].*$/, ""));
  } catch {
    // It leaves the repository, where no rule of ours holds.
    return undefined;
  }
}

/** Without rules: relative paths out of one package into another. Tests and tools' configuration may do that. */
function* intoPackages(file: SourceFile, { workspace }: ChangeContext): Generator<Sighting> {
  const own = packageOf(workspace, file.path);
  if (own === undefined || own.dir === "" || file.role !== "source") return;
  for (const reference of referencesOf(file)) {
    const path = relativeTarget(file.path, reference.specifier, reference.kind);
    const other = path === undefined ? undefined : packageOf(workspace, path);
    if (other === undefined || other.dir === "" || isWithin(own.dir, other.dir) || isWithin(other.dir, own.dir))
      continue;
    const message = `reaches into ${other.dir} by a relative path (${shown(reference.specifier)}); import "${other.name}" by its name and declare it`;
    yield { at: reference, message, fingerprint: `package ${own.name} ${path}` };
  }
}

function shown(specifier: string): string {
  return specifier.length > 60 ? `…${specifier.slice(-59)}` : specifier;
}
