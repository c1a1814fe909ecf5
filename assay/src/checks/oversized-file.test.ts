import { expect, test } from "vitest";
import type { Config } from "../model/config.ts";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { oversizedFile } from "./oversized-file.ts";

const agreed: Partial<Config> = { present: true, maxFileLines: 32 };
/** Nobody has agreed to a limit. */
const usual: Partial<Config> = { present: false, maxFileLines: 32 };

/** What is said of a change, up to what to do. */
async function said(base: Texts, head: Texts, config: Partial<Config> = agreed): Promise<readonly string[]> {
  const findings = await oversizedFile.inspect(await contextOf({ base, head, config }));
  return findings.map(({ path, message }) => `${path} ${message.replace(/;.*/, "")}`);
}

const calls = (count: number): string => "run();\n".repeat(count);

test("a file may be as long as the limit and no longer", async () => {
  expect(await said({}, { "a.ts": calls(32) })).toEqual([]);
  expect(await said({}, { "a.ts": calls(33) })).toEqual(["a.ts 33 lines, and 32 is the limit"]);
  expect(await said({}, { "a.ts": calls(33).trimEnd() })).toEqual(["a.ts 33 lines, and 32 is the limit"]);
  expect(await said({}, { "a.ts": calls(32).replaceAll("\n", "\r\n") })).toEqual([]);
  expect(await said({}, { "vite.config.ts": calls(33) })).toEqual(["vite.config.ts 33 lines, and 32 is the limit"]);
});

test("a long file may shrink or stay, and its growth is told", async () => {
  const base = { "a.ts": calls(40) };
  expect(await said(base, { "a.ts": calls(39) })).toEqual([]);
  expect(await said(base, { "a.ts": calls(39) + "other();\n" })).toEqual([]);
  expect(await said(base, { "a.ts": calls(41) })).toEqual(["a.ts 41 lines, 1 more than before, and 32 is the limit"]);
  expect(await said({ "a.ts": calls(32) }, { "a.ts": calls(33) })).toEqual(["a.ts 33 lines, and 32 is the limit"]);
});

test("tests, what serves them, and what is no code may be long", async () => {
  const serving = `import { vi } from "vitest";\nvi.fn();\n${calls(33)}`;
  for (const [path, text] of [
    ["a.test.ts", calls(33)],
    ["test/help.ts", calls(33)],
    ["src/testing/help.ts", serving],
    ["README.md", calls(33)],
    ["types.d.ts", calls(33)],
  ] as const) {
    expect([path, await said({}, { [path]: text })]).toEqual([path, []]);
  }
});

test("of markup the script counts", async () => {
  const markup = (lines: number): string =>
    `<template>\n${"<p/>\n".repeat(40)}</template>\n<script>\n${calls(lines)}</script>\n`;
  expect(await said({}, { "a.vue": markup(32) })).toEqual([]);
  expect(await said({}, { "a.vue": markup(33) })).toEqual(["a.vue 33 lines of script, and 32 is the limit"]);
  expect(await said({}, { "a.vue": `<template>\n${"<p/>\n".repeat(40)}</template>\n` })).toEqual([]);
});

test("where nobody has agreed to the limit, a file may grow by a sixteenth", async () => {
  const grown = (from: number, to: number): Promise<readonly string[]> =>
    said({ "a.ts": calls(from) }, { "a.ts": calls(to) }, usual);
  expect(await grown(32, 33)).toEqual([]);
  expect(await grown(32, 34)).toHaveLength(1);
  expect(await grown(64, 67)).toEqual([]);
  expect(await grown(64, 68)).toHaveLength(1);
  expect(await said({}, { "a.ts": calls(33) }, usual)).toHaveLength(1);
  expect(await said({ "a.ts": calls(32) }, { "a.ts": calls(33) })).toHaveLength(1);
});

test("where nobody has agreed to the limit, three other files of the package show how long files are", async () => {
  const others = (...paths: readonly string[]): Texts => Object.fromEntries(paths.map((path) => [path, calls(40)]));
  const beside = (more: Texts, config = usual): Promise<readonly string[]> =>
    said(more, { ...more, "pkg/a.ts": calls(40) }, config);
  const three = others("pkg/b.ts", "pkg/c.ts", "pkg/d.ts");
  const manifests = { "pkg/package.json": "{}", "other/package.json": "{}" };
  expect(await beside({ ...manifests, ...three })).toEqual([]);
  expect(await beside({ ...manifests, ...three }, agreed)).toHaveLength(1);
  expect(await beside({ ...manifests, ...others("pkg/b.ts", "pkg/c.ts") })).toHaveLength(1);
  expect(await beside({ ...manifests, ...others("pkg/b.ts", "pkg/c.ts", "other/d.ts") })).toHaveLength(1);
  expect(await beside({ ...manifests, ...three, "pkg/d.ts": calls(39) })).toHaveLength(1);
  for (const path of ["pkg/d.test.ts", "pkg/dist/d.js", "pkg/fixtures/d.ts", "pkg/d.md", "pkg/d.d.ts"])
    expect([path, await beside({ ...manifests, ...others("pkg/b.ts", "pkg/c.ts", path) })]).toEqual([
      path,
      [expect.any(String)],
    ]);
  // Files of the same change show nothing.
  expect(await said(manifests, { ...manifests, ...three, "pkg/a.ts": calls(40) }, usual)).toHaveLength(4);
});

test("a table in which nothing is done may be long, with an agreed limit if a program wrote it", async () => {
  const rows = "export const a = 1;\n".repeat(33);
  const written = `// @generated\n${rows}`;
  for (const text of [
    rows,
    `"use strict";\n${rows}`,
    `module.exports = {};\n${rows}`,
    `import "b";\n${rows}`,
    `type A = 1;\n${rows}`,
  ]) {
    expect([text.slice(0, 20), await said({}, { "a.ts": text }, usual)]).toEqual([text.slice(0, 20), []]);
    expect([text.slice(0, 20), (await said({}, { "a.ts": text })).length]).toEqual([text.slice(0, 20), 1]);
  }
  expect(await said({}, { "a.ts": written })).toEqual([]);
  expect(await said({}, { "a.ts": `/* DO NOT EDIT */\n${rows}` })).toEqual([]);
  for (const text of [
    `${rows}run();\n`,
    `${rows}export const f = () => 1;\n`,
    `${rows}export class A {}\n`,
    `${rows}export const A = class {};\n`,
    `${rows}if (a) b();\n`,
  ]) {
    expect([text.slice(-20), (await said({}, { "a.ts": text }, usual)).length]).toEqual([text.slice(-20), 1]);
  }
  for (const text of [`${rows}// @generated\n`, `// by hand\n${rows}`, `${written}run();\n`])
    expect([text.slice(0, 20), (await said({}, { "a.ts": text })).length]).toEqual([text.slice(0, 20), 1]);
});

test("several statements on a line count as the lines that they fill", async () => {
  const packed = (lines: number): string => "one(); two();\n".repeat(lines);
  expect(await said({}, { "a.ts": packed(20) })).toEqual(["a.ts 20 lines hold what fills 40, and 32 is the limit"]);
  expect(await said({}, { "a.ts": packed(16) })).toEqual([]);
  expect(await said({}, { "a.ts": packed(3) + calls(29) })).toEqual([]);
  expect(await said({}, { "a.ts": packed(4) + calls(28) })).toEqual([
    "a.ts 32 lines hold what fills 36, and 32 is the limit",
  ]);
  // It was so before.
  expect(await said({ "a.ts": packed(20) }, { "a.ts": `${packed(20)}three();\n` })).toEqual([]);
  expect(await said({ "a.ts": packed(10) }, { "a.ts": packed(20) })).toHaveLength(1);
  expect(await said({ "a.ts": calls(60) }, { "a.ts": packed(20) })).toEqual([]);
  expect(await said({}, { "a.min.js": packed(20) })).toEqual([]);
  // A few very long lines.
  const long = `${"one(); ".repeat(100)}\n`;
  expect(await said({}, { "a.ts": long })).toEqual([expect.stringContaining("a.ts 1 lines hold what fills 10")]);
});
