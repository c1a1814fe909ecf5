// What a file is, by its name and place alone. Light: loads no parser.
import { nameOf, type RepoPath } from "../model/paths.ts";
import type { FileRole } from "../model/source-file.ts";

const sourceName = /\.[cm]?[jt]sx?$/;
const declarationName = /\.d\.(?:[\w-]+\.)?[cm]?ts$/;
const testName = /(?:[._](?:test|spec)|\.(?:test-d|spec-d|e2e|cy))\.[cm]?[jt]sx?$/;
const configName =
  /\.(?:config|conf|workspace)\.[cm]?[jt]sx?$|^\..*rc\.[cm]?[jt]s$|^(?:gulpfile|gruntfile|jakefile)\./i;

const testFolders = new Set(["__tests__", "__test__", "test", "tests", "spec", "specs", "e2e"]);
/** What holds types against each other, for tsd, TSTyche and their like: never run, and written to be judged by the compiler. */
const typeTest =
  /(?:^|\/)(?:test-d(?:ts)?|tests?-types?|types?-tests?|dtslint|tsd)\/|[.-](?:test|spec)-d\.[cm]?tsx?$|\.tst\.[cm]?tsx?$|\.types\.(?:test|spec)\.[cm]?tsx?$/;
/** What lies in these is read by tests, and is no test, whatever its name. */
const fixtureFolders = new Set([
  "__fixtures__",
  "__mocks__",
  "__snapshots__",
  "__testfixtures__",
  "fixture",
  "fixtures",
  "test-data",
  "testdata",
]);

/** Has it an extension of TypeScript or JavaScript? Declaration files count. */
export function isSourcePath(path: string): boolean {
  return sourceName.test(path);
}

/** Is it the compiler that judges it, whether or not a runner runs it too? */
export function isTypeTest(path: RepoPath): boolean {
  return typeTest.test(path);
}

/**
 * What a file is for.
 *
 * A test is named `x.test.ts`, `x.spec.ts`, `x_test.ts`, `x.e2e.ts`, `x.cy.ts` or `x.tst.ts`, or lies below a folder for
 * tests, or for tests of types, helpers included; fixtures and mocks are not tests. `x.config.ts` below a `src` folder is
 * part of the program.
 *
 * Not seen: tests known to a runner's configuration alone, such as `checks/login.ts`.
 */
export function roleOf(path: RepoPath): FileRole {
  const name = nameOf(path);
  if (declarationName.test(name)) return "declaration";
  const folders = foldersOf(path);
  if (folders.some((folder) => fixtureFolders.has(folder))) return "source";
  if (testName.test(name) || (folders.length === 0 && /^test\.[cm]?[jt]sx?$/.test(name))) return "test";
  if (configName.test(name) && !folders.includes("src")) return "config";
  return isTypeTest(path) || isInTestFolder(path) ? "test" : "source";
}

/** Does it lie in a folder for tests, or for what they read? */
export function isAmongTests(path: RepoPath): boolean {
  return isInTestFolder(path) || foldersOf(path).some((folder) => fixtureFolders.has(folder));
}

/** Does it lie in a folder for tests, whatever it is there for? */
export function isInTestFolder(path: RepoPath): boolean {
  return foldersOf(path).some((folder) => testFolders.has(folder));
}

function foldersOf(path: RepoPath): readonly string[] {
  return path.split("/").slice(0, -1);
}
