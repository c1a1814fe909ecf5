// Which files a change can reach, nearest first. Adds where it can not tell.
import { byPath, dirOf, nameOf, rootDir, type RepoPath } from "../model/paths.ts";
import type { Change } from "../model/change.ts";
import type { Affected, Reach, Scope } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import type { ModuleGraph } from "../source/graph.ts";
import { loadsModules, type OpaqueReason } from "../source/opaque.ts";
import { packageIndex } from "../source/package-index.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import { packageDependents } from "../source/package-dependents.ts";
import { isTestRunner } from "../source/test-runners.ts";
import { isConfig, isPackageConfig, isProse, isReleaseNote, testOfSnapshot } from "../source/path-kinds.ts";
import { testsImportingUnnamed } from "./auto-imports.ts";
import { changedPaths } from "./fallback.ts";
import { runTimeGraph } from "./run-time-graph.ts";
import { testsSetUpBy } from "./set-ups.ts";

/** Added to the distance of what is reached by reading files or running programs, so that importers come first. */
const far = 1000;

/** What one run looks at, gathered once. */
interface Ground {
  readonly scope: Scope;
  readonly graph: ModuleGraph;
  readonly workspace: Workspace;
  readonly dirAt: (path: RepoPath) => RepoPath;
  dependentsOf(dir: RepoPath): ReadonlySet<RepoPath>;
  testsSetUpBy(path: RepoPath): readonly RepoPath[];
  testsImportingUnnamed(path: RepoPath): readonly RepoPath[];
}

interface Seed {
  readonly path: RepoPath;
  readonly reach: Reach;
}

/**
 * Which files must be looked at again.
 *
 * A file counts when it was changed, when it imports, in any form and over any number of steps, one that counts, when
 * it is a test that is set up by one or may use it without an import, when it may have imported something that is gone,
 * or when it can see changed files at run time. Where none of this says who uses a changed file, all of its package
 * counts.
 *
 * Not seen: a test that hands the path of a changed source file, without naming any file itself, to a module that
 * reads it; and files outside of the repository.
 */
export function resolveAffected(scope: Scope, graph: ModuleGraph, workspace: Workspace): Affected {
  const packageAt = packageIndex(workspace);
  const dirAt = (path: RepoPath): RepoPath => packageAt(path)?.dir ?? rootDir;
  const dependentsOf = packageDependents(workspace, graph);
  const changed = changedPaths(scope.changes);
  const ground: Ground = {
    scope,
    graph,
    workspace,
    dirAt,
    dependentsOf,
    testsSetUpBy: testsSetUpBy({ workspace, graph, changed, dirAt, dependentsOf }),
    testsImportingUnnamed: testsImportingUnnamed({ workspace, graph, dirAt }),
  };
  const near = spread([...changedFiles(ground), ...goneFiles(ground), ...snapshotTests(ground)], new Map(), ground);
  const used = spread(watchers(withChanges(ground, ({ path }) => !isProse(path))), near, ground);
  // Whoever imports a package by its name sees what a build has made of it.
  const withoutBuilds = { ...ground, graph: { ...graph, packageImportersOf: () => [] } };
  const reached = spread(watchers(withChanges(ground, ({ path }) => isProse(path))), used, withoutBuilds);
  return {
    everything: scope.fallback !== null,
    reached: ordered(reached, scope),
    whole: wholePackages(ground),
    broken: new Set(graph.broken.keys()),
    importsOf: (path) => graph.importsOf(path),
    importersOf: (path) => graph.importersOf(path),
    ...runTimeReach(ground),
  };
}

function withChanges(ground: Ground, counts: (change: Change) => boolean): Ground {
  const { scope } = ground;
  return { ...ground, scope: { ...scope, changes: scope.changes.filter(counts) } };
}

function changedFiles({ scope, workspace }: Ground): readonly Seed[] {
  return scope.changes.filter((change) => workspace.tree.has(change.path)).map(({ path }) => seed(path));
}

function seed(path: RepoPath): Seed {
  return { path, reach: { distance: 0, why: "changed" } };
}

/** Paths that the base had and the head has not. */
function gonePaths({ scope, workspace }: Ground): readonly RepoPath[] {
  const paths = scope.changes.flatMap((change) => [change.path, change.previousPath ?? change.path]);
  return [...new Set(paths)].filter((path) => !workspace.tree.has(path));
}

/** Who may have imported what is gone: imports that now lead nowhere, or to what took its place. */
function* goneFiles(ground: Ground): Generator<Seed> {
  const { scope, graph } = ground;
  const gone = gonePaths(ground);
  if (gone.length === 0) return;
  const expanded = new Set(scope.expanded);
  for (const [path, specifier] of graph.broken) {
    const own = scope.scopeOf(path);
    // A path without a scope could belong to any.
    if (own !== undefined && !expanded.has(own)) continue;
    yield { path, reach: { distance: 1, why: `imports a file that is gone: ${specifier}` } };
  }
  const stems = new Set(gone.map(stemOf));
  for (const target of ground.workspace.tree.files) {
    if (!stems.has(stemOf(target.path))) continue;
    for (const path of graph.importersOf(target.path)) {
      yield { path, reach: { distance: 1, why: `imports ${target.path}, which may stand in for a file that is gone` } };
    }
  }
}

/** What a path is called in an import: without extensions and without `/index`. */
function stemOf(path: RepoPath): string {
  return path.replace(/\.[\w.-]+$/, "").replace(/\/index$/, "");
}

function snapshotTests({ scope, workspace }: Ground): readonly Seed[] {
  return scope.changes.flatMap(({ path }) => {
    const test = testOfSnapshot(path);
    if (test === undefined || !workspace.tree.has(test)) return [];
    return [{ path: test, reach: { distance: 1, why: `compares with ${path}` } }];
  });
}

/** Files that see changed ones without importing them. */
function* watchers(ground: Ground, counts: (reason: OpaqueReason) => boolean = () => true): Generator<Seed> {
  const paths = ground.scope.changes.map(({ path }) => path).filter((path) => !isReleaseNote(path));
  if (paths.length === 0) return;
  const dirsWithData = new Set(paths.filter((path) => !isSourcePath(path)).map(ground.dirAt));
  // No program takes in what a test runner alone loads; other tests may start a runner.
  const dirsOfPrograms = new Set(paths.filter((path) => !isLoneTest(path, ground)).map(ground.dirAt));
  const opaque = ground.graph.files.flatMap((path) => {
    const reasons = (ground.graph.factsOf(path)?.opaque ?? []).filter(counts);
    return reasons.length === 0 ? [] : [{ path, reasons, dir: ground.dirAt(path), isTest: roleOf(path) === "test" }];
  });
  if (opaque.length === 0) return;
  for (const dir of new Set(paths.map(ground.dirAt))) {
    const dirs = ground.dependentsOf(dir);
    for (const file of opaque) {
      // What lies at the root belongs to all.
      if (dir !== rootDir && !dirs.has(file.dir)) continue;
      if (!file.isTest && !dirsOfPrograms.has(dir)) continue;
      const reason = file.reasons.find((reason) => sees(reason, file.isTest, dirsWithData.has(dir)));
      if (reason) yield { path: file.path, reach: { distance: far, why: watching(reason, dir) } };
    }
  }
}

/** A test that only says where files lie hands them to others. A program that reads files reads data, not sources. */
function sees(reason: OpaqueReason, isTest: boolean, isDataChanged: boolean): boolean {
  if (isTest || reason.by === "runs") return true;
  return reason.by === "reads" && isDataChanged;
}

function watching({ by, what }: OpaqueReason, dir: RepoPath): string {
  const files = dir === rootDir ? "files of the repository" : `files of ${dir}`;
  return by === "runs" ? `can run ${files} (${what})` : `reads ${files} at run time (${what})`;
}

/** Adds to what is reached the seeds and all that import them. The nearest reason wins. */
function spread(
  seeds: Iterable<Seed>,
  before: ReadonlyMap<RepoPath, Reach>,
  ground: Ground,
): ReadonlyMap<RepoPath, Reach> {
  const reached = new Map(before);
  const packages = new Set<RepoPath>();
  // Seeds of a later distance wait until the walk has come so far.
  const levels = new Map<number, Seed[]>();
  const add = (seed: Seed): void => {
    const level = levels.get(seed.reach.distance);
    if (level) level.push(seed);
    else levels.set(seed.reach.distance, [seed]);
  };
  for (const seed of seeds) add(seed);
  for (let level = nextLevel(levels); level !== undefined; level = nextLevel(levels)) {
    for (const { path, reach } of level) {
      if (reached.has(path)) continue;
      reached.set(path, reach);
      for (const importer of importersOf(path, reach.distance + 1, packages, ground)) add(importer);
    }
  }
  return reached;
}

function nextLevel(levels: Map<number, Seed[]>): readonly Seed[] | undefined {
  const distance = Math.min(...levels.keys());
  const level = levels.get(distance);
  levels.delete(distance);
  return level;
}

function* importersOf(path: RepoPath, distance: number, packages: Set<RepoPath>, ground: Ground): Generator<Seed> {
  for (const importer of ground.graph.importersOf(path))
    yield { path: importer, reach: { distance, why: `imports ${path}` } };
  // A file that runs programs would bring in every test with every change.
  if (distance < far) {
    const reach = (why: string): Reach => ({ distance, why });
    for (const test of ground.testsSetUpBy(path)) yield { path: test, reach: reach(`is set up by ${path}`) };
    for (const test of ground.testsImportingUnnamed(path))
      yield { path: test, reach: reach(`may use ${path} without importing it`) };
  }
  // No build takes in tests and prose.
  if (roleOf(path) === "test" || isProse(path)) return;
  for (const dir of new Set([ground.dirAt(path), rootDir])) {
    if (packages.has(dir)) continue;
    packages.add(dir);
    for (const importer of ground.graph.packageImportersOf(dir)) {
      yield {
        path: importer,
        reach: { distance, why: `may import ${path} by way of ${dir === rootDir ? "the root" : dir}` },
      };
    }
  }
}

function runTimeReach(ground: Ground): Pick<Affected, "loadersOf" | "observersOf"> {
  const { graph, workspace } = ground;
  const atRunTime = { ...ground, graph: runTimeGraph(graph, workspace) };
  let loadAnything: ReadonlyMap<RepoPath, Reach> | undefined;
  return {
    loadersOf(path) {
      loadAnything ??= spread(watchers(ground, loadsModules), new Map(), atRunTime);
      return new Set(spread([seed(path)], loadAnything, atRunTime).keys());
    },
    observersOf(path) {
      const loaders = spread([seed(path)], new Map(), atRunTime);
      const watching = watchers(withChanges(atRunTime, (change) => change.path === path));
      return new Set(spread(watching, loaders, atRunTime).keys());
    },
  };
}

/** Packages in which a change may matter to anything, because it is not known to whom it matters. */
function wholePackages(ground: Ground): ReadonlyMap<RepoPath, string> {
  const whole = new Map<RepoPath, string>();
  const add = (dir: RepoPath, why: string): void => void (whole.has(dir) || whole.set(dir, why));
  for (const { path, previousPath } of ground.scope.changes) {
    for (const changed of new Set([path, previousPath ?? path])) {
      const dir = ground.dirAt(changed);
      if (isConfig(changed)) {
        const dirs = isPackageConfig(changed) ? ground.dependentsOf(dir) : [dir];
        for (const dependent of dirs)
          add(dependent, `${changed} configures ${dir === rootDir ? "the repository" : dir}`);
      } else if (isUsedUnseen(changed, ground)) add(dir, `nothing imports ${changed}, so anything may depend on it`);
    }
  }
  return whole;
}

function isUsedUnseen(path: RepoPath, ground: Ground): boolean {
  const { graph, workspace } = ground;
  if (isProse(path) || isReleaseNote(path) || testOfSnapshot(path) !== undefined) return false;
  if (isTestFile(path, ground)) return false;
  return !workspace.tree.has(path) || graph.importersOf(path).length === 0;
}

/** Nobody but a test runner loads it. */
function isLoneTest(path: RepoPath, ground: Ground): boolean {
  return isTestFile(path, ground) && ground.graph.importersOf(path).length === 0;
}

/** Does a test runner load it, by its name or by what it imports? Not what only lies among tests. */
function isTestFile(path: RepoPath, { graph }: Ground): boolean {
  if (roleOf(path) !== "test") return false;
  if (/\.(?:test|spec|test-d|e2e|cy)\.|_test\./.test(nameOf(path))) return true;
  return graph.factsOf(path)?.specifiers.some(({ text }) => isTestRunner(text)) === true;
}

/** Nearest first; among equals changed tests, then what is named like a changed file, then its neighbours. */
function ordered(reached: ReadonlyMap<RepoPath, Reach>, scope: Scope): ReadonlyMap<RepoPath, Reach> {
  const stems = new Set(scope.changes.map((change) => shortName(change.path)));
  const dirs = new Set(scope.changes.map((change) => dirOf(change.path)));
  const preferences: readonly ((seed: Seed) => boolean)[] = [
    ({ path, reach }) => reach.distance === 0 && roleOf(path) === "test",
    ({ path }) => stems.has(shortName(path)),
    ({ path }) => dirs.has(dirOf(path)),
    () => true,
  ];
  const ranked = [...reached].map(([path, reach]) => {
    const rank = preferences.findIndex((isPreferred) => isPreferred({ path, reach }));
    return { path, reach, rank };
  });
  ranked.sort((a, b) => a.reach.distance - b.reach.distance || a.rank - b.rank || byPath(a.path, b.path));
  return new Map(ranked.map(({ path, reach }) => [path, reach]));
}

function shortName(path: RepoPath): string {
  return nameOf(path).replace(/\..*$/, "");
}
