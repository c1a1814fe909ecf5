import { expect, test } from "vitest";
import { joinPath, repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { findUses, type FileToolUse, type UseSource } from "./file-tool-uses.ts";

/** A tool that is configured by `tool.json`, and whose `--fix` writes. */
const source: UseSource = {
  packageName: "tool",
  readCall: ({ program, args }) =>
    program === "tool"
      ? {
          paths: args.filter((arg) => !arg.startsWith("-")),
          flags: args.filter((arg) => arg.startsWith("-") && arg !== "--fix" && arg !== "--strict"),
          maxWarnings: args.includes("--strict") ? 0 : Infinity,
          writes: args.includes("--fix"),
        }
      : undefined,
  configurationIn: (workspace, dir) =>
    workspace.tree.has(joinPath(dir, "tool.json")) ? joinPath(dir, "tool.json") : undefined,
  nestsConfiguration: false,
  localFiles: [".toolignore", ".tool-debt"],
};

type Scripts = Readonly<Record<string, string>>;

const manifest = (scripts: Scripts, devDependencies: Scripts = {}): string =>
  JSON.stringify({ scripts, devDependencies });

/** The uses in a repository of these files, where an object stands for the scripts of a manifest. */
function usesOf(
  files: Readonly<Record<string, string | Scripts>>,
  given: Partial<UseSource> = {},
): Promise<readonly FileToolUse[]> {
  const texts = Object.entries(files).map(([path, text]): [string, string] =>
    typeof text === "string" ? [path, text] : [`${path}package.json`, manifest(text)],
  );
  return findUses({ ...source, ...given }, temporaryWorkspace(Object.fromEntries(texts)));
}

/** The folder, the paths and the flags of each use. */
async function shown(
  files: Readonly<Record<string, string | Scripts>>,
  given: Partial<UseSource> = {},
): Promise<readonly string[]> {
  const uses = await usesOf(files, given);
  return uses.map(({ dir, paths, flags }) => [`${dir}>`, ...paths, ...flags].join(" "));
}

/** Which of the paths a script's call is about. */
async function covered(script: string, paths: readonly string[], dir = ""): Promise<readonly string[]> {
  const files = Object.fromEntries(paths.map((path) => [path, ""]));
  const [use] = await usesOf({ ...files, [dir]: { script } });
  return paths.filter((path) => use?.covers(repoPath(path)));
}

test("a pattern that a shell fills in stands for the folders that it fits, with all that is in them", async () => {
  const files = { "p/a/src/x.ts": "", "p/b/src/y.ts": "", "p/b/z.ts": "", "p/c.ts": "", "q/d.ts": "" };
  const paths = Object.keys(files);
  expect(await covered("tool p/*", paths)).toEqual(["p/a/src/x.ts", "p/b/src/y.ts", "p/b/z.ts", "p/c.ts"]);
  expect(await covered("tool ./p/*/src", paths)).toEqual(["p/a/src/x.ts", "p/b/src/y.ts"]);
  expect(await covered("tool {q,p/b}", paths)).toEqual(["p/b/src/y.ts", "p/b/z.ts", "q/d.ts"]);
  expect(await covered("tool [pq]/?", paths)).toEqual(["p/a/src/x.ts", "p/b/src/y.ts", "p/b/z.ts"]);
  expect(await shown({ ...files, "": { lint: "tool p/*" } })).toEqual(["> p/a p/b p/c.ts"]);
  expect(await covered("tool src", ["p/a/src/x.ts", "p/a/y.ts"], "p/a/")).toEqual(["p/a/src/x.ts"]);
  expect(await covered("tool */*", ["p/a/src/x.ts", "p/a/y.ts"], "p/a/")).toEqual(["p/a/src/x.ts"]);
});

test("a pattern in quotes, with two stars or of files alone is the tool's to fill in", async () => {
  const files = { "p/a/x.ts": "", "p/c.ts": "", "p/d.js": "" };
  for (const pattern of ["'p/*'", "'p/**'", "p/**", "p/*.ts", "p/**/*.ts", "'!p/*'"])
    expect(await shown({ ...files, "": { lint: `tool ${pattern}` } })).toEqual([`> ${pattern.replaceAll("'", "")}`]);
  expect(await covered("tool 'p/*'", Object.keys(files))).toEqual(["p/c.ts", "p/d.js"]);
  expect(await covered("tool 'p/*.{js,jsx}' p/[a-b]", Object.keys(files))).toEqual(["p/a/x.ts", "p/d.js"]);
});

test("a folder, a file and a pattern cover what lies in them, and what a pattern takes back is out", async () => {
  const paths = ["src/a.ts", "src/gen/b.ts", "src/.c.ts", "srcs/d.ts", "e.ts"];
  expect(await covered("tool", paths)).toEqual(paths);
  expect(await covered("tool src/ ./e.ts", paths)).toEqual(["src/a.ts", "src/gen/b.ts", "src/.c.ts", "e.ts"]);
  expect(await covered("tool './src/**' '!src/gen/**'", paths)).toEqual(["src/a.ts", "src/.c.ts"]);
  expect(await covered("tool . '!**/*.d.ts' !./src/gen/*", paths)).toEqual([
    "src/a.ts",
    "src/.c.ts",
    "srcs/d.ts",
    "e.ts",
  ]);
  expect(await covered("tool '**/*.ts'", ["p/a.ts", "p/x/a.ts", "pp/a.ts", "a.ts"], "p/")).toEqual([
    "p/a.ts",
    "p/x/a.ts",
  ]);
  expect(await covered("tool '@(src)/a.ts' '+(e).ts'", paths)).toEqual(["src/a.ts", "e.ts"]);
});

test("what is only known to a shell or lies elsewhere narrows nothing down", async () => {
  const lines = ["tool $(git ls-files) src", "tool ../x", "tool /x ."];
  for (const lint of lines) expect(await shown({ "": { lint }, "src/a.ts": "" })).toEqual(["> ."]);
  expect(await shown({ "": { lint: "cd .. && tool" } })).toEqual([]);
  expect(await shown({ "": { lint: "cd a && tool b" } })).toEqual(["a> b"]);
});

test("a script that checks counts, one that writes only where none does", async () => {
  expect(await shown({ "": { fix: "tool --fix a", lint: "tool b" } })).toEqual(["> b"]);
  expect(await shown({ "": { fix: "tool --fix a", other: "other c" } })).toEqual(["> a"]);
});

test("of several calls those that others cover drop out, the conventional script's stays", async () => {
  expect(await shown({ "": { "lint:src": "tool src --a", lint: "tool . --b" } })).toEqual(["> . --b"]);
  expect(await shown({ "": { "x-lint": "tool . --a", "check:format": "tool ./ --b" } })).toEqual(["> ./ --b"]);
  expect(await shown({ "": { a: "tool src --a", b: "tool src/x src/ --b" } })).toEqual(["> src --a"]);
  expect(await shown({ "": { a: "tool src --a", b: "tool src test --b" } })).toEqual(["> src --a", "> src test --b"]);
  expect(await shown({ "": { a: "tool ./src --a", b: "tool src/x --b" } })).toEqual(["> ./src --a"]);
  expect(await shown({ "": { a: "tool src --a", b: "tool srcs --b" } })).toEqual(["> src --a", "> srcs --b"]);
  expect(await shown({ "": { a: "tool 'src/*' --a", b: "tool 'src/*' 'src/*/x' --b" } })).toEqual([
    "> src/* --a",
    "> src/* src/*/x --b",
  ]);
  expect(await shown({ "": { a: "tool . --a", b: "cd x && tool . --b" } })).toEqual(["> . --a"]);
});

test("calls that differ in their paths alone are one, others are not", async () => {
  expect(await shown({ "": { a: "tool a c --x", b: "tool b c --x" } })).toEqual(["> a c b --x"]);
  expect(await shown({ "": { a: "tool a --x", b: "tool b --y" } })).toEqual(["> a --x", "> b --y"]);
  expect(await shown({ "": { a: "tool a", b: "A=1 tool b" } })).toEqual(["> a", "> b"]);
  expect(await shown({ "": { a: "tool a", b: "tool b --strict" } })).toEqual(["> a", "> b"]);
});

test("packages that the root configures are one run from there, with their patterns", async () => {
  const files = {
    "tool.json": "",
    "a/": { lint: "tool './src/**' !src/gen/** !./x" },
    "b/": { lint: "tool src/../lib" },
    "c/": { lint: "tool --x" },
  };
  expect(await shown(files)).toEqual(["> a/src/** !a/src/gen/** !a/x b/lib", "> c --x"]);
});

test("a package keeps its run where what it is told counts from there", async () => {
  const runIn = (dir: string, lint: string, other: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    shown({ "tool.json": "", [`${dir}/`]: { lint }, ...other });
  expect(await runIn("a", "tool --c=../x", {})).toEqual(["a> . --c=../x"]);
  expect(await runIn("a", "tool --c=./x", {})).toEqual(["a> . --c=./x"]);
  for (const end of ["mts", "js", "json", "jsonc", "toml", "yml", "yaml"])
    expect(await runIn("a", `tool -conf.${end}`, {})).toEqual([`a> . -conf.${end}`]);
  expect(await runIn("a", "tool --x=.ts,b.ts", {})).toEqual(["> a --x=.ts,b.ts"]);
  expect(await runIn("a", "tool --x=*.ts", {})).toEqual(["> a --x=*.ts"]);
  expect(await runIn("a", "tool --x.tsx", {})).toEqual(["> a --x.tsx"]);
  expect(await runIn("a", "tool", { "a/.toolignore": "" })).toEqual(["a> ."]);
  expect(await runIn("a", "tool", { "a/tool.json": "" })).toEqual(["a> ."]);
  expect(await runIn("p/a", "tool", { "p/tool.json": "" })).toEqual(["p/a> ."]);
  expect(await runIn("a", "tool", { "b/tool.json": "", ".toolignore": "" })).toEqual(["> a"]);
});

test("a package that the root's call covers has no other, unless its configuration would be overlooked from there", async () => {
  const files = {
    "": { lint: "tool a c" },
    "a/": { lint: "tool x" },
    "b/": { lint: "tool y" },
    "c/": { lint: "tool" },
  };
  expect(await shown({ ...files, "c/tool.json": "" })).toEqual(["> a c", "b> y", "c> ."]);
  expect(await shown({ ...files, "c/tool.json": "" }, { nestsConfiguration: true })).toEqual(["> a c", "b> y"]);
});

test("without a call the configuration of the root says that it is used, else that of each package", async () => {
  const declared = manifest({}, { tool: "1" });
  const packages = { "a/package.json": declared, "a/tool.json": "", "b/package.json": declared, "c/tool.json": "" };
  expect(await shown({ "package.json": declared, "tool.json": "", ...packages })).toEqual(["> ."]);
  expect(await shown({ "package.json": declared, ...packages })).toEqual(["a> ."]);
  expect(await shown({ "package.json": manifest({}), "tool.json": "" })).toEqual([]);
  const installed = { "node_modules/tool/package.json": '{ "version": "1" }' };
  const [use] = await usesOf({ "package.json": manifest({}), "tool.json": "", ...installed });
  expect(use).toMatchObject({ dir: "", flags: [], env: {}, maxWarnings: Infinity, evidence: "tool.json" });
  expect(await shown({ "": { lint: "tool src" }, ...packages })).toEqual(["> src"]);
});

test("a run knows what it was called with", async () => {
  const [use] = await usesOf({ "": { lint: "A=1 tool --strict 'a/*.ts' b" } });
  expect(use).toMatchObject({
    paths: ["a/*.ts", "b"],
    globs: ["a/*.ts"],
    env: { A: "1" },
    maxWarnings: 0,
    evidence: `"lint": "A=1 tool --strict 'a/*.ts' b"`,
  });
});
