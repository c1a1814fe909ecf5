import type { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { switchRuntime } from "../switch-runtime.ts";
import { listenForUnhandled, openRecorder, type Recorder, type Unhandled } from "./recorder.ts";
import type { FileTask, Runner, SuiteTask, TestTask } from "./vitest-api.ts";

type Result = NonNullable<TestTask["result"]>;
interface Suite extends SuiteTask {
  readonly tasks: (TestTask | Suite)[];
  result?: Result;
}
interface Test extends TestTask {
  result?: Result;
}

const passed: Result = { state: "pass", duration: 3 };
const failing = (message: string): Result => ({ state: "fail", errors: [{ message }] });

function fileOf(): FileTask & Suite {
  return { type: "suite", id: "file", name: "a.test.ts", filepath: "/repo/a.test.ts", mode: "run", tasks: [] };
}

function suiteIn(suite: Suite, name: string): Suite {
  const made: Suite = { type: "suite", id: `${suite.id} ${name}`, name, mode: "run", suite, tasks: [] };
  suite.tasks.push(made);
  return made;
}

function testIn(suite: Suite, name: string, more: Partial<Test> = {}): Test {
  const made: Test = { type: "test", id: `${suite.id} ${name}`, name, mode: "run", suite, ...more };
  suite.tasks.push(made);
  return made;
}

interface Following {
  readonly recorder: Recorder;
  readonly unhandled: Unhandled;
  readonly running: () => readonly string[];
  /** As vitest does: hooks, and in between the test, if it is still to be run. */
  readonly run: (test: Test, result?: Result) => Promise<void>;
  readonly enter: (suite: Suite) => Promise<void>;
  /** What the runner's own hooks have heard. */
  readonly heard: string[];
}

function follow(own: Partial<Runner> = {}): Following {
  const heard: string[] = [];
  const runner: Runner = { config: { testTimeout: 0, hookTimeout: 0 }, importFile: () => undefined, ...own };
  const runtime = switchRuntime();
  const unhandled: Unhandled = { message: null };
  const recorder = openRecorder(runner, runtime, unhandled);
  return {
    recorder,
    unhandled,
    heard,
    running: () => [...runtime.running],
    run: async (test, result = passed) => {
      await runner.onBeforeRunTask?.(test);
      if (test.mode === "skip") return;
      test.result = result;
      await runner.onAfterRunTask?.(test);
    },
    enter: async (suite) => {
      await runner.onBeforeRunSuite?.(suite);
    },
  };
}

const all = { stopAtFirst: false };

test("tests are told by the suites around them, without the file, in the order in which they ended", async () => {
  const file = fileOf();
  const [inner, outer] = [testIn(suiteIn(suiteIn(file, "suite"), "deep"), "inner"), testIn(file, "outer")];
  const { recorder, run } = follow();
  recorder.begin(null, all);
  await run(inner);
  await run(outer, { state: "pass" });
  expect(recorder.end([file])).toEqual({
    finished: [
      { id: inner.id, name: "suite > deep > inner", durationMs: 3 },
      { id: outer.id, name: "outer", durationMs: undefined },
    ],
    failure: null,
    failedId: null,
    isStray: false,
  });
});

test("the first test that fails is told, in its first words, and the next run begins anew", async () => {
  const file = fileOf();
  const [one, two, three] = [testIn(file, "one"), testIn(suiteIn(file, "suite"), "two"), testIn(file, "three")];
  const { recorder, run } = follow();
  recorder.begin(null, all);
  await run(one);
  await run(two, failing("\u001b[31mexpected 1\u001b[39m\n+ 2"));
  await run(three, { state: "fail" });
  expect(recorder.end([file])).toMatchObject({
    failure: { test: "suite > two", message: "expected 1" },
    failedId: two.id,
    isStray: false,
  });
  recorder.begin(null, all);
  await run(three, { state: "fail" });
  expect(recorder.end([file])).toMatchObject({
    finished: [{ name: "three" }],
    failure: { test: "three", message: "failed" },
  });
});

test("the switch knows which tests are running, and those that run at the same time together", async () => {
  const file = fileOf();
  const [one, other, next] = [
    testIn(file, "one", { concurrent: true }),
    testIn(file, "other", { concurrent: true, mode: "queued" }),
    testIn(file, "next"),
  ];
  const seen: (readonly string[])[] = [];
  const runtime = switchRuntime();
  const runner: Runner = { config: { testTimeout: 0, hookTimeout: 0 }, importFile: () => undefined };
  const recorder = openRecorder(runner, runtime, { message: null });
  recorder.begin(null, all);
  for (const [hook, about] of [
    ["onBeforeRunTask", one],
    ["onBeforeRunTask", other],
    ["onAfterRunTask", one],
    ["onBeforeRunTask", next],
    ["onAfterRunTask", next],
    ["onBeforeRunTask", testIn(file, "left out", { mode: "skip" })],
  ] as const) {
    await runner[hook]?.(about);
    seen.push([...runtime.running]);
  }
  expect(seen).toEqual([[one.id], [one.id, other.id], [other.id], [next.id], [], []]);
  await runner.onBeforeRunTask?.(one);
  recorder.end([file]);
  expect([...runtime.running]).toEqual([]);
  await runner.onBeforeRunTask?.(one);
  recorder.begin(null, all);
  expect([...runtime.running]).toEqual([]);
});

test("of some tests alone the others are skipped, and with them the hooks of suites that hold none", async () => {
  const file = fileOf();
  const [wanted, unwanted] = [suiteIn(file, "wanted"), suiteIn(file, "unwanted")];
  const [one, two, three] = [testIn(suiteIn(wanted, "deep"), "one"), testIn(wanted, "two"), testIn(unwanted, "three")];
  const { recorder, run, enter } = follow();
  recorder.begin(new Set([one.id]), all);
  for (const suite of [file, wanted, unwanted]) await enter(suite);
  for (const each of [one, two, three]) await run(each);
  expect([file, wanted, unwanted, one, two, three].map(({ mode }) => mode)).toEqual([
    "run",
    "run",
    "skip",
    "run",
    "skip",
    "skip",
  ]);
  expect(recorder.end([file]).finished.map(({ name }) => name)).toEqual(["wanted > deep > one"]);
});

test("tests in a suite that is left out are skipped with it, however deep, so that their snapshots are not obsolete", async () => {
  const file = fileOf();
  const [wanted, unwanted] = [suiteIn(file, "wanted"), suiteIn(file, "unwanted")];
  const tests = [testIn(wanted, "one"), testIn(unwanted, "two"), testIn(suiteIn(unwanted, "deep"), "three")];
  const { recorder, enter } = follow();
  recorder.begin(new Set([tests[0]?.id ?? ""]), all);
  for (const suite of [file, wanted, unwanted]) await enter(suite);
  expect(tests.map(({ mode }) => mode)).toEqual(["run", "skip", "skip"]);
});

test("a suite that has failed while it was loaded, and one that is not planned, stay as they are", async () => {
  const file = fileOf();
  const [broken, todo] = [suiteIn(file, "broken"), suiteIn(file, "todo")];
  broken.result = failing("at load");
  todo.mode = "todo";
  const { recorder, enter } = follow();
  recorder.begin(new Set(["another"]), all);
  await enter(broken);
  await enter(todo);
  expect([broken.mode, todo.mode]).toEqual(["run", "todo"]);
  expect(recorder.end([file]).failure).toEqual({ test: null, message: "at load" });
});

test("once a test has failed no other is begun, where that is wanted", async () => {
  const modesWhen = async (stopAtFirst: boolean): Promise<readonly string[]> => {
    const file = fileOf();
    const [one, two] = [testIn(file, "one"), testIn(file, "two")];
    const suite = suiteIn(file, "suite");
    const three = testIn(suite, "three");
    const { recorder, run, enter } = follow();
    recorder.begin(null, { stopAtFirst });
    await run(one);
    await run(two, failing("wrong"));
    await enter(suite);
    await run(three);
    return [one, two, suite, three].map(({ mode }) => mode);
  };
  // Hooks of the suite may have to clean up.
  expect(await modesWhen(true)).toEqual(["run", "run", "run", "skip"]);
  expect(await modesWhen(false)).toEqual(["run", "run", "run", "run"]);
});

test("what fails outside of all tests belongs to none: a suite, the file, an error that nobody has caught", () => {
  const { recorder, unhandled } = follow();
  recorder.begin(null, all);
  const [plain, inSuite, inFile] = [fileOf(), fileOf(), fileOf()];
  suiteIn(suiteIn(inSuite, "suite"), "deep").result = { state: "fail", errors: [{ message: "in a hook\nat" }, {}] };
  inFile.result = { state: "fail", errors: [{}] };
  suiteIn(plain, "empty").result = { state: "pass", errors: [] };
  expect([inSuite, inFile, plain].map((file) => recorder.end([plain, file]))).toMatchObject([
    { failure: { test: null, message: "in a hook" }, failedId: null, isStray: false },
    { failure: { test: null, message: "failed" }, isStray: false },
    { failure: null, isStray: false },
  ]);
  unhandled.message = "unhandled error: late";
  expect(recorder.end([plain])).toMatchObject({
    failure: { test: null, message: "unhandled error: late" },
    failedId: null,
    isStray: true,
  });
  expect(recorder.end([inSuite])).toMatchObject({ failure: { message: "in a hook" }, isStray: false });
  recorder.begin(null, all);
  expect(recorder.end([plain]).failure).toBeNull();
});

test("words that only announce others are told with these", () => {
  const { recorder } = follow();
  recorder.begin(null, all);
  const messages = ["Transform failed with 1 error:\n\n  [PARSE_ERROR] no\nat", "in a row:\n \n", "one:two\nthree"];
  const told = messages.map((message) => {
    const file = fileOf();
    file.result = { state: "fail", errors: [{ message }] };
    return recorder.end([file]).failure?.message;
  });
  expect(told).toEqual(["Transform failed with 1 error: [PARSE_ERROR] no", "in a row:", "one:two"]);
});

test("the runner's own hooks are called as well, in their places", async () => {
  const heard: string[] = [];
  const { recorder, run, enter } = follow({
    onBeforeRunSuite: ({ name }) => void heard.push(`before ${name}`),
    onBeforeRunTask: ({ name, mode }) => void heard.push(`before ${name}: ${mode}`),
    onAfterRunTask: ({ name, result }) => void heard.push(`after ${name}: ${result?.state}`),
  });
  const file = fileOf();
  const [one, two] = [testIn(file, "one"), testIn(file, "two")];
  recorder.begin(new Set([one.id]), all);
  await enter(file);
  await run(one);
  await run(two);
  expect(heard).toEqual(["before a.test.ts", "before one: run", "after one: pass", "before two: run"]);
});

test("the first error that nobody handles is noted, in its first words", () => {
  const emitter: Pick<EventEmitter, "on"> = process;
  const listeners = new Map<unknown, (...args: readonly unknown[]) => void>();
  const on = vi.spyOn(emitter, "on").mockImplementation((event, listener) => {
    listeners.set(event, listener);
    return process;
  });
  const unhandled = listenForUnhandled();
  on.mockRestore();
  expect([[...listeners.keys()], unhandled.message]).toEqual([["unhandledRejection", "uncaughtException"], null]);
  listeners.get("unhandledRejection")?.(new Error("first\nmore"));
  listeners.get("uncaughtException")?.("second");
  expect(unhandled.message).toBe("unhandled error: first");
  unhandled.message = null;
  listeners.get("uncaughtException")?.("second");
  expect(unhandled.message).toBe("unhandled error: second");
});
