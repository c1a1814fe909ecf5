import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { builtOutput, fileOf, isPartOf, once, startsProcesses } from "./module-signs.ts";
import type { SessionEvent } from "./protocol.ts";

test.each([
  ['import { spawn } from "node:child_process";', true],
  ["const { Worker } = require('worker_threads');", true],
  ['import cluster from "cluster";', true],
  ['import { execa } from "execa";', true],
  ['import spawn from "cross-spawn";', true],
  ['import { x } from "tinyexec";', true],
  ['import { Piscina } from "piscina";', true],
  ['import workerpool from "workerpool";', true],
  ["import { promiseSpawn } from '@npmcli/promise-spawn';", true],
  ['import { chromium } from "playwright";', true],
  ['import { unstable_dev } from "wrangler";', true],
  ['import "zx/globals";', true],
  ['import { child } from "./child_process.ts";', false],
  ['import { pool } from "./piscina";', false],
  ['const text = "execa/ is gone";', false],
  ['import { queue } from "piscinas";', false],
  ['import { zx } from "zx-extras";', false],
  ["// starts no child_process", false],
])("%s starts processes: %s", (code, expected) => {
  expect(startsProcesses(code)).toBe(expected);
});

test("what a package of a changed file has built lies in its usual folders, and changed files are not built", () => {
  const root = temporaryFolder("assay-signs-");
  for (const dir of ["packages/a/src/deep", "packages/b"]) mkdirSync(join(root, dir), { recursive: true });
  for (const dir of ["packages/a", "packages/b"]) writeFileSync(join(root, dir, "package.json"), "{}");
  const changed = ["packages/a/src/deep/one.ts", "packages/a/lib/two.js"];
  const isBuilt = builtOutput(changed.map((path) => join(root, path)));
  const builtAmong = (...paths: readonly string[]): readonly string[] =>
    paths.filter((path) => isBuilt(join(root, path)));
  expect(
    builtAmong(
      "packages/a/dist/one.js",
      "packages/a/build/deep/one.js",
      "packages/a/lib/one.js",
      "packages/a/lib/two.js",
      "packages/a/src/dist/one.js",
      "packages/a/src/deep/one.ts",
      "packages/a/distant/one.js",
      "packages/b/dist/one.js",
      "packages/a-dist/dist/one.js",
      "dist/one.js",
    ),
  ).toEqual(["packages/a/dist/one.js", "packages/a/build/deep/one.js", "packages/a/lib/one.js"]);
});

test("of several packages with changed files the output of each is built", () => {
  const root = temporaryFolder("assay-signs-");
  for (const dir of ["a", "b", "c"]) {
    mkdirSync(join(root, dir));
    writeFileSync(join(root, dir, "package.json"), "{}");
  }
  const isBuilt = builtOutput([join(root, "a/one.ts"), join(root, "b/two.ts")]);
  expect(["a", "b", "c"].map((dir) => isBuilt(join(root, dir, "dist/index.js")))).toEqual([true, true, false]);
});

test("an installed copy of the changed file's package is built from it, and no other package is", () => {
  const root = temporaryFolder("assay-signs-");
  const manifests = { a: '{ "name": "@x/a" }', b: '{ "name": "b" }', c: "no manifest", d: '{ "name": "" }' };
  for (const [dir, manifest] of Object.entries(manifests)) {
    mkdirSync(join(root, dir));
    writeFileSync(join(root, dir, "package.json"), manifest);
  }
  const installed = join(root, "app/node_modules");
  const own = join(installed, "b/own.js");
  const isBuilt = builtOutput([...Object.keys(manifests).map((dir) => join(root, dir, "one.ts")), own]);
  const builtAmong = (...paths: readonly string[]): readonly string[] =>
    paths.filter((path) => isBuilt(join(installed, path)));
  const copies = ["@x/a/one.ts", ".pnpm/@x+a@file+a/node_modules/@x/a/one.ts", "b/src/two.js"];
  expect(builtAmong(...copies)).toEqual(copies);
  expect(builtAmong("@x/ab/one.ts", "x/a/one.ts", "b.js", "b/own.js", "b/node_modules/c/one.js", "c/one.js")).toEqual(
    [],
  );
  expect(isBuilt(join(root, "@x/a/one.ts"))).toBe(false);
});

test("a module's id is the name of its file, without what a bundler has put behind it", () => {
  const ids = ["/src/a.ts", "/src/a.ts?import&t=1", "/src/a.css#part", "/src/a.ts?x#y", ""];
  expect(ids.map(fileOf)).toEqual(["/src/a.ts", "/src/a.ts", "/src/a.css", "/src/a.ts", ""]);
});

test("parts of components, and files that are asked for as something else, are not the module", () => {
  const parts = ["a.vue?vue&type=style&index=0&lang.css", "a.svelte?svelte&type=style", "a.ts?raw", "a.ts?worker&url"];
  expect(parts.map(isPartOf)).toEqual([true, true, true, true]);
  const whole = ["a.vue", "a.ts?t=1", "a.ts?import", "a.ts?v=raw1", "vue/a.ts", "a.ts?worked"];
  expect(whole.map(isPartOf)).toEqual([false, false, false, false, false, false]);
});

test("each thing is said once for each file", () => {
  const said: SessionEvent[] = [];
  const say = once((event) => void said.push(event));
  for (const file of ["a", "b", "a"]) for (const kind of ["loaded", "built"] as const) say({ kind, file });
  expect(said.map((event) => ("file" in event ? `${event.kind} ${event.file}` : event.kind))).toEqual([
    "loaded a",
    "built a",
    "loaded b",
    "built b",
  ]);
});
