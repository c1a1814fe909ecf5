import { expect, test } from "vitest";
import { invocationsOf } from "../scripts/read-scripts.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { findPrograms, readCompilerCall } from "./tsc-programs.ts";
import { tsConfigsOf } from "./tsconfig.ts";

type Scripts = Readonly<Record<string, string>>;

const manifest = (scripts: Scripts = {}, rest: object = { devDependencies: { typescript: "5" } }): string =>
  JSON.stringify({ scripts, ...rest });

/** How a script's line calls the compiler: with what, on which projects, with which flags. */
function call(line: string): string | undefined {
  const [pkg] = temporaryWorkspace({ "package.json": manifest({ line }) }).packages;
  const [invocation] = pkg === undefined ? [] : invocationsOf(pkg);
  const read = invocation && readCompilerCall(invocation);
  return read && [read.compiler, ...(read.build ? ["builds"] : []), ...read.projects, ...read.flags].join(" ");
}

test("a call names a project, or builds several, and keeps what decides on errors", () => {
  expect(call("tsc")).toBe("tsc .");
  expect(call("tsgo -p a --noEmit --strict --target es2022")).toBe("tsgo a --strict true --target es2022");
  expect(call("vue-tsc --project a.json --noEmit false --skipLibCheck false")).toBe(
    "vue-tsc a.json --skipLibCheck false",
  );
  expect(call("tsc --allowJs -p a --checkJs true")).toBe("tsc a --allowJs true --checkJs true");
  expect(call("tsc -b")).toBe("tsc builds .");
  expect(call("tsc --build a b --verbose --force")).toBe("tsc builds a b");
  expect(call("tsc -p a --outDir out --pretty --declaration --sourceMap --tsBuildInfoFile x")).toBe(
    "tsc a --declaration true",
  );
});

test("a flag is known in small letters and with one dash, and any of them can be switched on and off", () => {
  expect(call("tsc --noemit -PROJECT a --skiplibcheck")).toBe("tsc a --skipLibCheck true");
  expect(call("tsc -p a --declarationMap false --noUnusedLocals false --watch false")).toBe(
    "tsc a --noUnusedLocals false",
  );
  expect(call("tsc --jsxImportSource preact --noUnusedLocals")).toBe("tsc . --jsxImportSource preact --noUnusedLocals");
  expect(call("tsc --nocheck -p a")).toBe(undefined);
});

test("a call that checks no project is none", () => {
  const watching = [
    "tsc --watch",
    "tsc -w",
    "tsc --init",
    "tsc --showConfig",
    "tsc --noCheck",
    "tsc -b --clean",
    "tsc --version",
  ];
  const other = ["tsc a.ts", "tsc -p $DIR", "tsc | grep error", "tscx", "toString"];
  expect([...watching, ...other].map(call)).toEqual([...watching, ...other].map(() => undefined));
});

/** The programs of a repository: compiler, folder, configuration and what it is known from. */
async function programs(files: Scripts): Promise<readonly string[]> {
  const found = await findPrograms(tsConfigsOf(temporaryWorkspace(files)));
  return found.map(({ compiler, dir, config, build, guessed, evidence }) =>
    [`${compiler}${build ? " -b" : ""}`, `${dir}>`, config, guessed ? "guessed" : evidence.split('"')[1]].join(" "),
  );
}

/** Those of the names under which a call of the compiler counts, and, with a `!`, those that check. */
async function countsAs(names: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const files = { "package.json": manifest({ [name]: "tsc -p a.json" }), "a.json": "{}", "tsconfig.json": "{}" };
      const [first = ""] = await programs(files);
      return first.includes("guessed") ? [] : [name];
    }),
  );
  return found.flat();
}

test("scripts check types by their name, or build what is published; others call a compiler for their own reasons", async () => {
  const checking = [
    "typecheck",
    "type-check",
    "types",
    "type",
    "check:types",
    "check-types",
    "checktypes",
    "types:check",
  ];
  const more = [
    "lint:types",
    "test:ts",
    "ci:tsc",
    "ts",
    "TypeCheck",
    "typechecks",
    "type-checks",
    "types-check",
    "check-type",
    "checktype",
    "typecheck:node",
    "types:x",
    "check:tsc:all",
  ];
  const building = [
    "build",
    "prebuild",
    "postcompile",
    "build:esm",
    "build:types",
    "prepack",
    "ci",
    "test",
    "lint",
    "dist:ts",
    "build:type",
  ];
  const others = [
    "dev",
    "start",
    "typescript",
    "my-types",
    "build:docs",
    "tests",
    "lint:fix",
    "xtypecheck",
    "typechecked",
    "rebuild",
    "xci",
  ];
  expect(await countsAs([...checking, ...more, ...building, ...others])).toEqual([...checking, ...more, ...building]);
});

test("in each package a script that checks goes before one that builds, `--noEmit` where it only may", async () => {
  const configs = { "a.json": "{}", "b.json": "{}" };
  const of = (scripts: Scripts): Promise<readonly string[]> =>
    programs({ "package.json": manifest(scripts), ...configs });
  expect(await of({ build: "tsc -p a.json", types: "tsc -p b.json" })).toEqual(["tsc > b.json types"]);
  expect(await of({ build: "tsc -p a.json", lint: "tsc -p b.json --noEmit" })).toEqual(["tsc > b.json lint"]);
  expect(await of({ build: "tsc -p a.json", lint: "tsc -p b.json" })).toEqual([
    "tsc > a.json build",
    "tsc > b.json lint",
  ]);
  for (const flag of ["--noEmit", "--noemit", "--noEmit true"])
    expect(await of({ build: "tsc -p a.json", dev: `tsc -p b.json ${flag}` })).toEqual(["tsc > b.json dev"]);
  expect(await of({ build: "tsc -p a.json", dev: "tsc -p b.json --noEmit false" })).toEqual(["tsc > a.json build"]);
});

test("a project is a file, or the nearest tsconfig.json at a folder or above it", async () => {
  const of = (line: string, files: Scripts, dir = ""): Promise<readonly string[]> =>
    programs({ [`${dir}package.json`]: manifest({ types: line }), ...files });
  expect(await of("tsc -p x", { "x/tsconfig.json": "{}" })).toEqual(["tsc > x/tsconfig.json types"]);
  expect(await of("tsc -p x/y", { "x/tsconfig.json": "{}" })).toEqual(["tsc > x/tsconfig.json types"]);
  expect(await of("tsc -p gone.json", {})).toEqual(["tsc > gone.json types"]);
  expect(await of("tsc", {})).toEqual([]);
  expect(await of("tsc -p ../..", {}, "p/")).toEqual([]);
  expect(await of("cd x && tsc", { "p/x/tsconfig.json": "{}" }, "p/")).toEqual(["tsc p> p/x/tsconfig.json types"]);
  expect(await of("tsc", { "tsconfig.json": "{}" }, "p/")).toEqual(["tsc p> tsconfig.json types"]);
});

test("where a script checks types nothing is guessed, and where one builds its package is not", async () => {
  const files = { "a/tsconfig.json": "{}", "a/x.ts": "", "b/tsconfig.json": "{}", "b/package.json": manifest() };
  expect(await programs({ ...files, "a/package.json": manifest({ types: "tsc" }) })).toEqual([
    "tsc a> a/tsconfig.json types",
  ]);
  expect(await programs({ ...files, "a/package.json": manifest({ build: "tsc -p tsconfig.json" }) })).toEqual([
    "tsc a> a/tsconfig.json build",
    "tsc b> b/tsconfig.json guessed",
  ]);
});

test("a tsconfig is guessed to be a program where a compiler is declared and no component is beside it", async () => {
  const of = (rest: object, more: Scripts = {}): Promise<readonly string[]> =>
    programs({ "package.json": manifest({}, rest), "tsconfig.json": "{}", "a.ts": "", ...more });
  const guess = ["tsc > tsconfig.json guessed"];
  expect(await of({ dependencies: { typescript: "5" } })).toEqual(guess);
  expect(await of({ devDependencies: { "@typescript/native-preview": "7" } })).toEqual(guess);
  expect(await of({ devDependencies: { "vue-tsc": "3" } })).toEqual([]);
  expect(await of({ dependencies: { typescript: "5" } }, { "a.vue.ts": "" })).toEqual(guess);
  for (const name of ["a.vue", "x/a.svelte", "a.astro"])
    expect(await of({ dependencies: { typescript: "5" } }, { [name]: "" })).toEqual([]);
  const nested = { "package.json": manifest(), "p/package.json": "{}", "p/tsconfig.json": "{}", "q/a.vue": "" };
  expect(await programs({ ...nested, "p/a.ts": "" })).toEqual(["tsc p> p/tsconfig.json guessed"]);
  expect(await programs({ ...nested, "package.json": "{}", "q/package.json": manifest() })).toEqual([]);
});

test("the root's tsconfig is guessed where it is the only one, names files or refers to projects", async () => {
  const of = (root: object): Promise<readonly string[]> =>
    programs({
      "package.json": manifest(),
      "tsconfig.json": JSON.stringify(root),
      "x.ts": "",
      "a/package.json": "{}",
      "a/tsconfig.json": "{}",
      "a/y.ts": "",
    });
  const ofA = "tsc a> a/tsconfig.json guessed";
  expect(await of({})).toEqual([ofA]);
  expect(await of({ include: ["x.ts"] })).toEqual(["tsc > tsconfig.json guessed", ofA]);
  expect(await of({ include: ["**/*"] })).toEqual(["tsc > tsconfig.json guessed"]);
  expect(await of({ references: [{ path: "a" }] })).toEqual(["tsc -b > tsconfig.json guessed"]);
});

test("a jsconfig.json is a program where it checks, and gives way to a tsconfig.json", async () => {
  const of = (files: Scripts): Promise<readonly string[]> =>
    programs({ "package.json": manifest(), "a.js": "", ...files });
  const checked = '{ "compilerOptions": { "checkJs": true } }';
  expect(await of({ "jsconfig.json": checked })).toEqual(["tsc > jsconfig.json guessed"]);
  expect(await of({ "jsconfig.json": '{ "compilerOptions": { "allowJs": true } }' })).toEqual([]);
  expect(await of({ "jsconfig.json": checked, "tsconfig.json": "{}" })).toEqual(["tsc > tsconfig.json guessed"]);
});

test("the same call twice is one, a project that is built is not checked as well, nor one that is built with another", async () => {
  const configs = { "a.json": "{}", "b.json": '{ "references": [{ "path": "a.json" }] }' };
  const of = (scripts: Scripts): Promise<readonly string[]> =>
    programs({ "package.json": manifest(scripts), ...configs });
  expect(await of({ types: "tsc -p a.json", "types:x": "tsc -p a.json" })).toEqual(["tsc > a.json types:x"]);
  expect(await of({ types: "tsc -p a.json", "types:x": "tsc -p a.json --strict" })).toHaveLength(2);
  expect(await of({ types: "tsc -p a.json", "types:x": "tsgo -p a.json" })).toHaveLength(2);
  expect(await of({ types: "tsc -p a.json", build: "tsc -b a.json", "types:x": "tsc -b a.json" })).toEqual([
    "tsc -b > a.json types:x",
  ]);
  expect(await of({ types: "tsc -p a.json --strict", "types:x": "tsc -b a.json" })).toEqual([
    "tsc -b > a.json types:x",
  ]);
  expect(await of({ types: "tsc -b b.json && tsc -p a.json" })).toEqual(["tsc -b > b.json types"]);
  expect(await of({ types: "tsc -p b.json && tsc -p a.json" })).toEqual(["tsc > b.json types", "tsc > a.json types"]);
});

test("what a guessed program of a package has is not checked again where the root's has all of it", async () => {
  const of = (root: object): Promise<readonly string[]> =>
    programs({
      "package.json": manifest({ build: "tsc -p tsconfig.json" }),
      "tsconfig.json": JSON.stringify(root),
      "a/package.json": "{}",
      "a/tsconfig.json": "{}",
      "a/x.ts": "",
      "a/y.ts": "",
    });
  expect(await of({})).toEqual(["tsc > tsconfig.json build"]);
  expect(await of({ include: ["a/x.ts"] })).toEqual(["tsc > tsconfig.json build", "tsc a> a/tsconfig.json guessed"]);
});

test("a repository without packages or without projects has no program", async () => {
  expect(await findPrograms(tsConfigsOf(temporaryWorkspace({ "tsconfig.json": "{}", "a.ts": "" })))).toEqual([]);
  expect(await programs({ "package.json": manifest(), "a.ts": "" })).toEqual([]);
});
