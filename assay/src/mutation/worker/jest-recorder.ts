// Follows one run of a test file inside jest-circus: which tests run now, which ended and how, which are left out.
import { stripVTControlCharacters } from "node:util";
import type { SwitchRuntime } from "../switch-runtime.ts";
import type { CircusBlock, CircusEvent, CircusState, CircusTest, Expect, TestResult } from "./jest-api.ts";
import type { Run } from "./judge-file.ts";
import type { Failure } from "./protocol.ts";

export interface RunOptions {
  /** The tests to run, null for all. */
  readonly only: ReadonlySet<string> | null;
  readonly stopAtFirst: boolean;
  /** What a test or hook may take at most; null for what the repository allows. */
  readonly limitMs: number | null;
}

export interface Recorder {
  /** To be told of every event before the repository's own environment is. `scope`: the global of the tests. */
  handle(event: CircusEvent, state: CircusState, scope: object): void;
  /** False as long as nothing was heard of jest-circus. */
  readonly isCircus: boolean;
  /** Jest's own result; or what was thrown instead of it. */
  end(result: TestResult | { readonly thrown: unknown }): Run;
}

interface State {
  readonly options: RunOptions;
  readonly ids: Map<CircusTest, string>;
  readonly finished: Set<CircusTest>;
  /** Tests whose last attempt failed, in the order in which they did. */
  readonly failing: Set<CircusTest>;
  expect: Expect | null;
  retries: boolean;
  stray: boolean;
}

/** For one run. */
export function openRecorder(runtime: SwitchRuntime, options: RunOptions): Recorder {
  const state: State = {
    options,
    ids: new Map(),
    finished: new Set(),
    failing: new Set(),
    expect: null,
    retries: false,
    stray: false,
  };
  runtime.running = new Set();
  return {
    handle(event, circus, scope) {
      if (event.name === "setup") state.expect = event.runtimeGlobals?.expect ?? null;
      else if (event.name === "run_start") prepare(state, circus, scope);
      else if (event.name === "error") state.stray = true;
      else if (event.name === "describe_retry") forgetBelow(state.failing, event.describeBlock);
      else if (event.test) follow(state, runtime, event.name, event.test);
    },
    get isCircus() {
      return state.expect !== null;
    },
    end(result) {
      runtime.running = new Set();
      const finished = [...state.finished].map((test) => ({ id: state.ids.get(test) ?? "", name: fullName(test) }));
      const [failed] = state.failing;
      const failure = "thrown" in result ? thrownFailure(result.thrown) : failureOf(result, failed);
      const failedId = failed === undefined ? null : (state.ids.get(failed) ?? null);
      return { finished, failure, failedId, isStray: failure !== null && state.stray };
    },
  };
}

/** All tests are known, and none has run. */
function prepare(state: State, circus: CircusState, scope: object): void {
  const { only, limitMs } = state.options;
  state.retries = isRetrying(circus, scope);
  nameTests(circus.rootDescribeBlock, state.ids);
  for (const [test, id] of state.ids) if (only !== null && !only.has(id)) test.mode = "skip";
  if (limitMs !== null) boundTimes(circus, [...state.ids.keys()], limitMs);
  keepSnapshots(state.expect);
}

/** Where jest keeps what `jest.retryTimes` was called with. */
const retryTimes = Symbol.for("RETRY_TIMES");

function isRetrying({ describeRetryOptions }: CircusState, scope: object): boolean {
  return Boolean(Reflect.get(scope, retryTimes)) || (describeRetryOptions?.size ?? 0) > 0;
}

/** A test is known again by its names; of those with the same ones, by its place among them. */
function nameTests(root: CircusBlock, ids: Map<CircusTest, string>): void {
  const counts = new Map<string, number>();
  for (const test of testsIn(root)) {
    const name = JSON.stringify(namesOf(test));
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    ids.set(test, `${count} ${name}`);
  }
}

function boundTimes(circus: CircusState, tests: readonly CircusTest[], limitMs: number): void {
  circus.testTimeout = Math.min(circus.testTimeout, limitMs);
  for (const timed of [...tests, ...blocksIn(circus.rootDescribeBlock).flatMap(({ hooks }) => hooks)]) {
    if (timed.timeout) timed.timeout = Math.min(timed.timeout, limitMs);
  }
}

/** Jest writes a file with obsolete snapshots anew, even where it is told to update none. */
function keepSnapshots(expect: Expect | null): void {
  const snapshots = expect?.getState().snapshotState;
  if (snapshots) snapshots.save = () => ({ deleted: false, saved: false });
}

function follow(state: State, runtime: SwitchRuntime, event: string, test: CircusTest): void {
  const { options, failing, finished, retries } = state;
  if (event === "test_start") {
    // With retries a failure is none before the end of the file.
    if (options.stopAtFirst && failing.size > 0 && !retries) test.mode = "skip";
    runtime.running = new Set([...runtime.running, state.ids.get(test) ?? ""]);
  }
  if (event === "test_retry") failing.delete(test);
  if (event === "test_done") {
    finished.add(test);
    if (test.errors.length > 0) failing.add(test);
  }
  if (event === "test_done" || event === "test_skip" || event === "test_todo") {
    runtime.running = new Set([...runtime.running].filter((id) => id !== state.ids.get(test)));
  }
}

function forgetBelow(failing: Set<CircusTest>, block: CircusBlock | undefined): void {
  for (const test of failing) if (blocksAround(test).some((around) => around === block)) failing.delete(test);
}

function testsIn({ children }: CircusBlock): CircusTest[] {
  return children.flatMap((child) => (child.type === "test" ? [child] : testsIn(child)));
}

function blocksIn(block: CircusBlock): CircusBlock[] {
  return [block, ...block.children.flatMap((child) => (child.type === "test" ? [] : blocksIn(child)))];
}

function blocksAround({ parent }: CircusTest): CircusBlock[] {
  const blocks: CircusBlock[] = [];
  for (let block: CircusBlock | undefined = parent; block; block = block.parent) blocks.unshift(block);
  return blocks;
}

function namesOf(test: CircusTest): string[] {
  // The outermost block has no name that anyone wrote.
  const [, ...blocks] = blocksAround(test);
  return [...blocks.map(({ name }) => name), test.name];
}

function fullName(test: CircusTest): string {
  return namesOf(test).join(" > ");
}

const noTests = "Your test suite must contain at least one test.";

function failureOf(result: TestResult, failed: CircusTest | undefined): Failure | null {
  if (failed !== undefined) {
    const name = fullName(failed);
    const own = result.testResults.find(
      ({ ancestorTitles, title, status }) => status === "failed" && [...ancestorTitles, title].join(" > ") === name,
    );
    return { test: name, message: messageOf(own?.failureMessages[0] ?? "failed") };
  }
  const { testExecError, failureMessage, testResults } = result;
  if (testExecError) return { test: null, message: messageOf(testExecError.message || testExecError.stack || "") };
  if (failureMessage) return { test: null, message: messageOf(failureMessage) };
  return testResults.length === 0 ? { test: null, message: noTests } : null;
}

function thrownFailure(thrown: unknown): Failure {
  const message: unknown = thrown instanceof Object && "message" in thrown ? thrown.message : thrown;
  return { test: null, message: messageOf(String(message)) };
}

/** On one line, without colours and the stack. */
function messageOf(text: string): string {
  const [message = ""] = stripVTControlCharacters(text).split(/\n\s+at /, 1);
  return message
    .replace(/^Error: /, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
