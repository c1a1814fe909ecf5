import { expect, test } from "vitest";
import { contextOf, type Texts, type TextsChange } from "./change/change-of-texts.ts";
import { scopeCycle } from "./scope-cycle.ts";

const way = /circle: (.*?);/;

/** Place and circle of each finding. */
async function circles(base: Texts, head: Texts, config: TextsChange["config"] = {}): Promise<readonly string[]> {
  const found = await scopeCycle.inspect(await contextOf({ base, head, config }));
  return found.map(({ path, line, message }) => `${path}:${line} ${way.exec(message)?.[1]}`);
}

const manifest = (name: string, fields: object = {}): string => JSON.stringify({ name, ...fields }, null, 2);

/** Packages with the dependencies that they have, by the kind of these. */
function packages(of: Readonly<Record<string, object>>): Texts {
  return Object.fromEntries(
    Object.entries(of).map(([name, fields]) => [`${name}/package.json`, manifest(name, fields)]),
  );
}

const on = (...names: readonly string[]): object => ({
  dependencies: Object.fromEntries(names.map((name) => [name, "*"])),
});

test.each(["dependencies", "peerDependencies", "optionalDependencies"])(
  "a dependency that closes a circle is told where its manifest names it: %s",
  async (kind) => {
    const base = packages({ a: on("b"), b: {} });
    expect(await circles(base, packages({ a: on("b"), b: { [kind]: { x: "*", a: "*" } } }))).toEqual([
      "b/package.json:5 b -> a -> b",
    ]);
  },
);

test("what only development needs closes none, nor does a package of elsewhere, nor one that names itself", async () => {
  const base = packages({ a: on("b"), b: {} });
  expect(await circles(base, packages({ a: on("b"), b: { devDependencies: { a: "*" } } }))).toEqual([]);
  expect(await circles(base, packages({ a: on("b"), b: on("elsewhere", "b") }))).toEqual([]);
});

test("a circle that was there is old, and so is another way round it", async () => {
  const base = packages({ a: on("b"), b: on("c"), c: on("a") });
  expect(await circles(base, packages({ a: on("b", "x"), b: on("c"), c: on("a") }))).toEqual([]);
  expect(await circles(base, packages({ a: on("b"), b: on("c", "a"), c: on("a") }))).toEqual([]);
});

test("what comes to a circle from outside closes none", async () => {
  const circle = { a: on("b"), b: on("a") };
  expect(await circles(packages({ ...circle, c: {} }), packages({ ...circle, c: on("a") }))).toEqual([]);
});

test("the circle that is told is the shortest, and a long one is told by its ends", async () => {
  const short = packages({ a: on("b", "c"), b: on("c"), c: {} });
  expect(await circles(short, packages({ a: on("b", "c"), b: on("c"), c: on("a") }))).toEqual([
    "c/package.json:4 c -> a -> c",
  ]);
  const long = { a: on("b"), b: on("c"), c: on("d"), d: on("e"), e: {} };
  expect(await circles(packages(long), packages({ ...long, e: on("a") }))).toEqual([
    "e/package.json:4 e -> a -> … -> d -> e",
  ]);
  const five = { a: on("b"), b: on("c"), c: on("d"), d: {} };
  expect(await circles(packages(five), packages({ ...five, d: on("a") }))).toEqual([
    "d/package.json:4 d -> a -> b -> c -> d",
  ]);
});

const knownForTests = packages({ a: on("b"), b: { devDependencies: { a: "*" } } });

test.each<[string, string]>([
  ["an import", 'import { x } from "a";\n'],
  ["what is handed on", 'export * from "a/x.js";\n'],
  ["a call", 'const a = require("a");\n'],
])("%s of what the manifest does not depend on closes a circle as well", async (_, text) => {
  const at = (source: string): Texts => ({ ...knownForTests, "b/index.ts": source });
  expect(await circles(at(""), at(`// b\n${text}`))).toEqual(["b/index.ts:2 b -> a -> b"]);
  expect(await circles(at(text), at(`${text}// b\n`))).toEqual([]);
});

test("types, tests, and what the package imported already close none", async () => {
  const x = 'import { x } from "a";\n';
  expect(await circles(knownForTests, { ...knownForTests, "b/i.ts": 'import type { X } from "a";\n' })).toEqual([]);
  expect(await circles(knownForTests, { ...knownForTests, "b/i.test.ts": x })).toEqual([]);
  const old = (text: string): Texts => ({ ...knownForTests, "b/old.ts": text });
  expect(await circles(old(x), { ...old(x), "b/i.ts": x })).toEqual([]);
  expect(await circles(old(x.replaceAll('"', "'")), { ...old(x.replaceAll('"', "'")), "b/i.ts": x })).toEqual([]);
  expect(await circles(old('say("a")'), { ...old('say("a")'), "b/i.ts": x })).toEqual(["b/i.ts:1 b -> a -> b"]);
  const other = { ...knownForTests, "a/own.ts": x, "b/old.test.ts": x, "b/a.md": x };
  expect(await circles(other, { ...other, "b/i.ts": x })).toEqual(["b/i.ts:1 b -> a -> b"]);
});

test("a repository of one package has no circles", async () => {
  const one = { "package.json": manifest("a", on("a")) };
  expect(await circles({ "package.json": manifest("a") }, one)).toEqual([]);
});

const pathMap = { ui: "ui", core: "core", lib: "lib" };
const uses = (path: string): string => `import { x } from "${path}";\nx();\n`;
const layers: Texts = { "ui/a.ts": uses("../core/a.ts"), "core/a.ts": "export const x = 1;\n", "lib/a.ts": "" };

test("an import that closes a circle of scopes is told where it stands", async () => {
  const head = { ...layers, "core/b.ts": `\n${uses("../ui/a.ts")}` };
  expect(await circles(layers, head, { pathMap })).toEqual(["core/b.ts:2 core -> ui -> core"]);
  expect(await circles(layers, { ...layers, "core/b.ts": uses("../lib/a.ts") }, { pathMap })).toEqual([]);
  expect(await circles(layers, { ...layers, "core/b.ts": uses("./a.ts") }, { pathMap })).toEqual([]);
  // Both ends may come with the change.
  const both = { "lib/b.ts": uses("../core/a.ts"), "core/b.ts": uses("../lib/a.ts") };
  expect(await circles(layers, { ...layers, ...both }, { pathMap })).toEqual([
    "core/b.ts:1 core -> lib -> core",
    "lib/b.ts:1 lib -> core -> lib",
  ]);
});

test("so is one by a package's name", async () => {
  const named = { ...layers, "ui/package.json": manifest("@x/ui") };
  expect(await circles(named, { ...named, "core/b.ts": uses("@x/ui/a.js") }, { pathMap })).toEqual([
    "core/b.ts:1 core -> ui -> core",
  ]);
});

test("between scopes, types, tests and what was imported before count for nothing", async () => {
  const type = 'import type { X } from "../ui/a.ts";\n';
  expect(await circles(layers, { ...layers, "core/b.ts": type }, { pathMap })).toEqual([]);
  expect(await circles(layers, { ...layers, "core/b.test.ts": uses("../ui/a.ts") }, { pathMap })).toEqual([]);
  const old = { ...layers, "core/b.ts": uses("../ui/a.ts") };
  expect(await circles(old, { ...old, "core/b.ts": `${uses("../ui/a.ts")}x();\n` }, { pathMap })).toEqual([]);
  expect(await circles(old, { ...old, "core/c.ts": uses("../ui/a.ts") }, { pathMap })).toEqual([]);
  expect(await circles(old, { ...layers, "core/c.ts": uses("../ui/a.ts") }, { pathMap })).toEqual([]);
});

test("scopes whose dependencies are stated, or that nobody named, are left to others", async () => {
  const head = { ...layers, "core/b.ts": uses("../ui/a.ts") };
  expect(await circles(layers, head, { pathMap, dependencies: { ui: ["core"] } })).toEqual([]);
  expect(await circles(layers, head)).toEqual([]);
});
