import { expect, test } from "vitest";
import { parseSettings, withoutFilters } from "./settings.ts";

function settingsOf(...fields: readonly string[]) {
  return parseSettings(Buffer.from(fields.map((field) => `${field}\0`).join("")));
}

test("without a configuration the defaults hold", () => {
  expect(settingsOf()).toEqual({
    remotes: [],
    wholeRemotes: new Set(),
    remoteOfBranch: new Map(),
    filters: [],
    attributesFile: null,
    excludesFile: null,
    normalisesLineEndings: false,
    fileMode: true,
    symlinks: true,
    movesWorkTree: false,
  });
});

test("remotes, branches and filters are found under any name", () => {
  const settings = settingsOf(
    "remote.origin.url\nx",
    "remote.origin.fetch\ny",
    "remote.my.fork.url\nz",
    "branch.feature/a.b.remote\nmy.fork",
    "filter.odd name=1.clean\nrm",
    "filter.lfs.required",
  );
  expect(settings.remotes).toEqual(["origin", "my.fork"]);
  expect(settings.remoteOfBranch).toEqual(new Map([["feature/a.b", "my.fork"]]));
  expect(settings.filters).toEqual(["odd name=1", "lfs"]);
  expect(withoutFilters(settings)).toContainEqual(["filter.odd name=1.clean", ""]);
});

test("the last value counts, and a key without a value is true", () => {
  expect(settingsOf("core.filemode\nfalse", "core.filemode").fileMode).toBe(true);
  expect(settingsOf("core.symlinks\ntrue", "core.symlinks\noff").symlinks).toBe(false);
  expect(settingsOf("core.excludesfile\n~/a\nb").excludesFile).toBe("~/a\nb");
  for (const value of ["true", "input", "on", "1"])
    expect(settingsOf(`core.autocrlf\n${value}`).normalisesLineEndings).toBe(true);
});
