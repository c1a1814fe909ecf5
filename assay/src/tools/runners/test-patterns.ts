// Test files by glob, as runners match them.
import { posix } from "node:path";
import picomatch from "picomatch";
import { isWithin, joinPath, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { filesBelow, isSource, type TestFiles } from "./test-selection.ts";

/** Globs relative to the folder a runner is run in. Undefined where the configuration can't be read. */
export interface TestPatterns {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** A second look at what matched, and at what the globs were matched with. */
  accepts?(path: RepoPath, matched: string): boolean;
}

/** The test files below `dir`, without those of `nested`, where runs of their own look after them. */
export function findTestFiles(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  patterns: TestPatterns | undefined,
): TestFiles {
  const whole = nested.length === 0;
  if (patterns === undefined) return { candidates: filesBelow(workspace, dir, nested, isSource), exact: false, whole };
  const matches = matcherOf(patterns);
  const candidates = filesBelow(workspace, dir, nested, (path) => {
    const inside = dir === "" ? path : path.slice(dir.length + 1);
    return matches(inside) && (patterns.accepts?.(path, inside) ?? true);
  });
  return { candidates, exact: true, whole };
}

type Matches = (path: string) => boolean;

const matchers = new Map<string, Matches>();

/** The packages of a workspace mostly have the same patterns, and compiling them takes longer than matching. */
export function matcherOf({ include, exclude }: Pick<TestPatterns, "include" | "exclude">): Matches {
  const key = JSON.stringify([include, exclude]);
  const known = matchers.get(key) ?? picomatch([...include], { dot: true, ignore: [...exclude] });
  matchers.set(key, known);
  return known;
}

/** Is the glob one that stays inside the folder? */
export function staysInside(glob: string): boolean {
  return !glob.startsWith("/") && !glob.startsWith("..") && !glob.includes("/../");
}

/** A path as a script gives it to a program in `dir`; undefined where it lies outside the repository. */
export function pathFrom(dir: RepoPath, given: string): RepoPath | undefined {
  if (given.startsWith("/")) return undefined;
  const ups = posix
    .normalize(given)
    .split("/")
    .filter((segment) => segment === "..").length;
  return ups > (dir === "" ? 0 : dir.split("/").length) ? undefined : joinPath(dir, given);
}

/** Is one of these folders, as a run in `dir` names them, without a file of the repository? A build makes those of it. */
export function isLeftToBuild(workspace: Workspace, dir: RepoPath, folders: readonly string[]): boolean {
  const known = folders.map((folder) => pathFrom(dir, folder)).filter((folder) => folder !== undefined);
  return known.some((folder) => !workspace.tree.files.some(({ path }) => isWithin(folder, path)));
}

/** Is there a file of one of these names below `dir`, neither in it nor below `nested`? */
export function hasFileBelow(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  isNamed: (path: RepoPath) => boolean,
): boolean {
  const prefix = dir === "" ? "" : `${dir}/`;
  return workspace.tree.files.some(
    ({ path }) =>
      isWithin(dir, path) &&
      path.slice(prefix.length).includes("/") &&
      isNamed(path) &&
      !nested.some((inner) => isWithin(inner, path)),
  );
}
