// Where and how a repository calls a formatter or linter: from its scripts first, from configuration files else.
import { ancestors, isWithin, joinPath, pathInside, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { findInstalled, isDeclared } from "../packages/installed.ts";
import { filledIn } from "../scripts/filled-in.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { invocationsOf } from "../scripts/read-scripts.ts";

/** The tool's part of reading a repository. */
export interface UseSource {
  /** The npm package that holds it. */
  readonly packageName: string;
  /** Reads a script's call; undefined where the program is another one, or is not checking anything. */
  readCall(invocation: Invocation): ToolCall | undefined;
  /** The tool's configuration that lies in this very folder. */
  configurationIn(workspace: Workspace, dir: RepoPath): string | undefined;
  /** A run from the root uses the configuration that lies nearest to each file, not only the root's. */
  readonly nestsConfiguration: boolean;
  /** Files that are read only in the folder the tool runs in: a package that has one keeps its own run. */
  readonly localFiles: readonly string[];
}

/** How a script calls a tool. */
export interface ToolCall {
  /** Files, folders and patterns as written; empty for all of the folder. */
  readonly paths: readonly string[];
  readonly flags: readonly string[];
  /** More warnings than this are a failure. */
  readonly maxWarnings: number;
  /** It changes files: read for its paths when no other call tells them. */
  readonly writes: boolean;
}

/** One run of the tool that stands for one or more calls. */
export interface FileToolUse {
  readonly dir: RepoPath;
  readonly paths: readonly string[];
  readonly globs: readonly string[];
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly maxWarnings: number;
  readonly evidence: string;
  covers(path: RepoPath): boolean;
}

interface Draft extends Omit<FileToolUse, "globs" | "covers"> {
  readonly writes: boolean;
  readonly script: string | null;
}

export async function findUses(source: UseSource, workspace: Workspace): Promise<readonly FileToolUse[]> {
  const called = (await Promise.all(workspace.packages.map((pkg) => calledIn(source, workspace, pkg)))).flat();
  const drafts = called.length > 0 ? fromCalls(source, workspace, called) : fromConfiguration(source, workspace);
  return Promise.all(drafts.map(finished));
}

async function calledIn(source: UseSource, workspace: Workspace, pkg: Package): Promise<readonly Draft[]> {
  const drafts = invocationsOf(pkg).map(async (invocation) => {
    const call = source.readCall(invocation);
    const dir = pathInside(pkg.dir, invocation.cd);
    if (call === undefined || dir === undefined) return [];
    // What only a shell can fill in narrows a run down; without it the whole folder is looked at.
    const named = invocation.dynamic
      ? []
      : call.paths.filter((path) => isGlob(path) || pathInside(dir, path) !== undefined);
    const paths =
      named.length === 0 ? ["."] : await withoutPatterns(workspace, dir, named, new Set(invocation.patterns));
    const { env, evidence, script } = invocation;
    return [{ ...call, dir, paths, env, evidence, script }];
  });
  return chosen((await Promise.all(drafts)).flat());
}

/** Patterns as a shell hands them on: as the files and folders that they fit. One that fits no folder is left to the tool. */
async function withoutPatterns(
  workspace: Workspace,
  dir: RepoPath,
  paths: readonly string[],
  patterns: ReadonlySet<string>,
): Promise<readonly string[]> {
  // With two stars a shell finds less than the tool does.
  const isOpen = (path: string): boolean => patterns.has(path) && !path.startsWith("!") && !path.includes("**");
  if (!paths.some(isOpen)) return paths;
  const { default: picomatch } = await import("picomatch");
  return paths.flatMap((path) => {
    if (!isOpen(path)) return [path];
    const { folders, files } = filledIn(workspace, dir, path, (glob) => picomatch(glob));
    return folders.length === 0 ? [path] : [...folders, ...files];
  });
}

const conventional = /^(?:lint|format:check|check:format|fmt:check|check:fmt|prettier:check|check)$/u;

/** Of several calls in one package: the ones that only check, each set of paths once, the conventional script's first. */
function chosen(drafts: readonly Draft[]): readonly Draft[] {
  const checking = drafts.filter((draft) => !draft.writes);
  const ordered = (checking.length > 0 ? checking : drafts).toSorted(
    (a, b) => Number(conventional.test(b.script ?? "")) - Number(conventional.test(a.script ?? "")),
  );
  const kept: Draft[] = [];
  for (const draft of ordered) {
    const covering = kept.some(
      (other) => other.dir === draft.dir && draft.paths.every((path) => liesIn(other.paths, path)),
    );
    if (!covering) kept.push(draft);
  }
  return merged(kept);
}

function liesIn(paths: readonly string[], path: string): boolean {
  const target = clean(path);
  return paths.some((other) => {
    const dir = clean(other);
    return dir === "" || dir === target || (!isGlob(dir) && target.startsWith(`${dir}/`));
  });
}

/** Calls that differ in their paths alone are one run. */
function merged(drafts: readonly Draft[]): readonly Draft[] {
  const byManner = new Map<string, Draft>();
  for (const draft of drafts) {
    const manner = JSON.stringify([draft.dir, draft.flags, draft.env, draft.maxWarnings]);
    const other = byManner.get(manner);
    byManner.set(
      manner,
      other === undefined ? draft : { ...other, paths: [...new Set([...other.paths, ...draft.paths])] },
    );
  }
  return [...byManner.values()];
}

/**
 * The root's own calls stand. A package that they cover drops out unless its configuration would be overlooked from
 * there; one that is configured by the root is looked at from the root, in one process with the others of its kind.
 */
function fromCalls(source: UseSource, workspace: Workspace, called: readonly Draft[]): readonly Draft[] {
  const ofRoot = called.filter((draft) => draft.dir === rootDir);
  const configuredRoot = source.configurationIn(workspace, rootDir) !== undefined;
  const lifted: Draft[] = [];
  const own: Draft[] = [];
  for (const draft of called.filter(({ dir }) => dir !== rootDir)) {
    const separate = isSeparate(source, workspace, draft.dir);
    const covered = ofRoot.some(({ paths }) => liesIn(paths, draft.dir));
    if (covered && (source.nestsConfiguration || !separate)) continue;
    if (configuredRoot && !separate && !namesFiles(draft)) lifted.push(fromRoot(draft));
    else own.push(draft);
  }
  return [...ofRoot, ...merged(lifted), ...own];
}

/** A flag's value such as `../../.oxlintrc.json` counts from the folder that the script runs in. */
function namesFiles({ flags }: Draft): boolean {
  return flags.some((flag) => /(?:^|=)\.{1,2}\/|^[^,*]*[\w-]\.(?:jsonc?|[cm]?[jt]s|toml|ya?ml)$/u.test(flag));
}

function isSeparate(source: UseSource, workspace: Workspace, dir: RepoPath): boolean {
  const below = [dir, ...ancestors(dir)].filter((folder) => folder !== rootDir);
  return below.some(
    (folder) =>
      source.configurationIn(workspace, folder) !== undefined ||
      source.localFiles.some((name) => workspace.tree.has(joinPath(folder, name))),
  );
}

function fromRoot(draft: Draft): Draft {
  return {
    ...draft,
    dir: rootDir,
    paths: draft.paths.map((path) => (isGlob(path) ? globFrom(draft.dir, path) : joinPath(draft.dir, path))),
  };
}

function globFrom(dir: RepoPath, glob: string): string {
  const [sign, pattern] = glob.startsWith("!") ? ["!", glob.slice(1)] : ["", glob];
  return `${sign}${dir}/${pattern.replace(/^\.\//u, "")}`;
}

/** No script calls it: its configuration says that it is used all the same, by editors, hooks or hand. */
function fromConfiguration(source: UseSource, workspace: Workspace): readonly Draft[] {
  const root = configured(source, workspace, rootDir);
  if (root !== undefined) return [root];
  return workspace.packages.flatMap(({ dir }) => configured(source, workspace, dir) ?? []);
}

function configured(source: UseSource, workspace: Workspace, dir: RepoPath): Draft | undefined {
  const evidence = source.configurationIn(workspace, dir);
  if (evidence === undefined) return undefined;
  // A file that was left behind, or meant for an editor, speaks for nothing.
  const { packageName } = source;
  if (!isDeclared(workspace, dir, packageName) && findInstalled(workspace, dir, packageName) === undefined)
    return undefined;
  return { dir, paths: ["."], flags: [], env: {}, maxWarnings: Infinity, evidence, writes: false, script: null };
}

async function finished(draft: Draft): Promise<FileToolUse> {
  const { dir, paths, flags, env, maxWarnings, evidence } = draft;
  const globs = paths.filter(isGlob);
  const folders = paths.filter((path) => !isGlob(path)).map((path) => joinPath(dir, path));
  const wanted = await compile(
    dir,
    globs.filter((glob) => !glob.startsWith("!")),
  );
  const unwanted = await compile(
    dir,
    globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)),
  );
  const covers = (path: RepoPath): boolean =>
    (folders.some((folder) => isWithin(folder, path)) || wanted.some((matches) => matches(path))) &&
    !unwanted.some((matches) => matches(path));
  return { dir, paths, globs, flags, env, maxWarnings, evidence, covers };
}

async function compile(dir: RepoPath, globs: readonly string[]): Promise<readonly ((path: RepoPath) => boolean)[]> {
  if (globs.length === 0) return [];
  const { default: picomatch } = await import("picomatch");
  const prefix = dir === "" ? "" : `${dir}/`;
  return globs.map((glob) => {
    const matches = picomatch(clean(glob), { dot: true });
    return (path) => path.startsWith(prefix) && matches(path.slice(prefix.length));
  });
}

export function isGlob(path: string): boolean {
  return /[*?{}[\]!]|[@+]\(/u.test(path);
}

/** A path as it is compared: no `./` in front, no `/` behind; the folder itself is empty. */
function clean(path: string): string {
  return path
    .replace(/^(?:\.\/)+/u, "")
    .replace(/\/+$/u, "")
    .replace(/^\.$/u, "");
}
