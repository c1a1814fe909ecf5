// Recipes of make, just, Task, Deno and images, as they are read and as a change makes them verify less.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { calledRecipes } from "./recipe-calls.ts";
import { folderOf, isImage, isRecipePath, recipesIn, runnerOf } from "./recipe-files.ts";
import { recipeLoosenings } from "./recipe-loosenings.ts";

/** By name its lines, and behind a bar what it needs. */
async function recipes(path: string, text: string): Promise<Readonly<Record<string, string>>> {
  const found = await recipesIn(repoPath(path), text);
  return Object.fromEntries([...found].map(([name, { lines, needs }]) => [name, [lines, ...needs].join(" | ")]));
}

test.each<[string, string, Readonly<Record<string, string>>]>([
  ["lines", "test: lint build\n\t@vitest run\n\ttsc\n", { test: "vitest run\ntsc | lint | build" }],
  ["marks", "test:\n\t-vitest run\n\t@-tsc\n\t+ava\n", { test: "vitest run || true\ntsc || true\nava" }],
  ["several names", "a b: c\n\ttsc\n", { a: "tsc | c", b: "tsc | c" }],
  ["a line behind", "a: b ; tsc # why\n", { a: "tsc # why | b" }],
  ["two colons", "a:: b\n\ttsc\na::\n\tava\n", { a: "tsc\nava | b" }],
  [
    "an assignment",
    "A := tsc\nB = ava\nC ?= knip\na:\n\t$(A) --noEmit\n\t${B}\n\t$(C)\n\t$(D)\n",
    { a: "tsc --noEmit\nava\nknip\n$(D)" },
  ],
  ["a line that goes on", "a: b \\\n  c\n\ttsc \\\n\t  --noEmit\n", { a: "tsc  --noEmit | b | c" }],
  ["what is special", ".PHONY: a\n.DEFAULT:\n\tava\na:\n\ttsc\n", { a: "tsc" }],
  ["what stands between", "a:\n\ttsc\nifdef CI\n\tava\nendif\n", { a: "tsc" }],
  ["comments and blank lines", "a:\n\ttsc\n# why\n\n\tava\n", { a: "tsc\nava" }],
  ["calls of its own", "a:\n\t$(MAKE) -s b\n\tmake c\n\tmake c && tsc\n", { a: "make c && tsc | b | c" }],
  ["a line that goes on without a blank", "a: b \\\nc\n\ttsc \\\n--noEmit\n", { a: "tsc  --noEmit | b | c" }],
  ["an assignment without blanks", "A=tsc\na:\n\t$(A)\n", { a: "tsc" }],
  ["a variable of the shell", "a:\n\tB=ava run\n\t$(B)\n", { a: "B=ava run\n$(B)" }],
  ["a name that is made of others", "a:\n\ttsc\n$(DIR)/b: c\n\tava\n", { a: "tsc" }],
  ["colons with blanks and without", "a : b\n\ttsc\nc:d\n\tava\n", { a: "tsc | b", c: "ava | d" }],
  ["a line of blanks", "a:\n\ttsc\n  \n\tava\n", { a: "tsc\nava" }],
  [
    "calls of its own, and of others",
    "a:\n\tmake -j4 b\n\t$(MAKE) --no-print-directory c\n\tcd sub && make d\n",
    { a: "cd sub && make d | b | c" },
  ],
  ["a comment behind needs", "a: b # c\n", { a: " | b" }],
])("make, %s", async (_, text, expected) => {
  expect(await recipes("Makefile", text)).toEqual(expected);
});

test.each<[string, string, string, Readonly<Record<string, string>>]>([
  [
    "just, lines",
    "justfile",
    "test target='x': lint (build 'y')\n  @vitest run\n  just c\n",
    { test: "vitest run | lint | build | 'y' | c" },
  ],
  ["just, a quiet one", "a.just", "@a:\n  tsc\nx := 'y'\nset shell := ['sh']\n", { a: "tsc" }],
  [
    "just, blanks, and what is exported",
    "justfile",
    "a :\n  tsc\nb:c\n  ava\nexport X := 'y: z'\n",
    { a: "tsc", b: "ava | c" },
  ],
  ["deno, a call of its own", "deno.json", '{ "tasks": { "a": "tsc && deno task b" } }', { a: "tsc  | b" }],
  [
    "an image, with lines from the margin",
    "Dockerfile",
    "RUN npm ci \\\n&& npm test\n",
    { image: "npm ci  && npm test" },
  ],
  ["task, with what is shared", "Taskfile.yml", "x: &c { cmds: [tsc] }\ntasks: { a: { <<: *c } }", { a: "tsc" }],
  [
    "deno",
    "deno.json",
    '{ "tasks": { "a": "tsc && ava", "b": "tsc; ava", "c": { "command": "knip", "dependencies": ["a", 1] }, "d": { "dependencies": ["a"] }, "e": "deno task a" } }',
    { a: "tsc \n ava", b: "tsc; ava", c: "knip | a", d: " | a", e: " | a" },
  ],
  [
    "deno, with comments",
    "deno.jsonc",
    '{ "tasks": { "a": "deno lint //x", /* why */ } } // end',
    { a: "deno lint //x" },
  ],
  ["deno, none", "deno.jsonc", "{}", {}],
  [
    "an image",
    "Dockerfile",
    "FROM node\nRUN npm ci && \\\n  npm test\nrun --mount=type=cache tsc\nCOPY RUN x\n",
    { image: "npm ci &&  npm test\ntsc" },
  ],
  ["no recipes", "notes.txt", "a:\n\ttsc\n", {}],
])("%s", async (_, path, text, expected) => {
  expect(await recipes(path, text)).toEqual(expected);
});

test("task: commands, what they need, and what may fail", async () => {
  const text = `
tasks:
  a: tsc
  b: [tsc, ava]
  c:
    deps: [a, { task: b }]
    cmds: [tsc, { task: d }, { cmd: ava, ignore_error: true }, { cmd: knip }, { defer: x }]
  d: { cmd: tsc, ignore_error: true }
  e: { cmds: [{ cmd: tsc }], ignore_error: true }
  f: task a
  g:
`;
  expect(await recipes("Taskfile.yml", text)).toEqual({
    a: "tsc",
    b: "tsc\nava",
    c: "tsc\nava || true\nknip | a | b | d",
    d: "tsc || true",
    e: "tsc || true",
    f: " | a",
    g: "",
  });
  expect(await recipes("Taskfile.dist.yaml", "tasks: [")).toEqual({});
  expect(await recipes("taskfile.yml", "tasks: 1")).toEqual({});
});

test.each<[string, string]>([
  ["Makefile", "make"],
  ["GNUmakefile", "make"],
  ["build/rules.mk", "make"],
  [".justfile", "just"],
  ["Justfile", "just"],
  ["Taskfile.yml", "task"],
  ["deno.jsonc", "deno task"],
  ["Dockerfile.dev", "docker build"],
  ["web.Dockerfile", "docker build"],
  ["Makefile.md", ""],
  ["old-Makefile", ""],
  ["rules.mk.bak", ""],
  ["my.justfile", ""],
  ["justfile.md", ""],
  ["a.just.md", ""],
  ["my-Taskfile.yml", ""],
  ["Taskfile.yml.md", ""],
  ["my-deno.json", ""],
  ["deno.json5", ""],
  ["myDockerfile", ""],
  ["Dockerfile.dev.md", ""],
  ["web.Dockerfile.md", ""],
  ["deno.lock", ""],
])("%s is run by %s", (path, runner) => {
  expect([runnerOf(repoPath(path)), isRecipePath(repoPath(path)), isImage(repoPath(path))]).toEqual([
    runner,
    runner !== "",
    runner === "docker build",
  ]);
});

test("what is included is run where it is included", () => {
  expect(["build/rules.mk", "a/Makefile", "a.b/Makefile"].map((path) => folderOf(repoPath(path)))).toEqual([
    "",
    "a",
    "a.b",
  ]);
});

const called: Texts = {
  Makefile: "all: lint\n\ttsc\nlint: all\n\teslint .\nlint-js:\n\tjshint\n",
  ".justfile": "a: b\n  tsc\nb:\n  ava\n",
  "deno.json": '{ "tasks": { "ci": "tsc" } }',
};

test.each<[string, readonly string[] | undefined]>([
  ["make", ["eslint .", "tsc"]],
  ["make lint", ["tsc", "eslint ."]],
  ["make -s CI=1 all", ["eslint .", "tsc"]],
  ["make lint-js", ["jshint"]],
  ["make missing", undefined],
  ["make all missing", undefined],
  ["make ci-x", undefined],
  ["just a", ["ava", "tsc"]],
  ["just a b", ["ava", "tsc"]],
  ["deno task ci", ["tsc"]],
  ["deno test", undefined],
  ["task ci", undefined],
])("%s runs %j", (line, expected) => {
  expect(calledRecipes(line.split(" "), (path) => called[path])?.map((each) => each.line)).toEqual(expected);
  expect(calledRecipes(line.split(" "), () => undefined)).toBeUndefined();
});

test("make ends at the first line that fails", () => {
  expect(calledRecipes(["make", "lint"], (path) => called[path])?.every((each) => each.stopsAtFailure)).toBe(true);
});

const tools = '{ "devDependencies": { "vitest": "1", "eslint": "9", "typescript": "5" } }';

async function losses(path: string, base: string, head: string, others: Texts = {}): Promise<readonly string[]> {
  const common = { "package.json": tools, ...others };
  const context = await contextOf({ base: { ...common, [path]: base }, head: { ...common, [path]: head } });
  return (await recipeLoosenings(context)).map((each) => `${each.line}: ${each.message} [${each.what}]`);
}

test.each<[string, string, string, readonly string[]]>([
  [
    "a command",
    "test:\n\tvitest run\n",
    "test:\n\techo\n",
    ["1: `make test` no longer runs tests; put it back and mend what it finds [Makefile test tests]"],
  ],
  [
    "a failure",
    "test:\n\tvitest run\n",
    "test:\n\t-vitest run\n",
    [
      "1: `make test` runs vitest, which now can fail without anybody noticing; put it back and mend what it finds [Makefile test vitest failure ignored]",
    ],
  ],
  [
    "one of two programs",
    "ci:\n\teslint .\n\tvitest run\n",
    "x:\nci:\n\tvitest run\n",
    ["2: `make ci` no longer lints; put it back and mend what it finds [Makefile ci lint]"],
  ],
  [
    "what another one shows as well",
    "ci: test\n\ttsc --noEmit\ntest:\n\tvitest run\n",
    "ci: test\n\ttsc --noEmit\ntest:\n\techo\n",
    ["3: `make test` no longer runs tests; put it back and mend what it finds [Makefile test tests]"],
  ],
  [
    "a recipe",
    "test:\n\tvitest run\n",
    "build:\n\ttsc\n",
    ["null: `make test` no longer runs tests; put it back and mend what it finds [Makefile test tests]"],
  ],
  ["a recipe with another name", "test:\n\tvitest run\n", "unit:\n\tvitest run\n", []],
  ["a recipe for the same", "test:\n\tvitest run\nunit:\n\tvitest run\n", "unit:\n\tvitest run\n", []],
  ["a command that another one has now", "ci:\n\tvitest run\n", "ci: test\ntest:\n\tvitest run\n", []],
  [
    "a command that another one had",
    "ci:\n\tvitest run\ntest:\n\tvitest run\n",
    "ci:\n\techo\ntest:\n\tvitest run\n",
    ["1: `make ci` no longer runs tests; put it back and mend what it finds [Makefile ci tests]"],
  ],
  ["nothing", "ci:\n\tvitest run\n", "# why\nci:\n\tvitest run\n", []],
  ["what verified nothing", "ci:\n\techo a\n", "ci:\n\techo b\n", []],
  ["what stands behind it", "test:\n\tvitest run\n", "test:\n\tvitest run\n\techo done\n", []],
  ["a build", "build:\n\trollup -c\n", "build:\n\techo\n", []],
  [
    "a limit",
    "lint:\n\teslint . --max-warnings 0\n",
    "lint:\n\teslint .\n",
    [
      "1: `make lint` runs eslint without `--max-warnings`; put it back and mend what it finds [Makefile lint eslint --max-warnings]",
    ],
  ],
  [
    "what it needs, beside what no recipe makes",
    "ci: src/a.ts test\ntest: build\n\tvitest run\n",
    "ci: src/a.ts\ntest: build\n\tvitest run\n",
    ["1: `make ci` no longer runs tests; put it back and mend what it finds [Makefile ci tests]"],
  ],
  [
    "a command that stands behind what it needs",
    "test: build\n\tvitest run\n",
    "test: build\n\techo\n",
    ["1: `make test` no longer runs tests; put it back and mend what it finds [Makefile test tests]"],
  ],
  [
    "a recipe, of which another one has a half",
    "test:\n\tvitest run\n\tava\nunit:\n\tvitest run\n",
    "unit:\n\tvitest run\n",
    ["null: `make test` no longer runs tests; put it back and mend what it finds [Makefile test tests]"],
  ],
  ["another program", "ci:\n\tvitest run\n", "ci:\n\tava\n", []],
])("%s of a makefile", async (_, base, head, expected) => {
  expect(await losses("Makefile", base, head)).toEqual(expected);
});

test("what CI verifies need not be verified by an image", async () => {
  const [base, head] = ["FROM node\nRUN vitest run\n", "FROM node\n"];
  expect(await losses("Dockerfile", base, head)).toEqual([
    "null: `Dockerfile` no longer runs tests; put it back and mend what it finds [Dockerfile image tests]",
  ]);
  const ci = { ".github/workflows/ci.yml": "on: push\njobs: { a: { steps: [{ run: vitest run }] } }" };
  expect(await losses("Dockerfile", base, head, ci)).toEqual([]);
  expect(await losses("Makefile", "test:\n\tvitest run\n", "test:\n\techo\n", ci)).toHaveLength(1);
});

test("a program that is not there any more need not be run", async () => {
  const [base, head] = ["ci:\n\teslint .\n\toxlint\n", "ci:\n\teslint .\n"];
  expect(await losses("Makefile", base, head)).toEqual([]);
  const both = { "package.json": '{ "devDependencies": { "eslint": "9", "oxlint": "1" } }' };
  expect(await losses("Makefile", base, head, both)).toHaveLength(1);
});

test("a loss is told where the recipe stands", async () => {
  const deno = (command: string): string => `{\n  "tasks": {\n    "ci": "${command}"\n  }\n}\n`;
  expect((await losses("deno.json", deno("vitest run"), deno("echo")))[0]).toMatch(/^3: `deno task ci`/);
  const just = (command: string): string => `x := '1'\n@test:\n  ${command}\n`;
  expect((await losses("justfile", just("vitest run"), just("echo")))[0]).toMatch(/^2: `just test`/);
});

test("an image is verified by CI only where CI runs all of it", async () => {
  const ci = { ".github/workflows/ci.yml": "on: push\njobs: { a: { steps: [{ run: vitest run }] } }" };
  expect(await losses("Dockerfile", "FROM node\nRUN vitest run && ava\n", "FROM node\n", ci)).toHaveLength(1);
});

test("the rest of a recipe, with less to do, stands not in for what is gone", async () => {
  const both = { "package.json": '{ "devDependencies": { "eslint": "9", "oxlint": "1" } }' };
  expect(await losses("Makefile", "ci:\n\teslint .\n\toxlint\n", "ci:\n\teslint src\n", both)).toHaveLength(1);
});

test("files that come or go, and what is no recipe, lose nothing", async () => {
  const of = async (base: Texts, head: Texts): Promise<number> =>
    (await recipeLoosenings(await contextOf({ base, head: { "package.json": tools, ...head } }))).length;
  const makefile = { Makefile: "test:\n\tvitest run\n" };
  expect(await of(makefile, {})).toBe(0);
  expect(await of({}, makefile)).toBe(0);
  expect(await of({ "notes.txt": makefile.Makefile }, { "notes.txt": "test:\n\techo\n" })).toBe(0);
});
