import { expect, test } from "vitest";
import { switchRuntime } from "../switch-runtime.ts";
import type { CircusBlock, CircusState, CircusTest, Expect, TestResult } from "./jest-api.ts";
import { openRecorder, type Recorder, type RunOptions } from "./jest-recorder.ts";
import type { Run } from "./judge-file.ts";

interface Block extends CircusBlock {
  readonly children: (Block | CircusTest)[];
  readonly hooks: { timeout?: number }[];
}

function block(name: string, parent?: Block): Block {
  const made: Block = { type: "describeBlock", name, ...(parent && { parent }), children: [], hooks: [] };
  parent?.children.push(made);
  return made;
}

interface Test extends CircusTest {
  readonly parent: Block;
  readonly errors: unknown[];
}

function testIn(parent: Block, name: string): Test {
  const made: Test = { type: "test", name, parent, errors: [] };
  parent.children.push(made);
  return made;
}

const everything: RunOptions = { only: null, stopAtFirst: false, limitMs: null };
const green: TestResult = { testResults: [{ ancestorTitles: [], title: "", status: "passed", failureMessages: [] }] };

interface Following {
  readonly recorder: Recorder;
  readonly circus: CircusState;
  /** The tests that are running, as the switch is told. */
  readonly running: () => readonly string[];
  readonly tell: (name: string, about?: Test) => void;
  /** Runs a test, with an error or none. */
  readonly run: (about: Test, error?: string) => void;
}

/** A run that jest-circus has set up, before the first test. */
function follow(
  root: Block,
  options: Partial<RunOptions> = {},
  more: Partial<CircusState> = {},
  scope = {},
): Following {
  const runtime = switchRuntime();
  const recorder = openRecorder(runtime, { ...everything, ...options });
  const circus: CircusState = { rootDescribeBlock: root, testTimeout: 5000, ...more };
  const tell = (name: string, about?: Test): void =>
    recorder.handle({ name, ...(about && { test: about }) }, circus, scope);
  recorder.handle({ name: "setup", runtimeGlobals: { expect: { getState: () => ({}) } } }, circus, scope);
  tell("run_start");
  return {
    recorder,
    circus,
    running: () => [...runtime.running],
    tell,
    run: (about, error) => {
      tell("test_start", about);
      if (error !== undefined) about.errors.push(error);
      tell("test_done", about);
    },
  };
}

function namesIn({ finished }: Run): readonly string[] {
  return finished.map(({ name }) => name);
}

test("tests are told by the blocks around them, in the order in which they ended, and green ones without a failure", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const [first, inner] = [testIn(root, "first"), testIn(block("deep", block("suite", root)), "inner")];
  const following = follow(root);
  following.run(inner);
  following.run(first);
  const run = following.recorder.end(green);
  expect(namesIn(run)).toEqual(["suite > deep > inner", "first"]);
  expect(run).toMatchObject({ failure: null, failedId: null, isStray: false });
});

test("the switch knows which tests are running, those that run at the same time too", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const [one, other, todo] = [testIn(root, "one"), testIn(root, "other"), testIn(root, "todo")];
  const { running, tell, recorder } = follow(root);
  const seen = [running()];
  for (const [event, about] of [
    ["test_start", one],
    ["test_start", other],
    ["test_done", one],
    ["test_skip", other],
    ["test_start", todo],
    ["test_todo", todo],
  ] as const) {
    tell(event, about);
    seen.push(running());
  }
  const [first, second, third] = [`0 ["one"]`, `0 ["other"]`, `0 ["todo"]`];
  expect(seen).toEqual([[], [first], [first, second], [second], [], [third], []]);
  tell("test_start", one);
  expect(namesIn(recorder.end(green))).toEqual(["one"]);
  expect(running()).toEqual([]);
});

test("tests of the same name are told apart, in this run and in the next", () => {
  const idsIn = (): readonly string[] => {
    const root = block("ROOT_DESCRIBE_BLOCK");
    const suite = block("suite", root);
    const tests = [testIn(root, "a"), testIn(suite, "a"), testIn(root, "a")];
    const following = follow(root);
    for (const each of tests) following.run(each);
    return following.recorder.end(green).finished.map(({ id }) => id);
  };
  expect(new Set(idsIn()).size).toBe(3);
  expect(idsIn()).toEqual(idsIn());
});

test("of some tests alone the others are skipped", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const tests = [testIn(root, "a"), testIn(block("suite", root), "b")];
  const following = follow(root);
  for (const each of tests) following.run(each);
  const [, second] = following.recorder.end(green).finished;
  follow(root, { only: new Set([second?.id ?? ""]) });
  expect(tests.map(({ mode }) => mode)).toEqual(["skip", undefined]);
});

test("once a test has failed no other is begun, where that is wanted", () => {
  const modesAfter = (options: Partial<RunOptions>, more: Partial<CircusState> = {}, scope = {}): unknown => {
    const root = block("ROOT_DESCRIBE_BLOCK");
    const tests = ["a", "b", "c"].map((name) => testIn(root, name));
    const { run } = follow(root, options, more, scope);
    for (const [index, each] of tests.entries()) run(each, index === 1 ? "wrong" : undefined);
    return tests.map(({ mode }) => mode);
  };
  const all = [undefined, undefined, undefined];
  expect(modesAfter({ stopAtFirst: true })).toEqual([undefined, undefined, "skip"]);
  expect(modesAfter({ stopAtFirst: false })).toEqual(all);
  // With retries it may pass yet.
  expect(modesAfter({ stopAtFirst: true }, {}, { [Symbol.for("RETRY_TIMES")]: 2 })).toEqual(all);
  expect(modesAfter({ stopAtFirst: true }, { describeRetryOptions: { size: 1 } })).toEqual(all);
  expect(modesAfter({ stopAtFirst: true }, { describeRetryOptions: { size: 0 } })).toEqual([
    undefined,
    undefined,
    "skip",
  ]);
});

test("the failure is that of the test that failed first, in jest's words, on one line without the stack", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const suite = block("suite", root);
  const [one, two, three] = [testIn(suite, "one"), testIn(suite, "two"), testIn(suite, "three")];
  const following = follow(root);
  following.run(one);
  following.run(two, "wrong");
  following.run(three, "wrong too");
  const failed = (title: string, message: string): TestResult["testResults"][number] => ({
    ancestorTitles: ["suite"],
    title,
    status: "failed",
    failureMessages: [message],
  });
  const passed = { ...failed("two", "of another attempt"), status: "passed" };
  const run = following.recorder.end({
    failureMessage: "both",
    testResults: [
      passed,
      failed("three", "no"),
      failed("two", "Error: \u001b[31mexpected 1\u001b[39m\n\n  got 2\n    at a.ts:1:2"),
    ],
  });
  expect(run.failure).toEqual({ test: "suite > two", message: "expected 1 got 2" });
  expect(run.failedId).toBe(run.finished[1]?.id);
  expect(run.isStray).toBe(false);
});

test("a failure that jest does not report, and one of many words, are told briefly", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const one = testIn(root, "one");
  const following = follow(root);
  following.run(one, "wrong");
  expect(following.recorder.end(green).failure).toEqual({ test: "one", message: "failed" });
  expect(follow(root).recorder.end({ thrown: "x".repeat(1000) }).failure?.message).toHaveLength(300);
});

test("a test that passes when it is tried again has not failed", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const one = testIn(root, "one");
  const { run, tell, recorder } = follow(root);
  run(one, "wrong");
  tell("test_retry", one);
  one.errors.length = 0;
  run(one);
  expect(recorder.end(green)).toMatchObject({ failure: null, failedId: null });
});

test("a block that is tried again forgets the failures below it, and no others", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const suite = block("suite", root);
  const [inside, outside] = [testIn(block("deep", suite), "inside"), testIn(root, "outside")];
  const { run, recorder, circus } = follow(root);
  run(inside, "wrong");
  run(outside, "wrong");
  recorder.handle({ name: "describe_retry", describeBlock: suite }, circus, {});
  expect(recorder.end(green).failure?.test).toBe("outside");
});

test("what fails outside of all tests belongs to none", () => {
  const failureOf = (result: TestResult | { readonly thrown: unknown }): unknown =>
    follow(block("ROOT_DESCRIBE_BLOCK")).recorder.end(result).failure;
  const { testResults } = green;
  expect([
    failureOf({ testResults, testExecError: { message: "Error: in a hook", stack: "stack" }, failureMessage: "long" }),
    failureOf({ testResults, testExecError: { stack: "SyntaxError: here\n    at a.ts" } }),
    failureOf({ testResults, testExecError: {} }),
    failureOf({ testResults, failureMessage: "  ● in a hook" }),
    failureOf({ testResults: [] }),
    failureOf({ thrown: new TypeError("no module") }),
    failureOf({ thrown: "no module" }),
    failureOf({ thrown: null }),
  ]).toEqual(
    [
      "in a hook",
      "SyntaxError: here",
      "",
      "● in a hook",
      "Your test suite must contain at least one test.",
      "no module",
      "no module",
      "null",
    ].map((message) => ({ test: null, message })),
  );
});

test("an error that nobody has caught makes a failure a stray one, and no failure where there is none", () => {
  const endOf = (result: TestResult): boolean => {
    const { tell, recorder } = follow(block("ROOT_DESCRIBE_BLOCK"));
    tell("error");
    return recorder.end(result).isStray;
  };
  expect([endOf({ ...green, failureMessage: "uncaught" }), endOf(green)]).toEqual([true, false]);
});

test("a limit shortens what tests and hooks may take, and gives nobody more time", () => {
  const root = block("ROOT_DESCRIBE_BLOCK");
  const suite = block("suite", root);
  const [long, short, usual] = [testIn(root, "long"), testIn(suite, "short"), testIn(suite, "usual")];
  Object.assign(long, { timeout: 60_000 });
  Object.assign(short, { timeout: 10 });
  root.hooks.push({ timeout: 9000 }, {});
  suite.hooks.push({ timeout: 7000 });
  const { circus } = follow(root, { limitMs: 2000 });
  expect([long.timeout, short.timeout, usual.timeout, circus.testTimeout]).toEqual([2000, 10, undefined, 2000]);
  expect([...root.hooks, ...suite.hooks]).toEqual([{ timeout: 2000 }, {}, { timeout: 2000 }]);
  expect(follow(block("ROOT_DESCRIBE_BLOCK"), { limitMs: 9000 }).circus.testTimeout).toBe(5000);
  expect(follow(block("ROOT_DESCRIBE_BLOCK")).circus.testTimeout).toBe(5000);
});

test("snapshots are not written", () => {
  const saved: string[] = [];
  const snapshotState = { save: (): object => ({ saved: saved.push("written") > 0 }) };
  const expecting: Expect = { getState: () => ({ snapshotState }) };
  const circus: CircusState = { rootDescribeBlock: block("ROOT_DESCRIBE_BLOCK"), testTimeout: 5000 };
  const recorder = openRecorder(switchRuntime(), everything);
  recorder.handle({ name: "setup", runtimeGlobals: { expect: expecting } }, circus, {});
  recorder.handle({ name: "run_start" }, circus, {});
  expect([snapshotState.save(), saved]).toEqual([{ deleted: false, saved: false }, []]);
});

test("it is known whether jest-circus runs the tests", () => {
  const recorder = openRecorder(switchRuntime(), everything);
  expect(recorder.isCircus).toBe(false);
  expect(follow(block("ROOT_DESCRIBE_BLOCK")).recorder.isCircus).toBe(true);
});
