import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { placesIn } from "./config-paths.ts";

test.each([
  ["cypress.config.ts", "cypress", ""],
  ["cypress.component.config.mjs", "cypress", "component"],
  ["codecov.yml", "codecov", ""],
  [".codecov.yaml", "codecov", ""],
])("%s configures %s", (name, runner, variant) => {
  expect(placesIn(repoPath(`apps/shop/${name}`))).toEqual([{ runner, dir: "apps/shop", variant }]);
});

test.each(["my-cypress.config.ts", "cypress.config.json", "xcodecov.yml", "codecov.yml.bak"])(
  "%s configures nothing",
  (name) => {
    expect(placesIn(repoPath(name))).toEqual([]);
  },
);
