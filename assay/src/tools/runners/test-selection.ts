// Which test files a run is given, in which order, and in how many parts.
import { byPath, isWithin, nameOf, type RepoPath } from "../../model/paths.ts";
import { isAffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Selection } from "../tool.ts";

/** The files of one runner in one folder. */
export interface TestFiles {
  /** Ordered by path. */
  readonly candidates: readonly RepoPath[];
  /** False: the configuration can't be read, so every source file is a candidate and the runner picks its own. */
  readonly exact: boolean;
  /** Nothing else of the folder is left to the runners of folders below. Then a run needs no list. */
  readonly whole: boolean;
}

/** The folder that a runner is run in, and its files there. */
export interface RunTests {
  readonly dir: RepoPath;
  readonly tests: TestFiles;
}

/** One run of a runner. */
export interface TestBatch {
  /** Null: whatever the runner finds. */
  readonly files: readonly RepoPath[] | null;
  /** The nearest files of a selection that was cut. */
  readonly first: boolean;
  /** May the runner find that none of them is a test? */
  readonly mayBeEmpty: boolean;
}

const conventional = /(?:\.|-|_|^)(?:test|spec)(?:-d)?\.[cm]?[jt]sx?$|(?:^|\/)(?:__tests__|tests?)\/.*\.[cm]?[jt]sx?$/;

/** Does the path look like a test to anybody? */
export function looksLikeTest(path: RepoPath): boolean {
  return conventional.test(path) || conventional.test(nameOf(path));
}

const sourceName = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

export function isSource(path: RepoPath): boolean {
  return sourceName.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

/** The files below `dir` that fit, without those below `nested`. */
export function filesBelow(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  fits: (path: RepoPath) => boolean,
): readonly RepoPath[] {
  return workspace.tree.files
    .map((file) => file.path)
    .filter((path) => isWithin(dir, path) && fits(path) && !nested.some((inner) => isWithin(inner, path)));
}

/** More files than this are cut, so that a small budget finishes the nearest ones. */
const uncutFiles = 24;
const firstFiles = 12;
const laterFiles = 100;
const fullRunFiles = 200;
/** A list that is longer than this costs more than it saves. */
const longestList = 1500;

/** The runs for a selection, the nearest files first. Empty when no candidate is selected. */
export function cutIntoBatches(selection: Selection, tests: TestFiles): readonly TestBatch[] {
  const files = selectedFiles(selection, tests.candidates);
  if (files.length === 0) return [];
  if (!tests.exact) return [openBatch(selection, tests, files)];
  if (selection.kind === "all") {
    if (files.length <= fullRunFiles) return [listBatch(tests.whole ? null : files, false)];
    return chunks(files, fullRunFiles).map((part) => listBatch(part, false));
  }
  if (files.length <= uncutFiles) return [listBatch(files, false)];
  const later = chunks(files.slice(firstFiles), laterFiles).map((part) => listBatch(part, false));
  return [listBatch(files.slice(0, firstFiles), true), ...later];
}

function openBatch(selection: Selection, tests: TestFiles, files: readonly RepoPath[]): TestBatch {
  const needsNoList = tests.whole && (selection.kind === "all" || files.length > longestList);
  return { files: needsNoList ? null : files, first: false, mayBeEmpty: !files.some(looksLikeTest) };
}

function listBatch(files: readonly RepoPath[] | null, first: boolean): TestBatch {
  return { files, first, mayBeEmpty: false };
}

/** The nearest first. */
export function selectedFiles(selection: Selection, candidates: readonly RepoPath[]): readonly RepoPath[] {
  if (selection.kind === "all") return candidates;
  const { affected } = selection;
  const order = new Map([...affected.reached.keys()].map((path, index) => [path, index]));
  const rank = (path: RepoPath): number => order.get(path) ?? Infinity;
  return candidates
    .filter((path) => isAffected(affected, path))
    .toSorted((a, b) => (rank(a) === rank(b) ? byPath(a, b) : rank(a) - rank(b)));
}

/** For runners that only run as a whole: can the selection be seen from anywhere in these folders? */
export function concerns(
  selection: Selection,
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
): boolean {
  if (selection.kind === "all") return true;
  const seen = (path: RepoPath): boolean => isAffected(selection.affected, path) || selection.inScope(path);
  return filesBelow(workspace, dir, nested, seen).length > 0;
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
