// Which changes may be of tests, by names and words: those that the guards of tests are loaded for. In doubt it is one.
import type { FilePair } from "../../model/check.ts";
import { nameOf, type RepoPath } from "../../model/paths.ts";
import { roleOf } from "../../source/role.ts";

/** Words of a file that may import a test runner, under whatever name. */
export const namesRunner =
  /node:test|vitest|@jest\/|bun:test|mocha|\bava\b|uvu|\btape?\b|playwright|japa|rstest|std\/testing|vite-plus/;
/** What sets for all tests how often they are tried, or how long they take. */
export const setsForAll = /\b(?:retryTimes|setConfig|jest\.setTimeout|DEFAULT_TIMEOUT_INTERVAL|describe\.configure)\b/;
/** Names of files that are run before tests, and where they lie. */
const setup = /setup|teardown|preload|bootstrap|register|environment|global/i;
const setupFolder = /\bcypress\/support\//;
const snapshotFile = /\.snap$|(?:^|\/)__snapshots__\/|(?:^|\/)snapshots\/.*\.md$/;
/** Written with one, a name is not found by its letters. */
const escape = /\\[ux]/;

/** Is the file named as one that is run before tests, or does it lie with them? */
export function isSetup(path: RepoPath): boolean {
  return setup.test(nameOf(path)) || setupFolder.test(path);
}

/** Does the file keep what tests compare with? */
export function isSnapshotFile(path: RepoPath): boolean {
  return snapshotFile.test(path);
}

/** May a guard of tests have something to say of the change of a file? */
export function mayConcernTests({ change, baseText, headText }: FilePair): boolean {
  return (
    [change.path, change.previousPath ?? change.path].some(isNamedForTests) ||
    [baseText, headText].some((text) => text !== undefined && speaksOfTests(text))
  );
}

function isNamedForTests(path: RepoPath): boolean {
  return ["test", "config"].includes(roleOf(path)) || isSetup(path) || isSnapshotFile(path);
}

function speaksOfTests(text: string): boolean {
  return [namesRunner, setsForAll, escape].some((sign) => sign.test(text));
}
