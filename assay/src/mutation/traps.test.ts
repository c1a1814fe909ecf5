// What has misled mutation testing elsewhere: none of it may make a verdict wrong.
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutate, project, snapshotOf, statuses, temporaryFolder, verdicts } from "./testing/project.ts";

test("endless loops are stopped, in the mutated file and behind it", async () => {
  const report = await mutate(
    project({
      "src/count.ts": `import { repeat } from "./repeat.ts";
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
      "src/count.test.ts": `import { expect, test } from "vitest";
import { count, twice } from "./count.ts";
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

test("a loop that never ends outside of the changed files is ended by force, and the rest is still tried", async () => {
  const report = await mutate(
    project({
      "src/step.ts": "export const step = (i: number) => i + 1;\nexport const half = (i: number) => i / 2;\n",
      "src/walk.ts": `import { step } from "./step.ts";\nexport function walk(to: number): number {\n  let i = 0;\n  while (i !== to) i = step(i);\n  return i;\n}\n`,
      "src/walk.test.ts": `import { expect, test } from "vitest";
import { half } from "./step.ts";
import { walk } from "./walk.ts";
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

test("what a failing test leaves behind neither kills nor saves another mutant", async () => {
  const report = await mutate(
    project({
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
      "src/state.test.ts": `import { expect, test, vi } from "vitest";
import { greet, later, shift, square } from "./state.ts";
declare global { var leaked: number | undefined; }
test("memoised", () => expect([square(3), square(3)]).toEqual([9, 9]));
test("environment", () => {
  expect(process.env["NAME"]).toBeUndefined();
  process.env["NAME"] = "b";
  expect(greet()).toBe("hi");
  delete process.env["NAME"];
  expect(greet()).toBe("hello");
});
test("globals", () => {
  expect(globalThis.leaked).toBeUndefined();
  globalThis.leaked = 1;
  expect(shift(1)).toBe(1);
  delete globalThis.leaked;
});
test("fake timers", () => {
  vi.useFakeTimers();
  const f = vi.fn();
  later(f);
  vi.advanceTimersByTime(10);
  expect(f).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(0);
  vi.useRealTimers();
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

test("nothing is written: no snapshot, no cache, no report", async () => {
  const built = project({
    "src/name.ts": `export const name = (full: boolean) => (full ? "Ada Lovelace" : "Ada");\n`,
    "src/name.test.ts": `import { expect, test } from "vitest";
import { name } from "./name.ts";
test("full", () => expect(name(true)).toMatchSnapshot());
test("short", () => expect(name(false)).toMatchInlineSnapshot('"Ada"'));
`,
    "src/__snapshots__/name.test.ts.snap": `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`full 1\`] = \`"Ada Lovelace"\`;
`,
  });
  const before = snapshotOf(built.root);
  const report = await mutate(built);
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
  expect(snapshotOf(built.root)).toEqual(before);
});

test("what a mutant keeps tests from removing does not stay", async () => {
  const before = new Set(readdirSync(tmpdir()));
  const report = await mutate(
    project({
      "src/a.ts": "export const shouldRemove = () => true;\n",
      "src/a.test.ts": `import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shouldRemove } from "./a.ts";
test("removes", () => {
  const folder = mkdtempSync(join(tmpdir(), "left-behind-"));
  if (shouldRemove()) rmSync(folder, { recursive: true });
  expect(shouldRemove()).toBe(true);
});
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["true → false: killed"]]);
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith("left-behind-") && !before.has(name));
  expect(left).toEqual([]);
});

test("what tests print, even in the form of a verdict, is not taken for one", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export const one = () => 1;\n",
      "src/a.test.ts": `import { test } from "vitest";
import { writeSync } from "node:fs";
import { one } from "./a.ts";
test("prints", () => {
  one();
  const line = JSON.stringify({ kind: "tried", mutant: 0, file: import.meta.filename, outcome: "failed", failure: null, nearest: null, testsRun: 1, hits: 1 });
  console.log(line);
  console.log("00000000-0000-0000-0000-000000000000 " + line);
  writeSync(1, line + "\\n" + "half a line");
  process.stdout.write("more");
});
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: survived"]]);
});

test("a test that finds the switch and only looks whether a mutant is on kills none", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export const one = () => 1;\n",
      "src/a.test.ts": `import { test } from "vitest";
import { one } from "./a.ts";
test("looks", () => {
  one();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const found = globalThis[name];
    if (typeof found?.is !== "function" || typeof found.loop !== "function") continue;
    for (let mutant = 0; mutant < 50; mutant++) if (found.is(mutant)) throw new Error("a mutant is on");
  }
});
`,
    }),
  );
  expect(statuses(report)).toEqual([]);
  expect(report.errors.map(({ message }) => message)).toEqual([expect.stringContaining("without it as well")]);
});

test("a mutant that ends the process is dead, and the others are still tried", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export const limit = () => 1;\nexport const two = () => 2;\n",
      "src/a.test.ts": `import { expect, test } from "vitest";
import { limit, two } from "./a.ts";
test("limit", () => { if (limit() !== 1) process.kill(process.pid, "SIGKILL"); });
test("two", () => expect(two()).toBe(2));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: runtime-error", "2 → 3: killed"]]);
});

test("promises that nobody waits for, and that are rejected because of a mutant, kill it", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export const isFine = () => true;\n",
      "src/a.test.ts": `import { test } from "vitest";
import { isFine } from "./a.ts";
test("starts", () => { void (async () => { if (!isFine()) throw new Error("not fine"); })(); });
`,
    }),
  );
  expect([report.errors, verdicts(report), report.mutants[0]?.message]).toEqual([
    [],
    ["true → false: killed"],
    "unhandled error: not fine",
  ]);
});

test("a program that has a switch of its own, under assay's own name, keeps it and is judged", async () => {
  const report = await mutate(
    project({
      "src/rounds.ts": `/** How often code may call the switch until that stops it. */
export function rounds(limit: number): number {
  let left = limit;
  const stop = () => { if (left-- === 0) throw new Error("stopped"); };
  Object.assign(globalThis, { __assay$: { loop: stop } });
  try {
    for (let count = 0; ; count++) {
      try { new Function("__assay$.loop(0)")(); } catch { return count; }
    }
  } finally {
    for (const name of Object.getOwnPropertyNames(globalThis)) if (name.startsWith("__assay")) Reflect.deleteProperty(globalThis, name);
  }
}
`,
      "src/rounds.test.ts": `import { expect, test } from "vitest";
import { rounds } from "./rounds.ts";
test("three", () => expect(rounds(3)).toBe(3));
test("nothing is left", () => { rounds(1); expect("__assay$" in globalThis).toBe(false); });
`,
    }),
    { changed: { "src/rounds.ts": [{ start: 3, end: 6 }] } },
  );
  expect([report.errors, verdicts(report), report.uncovered]).toEqual([
    [],
    [
      "left-- === 0 → left-- !== 0: killed",
      "left-- → left++: timeout",
      "0 → 1: killed",
      'throw new Error("stopped"); → ;: timeout',
      "Object.assign(globalThis, { __assay$: { loop: stop } }); → ;: killed",
    ],
    [],
  ]);
});

test("whoever replaces what the language brings, or counts its calls, meets only his own", async () => {
  const report = await mutate(
    project({
      "src/most.ts": `export function most(values: readonly number[]): number {
  let found = -Infinity;
  for (const value of values) found = Math.max(found, value);
  return found;
}
`,
      "src/counting.ts": `const { add } = Set.prototype;
export const counted = { adds: 0 };
export function count(): () => void {
  Set.prototype.add = function (value) {
    for (let step = 0; step < 2; step++) counted.adds += step;
    return add.call(this, value);
  };
  return () => { Set.prototype.add = add; };
}
`,
      "src/most.test.ts": `import { expect, test, vi } from "vitest";
import { most } from "./most.ts";
test("asks for the greater of two each time", () => {
  const max = vi.spyOn(Math, "max");
  expect(most([1, 3, 2])).toBe(3);
  expect(max).toHaveBeenCalledTimes(3);
});
`,
      "src/counting.test.ts": `import { expect, test } from "vitest";
import { count, counted } from "./counting.ts";
test("counts", () => {
  const stop = count();
  new Set().add(1);
  const { adds } = counted;
  stop();
  expect(adds).toBe(1);
});
`,
    }),
  );
  expect([report.errors, report.uncovered]).toEqual([[], []]);
  expect(verdicts(report)).toEqual([
    "0 → 1: killed",
    expect.stringMatching(/^Set\.prototype\.add = function .* → ;: killed$/s),
    // The loop only adds up what comes after its start.
    "0 → 1: survived",
    "step < 2 → step >= 2: killed",
    // No set can be added to any more, which is too much for vitest itself.
    "step++ → step--: runtime-error",
    "counted.adds += step → counted.adds -= step: killed",
    "add.call(this, value) → undefined: survived",
    "Set.prototype.add = add; → ;: survived",
    "-Infinity → Infinity: killed",
    "found = Math.max(found, value); → ;: killed",
    "Math.max(found, value) → Math.min(found, value): killed",
    "found → undefined: killed",
  ]);
});

test("a loop that is long without a mutant may be as long in the fresh worker that confirms a survivor", async () => {
  const report = await mutate(
    project({
      "src/total.ts":
        "export function total(): number {\n  let sum = 0;\n  for (let i = 0; i < 150_000; i++) sum += 1;\n  return sum + 0;\n}\n",
      "src/total.test.ts": `import { expect, test } from "vitest";
import { total } from "./total.ts";
test("total", () => expect(total()).toBe(150_000));
`,
    }),
    { changed: { "src/total.ts": [{ start: 4, end: 4 }] } },
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["sum + 0 → sum - 0: survived", "0 → 1: killed"]]);
});

test("a failure before the mutant was reached is not its doing", async () => {
  const runs = JSON.stringify(join(temporaryFolder("assay-runs-"), "runs"));
  const report = await mutate(
    project({
      "src/one.ts": "export const one = () => 1;\n",
      "src/one.test.ts": `import { appendFileSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { one } from "./one.ts";
test("the second run fails early", () => {
  appendFileSync(${runs}, ".");
  expect(readFileSync(${runs}, "utf8")).not.toHaveLength(2);
  one();
});
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: survived"]]);
});
