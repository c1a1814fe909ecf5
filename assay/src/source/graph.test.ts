import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { readGraph, type ModuleGraph } from "./graph.ts";
import { temporaryWorkspace, type TemporaryWorkspace } from "./testing/temporary-workspace.ts";

const made: TemporaryWorkspace[] = [];

afterEach(() => {
  for (const workspace of made.splice(0)) workspace.remove();
});

function workspace(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const temporary = temporaryWorkspace(files);
  made.push(temporary);
  return temporary;
}

async function graph(temporary: TemporaryWorkspace, cacheFile: string | null = null): Promise<ModuleGraph> {
  return readGraph(temporary.read(), { cacheFile });
}

function meaning(graph: ModuleGraph, from: string, specifier: string): string {
  const resolution = graph.resolve(repoPath(from), specifier);
  if (resolution === undefined) return "not there";
  if (resolution.kind === "file") return resolution.path;
  if (resolution.kind === "package") return `package ${resolution.name}`;
  return "dir" in resolution ? `${resolution.kind} ${resolution.dir}` : resolution.kind;
}

/** What one file's imports mean, in order. */
async function meanings(files: Readonly<Record<string, string>>, from: string): Promise<readonly string[]> {
  const read = await graph(workspace(files));
  const specifiers = read.factsOf(repoPath(from))?.specifiers ?? [];
  return specifiers.map(({ text }) => meaning(read, from, text));
}

test("a file whose imports are gone is told with the first of them", async () => {
  const files = { "a.ts": 'import "./b";\nimport "./gone";\nimport "./lost";', "b.ts": "", "c.ts": 'import "./b";' };
  expect([...(await graph(workspace(files))).broken]).toEqual([["a.ts", "./gone"]]);
});

test("relative imports find what the sources hold for them", async () => {
  const imports = ["./b", "./c.js", "./d", "./e.mjs", "./f.json", "./g.css", "./h.svg?raw", "..", "../lib/", "./j.tsx"];
  const files = {
    "src/a.ts": imports.map((name) => `import ${JSON.stringify(name)};`).join("\n"),
    "src/b.tsx": "",
    "src/c.ts": "",
    "src/d/index.ts": "",
    "src/e.mts": "",
    "src/f.json": "{}",
    "src/g.css": "",
    "src/h.svg": "",
    "index.ts": "",
    "lib/index.js": "",
  };
  expect(await meanings(files, "src/a.ts")).toEqual([
    "src/b.tsx",
    "src/c.ts",
    "src/d/index.ts",
    "src/e.mts",
    "src/f.json",
    "src/g.css",
    "src/h.svg",
    "index.ts",
    "lib/index.js",
    "missing ",
  ]);
});

test("aliases of a tsconfig and imports of a manifest are followed", async () => {
  const files = {
    "package.json": '{"name":"a","imports":{"#b":"./src/b.ts"}}',
    "tsconfig.json": '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
    "src/a.ts": 'import "@/b";\nimport "#b";\nimport "@/gone";\nimport "#gone";',
    "src/b.ts": "",
  };
  expect(await meanings(files, "src/a.ts")).toEqual(["src/b.ts", "src/b.ts", "missing ", "missing "]);
});

test("packages from outside are told from aliases that nobody declares", async () => {
  const files = {
    "package.json": '{"dependencies":{"left":"1","@types/estree":"1"}}',
    "a.ts":
      'import "left/pad";\nimport "estree";\nimport "node:fs";\nimport "path";\nimport "bun:test";\nimport "~/b";\nimport "virtual:c";',
  };
  const expected = ["package left", "package estree", "builtin", "builtin", "package bun:test", "missing ", "missing "];
  expect(await meanings(files, "a.ts")).toEqual(expected);
});

const monorepo = {
  "package.json": '{"name":"root"}',
  "packages/a/package.json": '{"name":"@x/a","exports":{".":"./src/index.ts","./sub/*":"./src/*.ts"}}',
  "packages/a/src/index.ts": "",
  "packages/a/src/other.ts": "",
  "packages/b/package.json": '{"name":"b","main":"./dist/index.js"}',
  "packages/b/src/index.ts": 'export * from "@x/a";\nexport * from "@x/a/sub/other";',
  "packages/c/package.json": '{"name":"c"}',
  "packages/c/src/index.ts": 'import "b";\nimport "@x/a";\nimport "b/lib/x";',
};

test("workspace packages are found by their manifests when nothing is installed", async () => {
  expect(await meanings(monorepo, "packages/b/src/index.ts")).toEqual([
    "packages/a/src/index.ts",
    "packages/a/src/other.ts",
  ]);
});

test("a workspace package whose entry is built is imported as a whole, built or not", async () => {
  const expected = ["workspace packages/b", "packages/a/src/index.ts", "workspace packages/b"];
  expect(await meanings(monorepo, "packages/c/src/index.ts")).toEqual(expected);
  const built = { ...monorepo, "packages/b/dist/index.js": "" };
  expect(await meanings(built, "packages/c/src/index.ts")).toEqual(expected);
});

test("linked workspace packages lead to their sources", async () => {
  const temporary = workspace({ ...monorepo, "packages/b/dist/index.js": "" });
  mkdirSync(join(temporary.root, "node_modules/@x"), { recursive: true });
  symlinkSync("../../packages/a", join(temporary.root, "node_modules/@x/a"));
  symlinkSync("../packages/b", join(temporary.root, "node_modules/b"));
  const read = await graph(temporary);
  expect(meaning(read, "packages/c/src/index.ts", "@x/a")).toBe("packages/a/src/index.ts");
  expect(meaning(read, "packages/c/src/index.ts", "b")).toBe("workspace packages/b");
});

test("importers are known by file and by package", async () => {
  const read = await graph(workspace(monorepo));
  expect(read.importersOf(repoPath("packages/a/src/index.ts"))).toEqual([
    "packages/b/src/index.ts",
    "packages/c/src/index.ts",
  ]);
  expect(read.importsOf(repoPath("packages/c/src/index.ts"))).toEqual(["packages/a/src/index.ts"]);
  expect(read.packagesOf(repoPath("packages/c/src/index.ts"))).toEqual(["packages/b"]);
  expect(read.packageImportersOf(repoPath("packages/b"))).toEqual(["packages/c/src/index.ts"]);
});

test("a file that names another twice is one importer, and a file that is none means nothing", async () => {
  const files = { "a.ts": "", "b.ts": 'import "./a";', "c.ts": 'import "./a"; export * from "./a";' };
  const read = await graph(workspace(files));
  expect(read.importersOf(repoPath("a.ts"))).toEqual(["b.ts", "c.ts"]);
  expect(meaning(read, "d.ts", "./a")).toBe("not there");
});

test("a symbolic link stands between its importer and its target", async () => {
  const temporary = workspace({ "src/a.ts": 'import "./link";', "lib/b.ts": "" });
  symlinkSync("../lib/b.ts", join(temporary.root, "src/link.ts"));
  const read = await graph(temporary);
  expect(meaning(read, "src/a.ts", "./link")).toBe("src/link.ts");
  expect(read.importersOf(repoPath("lib/b.ts"))).toEqual(["src/link.ts"]);
});

test("a tsconfig that can not be read hides no relative import and no package", async () => {
  const files = {
    "package.json": '{"dependencies":{"left":"1"}}',
    "tsconfig.json": '{"extends":"not-installed/tsconfig.json"',
    "a.ts": 'import "./b";\nimport "left";',
    "b.ts": "",
  };
  expect(await meanings(files, "a.ts")).toEqual(["b.ts", "package left"]);
});

interface Edit {
  readonly files: Readonly<Record<string, string | null>>;
  readonly from: string;
  readonly specifier: string;
  readonly before: string;
  readonly after: string;
}

const base = {
  "package.json": '{"name":"a"}',
  "tsconfig.json": '{"extends":"./shared/base.json"}',
  "shared/base.json": '{"compilerOptions":{"paths":{"@/*":["../src/*"]}}}',
  "src/a.ts": 'import "./b";\nimport "@/c";\nimport "./gone";',
  "src/b.js": "",
  "src/c.ts": "",
  "lib/c.ts": "",
};

const edits: Readonly<Record<string, Edit>> = {
  "a file that takes over an import": {
    files: { "src/b.ts": "" },
    from: "src/a.ts",
    specifier: "./b",
    before: "src/b.js",
    after: "src/b.ts",
  },
  "a file that went away": {
    files: { "src/b.js": null },
    from: "src/a.ts",
    specifier: "./b",
    before: "src/b.js",
    after: "missing ",
  },
  "a file that came": {
    files: { "src/gone/index.ts": "" },
    from: "src/a.ts",
    specifier: "./gone",
    before: "missing ",
    after: "src/gone/index.ts",
  },
  "a changed import": {
    files: { "src/a.ts": 'import "../lib/c";' },
    from: "src/a.ts",
    specifier: "../lib/c",
    before: "not there",
    after: "lib/c.ts",
  },
  "a changed tsconfig of any name": {
    files: { "shared/base.json": '{"compilerOptions":{"paths":{"@/*":["../lib/*"]}}}' },
    from: "src/a.ts",
    specifier: "@/c",
    before: "src/c.ts",
    after: "lib/c.ts",
  },
  "a changed manifest": {
    files: { "package.json": '{"name":"a","dependencies":{"@/c":"1"}}' },
    from: "src/a.ts",
    specifier: "@/c",
    before: "src/c.ts",
    after: "src/c.ts",
  },
};

for (const [name, { files, from, specifier, before, after }] of Object.entries(edits)) {
  test(`what is kept between runs is not believed after: ${name}`, async () => {
    const temporary = workspace(base);
    const cacheFile = join(temporary.root, "node_modules/.cache/modules");
    expect(meaning(await graph(temporary, cacheFile), from, specifier)).toBe(before);
    temporary.write(files);
    const warm = await graph(temporary, cacheFile);
    const cold = await graph(temporary);
    expect([meaning(warm, from, specifier), meaning(cold, from, specifier), warm.notes]).toEqual([after, after, []]);
  });
}

function told(graph: ModuleGraph): readonly unknown[] {
  return [
    ...graph.files.map((file) => {
      const { specifiers, opaque } = graph.factsOf(file) ?? {};
      return [file, specifiers, opaque, graph.importsOf(file), graph.packagesOf(file)];
    }),
    [...graph.broken],
  ];
}

test("a warm graph says what the cold one said", async () => {
  const temporary = workspace({ ...monorepo, "packages/c/src/run.ts": 'import "node:fs"; await import(name);' });
  const cacheFile = join(temporary.root, "node_modules/modules");
  const cold = await graph(temporary, cacheFile);
  const warm = await graph(temporary, cacheFile);
  expect(told(warm)).toEqual(told(cold));
  expect(readdirSync(join(temporary.root, "node_modules"))).toEqual(["modules"]);
});

test("a cache that is little behind is left as it is", async () => {
  const temporary = workspace({ "a.ts": "", ...Object.fromEntries(names(0, 8).map((name) => [name, ""])) });
  const cacheFile = join(temporary.root, "node_modules/modules");
  await graph(temporary, cacheFile);
  const first = readFileSync(cacheFile, "utf8");
  const written = (values: readonly string[], text: string | null) =>
    Object.fromEntries(values.map((name) => [name, text]));
  // What came counts twice, as it had to be read as well.
  temporary.write({ ...written(names(0, 8), null), ...written(names(8, 12), "") });
  await graph(temporary, cacheFile);
  expect(readFileSync(cacheFile, "utf8")).toBe(first);
  temporary.write({ "a.ts": "a;" });
  await graph(temporary, cacheFile);
  expect(readFileSync(cacheFile, "utf8")).not.toBe(first);
});

function names(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from }, (_, index) => `m${from + index}.ts`);
}

test("a cache that is damaged is dropped with a note and written anew", async () => {
  const temporary = workspace(base);
  const cacheFile = join(temporary.root, "node_modules/modules");
  await graph(temporary, cacheFile);
  const whole = readFileSync(cacheFile, "utf8");
  for (const damaged of ["", "not a cache", whole.slice(0, -5), whole.replace("oxc-parser", "another")]) {
    writeFileSync(cacheFile, damaged);
    const read = await graph(temporary, cacheFile);
    expect([read.notes, meaning(read, "src/a.ts", "./b")]).toEqual([["dropped a damaged module cache"], "src/b.js"]);
    expect(readFileSync(cacheFile, "utf8")).toBe(whole);
  }
});

test("a cache of another version is dropped with a note", async () => {
  const temporary = workspace(base);
  const cacheFile = join(temporary.root, "node_modules/modules");
  await graph(temporary, cacheFile);
  const body = readFileSync(cacheFile, "utf8")
    .slice(41)
    .replace(/modules \d+/, "modules 0");
  writeFileSync(cacheFile, `${createHash("sha1").update(body).digest("hex")}\n${body}`);
  expect((await graph(temporary, cacheFile)).notes).toEqual(["dropped a module cache of another version"]);
  expect((await graph(temporary, cacheFile)).notes).toEqual([]);
});

test("a cache that can not be written is no error", async () => {
  const temporary = workspace(base);
  writeFileSync(join(temporary.root, "node_modules"), "a file in the way");
  const cacheFile = join(temporary.root, "node_modules/modules");
  const read = await graph(temporary, cacheFile);
  expect([meaning(read, "src/a.ts", "./b"), read.notes, existsSync(cacheFile)]).toEqual(["src/b.js", [], false]);
  chmodSync(temporary.root, 0o555);
  expect((await graph(temporary, join(temporary.root, "cache/modules"))).notes).toEqual([]);
  chmodSync(temporary.root, 0o755);
});

test("what is written between git's look and ours is not remembered as what git saw", async () => {
  const temporary = workspace({ "a.ts": 'import "./b";', "b.ts": "", "c.ts": "" });
  const cacheFile = join(temporary.root, "node_modules/modules");
  const seen = temporary.read();
  temporary.write({ "a.ts": 'import "./c";' });
  await readGraph(seen, { cacheFile });
  temporary.write({ "a.ts": 'import "./b";' });
  expect((await graph(temporary, cacheFile)).importersOf(repoPath("b.ts"))).toEqual(["a.ts"]);
});
