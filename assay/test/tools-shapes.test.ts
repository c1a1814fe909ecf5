// Repositories of different tool shapes, as a stranger would bring them.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Envelope } from "../src/report/envelope.ts";
import { assay, gitRepository, statusOf } from "./repository.ts";

const detailsOf = (envelope: Envelope, id: string): readonly string[] =>
  envelope.result.checks.find((check) => check.id === id)?.details ?? [];
const manifest = (scripts: Readonly<Record<string, string>>, more: object = {}): string =>
  JSON.stringify({ name: "x", type: "module", scripts, ...more });

const sum = "export function sum(a, b) {\n  return a + b;\n}\n";
const nodeTest = `import assert from "node:assert/strict";
import test from "node:test";
import { sum } from "../src/sum.js";

test("adds", () => {
  assert.equal(sum(1, 2), 3);
});
`;

test("a package of node:test alone: green, then red at the assertion, then no verdict without a test", async () => {
  const files = { "package.json": manifest({ test: "node --test" }), "src/sum.js": sum, "test/sum.test.js": nodeTest };
  const repository = gitRepository(files, { tools: false });
  repository.write({ "src/sum.js": sum.replace("a + b", "b + a") });
  const green = await assay(repository, "loop", "--base", "main");
  expect([green.exitCode, statusOf(green.envelope, "tests")]).toEqual([0, "pass"]);
  repository.write({ "src/sum.js": sum.replace("a + b", "a - b") });
  const red = await assay(repository, "loop", "--base", "main");
  expect(red.exitCode).toBe(1);
  expect(detailsOf(red.envelope, "tests")).toEqual([
    "test/sum.test.js:6 adds: Expected values to be strictly equal: -1 !== 3",
  ]);
  repository.write({ "src/sum.js": sum, "test/sum.test.js": 'import "../src/sum.js";\n' });
  const empty = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([empty.exitCode, statusOf(empty.envelope, "tests")]).toEqual([2, "error"]);
});

test("a package of scripts alone: what they print is placed where it says", async () => {
  const says = (line: string): string => `console.error(${JSON.stringify(line)});\nprocess.exitCode = 1;\n`;
  const repository = gitRepository(
    {
      "package.json": manifest({ lint: "node lint.mjs", typecheck: "node types.mjs", test: "node test.mjs" }),
      "lint.mjs": "",
      "types.mjs": "",
      "test.mjs": "",
      "src/sum.js": sum,
    },
    { tools: false },
  );
  repository.write({ "src/sum.js": `${sum}\n` });
  expect((await assay(repository, "loop", "--base", "main")).exitCode).toBe(0);
  repository.write({
    "lint.mjs": says("src/sum.js:2:3: error: no"),
    "types.mjs": says("src/sum.js(1,1): error TS1: never"),
    "test.mjs": 'import assert from "node:assert";\nassert.equal(1, 2);\n',
  });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect(exitCode).toBe(1);
  expect(detailsOf(envelope, "lint")).toEqual(["src/sum.js:2 npm run lint: error: no"]);
  expect(detailsOf(envelope, "types")).toEqual(["src/sum.js:1 npm run typecheck: error TS1: never"]);
  expect(detailsOf(envelope, "tests")[0]).toMatch(/^test\.mjs:2 npm run test: AssertionError .*1 == 2/);
});

test("a repository without a package.json or without a tool is looked at as far as that goes", async () => {
  const bare = gitRepository({ "sum.js": sum }, { tools: false });
  bare.write({ "sum.js": sum.replace("a + b", "b + a") });
  const { exitCode, envelope } = await assay(bare, "loop", "--base", "main", "--only", "syntax-error,format");
  expect([exitCode, statusOf(envelope, "syntax-error"), statusOf(envelope, "format")]).toEqual([0, "pass", "skip"]);
  expect((await assay(bare, "loop", "--base", "main")).exitCode).toBe(0);
  bare.write({ "sum.js": "export function sum( {\n" });
  expect((await assay(bare, "loop", "--base", "main")).exitCode).toBe(1);
});

const unformatted = "export const   old=1\n";

test("old files that were never formatted are nobody's fault, until they are touched or the formatter is", async () => {
  const dependencies = { vitest: "4" };
  const scripts = { format: "oxfmt" };
  const repository = gitRepository({
    "package.json": manifest(scripts),
    ".oxfmtrc.json": "{}\n",
    "old.js": unformatted,
    "new.js": "",
  });
  const only = ["--base", "main", "--only", "format"] as const;
  // A change of the manifest widens the scope to everything, and the gate looks at everything anyway.
  repository.write({ "new.js": "export const a = 1;\n", "package.json": `${manifest(scripts, { dependencies })}\n` });
  const widened = await assay(repository, "loop", ...only);
  expect(detailsOf(widened.envelope, "format")).toEqual(["package.json not formatted; run `npx oxfmt package.json`"]);
  repository.write({ "package.json": manifest(scripts) });
  expect((await assay(repository, "gate", ...only)).exitCode).toBe(0);
  repository.write({ "old.js": `${unformatted}\n` });
  expect((await assay(repository, "gate", ...only)).exitCode).toBe(1);
  repository.write({ "old.js": unformatted, ".oxfmtrc.json": '{ "printWidth": 100 }\n' });
  const configured = await assay(repository, "gate", ...only);
  expect(detailsOf(configured.envelope, "format")).toContain("old.js not formatted; run `npx oxfmt old.js`");
});

test("a tsconfig that no script speaks of never makes an old error the change's", async () => {
  const files = {
    "package.json": manifest({ dev: "vite" }, { devDependencies: { typescript: "7" } }),
    "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, types: [] }, include: ["*.ts"] }),
    "old.ts": "export const old: string = 1;\n",
    "new.ts": "export const a = 1;\n",
  };
  const repository = gitRepository(files);
  const only = ["--base", "main", "--only", "types"] as const;
  repository.write({ "new.ts": "export const a = 2;\n" });
  for (const command of ["loop", "gate"] as const) {
    const { exitCode, envelope } = await assay(repository, command, ...only);
    expect([exitCode, statusOf(envelope, "types")]).toEqual([0, "pass"]);
  }
  repository.write({ "new.ts": "export const a: string = 2;\n" });
  const red = await assay(repository, "loop", ...only);
  expect(detailsOf(red.envelope, "types")).toEqual([
    "new.ts:1 Type 'number' is not assignable to type 'string'. (TS2322)",
  ]);
});

test("projects whose build would leave files in the tree are no verdict, with a command that mends it", async () => {
  const project = (...references: readonly string[]): string =>
    JSON.stringify({
      compilerOptions: { composite: true, rootDir: "src", outDir: "dist", types: [] },
      include: ["src"],
      references: references.map((path) => ({ path })),
    });
  const repository = gitRepository({
    ".gitignore": "node_modules\ndist\n",
    "package.json": manifest({ typecheck: "tsc -b" }, { devDependencies: { typescript: "7" } }),
    "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "a" }, { path: "b" }] }),
    "a/tsconfig.json": project(),
    "a/src/index.ts": "export const size = 1;\n",
    "b/tsconfig.json": project("../a"),
    "b/src/index.ts": 'import { size } from "../../a/src/index.js";\nexport const b: number = size;\n',
  });
  repository.write({ "a/src/index.ts": "export const size = 2;\n" });
  const blocked = await assay(repository, "loop", "--base", "main", "--only", "types");
  expect(blocked.exitCode).toBe(2);
  expect(blocked.envelope.next_actions[0]?.command).toBe("echo '*.tsbuildinfo' >> .gitignore");
  expect(existsSync(join(repository.root, "a/tsconfig.tsbuildinfo"))).toBe(false);
  repository.write({ ".gitignore": "node_modules\ndist\n*.tsbuildinfo\n" });
  expect((await assay(repository, "loop", "--base", "main", "--only", "types")).exitCode).toBe(0);
});

test("a test script that first goes to another folder runs its tests there", async () => {
  const vitest = 'import { expect, test } from "vitest";\nimport { sum } from "./sum.js";\n';
  const repository = gitRepository({
    "package.json": manifest({ test: "cd app && vitest run" }, { devDependencies: { vitest: "4" } }),
    "app/sum.js": sum,
    "app/sum.test.js": `${vitest}test("adds", () => expect(sum(1, 2)).toBe(3));\n`,
    "broken.test.js": "throw new Error('nobody runs this');\n",
  });
  repository.write({ "app/sum.js": `${sum}\n` });
  const { exitCode, envelope } = await assay(repository, "gate", "--base", "main", "--only", "tests");
  expect([exitCode, detailsOf(envelope, "tests")]).toEqual([0, []]);
});

test("a run that a script builds for first is told of by the loop and run by the gate", async () => {
  const repository = gitRepository(
    {
      ".gitignore": "dist\n",
      "package.json": manifest({
        build: "node build.mjs",
        test: "node --test test && npm run test:built",
        "test:built": "npm run build && node --test dist",
      }),
      "build.mjs": `import { cpSync } from "node:fs";\ncpSync("built.mjs", "dist/built.test.mjs");\n`,
      "built.mjs": 'throw new RangeError("the build is broken");\n',
      "src/sum.js": sum,
      "test/sum.test.js": nodeTest,
    },
    { tools: false },
  );
  repository.write({ "src/sum.js": sum.replace("a + b", "b + a") });
  const loop = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([loop.exitCode, detailsOf(loop.envelope, "tests")]).toEqual([
    0,
    ["npm run test:built: makes something first; `assay gate` runs it"],
  ]);
  const gate = await assay(repository, "gate", "--base", "main", "--only", "tests");
  expect(gate.exitCode).toBe(1);
  expect(detailsOf(gate.envelope, "tests").join()).toContain("the build is broken");
});
