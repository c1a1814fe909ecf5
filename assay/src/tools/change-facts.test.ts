import { expect, test } from "vitest";
import type { FilePair, PlanContext } from "../model/check.ts";
import { repoPath } from "../model/paths.ts";
import { unaffected, type Fallback } from "../model/scope.ts";
import { changeFacts } from "./change-facts.ts";
import { pairOf, planContext, scopeOf } from "./testing/plan-context.ts";
import { temporaryWorkspace } from "./testing/temporary-workspace.ts";
import type { ChangeFacts } from "./tool.ts";

const factsOf = (given: Partial<PlanContext>): ChangeFacts | null =>
  changeFacts(planContext(temporaryWorkspace({}), given));

const touchedBy = (name: string, ...pairs: readonly FilePair[]): boolean =>
  factsOf({ pairs })?.touchesPackage(name) === true;

/** Would a change of this file's text touch the package? */
function touches(name: string, path: string, baseText: string | undefined, headText: string | undefined): boolean {
  return touchedBy(name, pairOf(path, baseText, headText));
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
  expect(to({ browser: null })).toBe(false);
});

test("a manifest that can't be read touches what it names", () => {
  const broken = (version: string): string => `{ "prettier": "${version}"`;
  expect(touches("prettier", "package.json", broken("1"), broken("2"))).toBe(true);
  expect(touches("eslint", "package.json", broken("1"), broken("2"))).toBe(false);
});

test("in a lockfile the lines about the package count, and a binary one can't be told from", () => {
  const lock = (prettier: string, other: string): string =>
    `"node_modules/prettier": {\n  "version": "${prettier}",\n  "x": 1\n},\n"node_modules/other": {\n  "version": "${other}"\n}`;
  const to = (head: string): boolean => touches("prettier", "package-lock.json", lock("3.0.0", "1.0.0"), head);
  expect([to(lock("3.0.0", "2.0.0")), to(lock("3.1.0", "1.0.0"))]).toEqual([false, true]);
  expect(touches("prettier", "bun.lockb", undefined, undefined)).toBe(true);
  expect(touches("prettier", "src/a.ts", "prettier", "")).toBe(false);
});

test("two lines below its name belong to the package, the third does not", () => {
  const lock = (second: string, third: string): string => `a:\n  b\n\nprettier@3:\n  resolution\n${second}\n${third}\n`;
  const to = (head: string): boolean => touches("prettier", "yarn.lock", lock("x", "y"), head);
  expect([to(lock("X", "y")), to(lock("x", "Y"))]).toEqual([true, false]);
});

test("one of the changed files is enough", () => {
  const manifest = pairOf("package.json", "{}", '{ "prettier": {} }');
  expect(touchedBy("prettier", pairOf("src/a.ts", "a", "b"), manifest)).toBe(true);
});

test("a path counts on either side of a rename, and reaches what imports it", () => {
  const [before, after, importer, other] = ["a.ts", "b.ts", "c.ts", "d.ts"].map((path) => repoPath(path));
  const pairs = [pairOf("b.ts", "", "", { previousPath: before ?? null }), pairOf("x.ts")];
  const reached = new Map(importer === undefined ? [] : [[importer, { distance: 1, why: "imports b.ts" }]]);
  const facts = factsOf({ pairs, affected: { ...unaffected, reached } });
  expect([...(facts?.paths ?? [])]).toEqual([after, before, "x.ts"]);
  expect([before, after, importer, other].map((path) => path && facts?.reached.has(path))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test.each<[Fallback["reason"], boolean]>([
  ["configuration", true],
  ["root-configuration", true],
  ["lockfile", false],
  ["gate", false],
])("where everything is looked at for reason of %s, a configuration changed: %s", (reason, expected) => {
  expect(factsOf({ scope: scopeOf({ fallback: { reason, detail: "" } }) })?.configuration).toBe(expected);
});

test("nothing is known of a change without a base", () => {
  const base = { kind: "none", reason: "no branch", hint: "--base" } as const;
  expect([factsOf({})?.configuration, factsOf({ diff: { base, changes: [] } })]).toEqual([false, null]);
});
