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

test("a remote is whole when every branch of it is fetched", () => {
  const { remotes, wholeRemotes } = settingsOf(
    "remote.plain.fetch\nrefs/heads/*:refs/remotes/plain/*",
    "remote.forced.fetch\n+refs/heads/*:refs/remotes/forced/*",
    "remote.one.fetch\n+refs/heads/main:refs/remotes/one/main",
    "remote.odd.fetch\n+refs/tags/x:refs/heads/*:",
    "remote.odd.push\nrefs/heads/*:refs/heads/*",
    "remote.pushdefault\nplain",
    "url.x.fetch\nrefs/heads/*:",
  );
  expect(remotes).toEqual(["plain", "forced", "one", "odd"]);
  expect(wholeRemotes).toEqual(new Set(["plain", "forced"]));
});

test.each([
  ["true", true],
  ["YES", true],
  ["on", true],
  ["1", true],
  ["12", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
  ["", false],
  ["truely", false],
])("the value %j of a switch means %j", (value, expected) => {
  expect(settingsOf(`core.filemode\n${value}`).fileMode).toBe(expected);
});

test("the last value counts, and a key without a value is true", () => {
  expect(settingsOf("core.filemode\nfalse", "core.filemode").fileMode).toBe(true);
  expect(settingsOf("core.symlinks\ntrue", "core.symlinks\noff").symlinks).toBe(false);
  expect(settingsOf("core.excludesfile\n~/a\nb").excludesFile).toBe("~/a\nb");
  expect(settingsOf("core.attributesfile\n~/a").attributesFile).toBe("~/a");
  for (const value of ["true", "input", "INPUT", "on", "1"])
    expect(settingsOf(`core.autocrlf\n${value}`).normalisesLineEndings).toBe(true);
});
