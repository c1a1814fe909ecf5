import { expect, test } from "vitest";
import { contextOf, type Texts, type TextsChange } from "./change/change-of-texts.ts";
import { undeclaredDependency } from "./undeclared-dependency.ts";

/** Place, package and manifest of each finding. */
async function found(base: Texts, head: Texts, renames: TextsChange["renames"] = {}): Promise<readonly string[]> {
  const findings = await undeclaredDependency.inspect(await contextOf({ base, head, renames }));
  return findings.map(({ path, line, message }) => {
    const [, name, rest = ""] = /"(.*?)", which (.*?);/.exec(message) ?? [];
    return `${path}:${line} ${name}: ${rest.replace(" does not declare", "")}`;
  });
}

const manifest = (dependencies: object = {}, more: object = { private: true }): string =>
  JSON.stringify({ name: "own", dependencies, ...more });
const none = { "package.json": manifest() };
const uses = (name: string): string => `import x from "${name}";\nx();\n`;

test("what no manifest declares is told at its first import, once for each manifest", async () => {
  const files = { "a.ts": uses("ky"), "b.ts": uses("ky/http"), "c.ts": `\n${uses("got")}` };
  expect(await found(none, { ...none, ...files })).toEqual(["a.ts:1 ky: package.json", "c.ts:2 got: package.json"]);
  const inner = { ...none, "lib/package.json": manifest() };
  expect(await found(inner, { ...inner, "a.ts": uses("ky"), "lib/a.ts": uses("ky") })).toEqual([
    "a.ts:1 ky: package.json",
    "lib/a.ts:1 ky: lib/package.json",
  ]);
});

test("what is declared, is the package itself, or comes with Node is not told", async () => {
  const declared = { "package.json": manifest({ ky: "1", "@types/geo": "1" }) };
  const text = ["ky", "ky/http", "own", "geo", "node:fs", "path"].map(uses).join("");
  expect(await found(declared, { ...declared, "a.ts": text })).toEqual([]);
});

test("a dependency that is taken out is told in the files that still import it, and in no other", async () => {
  const files = {
    "old.ts": `\n${uses("ky")}${uses("ky/http")}`,
    "deep.ts": 'import x from "ky/http";\nx();\n',
    "text.ts": 'say("ky");\n',
    "kyoto.ts": uses("kyoto"),
    "lib/package.json": manifest({ ky: "1" }),
    "lib/a.ts": uses("ky"),
    "notes.md": uses("ky"),
  };
  const base = { ...files, "package.json": manifest({ ky: "1", kyoto: "1" }) };
  const head = { ...files, "package.json": manifest({ kyoto: "1" }) };
  expect(await found(base, head)).toEqual(["deep.ts:1 ky: package.json"]);
  expect(await found({ ...base, "deep.ts": "" }, { ...head, "deep.ts": "" })).toEqual(["old.ts:2 ky: package.json"]);
});

test("with its types a package is still declared", async () => {
  const files = { "a.ts": uses("geo") };
  const base = { ...files, "package.json": manifest({ geo: "1" }) };
  expect(await found(base, { ...files, "package.json": manifest({ "@types/geo": "1" }) })).toEqual([]);
});

test("what the same package used undeclared before is old debt, and no other package's", async () => {
  const at = (path: string, text = uses("ky")): Texts => ({ ...none, "lib/package.json": manifest(), [path]: text });
  const more = { "new.ts": uses("ky") };
  expect(await found(at("old.ts"), { ...at("old.ts"), ...more })).toEqual([]);
  expect(await found(at("old.ts"), at("old.ts", `${uses("ky")}x();\n`))).toEqual([]);
  expect(await found(at("old.ts"), { ...at("old.ts", ""), ...more })).toEqual([]);
  const told = ["new.ts:1 ky: package.json"];
  expect(await found(at("lib/old.ts"), { ...at("lib/old.ts"), ...more })).toEqual(told);
  expect(await found(at("lib/old.ts"), { ...at("lib/old.ts", ""), ...more })).toEqual(told);
  expect(await found(at("old.ts", 'say("ky");\n'), { ...at("old.ts", 'say("ky");\n'), ...more })).toEqual(told);
});

test("a file that moves to another package brings its debt, but not what was declared where it was", async () => {
  const moved = async (root: string): Promise<readonly string[]> => {
    const manifests = { "package.json": root, "lib/package.json": manifest() };
    const base = { ...manifests, "a.ts": uses("ky") };
    return found(base, { ...manifests, "lib/a.ts": uses("ky") }, { "lib/a.ts": "a.ts" });
  };
  expect(await moved(manifest())).toEqual([]);
  expect(await moved(manifest({ ky: "1" }))).toEqual(["lib/a.ts:1 ky: lib/package.json"]);
});

test("what is published loads nothing that only its developers have", async () => {
  const published = (more: object): Texts => ({
    "package.json": manifest({}, { type: "module", main: "index.js", devDependencies: { ky: "1" }, ...more }),
  });
  const head = { "index.js": uses("ky") };
  expect(await found(published({}), { ...published({}), ...head })).toEqual([
    "index.js:1 ky: is declared for development only, and ships",
  ]);
  expect(await found(published({ private: true }), { ...published({ private: true }), ...head })).toEqual([]);
});

test("of a repository with several packages each that is published counts", async () => {
  const files = {
    "package.json": manifest(),
    "lib/package.json": JSON.stringify({ name: "lib", type: "module", main: "index.js", devDependencies: { ky: "1" } }),
  };
  expect(await found(files, { ...files, "lib/index.js": uses("ky") })).toEqual([
    "lib/index.js:1 ky: is declared for development only, and ships",
  ]);
});

test("what a framework brings, an alias or a declared module is not told", async () => {
  const next = { "package.json": manifest({ next: "1" }) };
  expect(await found(next, { ...next, "a.ts": uses("server-only") })).toEqual([]);
  expect(await found(none, { ...none, "a.ts": uses("server-only") })).toEqual(["a.ts:1 server-only: package.json"]);
  const aliased = { ...none, "tsconfig.json": '{ "compilerOptions": { "paths": { "ours": ["./src/a.ts"] } } }' };
  expect(await found(aliased, { ...aliased, "b.ts": uses("ours") })).toEqual([]);
});
