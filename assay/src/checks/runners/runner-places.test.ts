import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { testRepository } from "../../tools/testing/test-host.ts";
import { commandPlacesOf, placesOf, specificFirst } from "./runner-places.ts";

test("tests that load little of the change come first, then in their order, and last those that load nothing of it", () => {
  const [a, b] = [repoPath("a.ts"), repoPath("b.ts")];
  const loads = new Map([
    [repoPath("all.test.ts"), new Set([a, b])],
    [repoPath("near.test.ts"), new Set([a])],
    [repoPath("far.test.ts"), new Set([b])],
    [repoPath("none.test.ts"), new Set<typeof a>()],
  ]);
  const paths = ["other.test.ts", "all.test.ts", "none.test.ts", "near.test.ts", "far.test.ts"].map((path) =>
    repoPath(path),
  );
  expect(specificFirst(paths, loads)).toEqual([
    "near.test.ts",
    "far.test.ts",
    "all.test.ts",
    "other.test.ts",
    "none.test.ts",
  ]);
});

test("a changed test that loads the change keeps its place before others that load as much", () => {
  const [a, alone, changed, other] = [
    repoPath("a.ts"),
    repoPath("alone.test.ts"),
    repoPath("changed.test.ts"),
    repoPath("other.test.ts"),
  ];
  const loads = new Map([
    [changed, new Set([changed, a])],
    [other, new Set([a])],
    [alone, new Set([alone])],
  ]);
  expect(specificFirst([changed, alone, other], loads)).toEqual([alone, changed, other]);
});

/** What runs `a.test.js` in a package that has this runner, and whether it is driven. */
async function ranBy(runner: "vitest" | "jest", version: string): Promise<readonly string[]> {
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "a", devDependencies: { [runner]: "*" }, scripts: { test: runner } }),
    "a.js": "",
    "a.test.js": "",
    [`node_modules/${runner}/package.json`]: JSON.stringify({ name: runner, version, bin: "cli.js" }),
  });
  const reached = [repoPath("a.test.js"), repoPath("a.js")];
  const places = await placesOf(repository.workspace, reached);
  const commands = await commandPlacesOf(repository.workspace, reached);
  return [
    ...places.map(({ start, testFiles }) => `${start.runner} ${start.version} is driven: ${testFiles.join(" ")}`),
    ...commands.map(({ command, testFiles }) => `${command.label} is run: ${testFiles.join(" ")}`),
  ];
}

test("a runner is driven in the versions that are known, and run anew for each mutant in all others", async () => {
  expect(await ranBy("vitest", "2.1.9")).toEqual(["vitest is run: a.test.js"]);
  expect(await ranBy("vitest", "3.0.0")).toEqual(["vitest 3.0.0 is driven: a.test.js"]);
  expect(await ranBy("vitest", "60.0.0")).toEqual(["vitest is run: a.test.js"]);
  expect(await ranBy("jest", "28.1.3")).toEqual(["jest is run: a.test.js"]);
  expect(await ranBy("jest", "29.0.0")).toEqual(["jest 29.0.0 is driven: a.test.js"]);
});
