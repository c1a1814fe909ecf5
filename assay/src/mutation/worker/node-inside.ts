// Loaded by Node before everything else in the process of one test file: puts up the switch, serves the instrumented
// texts, and tells what the tests do. Node loads it once more as its reporter of test results.
import fs from "node:fs";
import nodeModule, { createRequire, syncBuiltinESMExports } from "node:module";
import { pathToFileURL } from "node:url";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { channelVariable, encodeInside, type Counts, type InsideEvent, type InsideTask } from "./node-channel.ts";
import { isCalledByLoader, serveTexts } from "./node-texts.ts";
import { watchOutside } from "./node-outside.ts";
import { readTask } from "./node-task.ts";
import type { TestError, TestEvent } from "../../tools/runners/node-test-events.ts";
import { switchRuntime, type SwitchRuntime } from "../switch-runtime.ts";

// Captured before any test can put a fake in its place.
const { writeSync } = fs;

/** Up to this version Node reads modules with the functions that everybody else reads files with. */
const readsThroughFs = Number.parseInt(process.versions.node, 10) <= 24;

interface Inside {
  readonly say: (event: InsideEvent) => void;
  /** A test has failed, and no other is to be begun. */
  stopped: boolean;
  readonly stopAtFirst: boolean;
  /** Node has reported everything. */
  complete: boolean;
}

/** What the hooks around each test see. */
interface Followed {
  readonly ended: string[];
  /** The first test that reached the mutant. */
  nearest: string | null;
}

/** Under this key workers inherit the name of the switch. */
const switchKey = "assay-switch";

const inside = open();

function open(): Inside | undefined {
  const descriptor = process.env[channelVariable];
  delete process.env[channelVariable];
  if (descriptor === undefined) {
    // A worker of a test inherits what Node loads first. Whatever it loads runs as if there were no mutant.
    const name: unknown = getEnvironmentData(switchKey);
    if (typeof name === "string") putUp(name, switchRuntime());
    return undefined;
  }
  const task = readTask(Number(descriptor));
  restoreOptions(task.nodeOptions);
  const runtime = switchRuntime(task.usual);
  setEnvironmentData(switchKey, task.switchName);
  putUp(task.switchName, runtime);
  runtime.begin(task.mutant);
  const say = (event: InsideEvent): void => void writeSync(Number(descriptor), encodeInside(task.token, event));
  serve(task, Number(descriptor), say);
  const hasReachedOut = task.watchModules ? watchOutside() : () => true;
  const opened: Inside = { say, stopped: false, stopAtFirst: task.stopAtFirst, complete: false };
  const followed: Followed = task.stopAtFirst ? followTests(opened, runtime) : { ended: [], nearest: null };
  process.on("exit", () => {
    if (task.watchModules) say({ kind: "modules", files: loadedByRequire() });
    say({ kind: "end", ...countsOf(runtime, followed), complete: opened.complete, reachedOut: hasReachedOut() });
  });
  return opened;
}

function putUp(name: string, runtime: SwitchRuntime): void {
  Object.defineProperty(globalThis, name, { value: runtime });
}

/** What the tests see, and hand on to processes of their own, is what the script has set. */
function restoreOptions(nodeOptions: string | null): void {
  if (nodeOptions === null) delete process.env["NODE_OPTIONS"];
  else process.env["NODE_OPTIONS"] = nodeOptions;
}

function serve(task: InsideTask, descriptor: number, say: Inside["say"]): void {
  const { token, sources, watchModules, hooks, loaders } = task;
  serveTexts(sources, isCalledByLoader, (file) => say({ kind: "loaded", file }));
  const register = nodeModule.register.bind(nodeModule);
  const registerOurs = once(() => {
    register(hooks, { data: { token, sources, watchModules, descriptor } });
  });
  if (watchModules || !readsThroughFs) registerOurs();
  // The thread for hooks takes as long to start as a test file: it is left to those that have hooks of their own.
  Reflect.set(nodeModule, "register", (...args: readonly unknown[]) => {
    registerOurs();
    Reflect.apply(register, nodeModule, args);
  });
  syncBuiltinESMExports();
  // Node would put hooks from its command line below ours.
  const folder = pathToFileURL(`${process.cwd()}/`).href;
  for (const loader of loaders) nodeModule.register(loader, { parentURL: folder });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

/**
 * The hooks stand before those of the file itself. A test that must not be run any more fails in them, so that suites
 * and the file still clean up after themselves.
 */
function followTests(opened: Inside, runtime: SwitchRuntime): Followed {
  const { beforeEach, afterEach } = createRequire(import.meta.url)("node:test") as TestModule;
  const followed: Followed = { ended: [], nearest: null };
  const hitsBefore = new WeakMap<object, number>();
  beforeEach((test) => {
    if (opened.stopped) throw new Error("Not run: another test has failed");
    hitsBefore.set(test, runtime.hits);
  });
  afterEach((test) => {
    const before = hitsBefore.get(test);
    if (before === undefined) return;
    const name = test.fullName ?? test.name;
    followed.ended.push(name);
    if (runtime.hits > before) followed.nearest ??= name;
  });
  return followed;
}

interface TestModule {
  readonly beforeEach: (hook: (test: HookContext) => void) => void;
  readonly afterEach: (hook: (test: HookContext) => void) => void;
}

interface HookContext {
  readonly name: string;
  readonly fullName?: string;
}

/** Without what tests have put into the cache themselves. */
function loadedByRequire(): readonly string[] {
  const cached: readonly (readonly [string, unknown])[] = Object.entries(createRequire(import.meta.url).cache);
  return cached
    .filter(([file, loaded]) => loaded instanceof nodeModule && !file.includes("/node_modules/"))
    .map(([file]) => file);
}

function countsOf(runtime: SwitchRuntime, { ended, nearest }: Followed): Omit<Counts, "complete" | "reachedOut"> {
  const { hits, stopped, usual } = runtime;
  const loaded: unknown = Reflect.get(process, "moduleLoadList");
  const asserts = Array.isArray(loaded) && loaded.includes("NativeModule assert");
  const [executed, reached] = [[...runtime.executed], [...runtime.reached.keys()]];
  return { executed, reached, usual, hits, stopped, nearest, followed: ended, asserts };
}

/** What Node calls when the first test is declared. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  if (inside === undefined) return;
  // From the start Node would have reported in another way; from here on it looks as under `node --test`.
  process.env["NODE_TEST_CONTEXT"] = "child-v8";
  inside.say({ kind: "harness" });
  /** Names of the tests around the one that is told of, outermost first. */
  const open: string[] = [];
  for await (const { type, data } of source) {
    if (type === "test:start") open[data.nesting ?? 0] = data.name ?? "";
    if (type === "test:diagnostic" && data.message?.startsWith("Error: ")) {
      inside.say({ kind: "remark", message: data.message });
    }
    if (type === "test:pass" || type === "test:fail") tellEnded(inside, type, data, open);
  }
  inside.complete = true;
  yield "";
}

function tellEnded(opened: Inside, type: string, data: TestEvent["data"], open: readonly string[]): void {
  const isLeftOut = [data.skip, data.todo].some((reason) => reason !== undefined && reason !== false);
  if (isLeftOut) return;
  const name = [...open.slice(0, data.nesting ?? 0), data.name].join(" > ");
  const failure = type === "test:fail" ? failureOf(data.details?.error) : null;
  opened.say({ kind: "ended", name, suite: data.details?.type === "suite", failure });
  if (failure && opened.stopAtFirst) opened.stopped = true;
}

function failureOf(error: TestError | undefined): { message: string; timeout: boolean } {
  const cause = error?.cause;
  const message = cause instanceof Error ? cause.message : typeof cause === "string" ? cause : (error?.message ?? "");
  return { message: message.slice(0, 2000), timeout: error?.failureType === "testTimeoutFailure" };
}
