// What has misled mutation testing elsewhere, with Node's own test runner: none of it may make a verdict wrong.
import { join } from "node:path";
import { expect, test } from "vitest";
import { head, judged, run } from "./testing/node-project.ts";
import { mutate, nodeStart, project, statuses, temporaryFolder, verdicts } from "./testing/project.ts";

test("endless loops are stopped, in the mutated file and behind it", async () => {
  const report = await mutate(
    project({
      "src/count.js": `import { repeat } from "./repeat.js";
export function count(to) {
  let i = 0;
  while (i < to) i++;
  return i;
}
export const twice = (f) => repeat(f, (done) => done < 2);
`,
      "src/repeat.js": `export function repeat(f, more) {
  for (let done = 0; more(done); done++) f();
}
`,
      "src/count.test.js": `${head}import { count, twice } from "./count.js";
test("counts", () => assert.equal(count(3), 3));
test("twice", () => {
  let calls = 0;
  twice(() => calls++);
  assert.equal(calls, 2);
});
`,
    }),
    { start: nodeStart(), changed: { "src/count.js": [{ start: 4, end: 7 }] } },
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    [
      "i < to → i >= to: killed",
      "i++ → i--: timeout",
      "i → undefined: killed",
      "repeat(f, (done) => done < 2) → undefined: killed",
      "done < 2 → done >= 2: killed",
    ],
  ]);
});

test("a loop in another file, which nothing guards, is ended by force", async () => {
  const report = await mutate(
    project({
      "src/a.js": "export const step = (i) => i + 1;\n",
      "src/a.test.js": `${head}import { step } from "./a.js";
import { walk } from "./walk.js";
test("walks", () => assert.equal(walk(step), 3));
`,
      "src/walk.js": "export function walk(step) {\n  let i = 0;\n  while (i !== 3) i = step(i);\n  return i;\n}\n",
    }),
    { start: nodeStart(), changed: { "src/a.js": [{ start: 1, end: 1 }] } },
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["i + 1 → i - 1: timeout", "1 → 0: timeout"]]);
});

test("so is a regular expression that goes back and forth, and a wait for what does not come", async () =>
  expect(
    await judged(
      "export const size = () => 4;\nexport const isReady = () => true;\n",
      `test("matches", () => assert.ok(/^(a+)+$/.test(a.size() === 4 ? "aaaa" : "a".repeat(60) + "b")));
test("waits", () => (a.isReady() ? undefined : new Promise(() => setInterval(() => {}, 1e6))));
`,
    ),
  ).toEqual(["4 → 5: timeout", "true → false: timeout"]));

test("a loop that goes round often is not taken for an endless one", async () =>
  expect(
    await judged(
      `export function sum(to, by) {
  let total = 0;
  for (let i = 0; i < to; i++) total += by;
  return total > -1 ? by + 0 : by;
}
`,
      'test("sums", () => assert.equal(a.sum(300_000, 1), 1));',
    ),
  ).toEqual([
    "0 → 1: survived",
    "0 → 1: survived",
    "i < to → i >= to: survived",
    "i++ → i--: timeout",
    "total += by → total -= by: survived",
    "total > -1 → total <= -1: survived",
    "-1 → 1: survived",
    "1 → 0: survived",
    "by + 0 → by - 0: survived",
    "0 → 1: killed",
  ]));

test("what a failing test leaves behind neither kills nor saves another mutant", async () =>
  expect(
    await judged(
      `const memo = new Map();
export function square(x) {
  const known = memo.get(x);
  if (known !== undefined) return known;
  const value = x * x;
  memo.set(x, value);
  return value;
}
export const greet = () => (process.env.GREETING === "b" ? "hi" : "hello");
export const shift = (x) => x + 0;
export const later = (f, wait = 10) => setTimeout(f, wait);
`,
      `test("memoised", () => assert.deepEqual([a.square(3), a.square(3)], [9, 9]));
test("environment", () => {
  assert.equal(process.env.GREETING, undefined);
  process.env.GREETING = "b";
  assert.equal(a.greet(), "hi");
  delete process.env.GREETING;
  assert.equal(a.greet(), "hello");
});
test("globals", () => {
  assert.equal(globalThis.leaked, undefined);
  globalThis.leaked = 1;
  assert.equal(a.shift(1), 1);
  delete globalThis.leaked;
});
test("fake timers", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const f = mock.fn();
  a.later(f);
  mock.timers.tick(10);
  assert.equal(f.mock.callCount(), 1);
  mock.timers.reset();
});
test("real timers", () => new Promise((resolve) => a.later(resolve)));
`,
    ),
  ).toEqual([
    "known !== undefined → known === undefined: killed",
    "known → undefined: killed",
    "x * x → x / x: killed",
    "value → undefined: killed",
    'process.env.GREETING === "b" → process.env.GREETING !== "b": killed',
    '"hi" → "": killed',
    '"hello" → "": killed',
    "x + 0 → x - 0: survived",
    "0 → 1: killed",
    "10 → 11: killed",
    "setTimeout(f, wait) → undefined: killed",
  ]));

test("code of the module's top level is mutated like any other, behind top-level await too", async () =>
  expect(
    await judged(
      `const limit = Number("2") + 3;
await Promise.resolve();
export const table = [1].map((x) => x * limit);
export const unseen = 7;
`,
      'test("table", () => assert.deepEqual(a.table, [5]));',
    ),
  ).toEqual([
    'Number("2") + 3 → Number("2") - 3: killed',
    "3 → 4: killed",
    "1 → 0: killed",
    "x * limit → x / limit: killed",
    "7 → 8: survived",
  ]));

test("generators, async functions and classes", async () =>
  expect(
    await judged(
      `export function* upTo(n) {
  for (let i = 0; i < n; i += 1) yield i * 2;
}
export async function* later(n) {
  for await (const x of upTo(n)) yield x + 1;
}
export class Box {
  #size = 2;
  static unit = 5;
  get area() {
    return this.#size * Box.unit;
  }
}
`,
      `test("all", async () => {
  assert.deepEqual([...a.upTo(3)], [0, 2, 4]);
  const found = [];
  for await (const x of a.later(2)) found.push(x);
  assert.deepEqual(found, [1, 3]);
  assert.equal(new a.Box().area, 10);
});`,
    ),
  ).toEqual([
    "0 → 1: killed",
    "i < n → i >= n: killed",
    "i += 1 → i -= 1: timeout",
    "1 → 0: timeout",
    "i * 2 → i / 2: killed",
    "2 → 3: killed",
    "x + 1 → x - 1: killed",
    "1 → 0: killed",
    "2 → 3: killed",
    "5 → 6: killed",
    "this.#size * Box.unit → this.#size / Box.unit: killed",
  ]));

test("tests that run side by side, subtests, suites and their hooks are all heard", async () =>
  expect(
    await judged(
      `export const one = () => 1;
export const two = () => 2;
export const three = () => 3;
export const four = () => 4;
export const five = () => 5;
`,
      `describe("side by side", { concurrency: true }, () => {
  it("one", async () => { await sleep(20); assert.equal(a.one(), 1); });
  it("two", async () => { await sleep(5); a.two(); });
});
test("around", async (t) => {
  await t.test("three", () => assert.equal(a.three(), 3));
});
describe("hooks", () => {
  let found;
  before(() => { found = a.four(); assert.equal(found, 4); });
  it("has it", () => {});
});
describe("late", () => {
  after(() => { assert.equal(a.five(), 5); });
  it("is fine", () => {});
});
`,
    ),
  ).toEqual(["1 → 0: killed", "2 → 3: survived", "3 → 4: killed", "4 → 5: killed", "5 → 6: killed"]));

test("skipped tests and those still to be written verify nothing", async () => {
  const report = await run(
    "export const one = () => 1;\nexport const two = () => 2;\n",
    `it.skip("one", () => assert.equal(a.one(), 1));
it.todo("two", () => assert.equal(a.two(), 2));
test("is fine", () => {});
`,
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: no-coverage", "2 → 3: survived"]]);
});

test("a file without any test verifies nothing", async () => {
  const report = await mutate(
    project({ "src/a.js": "export const one = 1;\n", "test/helper.js": 'import "../src/a.js";\n' }),
    { start: nodeStart(), runners: [{ start: nodeStart(), testFiles: [] }] },
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: no-coverage"]]);
});

test("a mutant that ends the process is dead, however it does so, and the others are still tried", async () =>
  expect(
    await judged(
      `export const one = () => 1;
export const two = () => 2;
export const three = () => 3;
export const four = () => 4;
`,
      // Node calls a file that exits with 0 passed, whatever it has left out.
      `test("kills", () => { if (a.one() !== 1) process.kill(process.pid, "SIGKILL"); });
test("exits", () => { if (a.two() !== 2) process.exit(3); });
test("exits with nothing", async () => { if (a.three() !== 3) process.exit(0); });
test("is fine", () => assert.equal(a.four(), 4));
`,
    ),
  ).toEqual(["1 → 0: killed", "2 → 3: killed", "3 → 4: survived", "4 → 5: killed"]));

test("what is rejected or thrown because of a mutant kills it, also when its test is over", async () => {
  const report = await run(
    "export const isFine = () => true;\nexport const isLate = () => false;\n",
    `test("starts", () => { void (async () => { if (!a.isFine()) throw new Error("not fine"); })(); });
test("late", () => { setTimeout(() => { if (a.isLate()) throw new Error("too late"); }, 30); });
test("lasts", () => sleep(60));
`,
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
  expect(report.mutants[0]?.message).toContain("not fine");
});

test("tests that depend on their order, and on each other, are run as they are", async () =>
  expect(
    await judged(
      "export const next = (x) => x + 1;\nexport const unused = (x) => x - 1;\n",
      `let x = 0;
test("first", () => { x = 5; });
test("second", () => { assert.equal(x, 5); x = a.next(x); });
test("third", () => assert.equal(x, 6));
test("fourth", () => { a.unused(1); });
`,
    ),
  ).toEqual(["x + 1 → x - 1: killed", "1 → 0: killed", "x - 1 → x + 1: survived", "1 → 0: survived"]));

test("a test that fails for what the failing one before it left on disk is no proof", async () => {
  const report = await run(
    "export const one = () => 1;\n",
    `import { existsSync, rmSync, writeFileSync } from "node:fs";
const left = new URL("./left-behind", import.meta.url);
test("expects a clean folder", () => {
  assert.ok(!existsSync(left));
  writeFileSync(left, "");
  assert.equal(a.one(), 1);
  rmSync(left);
});
`,
  );
  expect([report.mutants, report.errors.map(({ code }) => code)]).toEqual([[], ["baseline-failed"]]);
});

test("a mutant whose proof fails is not tried there again and again", async () => {
  const runs = JSON.stringify(join(temporaryFolder("assay-runs-"), "runs"));
  // The first run is the one without a mutant, the second has it on, the third is the proof.
  const counting = `import { appendFileSync, readFileSync } from "node:fs";
test("each third run fails", () => {
  appendFileSync(${runs}, ".");
  assert.notEqual(readFileSync(${runs}, "utf8").length % 3, 0);
  assert.equal(a.one(), 1);
});
`;
  expect(await judged("export const one = () => 1;\n", counting)).toEqual([
    "error: src/a.js:1 `1` → `0` could not be judged: its tests fail now and then without it as well",
  ]);
});

test("a failure before the mutant was reached is not its doing", async () => {
  const runs = JSON.stringify(join(temporaryFolder("assay-runs-"), "runs"));
  const flaky = `import { appendFileSync, readFileSync } from "node:fs";
test("the second run fails early", () => {
  appendFileSync(${runs}, ".");
  assert.notEqual(readFileSync(${runs}, "utf8").length, 2);
  a.one();
});
`;
  expect(await judged("export const one = () => 1;\n", flaky)).toEqual(["1 → 0: survived"]);
});

test("a suite that ends its own process is heard to the end", async () =>
  expect(
    await judged(
      "export const one = () => 1;\nexport const two = () => 2;\n",
      `after(() => process.exit());
test("one", () => assert.equal(a.one(), 1));
test("two", () => void a.two());
`,
    ),
  ).toEqual(["1 → 0: killed", "2 → 3: survived"]));

test("servers and processes that a failing test leaves open end with it", async () =>
  expect(
    await judged(
      "export const port = () => 1;\nexport const two = () => 2;\n",
      `import { spawn } from "node:child_process";
import { createServer } from "node:net";
test("listens", async () => {
  const server = createServer().listen(47_113);
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
  assert.equal(a.port(), 1);
  server.close();
  child.kill();
});
test("two", () => assert.equal(a.two(), 2));
`,
    ),
  ).toEqual(["1 → 0: killed", "2 → 3: killed"]));

test("a file that takes a port is never run beside itself", async () =>
  expect(
    await judged(
      "export const one = () => 1;\nexport const two = () => 2;\nexport const three = () => 3;\n",
      `import { createServer } from "node:net";
test("listens", async () => {
  const server = createServer().listen(47_114);
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  await sleep(200);
  a.one() + a.two() + a.three();
  server.close();
});
`,
    ),
  ).toEqual(["1 → 0: survived", "2 → 3: survived", "3 → 4: survived"]));
