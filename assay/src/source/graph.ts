// The module graph of the head: which file names which.
import type { RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { extendedConfigs, resolvingConfiguration } from "./configuration.ts";
import { loadSnapshot, saveSnapshot, type Module, type Snapshot } from "./graph-cache.ts";
import type { Resolution } from "./resolve.ts";
import { readModules } from "./modules.ts";
import { pathDrift, staleTargets, type Drift } from "./stale-targets.ts";
import type { ModuleFacts } from "./specifier.ts";

export interface ModuleGraph {
  /** Every file whose imports are known, ordered by path. */
  readonly files: readonly RepoPath[];
  /** Sentences about a cache that could not be used. */
  readonly notes: readonly string[];
  /** Files that `path` names in any form, types included. */
  importsOf(path: RepoPath): readonly RepoPath[];
  /** Files that name `path` in any form. Without those that may mean it by way of a package. */
  importersOf(path: RepoPath): readonly RepoPath[];
  /**
   * Folders of workspace packages any source of which `path` may mean: it imports built output, an alias that only a
   * bundler knows, or something that is gone.
   */
  packagesOf(path: RepoPath): readonly RepoPath[];
  /** Files that have `dir` among their `packagesOf`. */
  packageImportersOf(dir: RepoPath): readonly RepoPath[];
  factsOf(path: RepoPath): ModuleFacts | undefined;
  /** What its specifiers mean, one for each, as often as they stand there. */
  targetsOf(path: RepoPath): readonly (Resolution | undefined)[];
  /** What a specifier that stands in `from` means; undefined where it does not stand there. */
  resolve(from: RepoPath, specifier: string): Resolution | undefined;
  /** Files with an import that leads nowhere, and the first such specifier. */
  readonly broken: ReadonlyMap<RepoPath, string>;
}

/** A cache this little behind is left as it is: catching up with it is cheaper than writing it. */
const tolerableDrift = 16;

/** Reads the graph of every TypeScript and JavaScript file of the head, and of those that hold some. */
export async function readGraph(
  workspace: Workspace,
  options: { readonly cacheFile: string | null },
): Promise<ModuleGraph> {
  const { cacheFile } = options;
  const { snapshot, note } = cacheFile === null ? { snapshot: null, note: null } : loadSnapshot(cacheFile);
  const current = await bringUpToDate(workspace, snapshot);
  if (cacheFile !== null && current.drift > tolerableDrift) saveSnapshot(cacheFile, current.snapshot);
  return graphOf(current.snapshot.modules, note === null ? [] : [note]);
}

async function bringUpToDate(
  workspace: Workspace,
  old: Snapshot | null,
): Promise<{ readonly snapshot: Snapshot; readonly drift: number }> {
  const isCurrent = old !== null && resolvingConfiguration(workspace, old.extended) === old.configuration;
  const extended = isCurrent ? old.extended : extendedConfigs(workspace);
  const configuration = isCurrent ? old.configuration : resolvingConfiguration(workspace, extended);
  const paths = workspace.tree.files.map((file) => file.path);
  const { modules, fresh } = await readModules(workspace, old?.modules ?? []);
  const drift = isCurrent ? pathDrift(old.paths, paths) : "all";
  const resolved = await resolveModules(workspace, modules, drift);
  const size = drift === "all" ? Infinity : fresh + drift.added.length + drift.removed.size;
  return { snapshot: { configuration, extended, paths, modules: resolved }, drift: size };
}

async function resolveModules(
  workspace: Workspace,
  modules: readonly Module[],
  drift: Drift | "all",
): Promise<readonly Module[]> {
  const isStale = staleTargets(drift);
  if (!modules.some(isStale)) return modules;
  const { createResolver } = await import("./resolve.ts");
  const resolver = createResolver(workspace);
  return modules.map((module) => {
    if (!isStale(module)) return module;
    const targets = module.facts.specifiers.map(({ text, kind }) => resolver.resolve(module.path, text, kind));
    return { ...module, targets };
  });
}

function graphOf(modules: readonly Module[], notes: readonly string[]): ModuleGraph {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const importers = new Map<RepoPath, RepoPath[]>();
  const packageImporters = new Map<RepoPath, RepoPath[]>();
  const broken = new Map<RepoPath, string>();
  for (const { path, facts, targets } of modules) {
    for (const [index, target] of targets.entries()) {
      if (target?.kind === "file") list(importers, target.path, path);
      else if (target?.kind === "workspace" || target?.kind === "missing") list(packageImporters, target.dir, path);
      if (target?.kind === "missing" && !broken.has(path)) broken.set(path, facts.specifiers[index]?.text ?? "");
    }
  }
  const targetsOf = (path: RepoPath): Module["targets"] => byPath.get(path)?.targets ?? [];
  return {
    files: modules.map((module) => module.path),
    notes,
    importsOf: (path) => [...new Set(filesOf(targetsOf(path)))],
    importersOf: (path) => importers.get(path) ?? [],
    packagesOf: (path) => [...new Set(dirsOf(targetsOf(path)))],
    packageImportersOf: (dir) => packageImporters.get(dir) ?? [],
    factsOf: (path) => byPath.get(path)?.facts,
    targetsOf,
    resolve(from, specifier) {
      const module = byPath.get(from);
      return module?.targets[module.facts.specifiers.findIndex(({ text }) => text === specifier)];
    },
    broken,
  };
}

function* filesOf(targets: Module["targets"]): Generator<RepoPath> {
  for (const target of targets) if (target?.kind === "file") yield target.path;
}

function* dirsOf(targets: Module["targets"]): Generator<RepoPath> {
  for (const target of targets) if (target?.kind === "workspace" || target?.kind === "missing") yield target.dir;
}

/** Adds `value` to the list of `key`. Values come in runs, so a repeated one is the last. */
function list(lists: Map<RepoPath, RepoPath[]>, key: RepoPath, value: RepoPath): void {
  const known = lists.get(key);
  if (!known) lists.set(key, [value]);
  else if (known.at(-1) !== value) known.push(value);
}
