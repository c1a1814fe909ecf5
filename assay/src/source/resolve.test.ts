import { join } from "node:path";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { createResolver } from "./resolve.ts";
import type { SpecifierKind } from "./specifier.ts";
import { temporaryWorkspace, type TemporaryWorkspace } from "./testing/temporary-workspace.ts";

const made: TemporaryWorkspace[] = [];

afterEach(() => {
  for (const workspace of made.splice(0)) workspace.remove();
});

function temporary(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const workspace = temporaryWorkspace(files);
  made.push(workspace);
  return workspace;
}

function meaning(workspace: Workspace, from: string, specifier: string, kind: SpecifierKind = "import"): string {
  const resolution = createResolver(workspace).resolve(repoPath(from), specifier, kind);
  return Object.values(resolution).join(" ");
}

const listed = {
  "src/a.ts": "",
  "src/b.tsx": "",
  "src/c.mts": "",
  "src/d/index.ts": "",
  "src/e.json": "{}",
  "src/f.js.ts": "",
  "src/jsx.ts": "",
  "src/g.jsx": "",
  "src/h.cts": "",
  "src/i.css": "",
  "src/data:j.ts": "",
  "src/nested/package.json": '{"main":"main.ts"}',
  "src/nested/index.ts": "",
  "index.ts": "",
};

test.each<readonly [string, string]>([
  ["./b", "file src/b.tsx"],
  ["./b.js", "file src/b.tsx"],
  ["./c.mjs", "file src/c.mts"],
  ["./d", "file src/d/index.ts"],
  ["./d/", "file src/d/index.ts"],
  ["./e", "file src/e.json"],
  ["./e.json", "file src/e.json"],
  ["./f.js", "file src/f.js.ts"],
  ["./g.jsx", "file src/g.jsx"],
  ["./h.cjs", "file src/h.cts"],
  ["./i.css", "file src/i.css"],
  ["./data:j", "file src/data:j.ts"],
  ["./nested", "missing "],
  ["..", "file index.ts"],
  ["../", "file index.ts"],
  ["./gone", "missing "],
  ["../../outside", "missing "],
  ["/src/a", "file src/a.ts"],
])("what git lists is found without a look at the disk: %s is %s", (specifier, expected) => {
  const workspace = { ...temporary(listed).read(), root: "/nowhere" };
  expect(meaning(workspace, "src/a.ts", specifier)).toBe(expected);
});

test.each<readonly [string, SpecifierKind, string]>([
  ["b.tsx", "url", "file src/b.tsx"],
  ["//b.tsx", "url", "file src/b.tsx"],
  ["./d", "glob", "computed"],
  ["", "import", "computed"],
  ["fs", "import", "builtin"],
  ["./b?raw", "import", "file src/b.tsx"],
  ["BUN:test", "import", "package BUN:test"],
  ["virtual:x", "import", "missing "],
])("%j as %s is %s", (specifier, kind, expected) => {
  expect(meaning(temporary(listed).read(), "src/a.ts", specifier, kind)).toBe(expected);
});

const manifest = JSON.stringify({ name: "root", dependencies: { left: "1", "@types/a__b": "1", "@a/c": "1" } });
const monorepo = {
  "package.json": manifest,
  "core/package.json": '{"name":"core","main":"./src/main.ts"}',
  "core/src/main.ts": "",
  "core/src/deep.ts": "",
  "app/package.json": '{"name":"app","dependencies":{"right":"1"}}',
  "app/a.ts": "",
};

test.each([
  ["app/a.ts", "left", "package left"],
  ["app/a.ts", "right/deep", "package right"],
  ["app/a.ts", "@a/b", "package @a/b"],
  ["app/a.ts", "@a/c/d", "package @a/c"],
  ["core/src/main.ts", "right", "missing core"],
  ["app/a.ts", "core", "file core/src/main.ts"],
  ["app/a.ts", "core/src/deep", "file core/src/deep.ts"],
  ["app/a.ts", "core/lib/deep", "workspace core"],
])("in %s, nothing installed, %s is %s", (from, specifier, expected) => {
  expect(meaning(temporary(monorepo).read(), from, specifier)).toBe(expected);
});

test("a condition tells require from import", () => {
  const exports = { ".": { import: "./a.mjs", require: "./a.cjs" } };
  const files = { "package.json": JSON.stringify({ name: "core", exports }), "a.mjs": "", "a.cjs": "", "b.ts": "" };
  const workspace = temporary(files).read();
  expect(meaning(workspace, "b.ts", "core", "import")).toBe("file a.mjs");
  expect(meaning(workspace, "b.ts", "core", "require")).toBe("file a.cjs");
});

test("what an alias leads to is asked for each file, and what is built means its package", () => {
  const project = (file: string, target: string): string =>
    JSON.stringify({ include: [file], compilerOptions: { paths: { "@/x": [target] } } });
  const workspace = temporary({
    "package.json": '{"dependencies":{"left":"1"}}',
    "tsconfig.json": '{"files":[],"references":[{"path":"./tsconfig.a.json"},{"path":"./tsconfig.b.json"}]}',
    "tsconfig.a.json": project("a.ts", "./x.ts"),
    "tsconfig.b.json": project("b.ts", "./dist/x.js"),
    "a.ts": "",
    "b.ts": "",
    "x.ts": "",
    "dist/x.js": "",
  });
  const resolver = createResolver(workspace.read());
  const asked = ["@/x", "left"].flatMap((specifier) =>
    ["a.ts", "b.ts"].map((from) => Object.values(resolver.resolve(repoPath(from), specifier, "import")).join(" ")),
  );
  expect(asked).toEqual(["file x.ts", "workspace ", "package left", "package left"]);
});

test("what is installed is a package, and a link out of the repository too", () => {
  const outside = temporary({ "index.js": "" });
  const broken = '{"extends":"not-installed/tsconfig.json"';
  const workspace = temporary({ "package.json": "{}", "a.ts": "", "tsconfig.json": broken });
  const installed = join(workspace.root, "node_modules");
  mkdirSync(join(installed, "left"), { recursive: true });
  writeFileSync(join(installed, "left/index.js"), "");
  symlinkSync(outside.root, join(installed, "linked"));
  expect(["left", "linked"].map((name) => meaning(workspace.read(), "a.ts", name))).toEqual([
    "package left",
    "package linked",
  ]);
});
