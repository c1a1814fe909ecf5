// What misleads a verdict that rests on exit codes: none of it may make one wrong.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { commandProject } from "../testing/commands.ts";
import { snapshotOf, verdicts } from "../testing/project.ts";
import type { MutationReport } from "../report.ts";

const all = [{ start: 1, end: 99 }];

/** A program that imports `src/a.js` and throws where something is wrong. */
function check(source: string, body: string): Promise<MutationReport> {
  const files = { "src/a.js": source, "check.js": body };
  return commandProject("node check.js", files).mutate({ changed: { "src/a.js": all } });
}

const told = (report: MutationReport): readonly unknown[] => [
  report.errors.map(({ message }) => message),
  verdicts(report),
];

test("endless loops are stopped in the mutated file, and by force behind it", async () => {
  const report = await check(
    `export function count(to) {
  let i = 0;
  while (i < to) i++;
  return i;
}
export const step = (i) => i + 1;
`,
    `import { count, step } from "./src/a.js";
try {
  if (count(3) !== 3) throw new Error("count");
} catch (error) {
  // A test may handle what stops it.
  if (error.message === "count") throw error;
}
let i = 0;
while (i !== 3) i = step(i);
`,
  );
  expect(told(report)).toEqual([
    [],
    // Counting from one comes to the same.
    [
      "0 → 1: survived",
      "i < to → i >= to: killed",
      "i++ → i--: timeout",
      "i → undefined: killed",
      "i + 1 → i - 1: timeout",
      "1 → 0: timeout",
    ],
  ]);
}, 120_000);

test("a pattern that takes for ever is ended", async () => {
  const report = await check(
    "export const isWord = (text) => /^(?:a|a){2}$/.test(text) && text.length < 3;\n",
    `import { isWord } from "./src/a.js";
let n = isWord("aa") ? 2 : 40;
if (!/^(a+)+$/.test("a".repeat(n) + (n > 2 ? "b" : ""))) throw new Error("no");
`,
  );
  expect(report.errors).toEqual([]);
  expect(new Set(report.mutants.map(({ status }) => status))).toEqual(new Set(["timeout", "survived"]));
}, 120_000);

test("what a failing run leaves in the tree is not there for the next", async () => {
  const report = await check(
    "export const one = () => 1;\nexport const two = () => 2;\n",
    `import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { one, two } from "./src/a.js";
if (existsSync("left.txt")) throw new Error("left behind");
if (readFileSync("package.json", "utf8") === "changed") throw new Error("changed");
writeFileSync("left.txt", "");
const manifest = readFileSync("package.json");
writeFileSync("package.json", "changed");
if (one() !== 1) throw new Error("not one");
two();
rmSync("left.txt");
writeFileSync("package.json", manifest);
`,
  );
  expect(told(report)).toEqual([[], ["1 → 0: killed", "2 → 3: survived"]]);
});

test("tests that fail now and then give no verdict", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-flaky-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const flaky = (failsAt: string): Promise<MutationReport> =>
    check(
      "export const one = () => 1;\n",
      `import { appendFileSync, readFileSync } from "node:fs";
import { one } from "./src/a.js";
const runs = ${JSON.stringify(join(folder, failsAt))};
appendFileSync(runs, ".");
if (one() < 0 || ${JSON.stringify(failsAt)}.includes(readFileSync(runs, "utf8").length)) throw new Error("flaky");
`,
    );
  // Without a mutant, with it, and without it again.
  expect(told(await flaky("2,3"))).toEqual([
    ["src/a.js:1 could not be judged: its tests fail now and then without it as well"],
    [],
  ]);
  // The first is red, and is run again.
  expect(told(await flaky("1"))).toEqual([[], ["1 → 0: survived"]]);
  expect(readFileSync(join(folder, "1"), "utf8")).toHaveLength(3);
});

test("a test that finds the switch and only looks whether a mutant is on kills none", async () => {
  const looks = `import { one } from "./src/a.js";
one();
const found = Object.getOwnPropertySymbols(process)
  .filter((each) => each.description.includes("assay"))
  .map((each) => process[each](0));
if (found.length !== 1) throw new Error("no switch");
for (let mutant = 0; mutant < 50; mutant++) if (found[0].is(mutant)) throw new Error("a mutant is on");
`;
  const report = await check("export const one = () => 1;\n", looks);
  expect(told(report)).toEqual([
    ["src/a.js:1 could not be judged: its tests fail now and then without it as well"],
    [],
  ]);
});

test("a failure in which the mutant was not executed is not its doing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-unhit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const report = await check(
    "export const one = () => 1;\n",
    `import { existsSync, writeFileSync } from "node:fs";
import { one } from "./src/a.js";
const seen = ${JSON.stringify(join(folder, "seen"))};
if (existsSync(seen)) throw new Error("runs only once");
writeFileSync(seen, "");
one();
`,
  );
  expect(told(report)).toEqual([["src/a.js:1 could not be judged: its tests execute it now and then"], []]);
});

test("a run that ends early, and well, proves nothing where the runner tells more than its exit code", async () => {
  const report = await commandProject("mocha", {
    "src/a.js": "export const one = () => 1;\n",
    "test/a.test.js": `import { one } from "../src/a.js";
it("is one", () => { if (one() !== 1) process.exit(0); });
`,
  }).mutate();
  expect(told(report)).toEqual([
    ["src/a.js:1 could not be judged: it ended with exit code 0 before its report was complete"],
    [],
  ]);
});

test("a run that is ended by a signal, and a rejection that nobody handles, kill", async () => {
  const report = await check(
    "export const one = () => 1;\nexport const two = () => 2;\n",
    `import { one, two } from "./src/a.js";
if (one() !== 1) process.kill(process.pid, "SIGKILL");
void (async () => { if (two() !== 2) throw new Error("not two"); })();
`,
  );
  expect(told(report)).toEqual([[], ["1 → 0: killed", "2 → 3: killed"]]);
});

test("every kind of module can be instrumented: cycles, strict scripts, early returns, awaits, generators", async () => {
  const files = {
    "src/cycle-a.js": `import { late } from "./cycle-b.js";
export function early() { return 1; }
export const sum = () => early() + late;
`,
    "src/cycle-b.js":
      'import { early } from "./cycle-a.js";\nexport const late = early();\nexport const fail = () => { throw new Error("no"); };\n',
    "src/strict.cjs": `#!/usr/bin/env node
'use strict';
exports.isStrict = function () { return this === undefined && 1; };
if (exports.isStrict.name !== "") return;
exports.last = 1`,
    "src/await.js":
      "export const later = await Promise.resolve(2);\nexport function* two() { yield later; yield 1; }\n// The end",
    "check.js": `import assert from "node:assert/strict";
import { sum } from "./src/cycle-a.js";
import { fail } from "./src/cycle-b.js";
import strict from "./src/strict.cjs";
import { two } from "./src/await.js";
assert.equal(sum(), 2);
assert.equal((0, strict.isStrict)(), 1);
assert.equal(strict.last, 1);
assert.deepEqual([...two()], [2, 1]);
assert.deepEqual(Object.keys(globalThis).filter((name) => name.includes("assay")), []);
assert.throws(fail, (error) => /src.cycle-b\\.js:3:/.test(error.stack));
`,
  };
  const changed = Object.fromEntries(
    Object.keys(files)
      .filter((path) => path.startsWith("src"))
      .map((path) => [path, all]),
  );
  const report = await commandProject("node check.js", files).mutate({ changed });
  expect(report.errors).toEqual([]);
  expect(report.mutants.length).toBeGreaterThan(6);
  expect(verdicts(report).filter((line) => !line.endsWith("killed"))).toEqual([]);
});

test("nothing is written to the tree, whatever the tests write", async () => {
  const project = commandProject("node check.js", {
    "src/a.js": "export const one = () => 1;\n",
    "dist/old.js": "// built before\n",
    ".env": "KEY=1\n",
    "check.js": `import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { one } from "./src/a.js";
for (const path of ["src/a.js", "dist/old.js", ".env", "new.txt"]) appendFileSync(path, "\\n// written");
if (one() !== 1 || !readFileSync(".env", "utf8").startsWith("KEY")) throw new Error("no");
`,
  });
  const before = snapshotOf(project.root);
  const tracked = ["package.json", "src/a.js", "check.js"];
  const report = await project.mutate({ changed: { "src/a.js": all }, files: tracked.map((path) => repoPath(path)) });
  expect(told(report)).toEqual([[], ["1 → 0: killed"]]);
  expect(snapshotOf(project.root)).toEqual(before);
});

test("mocha is asked for the nearest files first, and for all of them where those can not stand alone", async () => {
  const slow = 'it("takes its time", (done) => void setTimeout(done, 1700));\n';
  const files = (near: string): Record<string, string> => ({
    "src/a.js": "export const one = () => 1;\n",
    "test/0.js": "globalThis.ready = true;\n",
    "test/a.test.js": `import { one } from "../src/a.js";\nit("is one", () => { ${near} });\n`,
    "test/z.js": `import { one } from "../src/a.js";\n${slow}it("is still one", () => { if (one() !== 1) throw new Error("z"); });\n`,
  });
  const killerOf = async (near: string): Promise<unknown> => {
    const report = await commandProject("mocha", files(near)).mutate({ changed: { "src/a.js": all } });
    expect(told(report)).toEqual([[], ["1 → 0: killed"]]);
    return report.mutants[0]?.killedBy;
  };
  expect(await killerOf('if (one() !== 1) throw new Error("near");')).toEqual({
    file: "test/a.test.js",
    test: "is one",
  });
  expect(await killerOf('if (!globalThis.ready) throw new Error("alone"); one();')).toEqual({
    file: "test/z.js",
    test: "is still one",
  });
});
