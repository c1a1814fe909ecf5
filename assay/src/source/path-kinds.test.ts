import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { isConfig, isPackageConfig, isProse, isReleaseNote, testOfSnapshot } from "./path-kinds.ts";

/** Paths for which the answer is yes, and those for which it is no. */
const questions: readonly (readonly [(path: RepoPath) => boolean, string, string])[] = [
  [
    isProse,
    "LICENSE a/LICENCE.txt README README.org docs/a.md a.jpg a.jpeg a.woff a.woff2",
    "a/myreadme readme/a.ts a.md.ts a.ts a.json",
  ],
  [
    isPackageConfig,
    "package.json a/package.json tsconfig.json a/tsconfig.build.json jsconfig.json",
    "my-package.json mytsconfig.json tsconfig.json.bak package.json.md a.json",
  ],
  [
    isReleaseNote,
    ".changeset/ab.md .changes/ab.md .nx/version-plans/ab.md .yarn/versions/ab.yml",
    "a/.changeset/ab.md .changes/a/b.md .yarn/versions/ab.yml.md .changeset/config.json a.md",
  ],
  [
    isConfig,
    "tsconfig.json vitest.config.ts a/vite.config.mts .eslintrc .mocharc.yml biome.json jest.toml astro.yml astro.yaml",
    "my-vite.config.ts nextpage.config.ts next.jsonp next.ts src/vitest.ts a.json",
  ],
];

for (const [isOne, yes, no] of questions) {
  test(`${isOne.name} tells what is one from what is none`, () => {
    const paths = `${yes} ${no}`.split(" ").map((path) => repoPath(path));
    expect(paths.filter(isOne)).toEqual(yes.split(" "));
  });
}

test.each([
  ["__snapshots__/a.test.ts.snap", "a.test.ts"],
  ["src/__snapshots__/a.test.ts.snap", "src/a.test.ts"],
  ["src/my__snapshots__/a.test.ts.snap", undefined],
  ["src/__snapshots__/a.test.ts.snap.md", undefined],
  ["src/__snapshots__/a/b.test.ts.snap", undefined],
  ["src/a.snap", undefined],
])("the test of the snapshot %s is %s", (path, expected) => {
  expect(testOfSnapshot(repoPath(path))).toBe(expected);
});
