import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { isCodeOwnersPath, placesIn } from "./config-paths.ts";

test.each([
  ["cypress.config.ts", "cypress", ""],
  ["cypress.component.config.mjs", "cypress", "component"],
  ["codecov.yml", "codecov", ""],
  [".codecov.yaml", "codecov", ""],
  ["stryker.conf.js", "stryker", ""],
  [".stryker.config.json", "stryker", ""],
  ["stryker.config.mjs", "stryker", ""],
])("%s configures %s", (name, runner, variant) => {
  expect(placesIn(repoPath(`apps/shop/${name}`))).toEqual([{ runner, dir: "apps/shop", variant }]);
});

test.each([
  "my-cypress.config.ts",
  "cypress.config.json",
  "xcodecov.yml",
  "codecov.yml.bak",
  "my-stryker.conf.js",
  "stryker.conf.js.bak",
  "stryker.json",
])("%s configures nothing", (name) => {
  expect(placesIn(repoPath(name))).toEqual([]);
});

test("owners are said where hosts look for them, and nowhere else", () => {
  const paths = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
  const others = ["packages/a/CODEOWNERS", "CODEOWNERS.md", "docs/CODEOWNERS.old"];
  expect([...paths, ...others].filter((path) => isCodeOwnersPath(repoPath(path)))).toEqual(paths);
});
