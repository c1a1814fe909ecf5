// Runs inside vitest's worker, as its runner: each test file without a mutant, then again for every mutant it reaches.
import {
  encodeEvent,
  silenceMs,
  taskKey,
  vitestDirVariable,
  type Bearing,
  type Failure,
  type SessionEvent,
  type WorkerTask,
} from "./protocol.ts";
import { openHygiene, type Hygiene } from "./hygiene.ts";
import { listenForUnhandled, openRecorder, type Recorder, type Run, type Unhandled } from "./recorder.ts";
import { switchRuntime, type SwitchRuntime } from "../switch-runtime.ts";
import { loadVitestRuntime, workerState, type FileTask, type Runner, type RunnerConfig } from "./vitest-api.ts";

const vitest = await loadVitestRuntime(process.env[vitestDirVariable] ?? "");

// Captured before any test can put a fake in its place.
const { setImmediate: nextTurn } = globalThis;
const now = performance.now.bind(performance);

/** What one worker knows from one test file to the next. */
interface Memory {
  readonly runtime: SwitchRuntime;
  readonly alive: Set<number>;
  readonly unexecuted: Set<number>;
  readonly unhandled: Unhandled;
  /** The worker can not be trusted any more. */
  abandoned: boolean;
}

export default function MutationRunner(config: RunnerConfig): Runner {
  const task = workerState().providedContext[taskKey] as WorkerTask;
  const runner = new vitest.TestRunner(config);
  const memory = recall(task);
  return task.kind === "loop" ? looping(runner, task, memory) : single(runner, task, memory);
}

function recall(task: WorkerTask): Memory {
  const scope: unknown = globalThis;
  const memoryKey = Symbol.for(`memory of ${task.switchName}`);
  const known = (scope as Readonly<Record<symbol, Memory | undefined>>)[memoryKey];
  if (known) return known;
  const [mutants, probes] = task.kind === "loop" ? [task.mutants, task.probes] : [[], []];
  const memory: Memory = {
    runtime: switchRuntime(),
    alive: new Set(mutants),
    unexecuted: new Set(probes),
    unhandled: listenForUnhandled(),
    abandoned: false,
  };
  // Neither can be removed or replaced, and whoever lists the globals that tests have left does not see them.
  Object.defineProperty(globalThis, memoryKey, { value: memory });
  Object.defineProperty(globalThis, task.switchName, { value: memory.runtime });
  return memory;
}

/** Runs each file once, with the task's mutant on from the start. */
function single(runner: Runner, task: WorkerTask & { kind: "trial" }, { runtime, unhandled }: Memory): Runner {
  const recorder = openRecorder(runner, runtime, unhandled);
  const before = runner.onBeforeCollect?.bind(runner);
  const after = runner.onAfterRunFiles?.bind(runner);
  runner.onBeforeCollect = async (files) => {
    runtime.begin(task.mutant);
    recorder.begin(null, { stopAtFirst: true });
    await before?.(files);
  };
  runner.onAfterRunFiles = async (files) => {
    await after?.(files);
    await settle();
    for (const file of files) await emit(task.token, tried(task.mutant, file.filepath, recorder.end([file]), runtime));
  };
  return runner;
}

function looping(runner: Runner, task: WorkerTask & { kind: "loop" }, memory: Memory): Runner {
  const { runtime } = memory;
  const recorder = openRecorder(runner, runtime, memory.unhandled);
  const again = quiet(runner);
  const before = runner.onBeforeCollect?.bind(runner);
  const importFile = runner.importFile.bind(runner);
  const after = runner.onAfterRunFiles?.bind(runner);
  const isFinished = (): boolean => memory.abandoned || (memory.alive.size === 0 && memory.unexecuted.size === 0);
  let isIdle = false;
  let hygiene: Hygiene | undefined;
  let startedAt = 0;

  runner.onBeforeCollect = async (files) => {
    await before?.(files);
    hygiene?.restore();
    vitest.vi.resetModules();
    if (!isFinished()) await announce(task.token, files);
    startedAt = now();
    isIdle = files.every((file) => !bearsOnOpen(file, task.bearing, memory));
    runtime.begin(null);
    recorder.begin(isIdle ? new Set() : null, { stopAtFirst: false });
  };
  runner.importFile = (file, source) => (isFinished() ? undefined : importFile(file, source));
  // What modules do to the worker when they are loaded stays: those that node keeps would not do it again.
  runner.onCollected = () => {
    hygiene = openHygiene(vitest.vi, runner);
  };
  runner.onAfterRunFiles = async (files) => {
    await after?.(files);
    if (isFinished() || hygiene === undefined) return;
    await settle();
    const session: FileSession = { runner, again, recorder, hygiene, memory, token: task.token };
    for (const file of files) {
      if (isIdle) await emit(task.token, { kind: "idle", file: file.filepath });
      else await judge(session, file, now() - startedAt);
    }
  };
  // Runs of mutants go through `again`, whose hooks are those of the runner before it was changed.
  Object.assign(again, { importFile, onBeforeCollect: before, onAfterRunFiles: after });
  return runner;
}

function bearsOnOpen(file: string, bearing: Bearing | null, { alive, unexecuted }: Memory): boolean {
  const own = bearing?.loads[file];
  if (!bearing || !own) return true;
  return own.some((index) => {
    const { mutants = [], probes = [] } = bearing.sources[index] ?? {};
    return mutants.some((mutant) => alive.has(mutant)) || probes.some((probe) => unexecuted.has(probe));
  });
}

/** So that whoever waits in vain knows for what. */
async function announce(token: string, files: readonly string[]): Promise<void> {
  for (const file of files) await emit(token, { kind: "trying", mutant: null, file, limitMs: silenceMs });
}

/** The same runner, but vitest hears nothing of what it does. */
function quiet(runner: Runner): Runner {
  const silent = Object.create(runner) as Runner;
  const onCollectStart = runner.onCollectStart?.bind(runner);
  silent.onCollectStart = (file) => onCollectStart?.(file);
  silent.onCollected = () => undefined;
  silent.onTaskUpdate = () => undefined;
  return silent;
}

interface FileSession {
  readonly runner: Runner;
  readonly again: Runner;
  readonly recorder: Recorder;
  readonly hygiene: Hygiene;
  readonly memory: Memory;
  readonly token: string;
}

/** Reports the run without a mutant, then tries every mutant that it reached. */
async function judge(session: FileSession, file: FileTask, durationMs: number): Promise<void> {
  const { runtime, alive, unexecuted } = session.memory;
  const baseline = session.recorder.end([file]);
  const reached = new Map([...runtime.reached].map(([mutant, by]) => [mutant, testsOf(by, baseline)]));
  const executed = runtime.executed;
  const { failure, finished } = baseline;
  await emit(session.token, {
    kind: "baseline",
    file: file.filepath,
    failure,
    tests: finished.length,
    durationMs,
    executed,
    reached: [...reached].flatMap(([mutant, tests]) => (tests.size > 0 ? [mutant] : [])),
  });
  if (failure) return;
  for (const probe of executed) unexecuted.delete(probe);
  const limitMs = Math.max(leastLimitMs, limitFactor * durationMs);
  for (const mutant of alive) {
    const tests = reached.get(mutant);
    if (!tests || tests.size === 0) continue;
    if (session.memory.abandoned) return;
    await tryMutant(session, file.filepath, { mutant, tests, limitMs, nearest: nearestOf(baseline, tests) });
  }
}

const leastLimitMs = 1000;
const limitFactor = 10;

interface Attempt {
  readonly mutant: number;
  readonly tests: ReadonlySet<string>;
  readonly limitMs: number;
  readonly nearest: string | null;
}

async function tryMutant(
  session: FileSession,
  file: string,
  { mutant, tests, limitMs, nearest }: Attempt,
): Promise<void> {
  const { runtime, alive } = session.memory;
  await emit(session.token, { kind: "trying", mutant, file, limitMs: 1.5 * limitMs });
  const run = await rerun(session, file, mutant, tests, limitMs);
  const event = { ...tried(mutant, file, run, runtime), nearest };
  if (event.outcome === "passed") return emit(session.token, event);
  const proof = await rerun(session, file, null, proofTests(run, tests), null);
  if (proof.failure || proof.finished.length === 0) {
    session.memory.abandoned = true;
    return emit(session.token, { ...event, outcome: "polluted" });
  }
  alive.delete(mutant);
  return emit(session.token, event);
}

/** The killing test alone; all of them where it was a hook or the file that failed. */
function proofTests(run: Run, tests: ReadonlySet<string>): ReadonlySet<string> {
  return run.failedId === null ? tests : new Set([run.failedId]);
}

async function rerun(
  { again, recorder, hygiene, memory, runner }: FileSession,
  file: string,
  mutant: number | null,
  tests: ReadonlySet<string>,
  limitMs: number | null,
): Promise<Run> {
  const { testTimeout, hookTimeout } = runner.config;
  hygiene.restore();
  if (limitMs !== null) {
    runner.config.testTimeout = Math.min(testTimeout || limitMs, limitMs);
    runner.config.hookTimeout = Math.min(hookTimeout || limitMs, limitMs);
  }
  memory.runtime.begin(mutant);
  recorder.begin(tests, { stopAtFirst: true });
  try {
    const files = await vitest.startTests([{ filepath: file }], again);
    await settle();
    return recorder.end(files);
  } finally {
    Object.assign(runner.config, { testTimeout, hookTimeout });
  }
}

function testsOf(by: ReadonlySet<string | null>, { finished }: Run): ReadonlySet<string> {
  const passing = finished.map(({ id }) => id);
  return new Set(by.has(null) ? passing : passing.filter((id) => by.has(id)));
}

function nearestOf({ finished }: Run, tests: ReadonlySet<string>): string | null {
  return finished.find(({ id }) => tests.has(id))?.name ?? null;
}

function tried(
  mutant: number | null,
  file: string,
  run: Run,
  runtime: SwitchRuntime,
): SessionEvent & { kind: "tried" } {
  const { failure, finished } = run;
  const outcome = runtime.stopped || isTimeout(failure) ? "timeout" : failure ? "failed" : "passed";
  return {
    kind: "tried",
    mutant,
    file,
    outcome,
    failure,
    nearest: finished[0]?.name ?? null,
    testsRun: finished.length,
    hits: runtime.hits,
  };
}

function isTimeout(failure: Failure | null): boolean {
  return failure !== null && /^(?:Test|Hook) timed out in \d+ms/.test(failure.message);
}

/** Rejections that nobody handles are told of at the end of the turn in which they happen. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => nextTurn(resolve));
}

async function emit(token: string, event: SessionEvent): Promise<void> {
  const content = encodeEvent(token, event);
  await workerState().rpc.onUserConsoleLog({ type: "stdout", content, time: 0, size: content.length, taskId: "assay" });
  // The message must be out before a mutant can block this thread.
  await settle();
}
