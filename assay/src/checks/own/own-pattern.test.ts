import { expect, test } from "vitest";
import type { AssayError } from "../../model/errors.ts";
import type { PatternCheck } from "../../model/own-check.ts";
import { contextOf, type TextsChange } from "../change/change-of-texts.ts";
import { toPatternCheck } from "./own-pattern.ts";

const printing: PatternCheck = {
  id: "direct-output",
  kind: "pattern",
  patterns: ["process.stdout.write($$$)"],
  files: null,
  except: [],
  scopes: null,
  in: ["loop", "gate"],
  message: "writes to a stream",
  remedy: "return the text",
  incident: null,
};

async function found(change: TextsChange, config: Partial<PatternCheck> = {}): Promise<readonly string[]> {
  const findings = await toPatternCheck({ ...printing, ...config }).inspect(await contextOf(change));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const isAdded = (text: string, config: Partial<PatternCheck> = {}, path = "src/a.ts"): Promise<readonly string[]> =>
  found({ base: {}, head: { [path]: text } }, config);

test("what matches is found where it stands, with what to do", async () => {
  expect(await isAdded('export {};\nprocess.stdout.write("x");\n')).toEqual([
    "src/a.ts:2 writes to a stream; return the text",
  ]);
});

test.each([
  'process["stdout"].write("x");',
  "process.stdout[`write`]('x');",
  'process.stdout?.write("x");',
  'process?.["stdout"]?.["wri" + "te"]("x");',
  'process.stdout.write?.("x");',
  'process.stdout!.write("x");',
  '(process.stdout as any).write("x");',
  '(<any>process.stdout).write("x");',
  '(process).stdout.write("x");',
  '(0, process.stdout.write)("x");',
  '(process.stdout.write as (text: string) => void)("x");',
  'globalThis.process.stdout.write("x");',
  'globalThis["process"].stdout.write("x");',
  'process /* of node */ . stdout // here\n  .write("x");',
  'const { stdout } = process;\nstdout.write("x");',
  'const { stdout: out } = process;\nout.write("x");',
  'const { stdout: { write } } = process;\nwrite("x");',
  'const out = process.stdout;\nconst same = out;\nsame.write("x");',
  'const write = process.stdout.write.bind(process.stdout);\nwrite("x");',
  'import { stdout } from "node:process";\nstdout.write("x");',
  'import { stdout as out } from "process";\nout.write("x");',
  'import runtime from "node:process";\nruntime.stdout.write("x");',
  'import * as runtime from "node:process";\nif (runtime) runtime.stdout.write("x");',
  'process.stdout.write.call(process.stdout, "x");',
  'process.stdout.write.apply(process.stdout, ["x"]);',
  'let out;\nout = process.stdout;\nout.write("x");',
  'const { stdout } = require("node:process");\nstdout.write("x");',
  'const { stdout: out } = await import("node:process");\nout.write("x");',
  'const runtime = require("process");\nruntime.stdout.write("x");',
  "const é = '😀'; process['stdout'].write(é);",
])("%s is a match", async (text) => {
  expect(await isAdded(text)).toHaveLength(1);
});

test.each([
  'process.stderr.write("x");',
  'const stdout = makeStream();\nstdout.write("x");',
  'export function print(stdout: Stream) {\n  const { env } = process;\n  stdout.write("x");\n}',
  'let stdout = process.stdout;\nstdout = makeStream();\nstdout.write("x");',
  "// process.stdout.write(1)\nexport const text = 'process.stdout.write(1)';",
  "export const stream = process.stdout;",
  'stream.process.stdout.write("x");',
])("%s is none", async (text) => {
  expect(await isAdded(text)).toEqual([]);
});

test("a name may be imported under another", async () => {
  const patterns = ['readFileSync($PATH, "utf8")'];
  const text = "import { readFileSync as read } from 'fs';\nexport const a = read('a', 'utf8');\n";
  expect(await isAdded(text, { patterns })).toHaveLength(1);
  expect(await isAdded(text.replace("'utf8'", "`utf8`"), { patterns })).toHaveLength(1);
  expect(await isAdded(text.replace("'utf8'", "'latin1'"), { patterns })).toEqual([]);
});

test("what a module exports may be called by its own name or as the module's", async () => {
  const patterns = ["fs.readFileSync($$$)"];
  const uses = [
    'import { readFileSync } from "node:fs";\nreadFileSync("a");',
    'import { readFileSync as read } from "fs";\nread("a");',
    'import * as files from "node:fs";\nfiles.readFileSync("a");',
    'import files from "node:fs";\nfiles.readFileSync("a");',
    'const { readFileSync: read } = require("fs");\nread("a");',
    'const files = await import("fs");\nfiles.readFileSync("a");',
  ];
  for (const text of uses) expect([text, (await isAdded(text, { patterns })).length]).toEqual([text, 1]);
  expect(await isAdded('import { readFileSync } from "./mine.ts";\nreadFileSync("a");', { patterns })).toEqual([]);
  expect(await isAdded('const fs = makeFiles();\nfs.readFile("a");', { patterns })).toEqual([]);
});

test("what declares another name, and modules that are called like a keyword, stay code", async () => {
  const patterns = ["fs.readFile($$$)"];
  const text = [
    'import { on } from "./switch.ts";',
    "const { files: all, default: rest } = fs;",
    'const { default: glob } = await import("picomatch");',
    'export const a = on(glob, all, rest, fs["readFile"](1));',
  ];
  expect(await isAdded(text.join("\n"), { patterns })).toEqual(["src/a.ts:4 writes to a stream; return the text"]);
});

test("one of several patterns is enough, and a place counts once", async () => {
  const patterns = ["process.stdout.write($$$)", "process.stdout.$METHOD($$$)", "console.log($$$)"];
  expect(await isAdded('process.stdout.write("x");\nconsole.log(1);\n', { patterns })).toHaveLength(2);
});

test("patterns of types and of elements are looked for where there can be any", async () => {
  expect(await isAdded("export const a = <b></b>;", { patterns: ["<b>$$$</b>"] }, "src/a.tsx")).toHaveLength(1);
  expect(await isAdded("export const a = 1;", { patterns: ["<b>$$$</b>"] })).toEqual([]);
  expect(await isAdded("export const a = <any>b;", { patterns: ["<any>$A"] })).toHaveLength(1);
  expect(await isAdded("exports.a = b;", { patterns: ["<any>$A"] }, "src/a.cjs")).toEqual([]);
});

test("what the base had, moved or edited where it stands, is not new", async () => {
  const old = 'export {};\nprocess.stdout.write("x");\n';
  expect(await found({ base: { "a.ts": old }, head: { "a.ts": `${old}export const b = 1;\n` } })).toEqual([]);
  expect(await found({ base: { "a.ts": old }, head: { "b.ts": `export const b = 1;\n${old}` } })).toEqual([]);
  expect(await found({ base: { "a.ts": old }, head: { "a.ts": old.replace("x", "y") } })).toEqual([]);
  expect(await found({ base: { "a.ts": old }, head: { "a.ts": `${old}process.stdout.write("z");\n` } })).toHaveLength(
    1,
  );
});

test("only the files that are meant are looked at", async () => {
  const files = ["src/**"];
  const except = ["src/cli/**", "**/*.test.ts"];
  const at = (path: string): Promise<readonly string[]> => isAdded("process.stdout.write(1);", { files, except }, path);
  expect(await at("src/a.ts")).toHaveLength(1);
  for (const path of ["src/cli/a.ts", "src/a.test.ts", "tools/a.ts", "src/fixtures/a.ts"]) {
    expect([path, await at(path)]).toEqual([path, []]);
  }
});

test("what is moved from where it may be to where it may not is new", async () => {
  const text = "process.stdout.write(1);\n";
  const moved = { base: { "cli/a.ts": text }, head: { "src/a.ts": text }, renames: { "src/a.ts": "cli/a.ts" } };
  expect(await found(moved, { except: ["cli/**"] })).toHaveLength(1);
  expect(await found(moved)).toEqual([]);
});

test("it concerns the scopes that it names", async () => {
  const change = { base: {}, head: { "a/x.ts": "process.stdout.write(1);" }, config: { pathMap: { a: "a", b: "b" } } };
  expect(await found(change, { scopes: ["a"] })).toHaveLength(1);
  expect(await found(change, { scopes: ["b"] })).toEqual([]);
});

test.each(["", "foo(", "a; b", "$A", "$$$", "/* nothing */", "if (", "class {"])(
  "%j is no pattern",
  async (pattern) => {
    const refusal = await found({ base: {}, head: { "a.md": "x" } }, { patterns: [pattern] }).then(
      () => undefined,
      (error: AssayError) => error,
    );
    expect(refusal?.code).toBe("config-invalid");
    expect(refusal?.message).toContain('assay.toml: the pattern of [[check]] "direct-output" is no code');
  },
);
