import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { cacheVersion, loadSnapshot, saveSnapshot, type Module, type Snapshot } from "./graph-cache.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-graph-cache-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the cache's version names the parser and the resolver that the manifest pins", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const [, parser, resolver] = /oxc-parser (\S+), oxc-resolver (\S+)$/.exec(cacheVersion) ?? [];
  expect(manifest).toMatchObject({ dependencies: { "oxc-parser": parser, "oxc-resolver": resolver } });
});

const busy: Module = {
  path: repoPath("src/a.ts"),
  blob: "a1",
  facts: {
    specifiers: [
      { text: "./b", kind: "import", line: 1 },
      { text: "left", kind: "type", line: 2 },
      { text: "core", kind: "require", line: 3 },
      { text: "node:fs", kind: "import", line: 4 },
      { text: "", kind: "dynamic", line: 70_000 },
      { text: "~/x", kind: "mock", line: 5 },
      { text: "./new", kind: "url", line: 6 },
      { text: "./b", kind: "re-export", line: 7 },
    ],
    opaque: [
      { by: "reads", what: "node:fs" },
      { by: "runs", what: "dynamic of a computed name" },
      { by: "locates", what: "__dirname" },
    ],
  },
  targets: [
    { kind: "file", path: repoPath("src/b.ts") },
    { kind: "package", name: "left" },
    { kind: "workspace", dir: repoPath("packages/core") },
    { kind: "builtin" },
    { kind: "computed" },
    { kind: "missing", dir: repoPath("") },
    undefined,
    { kind: "file", path: repoPath("src/b.ts") },
  ],
};

const quiet: Module = { path: repoPath("src/b.ts"), blob: "b2", facts: { specifiers: [], opaque: [] }, targets: [] };

function snapshotOf(...modules: readonly Module[]): Snapshot {
  const paths = ["package.json", "src/a.ts", "src/b.ts"].map(repoPath);
  return { configuration: "package.json 1", extended: [repoPath("base.json")], paths, modules };
}

test("what was saved is loaded", () => {
  const file = join(folder, "deep/modules");
  saveSnapshot(file, snapshotOf(quiet, busy, quiet));
  const { snapshot, note } = loadSnapshot(file);
  const modules = snapshot?.modules.map(({ facts, ...rest }) => {
    return { ...rest, facts: { specifiers: facts.specifiers, opaque: facts.opaque } };
  });
  expect([note, { ...snapshot, modules }]).toEqual([null, snapshotOf(quiet, busy, quiet)]);
  expect(readdirSync(join(folder, "deep"))).toEqual(["modules"]);
});

test("a module whose content is not known is not kept", () => {
  const file = join(folder, "modules");
  saveSnapshot(file, snapshotOf(quiet, { ...busy, blob: null }));
  expect(loadSnapshot(file).snapshot?.modules.map(({ path }) => path)).toEqual(["src/b.ts"]);
});

test("a text that is named often is kept once", () => {
  const file = join(folder, "modules");
  saveSnapshot(file, snapshotOf(busy, busy));
  expect(readFileSync(file, "utf8").split('"./b"')).toHaveLength(2);
});

test("a cache that can not be put in its place leaves nothing behind", () => {
  const file = join(folder, "modules");
  mkdirSync(join(file, "in the way"), { recursive: true });
  saveSnapshot(file, snapshotOf(busy));
  expect(readdirSync(folder)).toEqual(["modules"]);
});
