import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import {
  findTestFiles,
  hasFileBelow,
  isLeftToBuild,
  pathFrom,
  staysInside,
  type TestPatterns,
} from "./test-patterns.ts";

const workspace = (): ReturnType<typeof temporaryWorkspace> =>
  temporaryWorkspace({
    "p/a.test.ts": "",
    "p/.x/b.test.ts": "",
    "p/q/c.test.ts": "",
    "p/d.ts": "",
    "p/e.json": "",
    "pp/f.test.ts": "",
  });

function found(patterns: TestPatterns | undefined, nested: readonly string[] = [], dir = "p"): unknown {
  const { candidates, exact, whole } = findTestFiles(
    workspace(),
    repoPath(dir),
    nested.map((path) => repoPath(path)),
    patterns,
  );
  return [candidates.join(" "), exact, whole];
}

test("the test files of a folder are those that its patterns fit, hidden ones too, without those of runs below", () => {
  const patterns = { include: ["**/*.test.ts"], exclude: [] };
  expect(found(patterns)).toEqual(["p/.x/b.test.ts p/a.test.ts p/q/c.test.ts", true, true]);
  expect(found(patterns, ["p/q"])).toEqual(["p/.x/b.test.ts p/a.test.ts", true, false]);
  expect(found({ ...patterns, exclude: ["q/**"] })).toEqual(["p/.x/b.test.ts p/a.test.ts", true, true]);
  expect(found({ ...patterns, accepts: (path) => path.includes("/q/") })).toEqual(["p/q/c.test.ts", true, true]);
  expect(found({ include: ["pp/*"], exclude: [] }, [], "")).toEqual(["pp/f.test.ts", true, true]);
  expect(found({ include: ["*.ts"], exclude: ["d.*"] })).toEqual(["p/a.test.ts", true, true]);
});

test("where patterns can't be read every source may be a test", () => {
  expect(found(undefined, ["p/q"])).toEqual(["p/.x/b.test.ts p/a.test.ts p/d.ts", false, false]);
});

test("a path that a script gives is one of the repository, or none", () => {
  const from = (dir: string, given: string): string | undefined => pathFrom(repoPath(dir), given);
  expect([from("p", "a/./b"), from("p", "../a"), from("p/q", "../../a"), from("", "."), from("", "a/../b")]).toEqual([
    "p/a/b",
    "a",
    "a",
    "",
    "b",
  ]);
  expect([from("", "../a"), from("p", "../../a"), from("p", "/a"), from("p", "a/../../..")]).toEqual(
    Array(4).fill(undefined),
  );
});

test("a pattern stays inside that never goes up", () => {
  expect(["a/**", "./a", "a..b/c", "..", "../a", "/a", "a/../b"].map(staysInside)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("a folder without a file of the repository is left to a build", () => {
  const isLeft = (...folders: readonly string[]): boolean => isLeftToBuild(workspace(), repoPath("p"), folders);
  expect([
    isLeft(),
    isLeft("q", "."),
    isLeft("dist"),
    isLeft("q", "./dist"),
    isLeft("../pp"),
    isLeft("../../x"),
  ]).toEqual([false, false, true, true, false, false]);
});

test("a file lies below a folder that is neither in it nor below another run", () => {
  const has = (dir: string, name: string, ...nested: readonly string[]): boolean =>
    hasFileBelow(
      workspace(),
      repoPath(dir),
      nested.map((path) => repoPath(path)),
      (path) => path.endsWith(name),
    );
  expect([
    has("p", "c.test.ts"),
    has("p", "c.test.ts", "p/q"),
    has("p", "d.ts"),
    has("p", "f.test.ts"),
    has("", "d.ts"),
  ]).toEqual([true, false, false, false, true]);
});
