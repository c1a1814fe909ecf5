import { expect, test } from "vitest";
import type { FilePair, PlanContext } from "../model/check.ts";
import { repoPath } from "../model/paths.ts";
import { changeFacts } from "./change-facts.ts";

/** Would a change of this file's text touch the package? */
function touches(name: string, path: string, baseText: string | undefined, headText: string | undefined): boolean {
  const pair = { change: { path: repoPath(path), previousPath: null }, baseText, headText } as FilePair;
  const context = {
    diff: { base: { kind: "found" }, changes: [pair.change] },
    scope: { fallback: null },
    pairs: [pair],
    affected: { reached: new Map() },
  } as unknown as PlanContext;
  return changeFacts(context)?.touchesPackage(name) === true;
}

test("a dependency's range, a script that calls it and its field in the manifest touch a package", () => {
  const base = { devDependencies: { prettier: "3.0.0", vitest: "4.0.0" }, scripts: { f: "prettier ." }, prettier: {} };
  const to = (head: object): boolean =>
    touches("prettier", "package.json", JSON.stringify(base), JSON.stringify({ ...base, ...head }));
  expect(to({ devDependencies: { prettier: "3.0.0", vitest: "5.0.0" }, version: "2.0.0" })).toBe(false);
  expect(to({ devDependencies: { prettier: "3.1.0", vitest: "4.0.0" } })).toBe(true);
  expect(to({ devDependencies: { ...base.devDependencies, "prettier-plugin-x": "1" } })).toBe(true);
  expect(to({ scripts: { f: "prettier --tab-width 8 ." } })).toBe(true);
  expect(to({ prettier: { semi: false } })).toBe(true);
});

test("in a lockfile the lines about the package count, and a binary one can't be told from", () => {
  const lock = (prettier: string, other: string): string =>
    `"node_modules/prettier": {\n  "version": "${prettier}",\n  "x": 1\n},\n"node_modules/other": {\n  "version": "${other}"\n}`;
  const to = (head: string): boolean => touches("prettier", "package-lock.json", lock("3.0.0", "1.0.0"), head);
  expect([to(lock("3.0.0", "2.0.0")), to(lock("3.1.0", "1.0.0"))]).toEqual([false, true]);
  expect(touches("prettier", "bun.lockb", undefined, undefined)).toBe(true);
  expect(touches("prettier", "src/a.ts", "prettier", "")).toBe(false);
});
