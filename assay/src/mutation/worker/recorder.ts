// Watches the tests of a run: which are running now, which finished and how, and which are to be left out.
import { stripVTControlCharacters } from "node:util";
import type { Run } from "./judge-file.ts";
import type { Failure } from "./protocol.ts";
import type { SwitchRuntime } from "../switch-runtime.ts";
import type { FileTask, Runner, SuiteTask, TestTask } from "./vitest-api.ts";

export interface Recorder {
  /** `only`: the tests to run, null for all. */
  begin(only: ReadonlySet<string> | null, options: { readonly stopAtFirst: boolean }): void;
  end(files: readonly FileTask[]): Run;
}

interface State {
  only: ReadonlySet<string> | null;
  stopAtFirst: boolean;
  finished: TestTask[];
  failed: TestTask | null;
}

/** The first error since it was last cleared that nobody handled. */
export interface Unhandled {
  message: string | null;
}

/** Hooks into the runner. */
export function openRecorder(runner: Runner, runtime: SwitchRuntime, unhandled: Unhandled): Recorder {
  const state: State = { only: null, stopAtFirst: false, finished: [], failed: null };
  filterSuites(runner, state);
  followTests(runner, runtime, state);
  return {
    begin(only, { stopAtFirst }) {
      Object.assign(state, { only, stopAtFirst, finished: [], failed: null });
      unhandled.message = null;
      runtime.running = new Set();
    },
    end(files) {
      runtime.running = new Set();
      const finished = state.finished.map((test) => ({
        id: test.id,
        name: fullName(test),
        durationMs: test.result?.duration,
      }));
      const failure = failureOf(files, state.failed, unhandled);
      const isStray = failure !== null && failure.message === unhandled.message;
      return { finished, failure, failedId: state.failed?.id ?? null, isStray };
    },
  };
}

function followTests(runner: Runner, runtime: SwitchRuntime, state: State): void {
  const before = runner.onBeforeRunTask?.bind(runner);
  const after = runner.onAfterRunTask?.bind(runner);
  runner.onBeforeRunTask = async (test) => {
    await before?.(test);
    if (isLeftOut(test, state)) test.mode = "skip";
    if (!isPlanned(test)) return;
    runtime.running = new Set([...(test.concurrent ? runtime.running : []), test.id]);
  };
  runner.onAfterRunTask = async (test) => {
    runtime.running = new Set([...runtime.running].filter((id) => id !== test.id));
    state.finished.push(test);
    if (test.result?.state === "fail") state.failed ??= test;
    await after?.(test);
  };
}

/**
 * A suite without a test that is wanted need not run its hooks. Of its tests vitest is told as well: a snapshot of one
 * that is not known to be left out is obsolete, for which the file fails.
 */
function filterSuites(runner: Runner, state: State): void {
  const before = runner.onBeforeRunSuite?.bind(runner);
  runner.onBeforeRunSuite = async (suite) => {
    await before?.(suite);
    if (isPlanned(suite) && suite.result?.state !== "fail" && !testsIn(suite).some((test) => !isLeftOut(test, state))) {
      if (state.only !== null) for (const task of [suite, ...testsIn(suite)]) task.mode = "skip";
    }
  };
}

function isLeftOut(test: TestTask, { only, stopAtFirst, failed }: State): boolean {
  return (stopAtFirst && failed !== null) || (only !== null && !only.has(test.id));
}

/** Vitest 3.2 and later call a planned task `queued` until it runs. */
function isPlanned({ mode }: { readonly mode: string }): boolean {
  return mode === "run" || mode === "queued";
}

function failureOf(files: readonly FileTask[], failed: TestTask | null, unhandled: Unhandled): Failure | null {
  if (failed) return { test: fullName(failed), message: messageOf(failed) };
  for (const suite of files.flatMap(suitesIn)) {
    if (suite.result?.errors?.length) return { test: null, message: messageOf(suite) };
  }
  return unhandled.message === null ? null : { test: null, message: unhandled.message };
}

/** To be called once in a worker. */
export function listenForUnhandled(): Unhandled {
  const unhandled: Unhandled = { message: null };
  const note = (reason: unknown): void => {
    unhandled.message ??= firstLine(`unhandled error: ${reason instanceof Error ? reason.message : String(reason)}`);
  };
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  return unhandled;
}

function suitesIn(suite: SuiteTask): SuiteTask[] {
  return [suite, ...suite.tasks.flatMap((task) => (task.type === "suite" ? suitesIn(task) : []))];
}

function testsIn(suite: SuiteTask): TestTask[] {
  return suite.tasks.flatMap((task) => (task.type === "suite" ? testsIn(task) : [task]));
}

function fullName(test: TestTask): string {
  const names = [test.name];
  for (let suite = test.suite; suite; suite = suite.suite) {
    if (suite.name && !("filepath" in suite)) names.unshift(suite.name);
  }
  return names.join(" > ");
}

function messageOf({ result }: TestTask | SuiteTask): string {
  return firstLine(result?.errors?.[0]?.message ?? "failed");
}

/** With the next one, where it only says that something follows: `Transform failed with 1 error:`. */
function firstLine(text: string): string {
  const [first = "", ...others] = stripVTControlCharacters(text).split("\n");
  const next = first.endsWith(":") ? others.find((line) => line.trim() !== "") : undefined;
  return (next === undefined ? first : `${first} ${next.trim()}`).slice(0, 300);
}
