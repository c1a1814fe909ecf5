// Package scripts that lose what they verify, and where else it may be.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { scriptLoosenings } from "./script-loosenings.ts";

const tools = { vitest: "1", eslint: "9", typescript: "5", ava: "6" };
const manifest = (scripts: object): string => JSON.stringify({ scripts, devDependencies: tools });

async function losses(
  base: Texts,
  head: Texts,
  renames: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const common = { "src/a.ts": "" };
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head }, renames });
  return (await scriptLoosenings(context)).map(({ what }) => what);
}

/** Of the manifest of the root. */
async function lost(base: object, head: object, before: Texts = {}, after: Texts = before): Promise<readonly string[]> {
  const found = await losses(
    { ...before, "package.json": manifest(base) },
    { ...after, "package.json": manifest(head) },
  );
  return found.map((what) => what.replace("package.json ", ""));
}

test.each<[string, boolean]>([
  ["watch", true],
  ["test-u", true],
  ["test:snapshot", true],
  ["test.snapshots", true],
  ["preview", false],
  ["menu", false],
  ["dev-check", false],
  ["start:ci", false],
])("%s may go, since people run it while they work: %s", async (name, isFree) => {
  expect(await lost({ [name]: "eslint ." }, {})).toEqual(isFree ? [] : [`${name} lint`]);
});

test.each<[string, object, object, readonly string[]]>([
  ["types by a compiler that writes", { types: "tsc --noEmit", build: "tsc" }, { build: "tsc" }, ["types types"]],
  ["types by the same compiler", { types: "tsc --noEmit", check: "tsc --noEmit" }, { check: "tsc --noEmit" }, []],
  ["half of what is gone", { test: "vitest run && ava", unit: "ava" }, { unit: "ava" }, ["test tests"]],
])("another script has %s", async (_, base, head, expected) => {
  expect(await lost(base, head)).toEqual(expected);
});

test("a loss is told where it was made, and each that was made", async () => {
  const calls = { ci: "npm test", all: "npm run ci" };
  expect(await lost({ ...calls, test: "vitest run" }, { ...calls, test: "echo" })).toEqual(["test tests"]);
  expect(await lost({ test: "vitest run", ...calls }, { test: "echo", ...calls })).toEqual(["test tests"]);
  expect(await lost({ a: "vitest run", b: "vitest run" }, { a: "echo", b: "echo" })).toEqual(["a tests", "b tests"]);
});

test("a script that is gone is told with what it did", async () => {
  const context = await contextOf({
    base: { "package.json": manifest({ lint: "eslint ." }) },
    head: { "package.json": manifest({}) },
  });
  expect((await scriptLoosenings(context)).map(({ message }) => message)).toEqual([
    'script "lint" is gone, and nothing lints in its place; put it back and mend what it finds',
  ]);
});

test("what CI runs from now on, all of it, a script need not run", async () => {
  const ci = (line: string): Texts => ({
    ".github/workflows/ci.yml": `on: push\njobs: { a: { steps: [{ run: "${line}" }] } }`,
  });
  const [base, head] = [{ test: "vitest run && ava" }, { test: "echo" }];
  expect(await lost(base, head, ci("echo"), ci("vitest run && ava"))).toEqual([]);
  expect(await lost(base, head, ci("echo"), ci("vitest run"))).toEqual(["test tests"]);
});

test("the scripts of the root may have what a package had", async () => {
  const member = (line: string): Texts => ({ "a/package.json": manifest({ lint: line }), "a/b.ts": "" });
  const root = (scripts: object): Texts => ({ "package.json": manifest(scripts) });
  const before = { ...member("eslint ."), ...root({}) };
  expect(await losses(before, { ...member("echo"), ...root({ lint: "eslint a" }) })).toEqual([]);
  expect(await losses(before, { ...member("echo"), ...root({}) })).toEqual(["a/package.json lint lint"]);
  expect(await losses(member("eslint ."), member("echo"))).toEqual(["a/package.json lint lint"]);
});

test("a package that moved is compared with what it was", async () => {
  const moved = await losses(
    { "a/package.json": manifest({ lint: "eslint ." }), "a/b.ts": "" },
    { "c/package.json": manifest({ lint: "echo" }), "c/b.ts": "" },
    { "c/package.json": "a/package.json" },
  );
  expect(moved).toEqual(["c/package.json lint lint"]);
});

test("a package of files that are no sources is not abandoned when another one is edited", async () => {
  const of = (line: string, text: string): Texts => ({
    "a/package.json": manifest({ lint: line }),
    "a/b.md": "",
    "src/b.ts": text,
  });
  expect(await losses(of("eslint .", ""), of("echo", "1"))).toEqual(["a/package.json lint lint"]);
});

test("a configuration that lies there does not make a script one that could only fail", async () => {
  const script = { lint: "eslint -c own.mjs ." };
  expect(await lost(script, { lint: "echo" }, { "own.mjs": "" })).toEqual(["lint lint"]);
  expect(await lost(script, { lint: "echo" })).toEqual([]);
});

test("a shell script that loses something is told for every manifest that calls it", async () => {
  const written = (line: string, page: string): Texts => ({
    "package.json": manifest({ test: "sh ci.sh" }),
    "a/package.json": manifest({ test: "sh ../ci.sh", lint: "eslint ." }),
    "ci.sh": line,
    "README.md": page,
  });
  expect(await losses(written("vitest run\n", ""), written("echo\n", "x"))).toEqual([
    "package.json test tests",
    "a/package.json test tests",
  ]);
});
