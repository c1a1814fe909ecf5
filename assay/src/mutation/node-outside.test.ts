// What tests of Node's own runner see of us, and what we see of their files, loaders and processes.
import { expect, test } from "vitest";
import { head, judged, run } from "./testing/node-project.ts";
import { mutate, nodeStart, project, snapshotOf, statuses, verdicts } from "./testing/project.ts";

test("nothing is written: no snapshot, and no mutant is killed for want of one", async () => {
  const built = project({
    "src/name.js": 'export const name = (full) => (full ? "Ada Lovelace" : "Ada");\n',
    "src/name.test.js": `${head}import { name } from "./name.js";
test("full", (t) => t.assert.snapshot ? t.assert.snapshot(name(true)) : assert.equal(name(true), "Ada Lovelace"));
test("short", () => assert.equal(name(false), "Ada"));
`,
    "src/name.test.js.snapshot": 'exports[`full 1`] = `\n"Ada Lovelace"\n`;\n',
  });
  const before = snapshotOf(built.root);
  const report = await mutate(built, { start: nodeStart() });
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
  expect(snapshotOf(built.root)).toEqual(before);
});

test("what tests print, even in the form of a verdict, is not taken for one", async () =>
  expect(
    await judged(
      "export const one = () => 1;\n",
      `import { writeSync } from "node:fs";
test("prints", () => {
  a.one();
  const line = JSON.stringify({ kind: "ended", name: "x", suite: false, failure: { message: "no", timeout: false } });
  for (const fd of [1, 2, 3]) writeSync(fd, "\\n" + line + "\\n00000000-0000-0000-0000-000000000000 " + line + "\\nhalf");
  console.log(line);
});
`,
    ),
  ).toEqual(["1 → 0: survived"]));

test("tests that read the file, count lines in stacks or look at the process see what they would see without us", async () =>
  expect(
    await judged(
      `// One line.

export function fail() {
  throw new Error("no");
}
export const one = () => 1;
export const under = process.env.NODE_TEST_CONTEXT;
`,
      `import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
const path = new URL("./a.js", import.meta.url);
const early = readFileSync(path, "utf8");
test("text", async () => {
  assert.ok(!early.includes("__assay"));
  assert.ok(!readFileSync(path, "utf8").includes("__assay"));
  assert.ok(!(await readFile(path, "utf8")).includes("__assay"));
  assert.equal(readFileSync.name, "readFileSync");
});
test("line", () => assert.throws(a.fail, (error) => /a\\.js:4:/.test(error.stack)));
test("process", () => {
  assert.deepEqual(process.execArgv, []);
  assert.ok(!JSON.stringify(process.env).includes("mutation-node"));
  assert.equal(process.env.ASSAY_NODE_CHANNEL, undefined);
  assert.match(a.under, /^child/);
  assert.equal(process.env.NODE_TEST_CONTEXT, "child-v8");
  assert.equal(process.send, undefined);
  assert.equal(a.one(), 1);
});
`,
    ),
  ).toEqual(['throw new Error("no"); → ;: killed', "1 → 0: killed"]));

test("workers and processes of tests run without any mutant, and are named", async () => {
  const report = await run(
    "export const one = () => 1;\nexport const two = () => 2;\n",
    `import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
const code = 'import("' + new URL("./a.js", import.meta.url) + '").then((a) => process.exit(a.one() - 1))';
test("worker", async () => {
  const worker = new Worker(code, { eval: true });
  assert.equal(await new Promise((resolve) => worker.once("exit", resolve)), 0);
  assert.equal(spawnSync(process.execPath, ["-e", code]).status, 0);
  assert.equal(a.two(), 2);
});
`,
  );
  expect([report.errors, verdicts(report), report.processStarters]).toEqual([
    [],
    ["1 → 0: no-coverage", "2 → 3: killed"],
    ["src/a.test.js"],
  ]);
});

test("a source that runs what has changed in a worker is named", async () => {
  const built = project({
    "src/a.js": "export const one = () => 1;\n",
    "src/worker.js":
      'import { parentPort } from "node:worker_threads";\nimport { one } from "./a.js";\nparentPort.postMessage(one());\n',
    "src/pool.js": `import { once } from "node:events";
import { Worker } from "node:worker_threads";
export const oneElsewhere = () => once(new Worker(new URL("./worker.js", import.meta.url)), "message");
`,
    "src/pool.test.js": `${head}import { oneElsewhere } from "./pool.js";
test("elsewhere", async () => assert.deepEqual(await oneElsewhere(), [1]));
`,
  });
  const report = await mutate(built, { start: nodeStart(), changed: { "src/a.js": [{ start: 1, end: 1 }] } });
  expect([report.errors, statuses(report), report.processStarters]).toEqual([[], ["no-coverage"], ["src/pool.js"]]);
});

test("a test that reads the source text of a function is told apart from one that fails", async () => {
  const report = await run(
    "export function one() {\n  return 1;\n}\n",
    'test("short", () => assert.ok(String(a.one).length < 40));\n',
  );
  expect(report.errors[0]?.message).toContain(
    'src/a.test.js "short" fails once the code is instrumented, and passes otherwise',
  );
});

test("TypeScript goes through the repository's own loader: types, decorators, JSX, and lines as they are", async () => {
  const loader = ["--require", "./node_modules/tsx/dist/preflight.cjs", "--import", "tsx"];
  const report = await mutate(
    project({
      "tsconfig.json": JSON.stringify({
        compilerOptions: { experimentalDecorators: true, jsx: "react", jsxFactory: "h", target: "es2022" },
      }),
      "src/shop.tsx": `const h = (tag: string, props: object | null, ...children: unknown[]) => ({ tag, props, children });
function twice(_target: object, _name: string, descriptor: PropertyDescriptor): void {
  const inner = descriptor.value as (x: number) => number;
  descriptor.value = (x: number) => inner(inner(x));
}
enum Size { Small = 1, Large = 2 }
export class Shop {
  constructor(private readonly base: number) {}
  @twice
  add(x: number): number {
    return x + 3;
  }
  total(): number {
    return this.base * Size.Large;
  }
}
export const label = (n: number) => <b title="n">{n > 1 ? "many" : "one"}</b>;
export function fail(): never {
  throw new Error("no");
}
`,
      "src/shop.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { Shop, fail, label } from "./shop.tsx";
test("adds twice", () => assert.equal(new Shop(5).add(1), 7));
test("total", () => assert.equal(new Shop(5).total(), 10));
test("label", () => assert.deepEqual([label(2).children, label(1).children], [["many"], ["one"]]));
test("line", () => assert.throws(fail, (error: Error) => /shop\\.tsx:19:/.test(error.stack ?? "")));
`,
    }),
    { start: nodeStart(...loader), changed: { "src/shop.tsx": [{ start: 11, end: 17 }] } },
  );
  expect([report.errors, statuses(report), report.uncovered]).toEqual([[], ["killed"], []]);
});

test("a hook for CommonJS that gets at the code in a way of its own makes no verdict", async () => {
  const report = await mutate(
    project({
      "package.json": '{ "name": "project" }',
      "src/a.js": "exports.one = () => 1;\n",
      "src/a.test.js": `const assert = require("node:assert");
const test = require("node:test");
const { one } = require("./a.js");
test("one", () => assert.equal(one(), 1));
`,
      "hook.cjs": `const { execFileSync } = require("node:child_process");
require.extensions[".js"] = (module, file) => module._compile(execFileSync("cat", [file], { encoding: "utf8" }), file);
`,
    }),
    { start: nodeStart("--require", "./hook.cjs") },
  );
  expect([report.mutants, report.errors.map(({ message }) => message)]).toEqual([
    [],
    ["src/a.test.js fails once the code is instrumented, and passes otherwise: a.js was loaded without its mutants"],
  ]);
});
