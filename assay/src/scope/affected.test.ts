import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { isAffected, type Fallback } from "../model/scope.ts";
import { affectedBy, reached, type Given } from "./testing/affected-by.ts";

async function whole(given: Given): Promise<readonly string[]> {
  const affected = await affectedBy(given);
  return [...affected.whole].map(([dir, why]) => `${dir}: ${why}`);
}

const chain = {
  "package.json": '{"name":"a"}',
  "src/a.ts": "export const a = 1;",
  "src/b.ts": 'export * from "./a";',
  "src/c.ts": 'import type { B } from "./b";',
  "src/a.test.ts": 'import "./a";',
  "src/z.test.ts": 'vi.mock("./c");',
  "test/b.test.ts": 'import "../src/b";',
  "src/alone.test.ts": "",
};

test("a note on the next release concerns nobody, not even who reads files", async () => {
  const files = { ...chain, "src/reads.test.ts": 'import { readFileSync } from "node:fs"; readFileSync(name);' };
  const given = { files: { ...files, ".changeset/a.md": "", ".yarn/versions/b.yml": "" } };
  const changed = [".changeset/a.md", ".yarn/versions/b.yml"];
  expect(await reached({ ...given, changed })).toEqual(
    [".changeset/a.md", ".yarn/versions/b.yml"].map((path) => `0 ${path}: changed`),
  );
  expect(await whole({ ...given, changed })).toEqual([]);
});

test("all importers of a changed file count, nearest first, with the next file on the way", async () => {
  expect(await reached({ files: chain, changed: ["src/a.ts"] })).toEqual([
    "0 src/a.ts: changed",
    "1 src/a.test.ts: imports src/a.ts",
    "1 src/b.ts: imports src/a.ts",
    "2 src/c.ts: imports src/b.ts",
    "2 test/b.test.ts: imports src/b.ts",
    "3 src/z.test.ts: imports src/c.ts",
  ]);
});

test("a module that is imported makes no package count as a whole", async () => {
  const affected = await affectedBy({ files: chain, changed: ["src/a.ts"] });
  expect([affected.whole.size, affected.everything, isAffected(affected, repoPath("src/alone.test.ts"))]).toEqual([
    0,
    false,
    false,
  ]);
});

test("changed tests come first, and no test makes others count", async () => {
  const given = { files: chain, changed: ["src/b.ts", "src/z.test.ts"] };
  expect((await reached(given)).slice(0, 2)).toEqual(["0 src/z.test.ts: changed", "0 src/b.ts: changed"]);
  expect(await whole(given)).toEqual([]);
});

test("a cycle of imports ends", async () => {
  const files = { "a.ts": 'import "./b";', "b.ts": 'import "./a";' };
  expect(await reached({ files, changed: ["a.ts"] })).toEqual(["0 a.ts: changed", "1 b.ts: imports a.ts"]);
});

test("whoever imports what is gone counts, with its importers", async () => {
  const files = { ...chain, "src/d.ts": 'import "./old";', "src/d.test.ts": 'import "./d";', "src/new.ts": "" };
  const given = { files, changed: ["src/old.ts > src/new.ts"] };
  expect(await reached(given)).toContain("1 src/d.ts: imports a file that is gone: ./old");
  expect(await reached(given)).toContain("2 src/d.test.ts: imports src/d.ts");
  expect([...(await affectedBy(given)).broken]).toEqual(["src/d.ts"]);
  expect(await reached({ files, changed: ["src/old.ts"], outOfScope: "src/d" })).toEqual([]);
});

test("what is near one change is near, however far it is from another", async () => {
  const files = { ...chain, "src/d.ts": 'import "./old";', "src/e.ts": 'import "./b"; import "./d";' };
  expect(await reached({ files, changed: ["src/b.ts", "src/old.ts"] })).toContain("1 src/e.ts: imports src/b.ts");
});

const places: readonly (readonly [string, string, string])[] = [
  ["src/x.ts", "src/x/index.ts", "./x"],
  ["src/x/index.ts", "src/x.ts", "./x"],
  ["src/x.ts", "src/x.d.ts", "./x"],
  ["src/v1.2/x.ts", "src/v1.2/x/index.ts", "./v1.2/x"],
  ["src/index/x.ts", "src/index/x/index.ts", "./index/x"],
];

for (const [gone, place, specifier] of places) {
  test(`whoever imports ${place} counts when ${gone} is gone`, async () => {
    const files = { [place]: "", "src/a.ts": `import "${specifier}";` };
    expect(await reached({ files, changed: [gone] })).toEqual([
      `1 src/a.ts: imports ${place}, which may stand in for a file that is gone`,
    ]);
  });
}

const monorepo = {
  "package.json": '{"name":"root"}',
  "core/package.json": '{"name":"core","main":"dist/index.js"}',
  "core/src/index.ts": 'export * from "./deep";',
  "core/src/deep.ts": "",
  "core/src/deep.test.ts": 'import "./deep";',
  "core/src/cli.test.ts": 'import { spawn } from "node:child_process";',
  "app/package.json": '{"name":"app","dependencies":{"core":"1"}}',
  "app/src/app.ts": 'import "core";',
  "app/src/app.test.ts": 'import "./app";',
  "app/src/files.test.ts": 'import { readFileSync } from "node:fs";',
  "app/src/load.ts": 'import { readFileSync } from "node:fs";',
  "app/src/load.test.ts": 'import "./load";',
  "lone/package.json": '{"name":"lone"}',
  "lone/run.test.ts": 'import { spawn } from "node:child_process";',
};

test("a change goes through built output into other packages, and reaches what runs programs last", async () => {
  expect(await reached({ files: monorepo, changed: ["core/src/deep.ts"] })).toEqual([
    "0 core/src/deep.ts: changed",
    "1 core/src/deep.test.ts: imports core/src/deep.ts",
    "1 core/src/index.ts: imports core/src/deep.ts",
    "1 app/src/app.ts: may import core/src/deep.ts by way of core",
    "2 app/src/app.test.ts: imports app/src/app.ts",
    "1000 core/src/cli.test.ts: can run files of core (node:child_process)",
    "1000 app/src/files.test.ts: reads files of core at run time (node:fs)",
  ]);
});

test("changed data reaches whoever reads files, in its package and in those that depend on it", async () => {
  const given = { files: { ...monorepo, "core/data/a.json": "{}" }, changed: ["core/data/a.json"] };
  expect((await reached(given)).map((line) => line.split(":")[0])).toEqual([
    "0 core/data/a.json",
    "1 app/src/app.ts",
    "2 app/src/app.test.ts",
    "1000 app/src/files.test.ts",
    "1000 app/src/load.ts",
    "1000 core/src/cli.test.ts",
    "1001 app/src/load.test.ts",
  ]);
  expect(await whole(given)).toEqual(["core: nothing imports core/data/a.json, so anything may depend on it"]);
});

test("what lies at the root can be read from everywhere", async () => {
  const given = { files: { ...monorepo, "README.md": "" }, changed: ["README.md"] };
  expect(await reached(given)).toContain("1000 lone/run.test.ts: can run files of the repository (node:child_process)");
  expect(await whole(given)).toEqual([]);
});

test("no build takes in tests and prose", async () => {
  const files = { ...monorepo, "core/README.md": "" };
  for (const path of ["core/README.md", "core/src/deep.test.ts"]) {
    expect(await reached({ files, changed: [path] })).not.toContain(
      `1 app/src/app.ts: may import ${path} by way of core`,
    );
  }
});

test("a test that nobody imports is seen by tests that read files or run programs, and by no program", async () => {
  const programs = {
    "core/vite.config.ts": 'import { build } from "vite";',
    "core/src/run.ts": 'import { fork } from "node:child_process";',
    "core/src/run.test.ts": 'import "./run";',
    "core/test/fork.ts": 'import "../src/run"; import { fork } from "node:child_process";',
    "core/test/forked.test.ts": 'import "./fork";',
  };
  const files = { ...monorepo, ...programs };
  expect((await reached({ files, changed: ["core/src/deep.test.ts"] })).map((line) => line.split(":")[0])).toEqual([
    "0 core/src/deep.test.ts",
    "1000 core/src/cli.test.ts",
    "1000 app/src/files.test.ts",
    "1000 core/test/fork.ts",
    "1001 core/test/forked.test.ts",
  ]);
  const named = { ...files, "core/test/deep.ts": 'import { test } from "node:test";' };
  expect(await reached({ files: named, changed: ["core/test/deep.ts"] })).not.toContain(
    "1000 core/src/run.ts: can run files of core (node:child_process)",
  );
  expect(await whole({ files: named, changed: ["core/test/deep.ts"] })).toEqual([]);
  // What other tests import, or what says nowhere that it is a test, may be more than that.
  const imported = { ...files, "core/src/shallow.test.ts": 'import "./deep.test";' };
  for (const given of [
    { files: imported, changed: ["core/src/deep.test.ts"] },
    { files: { ...files, "core/test/child.ts": "" }, changed: ["core/test/child.ts"] },
  ])
    expect(await reached(given)).toContain("1000 core/src/run.ts: can run files of core (node:child_process)");
});

test("prose is seen by programs that read it, and by nobody who imports what they build", async () => {
  const programs = {
    "core/vite.config.ts": 'import { build } from "vite"; import { readFileSync } from "node:fs";',
    "core/src/help.ts": 'import { readFileSync } from "node:fs";',
    "core/src/help.test.ts": 'import "./help";',
  };
  const files = { ...monorepo, ...programs, "core/README.md": "", "core/src/data.csv": "" };
  const seen = async (path: string): Promise<readonly string[]> =>
    (await reached({ files, changed: [path] })).map((line) => line.replace(/^\d+ |:.*/g, ""));
  expect(await seen("core/README.md")).toEqual([
    "core/README.md",
    "core/vite.config.ts",
    "app/src/files.test.ts",
    "app/src/load.ts",
    "core/src/cli.test.ts",
    "core/src/help.ts",
    "app/src/load.test.ts",
    "core/src/help.test.ts",
  ]);
  expect(await seen("core/src/data.csv")).toContain("app/src/app.test.ts");
  // What it builds from a source, others import.
  Object.assign(files, {
    "lib/package.json": '{"name":"lib","dependencies":{"core":"1"}}',
    "lib/build.ts": 'import { spawn } from "node:child_process";',
    "shop/package.json": '{"name":"shop"}',
    "shop/shop.test.ts": 'import "lib";',
  });
  expect(await seen("core/src/deep.ts")).toContain("shop/shop.test.ts");
  expect(await seen("core/README.md")).not.toContain("shop/shop.test.ts");
});

test("an alias that nobody declares may mean any file of the package", async () => {
  const files = { "package.json": "{}", "src/a.ts": "", "src/a.test.ts": 'import "~/a";', "src/b.test.ts": "" };
  expect(await reached({ files, changed: ["src/a.ts"] })).toEqual([
    "0 src/a.ts: changed",
    "1 src/a.test.ts: may import src/a.ts by way of the root",
  ]);
});

/** A test by what it says: does it load `src/a.ts`, or know it in some other way? */
const ways: readonly (readonly [string, boolean])[] = [
  ['import { a } from "./a";', true],
  ['import "./a";', true],
  ['import type { A } from "./a";', false],
  ['import { type A } from "./a";', true],
  ['import {type A} from "./a";', true],
  ['import { type  A } from "./a";', true],
  ['export { type A } from "./a";', true],
  ['export type { A } from "./a";', false],
  ['export * from "./a";', true],
  ['import type { A } from "./a"; import { a } from "./a";', true],
  ['const a = await import("./a");', true],
  ["const a = await import(process.argv[2]);", true],
  ['vi.mock("./a");', true],
  ['import { b } from "./b";', true],
  ['import type { B } from "./b";', false],
  ['import { aType } from "./a-type";', false],
  ['import "~/a";', true],
  ['import "../dist/a.js";', true],
  ['const file = new URL("./a.ts", import.meta.url);', false],
  ['const file = new URL("../dist/a.js", import.meta.url);', false],
  ['const file = require.resolve("./a");', false],
  ['const file = new URL("./a.ts", import.meta.url); await import(file);', true],
  ['import { readFileSync } from "node:fs"; readFileSync("src/a.ts");', false],
  ['import { spawnSync } from "node:child_process"; spawnSync("node", ["src/a.ts"]);', false],
  ['import { x } from "execa"; x("node", ["src/a.ts"]);', false],
  ['import { x } from "execa/sub"; x("node", ["src/a.ts"]);', false],
  ['import { build } from "esbuild";', false],
  ['import { test } from "@playwright/test";', false],
  ['import { createJiti } from "jiti";', true],
  ['import vm from "node:vm";', true],
  ['import { createServer } from "vite";', true],
  ['import { run } from "./run";', false],
  ['import { load } from "./load";', true],
  ["new Worker(file);", true],
];

for (const [text, loads] of ways) {
  test(`${text} ${loads ? "may load" : "does not load"} what changed into its own process`, async () => {
    const files = {
      "package.json":
        '{ "dependencies": { "execa": "9", "vite": "7", "esbuild": "1", "jiti": "2", "@playwright/test": "1" } }',
      "dist/a.js": "export const a = 1;",
      "src/a.ts": "export const a = 1; export type A = number;",
      "src/b.ts": 'export { a as b } from "./a"; export type B = number;',
      "src/a-type.ts": 'import type { A } from "./a"; export const aType: A = 2;',
      "src/run.ts": 'import { execFile } from "node:child_process"; export const run = execFile;',
      "src/load.ts": "export const load = (name: string) => import(name);",
      "src/x.test.ts": text,
    };
    const affected = await affectedBy({ files, changed: ["src/a.ts"] });
    expect(affected.loadersOf(repoPath("src/a.ts")).has(repoPath("src/x.test.ts"))).toBe(loads);
    expect(affected.reached.has(repoPath("src/x.test.ts"))).toBe(true);
  });
}

test("whoever loads a symbolic link loads what it leads to", async () => {
  const files = { "lib/a.ts": "export const a = 1;", "src/x.test.ts": 'import "./link";' };
  const affected = await affectedBy({ files, changed: ["lib/a.ts"], links: { "src/link.ts": "../lib/a.ts" } });
  expect(affected.loadersOf(repoPath("lib/a.ts")).has(repoPath("src/x.test.ts"))).toBe(true);
});

test("who loads one changed file need not load another", async () => {
  const files = { "a.ts": "", "b.ts": "", "a.test.ts": 'import "./a";', "b.test.ts": 'import "./b";' };
  const affected = await affectedBy({ files, changed: ["a.ts", "b.ts"] });
  expect(affected.loadersOf(repoPath("a.ts"))).toEqual(new Set(["a.ts", "a.test.ts"]));
  expect(affected.loadersOf(repoPath("b.ts"))).toEqual(new Set(["b.ts", "b.test.ts"]));
});

test("who observes a change loads it, reads it or starts what may load it; who knows its types does not", async () => {
  const files = {
    "src/a.ts": "export const a = 1;",
    "src/loads.test.ts": 'import { a } from "./a";',
    "src/reads.test.ts": 'import "node:fs"; readFileSync(new URL("./a.ts", import.meta.url));',
    "src/runs.test.ts": 'import { execa } from "execa";',
    "src/types.test.ts": 'import type { a } from "./a";',
    "src/other.test.ts": 'import "node:assert";',
  };
  const affected = await affectedBy({ files, changed: ["src/a.ts"] });
  expect(affected.observersOf(repoPath("src/a.ts"))).toEqual(
    new Set(["src/a.ts", "src/loads.test.ts", "src/reads.test.ts", "src/runs.test.ts"]),
  );
});

test("who observes one changed file need not observe another", async () => {
  const files = {
    "a/package.json": '{"name":"a"}',
    "a/a.ts": "",
    "a/a.test.ts": 'import "./a";',
    "b/package.json": '{"name":"b"}',
    "b/b.ts": "",
    "b/b.test.ts": 'import "node:fs";',
  };
  const affected = await affectedBy({ files, changed: ["a/a.ts", "b/b.ts"] });
  expect(affected.observersOf(repoPath("a/a.ts"))).toEqual(new Set(["a/a.ts", "a/a.test.ts"]));
});

test("what a file imports is told in any form", async () => {
  const affected = await affectedBy({ files: chain, changed: [] });
  expect(affected.importsOf(repoPath("src/c.ts"))).toEqual(["src/b.ts"]);
});

test("who imports a file is told, of those that do it themselves", async () => {
  const affected = await affectedBy({ files: chain, changed: [] });
  const importers = ["src/b.ts", "src/alone.test.ts"].map((path) => affected.importersOf(repoPath(path)));
  expect(importers).toEqual([["src/c.ts", "test/b.test.ts"], []]);
});

const unseen: Readonly<Record<string, readonly string[]>> = {
  "core/setup.ts": ["core"],
  "core/vitest.config.ts": ["core"],
  "core/.prettierrc": ["core"],
  "core/package.json": ["core", "app"],
  "core/tsconfig.build.json": ["core", "app"],
  "core/deleted.ts": ["core"],
  "core/test/helpers.ts": ["core"],
  "core/src/style.css": ["core"],
  "core/README.md": [],
  "core/LICENSE": [],
  "core/src/new.test.ts": [],
  "core/src/deep.ts": [],
  "core/src/__snapshots__/deep.test.ts.snap": [],
};

for (const [path, dirs] of Object.entries(unseen)) {
  test(`a change of ${path} makes all of these count: ${dirs.join(", ") || "none"}`, async () => {
    const files = path.includes("deleted") || path in monorepo ? monorepo : { ...monorepo, [path]: "" };
    const affected = await affectedBy({ files, changed: [path] });
    expect([...affected.whole.keys()]).toEqual(dirs);
  });
}

test("a file that has moved makes the package that it left count as well", async () => {
  const given = { files: { ...monorepo, "app/src/b.css": "" }, changed: ["core/src/a.css > app/src/b.css"] };
  expect([...(await affectedBy(given)).whole.keys()]).toEqual(["app", "core"]);
});

test("configuration tells whom it is for", async () => {
  const files = { ...monorepo, "vitest.config.ts": "", "core/vitest.config.ts": "" };
  expect(await whole({ files, changed: ["vitest.config.ts", "core/vitest.config.ts"] })).toEqual([
    ": vitest.config.ts configures the repository",
    "core: core/vitest.config.ts configures core",
  ]);
});

test("a changed snapshot counts for its test", async () => {
  const snapshot = "core/src/__snapshots__/deep.test.ts.snap";
  const given = { files: { ...monorepo, [snapshot]: "" }, changed: [snapshot] };
  expect(await reached(given)).toContain(`1 core/src/deep.test.ts: compares with ${snapshot}`);
});

test("with a fallback everything counts and the order stays", async () => {
  const fallback: Fallback = { reason: "lockfile", detail: "package-lock.json changed" };
  const affected = await affectedBy({ files: chain, changed: ["src/a.ts"], fallback });
  expect([affected.everything, affected.reached.size]).toEqual([true, 6]);
  expect(isAffected(affected, repoPath("src/alone.test.ts"))).toBe(true);
});

test("among equals the namesake comes before the neighbour, and the neighbour before the rest", async () => {
  const files = {
    "src/m.ts": "",
    "a/first.test.ts": 'import "../src/m";',
    "src/z.test.ts": 'import "./m";',
    "test/m.test.ts": 'import "../src/m";',
  };
  const { reached } = await affectedBy({ files, changed: ["src/m.ts"] });
  expect([...reached.keys()]).toEqual(["src/m.ts", "test/m.test.ts", "src/z.test.ts", "a/first.test.ts"]);
});
