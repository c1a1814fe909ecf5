import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { Manifest } from "../../model/workspace.ts";
import { fileRuns } from "./file-runs.ts";

const none = { dependencies: {}, devDependencies: {}, peerDependencies: {}, optionalDependencies: {} };
const manifest: Manifest = { name: "x", type: "module", scripts: { test: "tap" }, ...none, raw: {} };

/** How the tests of a line are run for two files, and which of the paths it takes. */
function runs(line: string, dir = "", ...paths: readonly string[]): readonly string[] | undefined {
  const found = fileRuns(manifest, repoPath(dir), line);
  if (found === undefined) return undefined;
  const taken = paths.filter((path) => found.accepts(repoPath(path)));
  return [found.line(["/c/a.js", "/c/it's.js"], false), ...taken];
}

test("tap keeps its flags and gets other files", () => {
  expect(runs("tap run tests/**/*.js --allow-empty-coverage -b --timeout=60000")).toEqual([
    "tap run --allow-empty-coverage --timeout=60000 /c/a.js '/c/it'\\''s.js'",
  ]);
  expect(runs("NODE_ENV=test tap --no-coverage -j 1 -R spec test/*.js")).toEqual([
    "env NODE_ENV=test tap --no-coverage -j 1 /c/a.js '/c/it'\\''s.js'",
  ]);
  expect(fileRuns(manifest, repoPath(""), "tap")?.line(["/c/a.js"], true)).toBe("tap --bail /c/a.js");
  expect(fileRuns(manifest, repoPath(""), "tape -r esm test/*.js")?.line(["/c/a.js"], true)).toBe(
    "tape -r esm /c/a.js",
  );
});

test("files that the line does not name are none of its tests", () => {
  const paths = ["test/a.js", "test/deep/b.js", "other/c.js", "p/test/a.js"];
  expect(runs("tap ./test/*.js", "", ...paths)?.slice(1)).toEqual(["test/a.js"]);
  expect(runs("tap test/", "", ...paths)?.slice(1)).toEqual(["test/a.js", "test/deep/b.js"]);
  expect(runs("tap ./test ./other/*.js", "", ...paths)?.slice(1)).toEqual([
    "test/a.js",
    "test/deep/b.js",
    "other/c.js",
  ]);
  expect(runs("tap run test/*.js", "", "run", ...paths)?.slice(1)).toEqual(["test/a.js"]);
  expect(runs("tap", "", ...paths)?.slice(1)).toEqual(paths);
  expect(runs("tap test", "p", ...paths)?.slice(1)).toEqual(["p/test/a.js"]);
});

test("nothing is known of other programs, of more than one, and of what only a shell knows", () => {
  for (const line of ["node check.js", "tap && node check.js", "tap; true", "tap --timeout $LONG a.js", "cd a && tap"])
    expect([line, runs(line)]).toEqual([line, undefined]);
});
