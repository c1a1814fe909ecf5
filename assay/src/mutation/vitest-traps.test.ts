// What the language, vitest and its plugins do beside running tests, each where a wrong verdict could come of it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  mutate,
  project,
  statuses,
  temporaryFolder,
  verdicts,
  vitestStart,
  type MutateOptions,
} from "./testing/project.ts";
import type { MutationReport } from "./report.ts";

/** Mutates `src/a.ts` with the tests in `src/a.test.ts`, which import `names` from it. */
function judged(source: string, names: string, tests: string, options: MutateOptions = {}): Promise<MutationReport> {
  return mutate(
    project({
      "src/a.ts": source,
      "src/a.test.ts": `import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ${names} } from "./a.ts";
${tests}`,
    }),
    options,
  );
}

test("a regular expression that backtracks without end under a mutant is ended by force", async () => {
  const report = await judged(
    `const most = 20;\nexport const isPlain = (text: string) => text.length <= most && /^(a+)+$/.test(text);\n`,
    "isPlain",
    `test("long", () => expect(isPlain("a".repeat(40) + "b")).toBe(false));
test("short", () => expect([isPlain("aa"), isPlain("a".repeat(20)), isPlain("a".repeat(21))]).toEqual([true, true, false]));
`,
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

test("code that runs when a module is loaded is mutated like any other, behind top-level await too", async () => {
  const report = await judged(
    `export const table = new Map([["a", 1], ["b", 2]]);
export class Level {
  static readonly top = 3 + 4;
  static readonly seen: number[] = [];
  static { Level.seen.push(Level.top - 6); }
}
export const late = (await Promise.resolve(20)) + 1;
`,
    "late, Level, table",
    `test.each([...table])("%s", (key, value) => expect(table.get(key)).toBe(value));
test("level", () => expect([Level.top, Level.seen[0], table.get("a"), table.get("b"), late]).toEqual([7, 1, 1, 2, 21]));
`,
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
});

test("what a killed mutant throws late kills no other", async () => {
  const report = await judged(
    `export const wait = () => 0;
export const one = (x: number) => x + 0;
export const two = (x: number) => x - 0;
`,
    "one, two, wait",
    `test("late", async () => {
  if (wait() !== 0) for (const ms of [1, 5, 10, 20, 30, 40, 60, 80]) setTimeout(() => { throw new Error("late"); }, ms);
  expect(wait()).toBe(0);
});
test("others", async () => {
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([one(1), two(1)]).toEqual([1, 1]);
});
`,
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["0 → 1: killed", "x + 0 → x - 0: survived", "0 → 1: killed", "x - 0 → x + 0: survived", "0 → 1: killed"],
  ]);
});

test("tests that depend on those before them are settled by the whole file", async () => {
  const report = await judged(
    "export const start = () => 1;\nexport const next = (x: number) => x + 1;\n",
    "next, start",
    `let x = 0;
test("starts", () => { x = start(); });
test("goes on", () => { x = next(x); expect(x).toBe(2); });
`,
  );
  // What "starts" reaches is noticed by the other test only, which does not reach it.
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed", "x + 1 → x - 1: killed", "1 → 0: killed"]]);
});

test("concurrent tests each count what they reach", async () => {
  const report = await judged(
    "export const one = async () => 1;\nexport const two = async () => 2;\n",
    "one, two",
    `const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
test.concurrent("one", async ({ expect }) => { await pause(); expect(await one()).toBe(1); });
test.concurrent("two", async ({ expect }) => { await pause(); expect(await two()).toBe(2); });
test("neither", () => undefined);
`,
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed", "2 → 3: killed"]]);
});

test("a test that passes when it is retried has noticed nothing", async () => {
  const flaky = (body: string): string => `let attempts = 0;
test("flaky", { retry: 2 }, () => {
  attempts++;
  ${body}
});
test("after", () => undefined);
`;
  const source = "export const one = () => 1;\n";
  const saved = await judged(source, "one", flaky("if (attempts < 2) expect(one()).toBe(9);"));
  expect([saved.errors, verdicts(saved)]).toEqual([[], ["1 → 0: survived"]]);
  const killed = await judged(source, "one", flaky("expect([one(), attempts > 1]).toEqual([1, true]);"));
  expect([killed.errors, verdicts(killed)]).toEqual([[], ["1 → 0: killed"]]);
});

test("tests that wait for what a mutant keeps back are cut short, whatever time they give themselves", async () => {
  const startedAt = performance.now();
  const report = await judged(
    "export const shouldAnswer = () => true;\nexport const two = () => 2;\n",
    "shouldAnswer, two",
    `vi.setConfig({ testTimeout: 120_000 });
test("answers", () => new Promise<void>((resolve) => { if (shouldAnswer()) resolve(); }), 60_000);
test("two", () => expect(two()).toBe(2));
`,
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["true → false: timeout", "2 → 3: killed"]]);
  expect(performance.now() - startedAt).toBeLessThan(40_000);
});

test("hooks, skipped tests and tests that are meant to fail keep their meaning", async () => {
  const report = await judged(
    "export const one = () => 1;\nexport const two = () => 2;\nexport const three = () => 3;\nexport const four = () => 4;\n",
    "four, one, three, two",
    `describe("hooks", () => {
  let value = 0;
  beforeAll(() => { value = one(); });
  afterEach(() => { if (two() !== 2) throw new Error("two"); });
  test("sees", () => expect(value).toBe(1));
});
test.fails("fails", () => expect(three()).toBe(9));
test.skip("skipped", () => expect(four()).toBe(4));
test("reached", () => { four(); });
test.todo("later");
`,
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["1 → 0: killed", "2 → 3: killed", "3 → 4: survived", "4 → 5: survived"],
  ]);
});

test("a mutant that has a test call process.exit is dead, and the others are still tried", async () => {
  const report = await judged(
    "export const code = () => 2;\nexport const three = () => 3;\n",
    "code, three",
    `test("code", () => { if (code() !== 2) process.exit(0); });\ntest("three", () => expect(three()).toBe(3));\n`,
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["2 → 3: killed", "3 → 4: killed"]]);
});

test("generators, line numbers and mocked modules work as they do without instruments", async () => {
  const report = await mutate(
    project({
      "src/dep.ts": "export const dep = () => 5;\n",
      "src/a.ts": `import { dep } from "./dep.ts";
export function* count(to: number) {
  for (let i = 0; i < to; i++) yield i;
}
export async function* later() { yield await Promise.resolve(dep() + 1); }
export const where = () => new Error("here").stack;
`,
      "src/a.test.ts": `import { expect, test, vi } from "vitest";
import { count, later, where } from "./a.ts";
vi.mock("./dep.ts", () => ({ dep: () => 7 }));
test("counts", () => expect([...count(3)]).toEqual([0, 1, 2]));
test("later", async () => { for await (const x of later()) expect(x).toBe(8); });
test("line", () => expect(where()).toMatch(/a\\.ts:6:/));
`,
    }),
    { changed: { "src/a.ts": [{ start: 2, end: 5 }] } },
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed", "timeout"]]);
});

test("decorators and JSX go through the repository's own transform", async () => {
  const report = await mutate(
    project({
      "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "jsx": "react" } }',
      "src/a.tsx": `const React = { createElement: (tag: string, _: unknown, text: string) => \`\${tag}:\${text}\` };
function twice(_target: object, _name: string, property: PropertyDescriptor) {
  const original = property.value as (n: number) => number;
  property.value = (n: number) => original(n) * 2;
}
export class Counter {
  @twice
  count(n: number) { return n + 1; }
}
export const View = ({ on }: { on: boolean }) => <b>{on ? "yes" : "no"}</b>;
`,
      "src/a.test.tsx": `import { expect, test } from "vitest";
import { Counter, View } from "./a.tsx";
test("count", () => expect(new Counter().count(2)).toBe(6));
test("view", () => expect([View({ on: true }), View({ on: false })]).toEqual(["b:yes", "b:no"]));
`,
    }),
    { changed: { "src/a.tsx": [{ start: 2, end: 12 }] } },
  );
  expect([report.errors, statuses(report), report.mutants.length > 4]).toEqual([[], ["killed"], true]);
});

test("the page that jsdom puts up is another one for every mutant", async () => {
  const report = await mutate(
    project({
      "vitest.config.ts": 'export default { test: { environment: "jsdom" } };\n',
      "src/page.ts": `export function add(text: string): number {
  document.body.append(text + "!");
  localStorage.setItem("added", String(Number(localStorage.getItem("added") ?? 0) + 1));
  return document.body.childNodes.length + 0;
}
`,
      "src/page.test.ts": `import { expect, test } from "vitest";
import { add } from "./page.ts";
test("adds", () => {
  expect(add("a")).toBe(1);
  expect([document.body.textContent, localStorage.getItem("added")]).toEqual(["a!", "1"]);
});
`,
    }),
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

test("a process that takes more and more memory makes room for another one, and no verdict is lost", async () => {
  const built = project({
    "src/a.js":
      "export const one = () => 1;\nexport const two = () => 2;\nexport const three = () => 3;\nexport const four = () => 4;\nexport const five = () => 5;\n",
    "src/a.test.js": `import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { five, four, one, three, two } from "./a.js";
appendFileSync(process.env.PIDS, process.pid + "\\n");
// Held by what outlives the modules.
const held = Buffer.alloc(100 * 2 ** 20, 1);
process.on("never", () => held);
test("one", () => expect([one(), two(), four(), five()]).toEqual([1, 2, 4, 5]));
test("three", () => void three());
`,
  });
  const pids = join(temporaryFolder("assay-pids-"), "pids");
  const start = { ...vitestStart, env: { PIDS: pids } };
  const report = await mutate(built, { start, changed: { "src/a.js": [{ start: 1, end: 5 }] } });
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["1 → 0: killed", "2 → 3: killed", "3 → 4: survived", "4 → 5: killed", "5 → 6: killed"],
  ]);
  expect(new Set(readFileSync(pids, "utf8").trim().split("\n")).size).toBeGreaterThan(1);
});

test("a test that imports a changed file as a text reads what is on disk", async () => {
  const source = "export const one = () => 1;\n";
  const tests = `import text from "./a.ts?raw";
test("one", () => expect(one()).toBe(1));
test("text", () => expect(text).toBe(${JSON.stringify(source)}));
`;
  const report = await judged(source, "one", tests);
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed"]]);
}, 120_000);
