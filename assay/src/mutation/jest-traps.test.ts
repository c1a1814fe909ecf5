// What misleads mutation testing in jest: none of it may make a verdict wrong.
import { expect, test } from "vitest";
import { jestProject, jestStart, mutateInJest, snapshotOf, statuses, verdicts } from "./testing/project.ts";

test("endless loops are stopped, in the mutated file and behind it", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/count.ts": `import { repeat } from "./repeat";
export function count(to: number): number {
  let i = 0;
  while (i < to) i++;
  return i;
}
export const twice = (f: () => void) => repeat(f, (done) => done < 2);
`,
      "src/repeat.ts": `export function repeat(f: () => void, more: (done: number) => boolean): void {
  for (let done = 0; more(done); done++) f();
}
`,
      "src/count.test.ts": `import { count, twice } from "./count";
test("counts", () => expect(count(3)).toBe(3));
test("twice", () => {
  let calls = 0;
  twice(() => calls++);
  expect(calls).toBe(2);
});
`,
    }),
    { changed: { "src/count.ts": [{ start: 4, end: 7 }] } },
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

test("what never ends outside of the changed files is ended by force, and the rest is still tried", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/step.ts": `export const step = (i: number) => i + 1;
export const half = (i: number) => i / 2;
export const letters = () => "a".repeat(1);
`,
      "src/walk.ts": `import { step } from "./step";
export function walk(to: number): number {
  let i = 0;
  while (i !== to) i = step(i);
  return i;
}
`,
      "src/walk.test.ts": `import { half } from "./step";
import { walk } from "./walk";
test("walks", () => expect(walk(3)).toBe(3));
test("halves", () => expect(half(3)).toBe(1.5));
`,
    }),
    { changed: { "src/step.ts": [{ start: 1, end: 2 }] } },
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["i + 1 → i - 1: timeout", "1 → 0: timeout", "i / 2 → i * 2: killed", "2 → 3: killed"],
  ]);
});

test("a regular expression that backtracks without end under a mutant is ended by force", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/match.ts": `const most = 20;
export const isPlain = (text: string) => text.length <= most && /^(a+)+$/.test(text);
`,
      "src/match.test.ts": `import { isPlain } from "./match";
test("long", () => expect(isPlain("a".repeat(40) + "b")).toBe(false));
test("short", () => expect([isPlain("aa"), isPlain("a".repeat(20)), isPlain("a".repeat(21))]).toEqual([true, true, false]));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    [
      "20 → 21: killed",
      "text.length <= most → text.length > most: timeout",
      "text.length <= most && /^(a+)+$/.test(text) → text.length <= most || /^(a+)+$/.test(text): timeout",
      "/^(a+)+$/.test(text) → !(/^(a+)+$/.test(text)): killed",
      "/^(a+)+$/ → /(a+)+$/: survived",
      "/^(a+)+$/ → /^(a+)$/: survived",
      "/^(a+)+$/ → /^(a+)+/: survived",
    ],
  ]);
});

test("what a failing test leaves behind neither kills nor saves another mutant", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/state.ts": `const memo = new Map<number, number>();
export function square(x: number): number {
  const known = memo.get(x);
  if (known !== undefined) return known;
  const value = x * x;
  memo.set(x, value);
  return value;
}
export const greet = () => (process.env["NAME"] === "b" ? "hi" : "hello");
export const shift = (x: number) => x + 0;
export const later = (f: () => void, wait = 10) => setTimeout(f, wait);
`,
      "src/state.test.ts": `import { greet, later, shift, square } from "./state";
test("memoised", () => expect([square(3), square(3)]).toEqual([9, 9]));
test("environment", () => {
  expect(process.env["NAME"]).toBeUndefined();
  process.env["NAME"] = "b";
  expect(greet()).toBe("hi");
  delete process.env["NAME"];
  expect(greet()).toBe("hello");
});
test("globals", () => {
  expect(Reflect.get(globalThis, "leaked")).toBeUndefined();
  Reflect.set(globalThis, "leaked", 1);
  expect(shift(1)).toBe(1);
  Reflect.deleteProperty(globalThis, "leaked");
});
test("fake timers", () => {
  jest.useFakeTimers();
  const f = jest.fn();
  later(f);
  jest.advanceTimersByTime(10);
  expect(f).toHaveBeenCalledTimes(1);
  jest.useRealTimers();
});
test("real timers", async () => {
  await new Promise((resolve) => later(() => resolve(undefined)));
});
`,
    }),
  );
  expect(report.errors).toEqual([]);
  // `x - 0` is the one that no test can tell apart.
  expect(verdicts(report)).toEqual([
    "known !== undefined → known === undefined: killed",
    "known → undefined: killed",
    "x * x → x / x: killed",
    "value → undefined: killed",
    'process.env["NAME"] === "b" → process.env["NAME"] !== "b": killed',
    '"hi" → "": killed',
    '"hello" → "": killed',
    "x + 0 → x - 0: survived",
    "0 → 1: killed",
    "10 → 11: killed",
    "setTimeout(f, wait) → undefined: killed",
  ]);
});

test("what a failing test leaves in Node's own modules and in the process is noticed", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts":
        "export const two = () => 2;\nexport const plus = (x: number) => x + 0;\nexport const three = () => 3;\n",
      "src/a.test.ts": `import fs from "node:fs";
import { plus, three, two } from "./a";
test("spies", () => {
  const spy = jest.spyOn(fs, "existsSync").mockReturnValue(two() !== 2);
  process.chdir("/");
  expect(two()).toBe(2);
  spy.mockRestore();
});
test("reads", () => {
  expect([plus(1), fs.existsSync(__filename)]).toEqual([1, true]);
});
test("three", () => expect(three()).toBe(3));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["2 → 3: killed", "x + 0 → x - 0: survived", "0 → 1: killed", "3 → 4: killed"],
  ]);
});

test("code that runs when a module is loaded is mutated like any other", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/table.ts": `export const table = new Map([["a", 1], ["b", 2]]);
export class Level {
  static readonly top = 3 + 4;
  static readonly seen: number[] = [];
  static { Level.seen.push(Level.top - 6); }
}
`,
      "src/table.test.ts": `import { Level, table } from "./table";
test.each([...table])("%s", (key, value) => expect(table.get(key)).toBe(value));
test("level", () => expect([Level.top, Level.seen[0], table.get("a"), table.get("b")]).toEqual([7, 1, 1, 2]));
`,
    }),
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
});

test("no snapshot is written, be it new, obsolete or wrong, and none decides but those that are stored", async () => {
  const built = jestProject({
    "src/name.ts": `export const name = (full: boolean) => (full ? "Ada Lovelace" : "Ada");\nexport const age = () => 36;\n`,
    "src/name.test.ts": `import { age, name } from "./name";
test("full", () => expect(name(true)).toMatchSnapshot());
test("short", () => expect(name(false)).toMatchInlineSnapshot('"Ada"'));
test("age", () => { age(); });
`,
    "src/__snapshots__/name.test.ts.snap": `// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing

exports[\`zzz obsolete 1\`] = \`1\`;

exports[\`full 1\`] = \`"Ada Lovelace"\`;
`,
  });
  const before = snapshotOf(built.root);
  const report = await mutateInJest(built);
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["full → !(full): killed", '"Ada Lovelace" → "": killed', '"Ada" → "": killed', "36 → 37: survived"],
  ]);
  expect(snapshotOf(built.root)).toEqual(before);
});

test("a new snapshot is a failing baseline, as it is in CI", async () => {
  const built = jestProject({
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": `import { one } from "./a";\ntest("one", () => expect(one()).toMatchSnapshot());\n`,
  });
  const before = snapshotOf(built.root);
  const report = await mutateInJest(built);
  expect(report.errors.map(({ code }) => code)).toEqual(["baseline-failed"]);
  expect(snapshotOf(built.root)).toEqual(before);
});

test("what tests print, even in the form of a verdict, is not taken for one", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export const one = () => 1;\n",
      "src/a.test.ts": `import { writeSync } from "node:fs";
import { one } from "./a";
test("prints", () => {
  one();
  const line = JSON.stringify({ kind: "tried", mutant: 0, file: __filename, outcome: "failed", failure: null, nearest: null, testsRun: 1, hits: 1 });
  console.log(line);
  writeSync(1, "00000000-0000-0000-0000-000000000000 " + line + "\\nhalf a line");
  process.stdout.write("more");
});
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: survived"]]);
});

test("a mutant that ends the process is dead, and the others are still tried", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export const limit = () => 1;\nexport const code = () => 2;\nexport const three = () => 3;\n",
      "src/a.test.ts": `import { code, limit, three } from "./a";
test("limit", () => { if (limit() !== 1) process.kill(process.pid, "SIGKILL"); });
test("code", () => { if (code() !== 2) process.exit(0); });
test("three", () => expect(three()).toBe(3));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["1 → 0: runtime-error", "2 → 3: runtime-error", "3 → 4: killed"],
  ]);
});

test("promises that nobody waits for, and that are rejected because of a mutant, kill it", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export const isFine = () => true;\n",
      "src/a.test.ts": `import { isFine } from "./a";
test("starts", () => { void (async () => { if (!isFine()) throw new Error("not fine"); })(); });
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["true → false: killed"]]);
  expect(report.mutants[0]?.message).toContain("not fine");
});

test("what a killed mutant throws late kills no other", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": `export const wait = () => 0;
export const one = (x: number) => x + 0;
export const two = (x: number) => x - 0;
`,
      "src/a.test.ts": `import { one, two, wait } from "./a";
test("late", async () => {
  if (wait() !== 0) for (const ms of [1, 5, 10, 20, 30, 40, 60, 80]) setTimeout(() => { throw new Error("late"); }, ms);
  expect(wait()).toBe(0);
});
test("others", async () => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([one(1), two(1)]).toEqual([1, 1]);
});
`,
    }),
    { maxMutants: 12 },
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["0 → 1: killed", "x + 0 → x - 0: survived", "0 → 1: killed", "x - 0 → x + 0: survived", "0 → 1: killed"],
  ]);
});

test("tests that depend on those before them are settled by the whole file", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export const start = () => 1;\nexport const next = (x: number) => x + 1;\n",
      "src/a.test.ts": `import { next, start } from "./a";
let x = 0;
test("starts", () => { x = start(); });
test("goes on", () => { x = next(x); expect(x).toBe(2); });
`,
    }),
  );
  // What "starts" reaches is noticed by the other test only, which does not reach it.
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed", "x + 1 → x - 1: killed", "1 → 0: killed"]]);
});

test("concurrent tests each count what they reach", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export const one = async () => 1;\nexport const two = async () => 2;\n",
      "src/a.test.ts": `import { one, two } from "./a";
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
test.concurrent("one", async () => { await pause(); expect(await one()).toBe(1); });
test.concurrent("two", async () => { await pause(); expect(await two()).toBe(2); });
test("neither", () => undefined);
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed", "2 → 3: killed"]]);
});

test("a test that passes when it is retried has noticed nothing", async () => {
  const flaky = (body: string): string => `import { one } from "./a";
jest.retryTimes(2);
let attempts = 0;
test("flaky", () => {
  attempts++;
  ${body}
});
test("after", () => undefined);
`;
  const source = { "src/a.ts": "export const one = () => 1;\n" };
  const saved = await mutateInJest(
    jestProject({ ...source, "src/a.test.ts": flaky("if (attempts < 2) expect(one()).toBe(9);") }),
  );
  expect([saved.errors, verdicts(saved)]).toEqual([[], ["1 → 0: survived"]]);
  const killed = await mutateInJest(
    jestProject({ ...source, "src/a.test.ts": flaky("expect([one(), attempts > 1]).toEqual([1, true]);") }),
  );
  expect([killed.errors, verdicts(killed)]).toEqual([[], ["1 → 0: killed"]]);
});

test("tests that wait for what a mutant keeps back are cut short, whatever time they give themselves", async () => {
  const startedAt = performance.now();
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export const shouldAnswer = () => true;\nexport const two = () => 2;\n",
      "src/a.test.ts": `import { shouldAnswer, two } from "./a";
jest.setTimeout(120_000);
test("answers", () => new Promise<void>((resolve) => { if (shouldAnswer()) resolve(); }), 60_000);
test("two", () => expect(two()).toBe(2));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["true → false: timeout", "2 → 3: killed"]]);
  expect(performance.now() - startedAt).toBeLessThan(40_000);
});

test("hooks, skipped and focused tests, and tests that are meant to fail keep their meaning", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts":
        "export const one = () => 1;\nexport const two = () => 2;\nexport const three = () => 3;\nexport const four = () => 4;\n",
      "src/a.test.ts": `import { four, one, three, two } from "./a";
describe("hooks", () => {
  let value = 0;
  beforeAll(() => { value = one(); });
  afterEach(() => { if (two() !== 2) throw new Error("two"); });
  test("sees", () => expect(value).toBe(1));
});
test.failing("fails", () => expect(three()).toBe(9));
test.skip("skipped", () => expect(four()).toBe(4));
test.todo("later");
`,
      "src/b.test.ts": `import { four } from "./a";
test.only("focused", () => { four(); });
test("not run", () => expect(four()).toBe(4));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["1 → 0: killed", "2 → 3: killed", "3 → 4: survived", "4 → 5: survived"],
  ]);
});

test("generators, line numbers and mocked modules work as they do without instruments", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/dep.ts": "export const dep = () => 5;\n",
      "src/a.ts": `import { dep } from "./dep";
export function* count(to: number) {
  for (let i = 0; i < to; i++) yield i;
}
export async function* later() { yield await Promise.resolve(dep() + 1); }
export const where = () => new Error("here").stack;
`,
      "src/a.test.ts": `import { count, later, where } from "./a";
jest.mock("./dep", () => ({ dep: () => 7 }));
test("counts", () => expect([...count(3)]).toEqual([0, 1, 2]));
test("later", async () => { for await (const x of later()) expect(x).toBe(8); });
test("line", () => expect(where()).toMatch(/a\\.ts:6:/));
`,
    }),
    { changed: { "src/a.ts": [{ start: 2, end: 5 }] } },
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed", "timeout"]]);
});

test("the page that jsdom puts up is another one for every mutant", async () => {
  const report = await mutateInJest(
    jestProject(
      {
        "src/page.ts": `export function add(text: string): number {
  document.body.append(text + "!");
  localStorage.setItem("added", String(Number(localStorage.getItem("added") ?? 0) + 1));
  return document.body.childNodes.length + 0;
}
`,
        "src/page.test.ts": `import { add } from "./page";
test("adds", () => {
  expect(add("a")).toBe(1);
  expect([document.body.textContent, localStorage.getItem("added")]).toEqual(["a!", "1"]);
});
`,
      },
      { testEnvironment: "jsdom" },
    ),
  );
  expect([report.errors, verdicts(report).filter((line) => !line.endsWith("killed"))]).toEqual([
    [],
    [
      'localStorage.getItem("added") ?? 0 → 0: survived',
      'localStorage.getItem("added") ?? 0 → localStorage.getItem("added"): survived',
      "document.body.childNodes.length + 0 → document.body.childNodes.length - 0: survived",
    ],
  ]);
});

test("tests that start other processes are named, since nothing is seen there", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/main.ts": "process.stdout.write(String(1 + 1));\n",
      "src/main.test.ts": `import { execFileSync } from "node:child_process";
test("prints", () => expect(execFileSync(process.execPath, ["-p", "1 + 1"], { encoding: "utf8" })).toBe("2\\n"));
`,
    }),
  );
  expect([report.processStarters, statuses(report)]).toEqual([["src/main.test.ts"], ["no-coverage"]]);
});

test("a test that goes wrong without an end gives no verdict, and a run that is interrupted none either", async () => {
  const built = jestProject({
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": `import { one } from "./a";\ntest("one", async () => { one(); await new Promise(() => undefined); }, 60_000);\n`,
  });
  const report = await mutateInJest(built, {}, AbortSignal.timeout(1500));
  expect([report.mutants, report.errors.map(({ code }) => code)]).toEqual([[], ["interrupted"]]);
  const exits = jestProject({
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": `import { one } from "./a";\ntest("one", () => { one(); process.exit(0); });\n`,
  });
  const ended = await mutateInJest(exits);
  expect([ended.mutants, ended.errors.map(({ code }) => code)]).toEqual([[], ["tool-failed"]]);
});

test("the same change gives the same report", async () => {
  const built = jestProject({
    "src/a.ts": "export const add = (x: number, y: number) => (x > 0 ? x + y : y);\n",
    "src/a.test.ts": `import { add } from "./a";\ntest("adds", () => expect(add(2, 2)).toBe(4));\n`,
  });
  const first = await mutateInJest(built);
  expect(first.mutants.length).toBeGreaterThan(0);
  for (let run = 0; run < 3; run++) expect(await mutateInJest(built, { start: { ...jestStart } })).toEqual(first);
});
