import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Mutant } from "../model/mutant.ts";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { namesakesOf, speakingOf, subjectsIn } from "./subjects.ts";

const path = repoPath("src/a.ts");

function subjects(text: string, ...edited: readonly string[]): readonly string[] {
  return subjectsIn(parseSource(path, text), mutantsOf(text, ...edited));
}

function mutantsOf(text: string, ...edited: readonly string[]): readonly Mutant[] {
  return edited.map((original) => {
    const start = text.indexOf(original);
    const end = start + original.length;
    return { id: original, path, line: 1, start, end, form: "value", mutator: "none", original, replacement: "0" };
  });
}

test.each([
  ["export function f() { return 1; }", ["f"]],
  ["const f = () => 1, g = 2;", ["f"]],
  ["export class C { m() { return 1; } }", ["C"]],
  ["export default function f() { return 1; }", ["f"]],
  ["export default class { m() { return 1; } }", []],
  ["export default () => 1;", []],
  ["const { a } = { a: 1 };", []],
  ["go(1);", []],
])("%s", (text, expected) => {
  expect(subjects(text, "1")).toEqual(expected);
});

test("what no mutant is in is no subject, nor is what another file's mutant would be in", () => {
  const text = "export const f = () => 1; export const g = () => 2; export const h = () => 3;";
  expect(subjects(text, "1", "3")).toEqual(["f", "h"]);
  expect(subjectsIn(parseSource(repoPath("src/b.ts"), text), [])).toEqual([]);
  expect(subjectsIn(parseSource(repoPath("src/b.ts"), text), mutantsOf(text, "1", "3"))).toEqual([]);
});

function filesWith(...texts: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "assay-subjects-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return texts.map((text, index) => {
    const file = join(folder, `${index}.test.ts`);
    writeFileSync(file, text);
    return file;
  });
}

test("a test speaks of a subject where its whole name stands", () => {
  const files = filesWith("other()", "expect($f(1))", "$f2(); a$f()", "x.$f, g");
  expect([...speakingOf(files, ["$f", "g"])].map((file) => basename(file, ".test.ts"))).toEqual(["1", "3"]);
});

test("without a subject, and of very many files, none is read; nor is one that is not there", () => {
  const missing = Array.from({ length: 401 }, (_, index) => `/nowhere/${index}.test.ts`);
  expect(speakingOf(missing.slice(0, 2), []).size).toBe(0);
  expect(speakingOf(missing.slice(0, 2), ["f"]).size).toBe(0);
  expect(speakingOf(missing, ["f"]).size).toBe(0);
  const files = [...filesWith("f()"), ...missing];
  expect([speakingOf(files.slice(0, 400), ["f"]).size, speakingOf(files.slice(0, 401), ["f"]).size]).toEqual([1, 0]);
});

test("a test is named after a file, whatever its ending and folder", () => {
  const files = [
    "/r/a/sum.test.ts",
    "/r/__tests__/sum.js",
    "/r/sum-of.test.ts",
    "/r/spec/sum_spec.mjs",
    "/r/sum.e2e.test.ts",
  ];
  expect([...namesakesOf(files, ["src/sum.ts", "src/other.ts"])]).toEqual([
    "/r/a/sum.test.ts",
    "/r/__tests__/sum.js",
    "/r/spec/sum_spec.mjs",
  ]);
});
