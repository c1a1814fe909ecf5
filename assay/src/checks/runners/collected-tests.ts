// Which files the test runners of a repository take for tests, as far as that can be read.
import { isWithin, nameOf, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import { treeWithPaths } from "./tree-with-paths.ts";

export type Collects = (path: RepoPath) => boolean;

/** No runner looks into these unless it is told to. */
const leftOut =
  /(?:^|\/)(?:node_modules|\.[^/]+|dist|build|out|coverage|vendor|__mocks__|__fixtures__|fixtures?|testdata)\//;
const testName = /(?:[._-](?:test|spec)|\.(?:test-d|spec-d|e2e|cy))\.[cm]?[jt]sx?$|^test[.-]/;

/** `others`: paths that are not in the tree any more, and are asked for all the same. */
export async function collectorFor(workspace: Workspace, others: readonly RepoPath[]): Promise<Collects> {
  const whole: Workspace = { ...workspace, tree: treeWithPaths(workspace.tree, others) };
  const [{ vitestTestFiles }, { jestTestFiles }] = await Promise.all([
    import("../../tools/runners/vitest.ts"),
    import("../../tools/runners/jest.ts"),
  ]);
  const runs = [...(await vitestTestFiles(whole)), ...(await jestTestFiles(whole))];
  const exact = runs.flatMap(({ dir, tests }) => (tests.exact ? [{ dir, files: new Set(tests.candidates) }] : []));
  const isUnsure = runs.length > exact.length;
  return (path) => {
    if (!isSourcePath(path)) return false;
    if (exact.some(({ files }) => files.has(path))) return true;
    const isConfigured = !isUnsure && exact.some(({ dir }) => isWithin(dir, path));
    return !isConfigured && isByConvention(path);
  };
}

function isByConvention(path: RepoPath): boolean {
  return !leftOut.test(path) && (testName.test(nameOf(path)) || roleOf(path) === "test");
}
