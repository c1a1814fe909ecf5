// Runs inside vitest's worker, as its runner: each test file without a mutant, then again for every mutant it reaches.
import { realpathSync } from "node:fs";
import { encodeEvent, silenceMs, taskKey, vitestDirVariable, type SessionEvent, type WorkerTask } from "./protocol.ts";
import { bearsOnOpen } from "./board.ts";
import { openHygiene, type Hygiene } from "./hygiene.ts";
import { keepHooks, type KeptHook } from "./kept-hooks.ts";
import { openRenewal, type Renewal } from "./renewal.ts";
import { judge, openMemory, triedEvent, type Bench, type Memory } from "./judge-file.ts";
import { listenForUnhandled, openRecorder, type Recorder, type Unhandled } from "./recorder.ts";
import { switchRuntime } from "../switch-runtime.ts";
import { loadVitestRuntime, workerState, type FileTask, type Runner, type RunnerConfig } from "./vitest-api.ts";

const vitestDir = process.env[vitestDirVariable] ?? "";
const vitest = await loadVitestRuntime(vitestDir);

// Captured before any test can put a fake in its place.
const { setImmediate: nextTurn } = globalThis;
const now = performance.now.bind(performance);
/** Vitest numbers the workers that run at the same time. */
const worker = Number(process.env["VITEST_POOL_ID"] ?? 1);

interface WorkerMemory extends Memory {
  readonly unhandled: Unhandled;
  /** Of the file before. */
  hygiene: Hygiene | null;
  readonly hooks: KeptHook[];
}

export default function MutationRunner(config: RunnerConfig): Runner {
  const task = workerState().providedContext[taskKey] as WorkerTask;
  const runner = new vitest.TestRunner(config);
  const memory = recall(task);
  return task.kind === "loop" ? looping(runner, task, memory) : inTurn(runner, task, memory);
}

function recall(task: WorkerTask): WorkerMemory {
  const scope: unknown = globalThis;
  const memoryKey = Symbol.for(`memory of ${task.switchName}`);
  const known = (scope as Readonly<Record<symbol, WorkerMemory | undefined>>)[memoryKey];
  if (known) return known;
  const job = task.kind === "loop" ? task : { mutants: [], skip: [], probes: [], until: 0, isSample: false };
  const runtime = switchRuntime(task.kind === "trials" ? task.usual : []);
  const flags = task.kind === "loop" ? (task.flags ?? undefined) : undefined;
  const control = task.kind === "loop" ? task.control : 0;
  const memory: WorkerMemory = {
    ...openMemory(runtime, control, job, flags),
    unhandled: listenForUnhandled(),
    hygiene: null,
    hooks: [],
  };
  // Neither can be removed or replaced, and whoever lists the globals that tests have left does not see them.
  Object.defineProperty(globalThis, memoryKey, { value: memory });
  Object.defineProperty(globalThis, task.switchName, { value: memory.runtime });
  return memory;
}

/** Runs the file once for each of the task's mutants, which is on from the start, as long as the worker is as new. */
function inTurn(runner: Runner, task: WorkerTask & { kind: "trials" }, memory: WorkerMemory): Runner {
  const { runtime, unhandled } = memory;
  const { token, trials } = task;
  const recorder = openRecorder(runner, runtime, unhandled);
  const again = quiet(runner);
  const before = runner.onBeforeCollect?.bind(runner);
  const after = runner.onAfterRunFiles?.bind(runner);
  let renewal: Renewal | null = null;
  const begin = async ({ mutant, limitMs }: (typeof trials)[number], file: string): Promise<void> => {
    await emit(token, { kind: "trying", mutant, file, limitMs });
    runtime.begin(mutant);
    recorder.begin(null, { stopAtFirst: true });
  };
  const end = async (
    { mutant }: (typeof trials)[number],
    file: string,
    files: readonly FileTask[],
  ): Promise<boolean> => {
    await settle();
    const run = recorder.end(files);
    await emit(token, triedEvent(mutant, file, run, runtime));
    return run.failure === null && renewal?.renew() === true;
  };
  const [first, ...others] = trials;
  runner.onBeforeCollect = async (files) => {
    renewal = openRenewal(vitest.vi, runner, workerState(), realpathSync(vitestDir));
    if (first !== undefined) for (const file of files) await begin(first, file);
    await before?.(files);
  };
  runner.onAfterRunFiles = async (files) => {
    await after?.(files);
    const [file] = files;
    if (first === undefined || file === undefined) return;
    let isAsNew = await end(first, file.filepath, [file]);
    for (const trial of others) {
      if (!isAsNew) return;
      await begin(trial, file.filepath);
      isAsNew = await end(trial, file.filepath, await vitest.startTests([{ filepath: file.filepath }], again));
    }
  };
  Object.assign(again, { onBeforeCollect: before, onAfterRunFiles: after });
  return runner;
}

function looping(runner: Runner, task: WorkerTask & { kind: "loop" }, memory: WorkerMemory): Runner {
  const { runtime } = memory;
  const recorder = openRecorder(runner, runtime, memory.unhandled);
  keepHooks(runner, vitest.getCurrentSuite, workerState(), memory.hooks);
  const again = quiet(runner);
  const before = runner.onBeforeCollect?.bind(runner);
  const importFile = runner.importFile.bind(runner);
  const after = runner.onAfterRunFiles?.bind(runner);
  let isIdle = false;
  let startedAt = 0;

  runner.onBeforeCollect = async (files) => {
    await before?.(files);
    memory.hygiene?.restore();
    vitest.vi.resetModules();
    if (!memory.board.isFinished) await announce(task.token, files);
    startedAt = now();
    isIdle = files.every((file) => !bearsOnOpen(file, task.bearing, memory.board));
    runtime.begin(null);
    recorder.begin(isIdle ? new Set() : null, { stopAtFirst: false });
  };
  runner.importFile = (file, source) => (memory.board.isFinished ? undefined : importFile(file, source));
  // What modules do to the worker when they are loaded stays: those that node keeps would not do it again.
  runner.onCollected = () => {
    memory.hygiene = openHygiene(vitest.vi, runner);
  };
  runner.onAfterRunFiles = async (files) => {
    await after?.(files);
    if (memory.board.isFinished || memory.hygiene === null) return;
    await settle();
    const isBound = task.bearing !== null;
    const session = { runner, again, recorder, hygiene: memory.hygiene, memory, isBound, token: task.token };
    for (const file of files) {
      if (isIdle) {
        await emit(task.token, { kind: "idle", file: file.filepath });
        await emit(task.token, { kind: "finished", file: file.filepath });
        continue;
      }
      const baseline = recorder.end([file]);
      await judge(benchOf(session, file.filepath), file.filepath, baseline, now() - startedAt);
    }
  };
  // Runs of mutants go through `again`, whose hooks are those of the runner before it was changed.
  Object.assign(again, { importFile, onBeforeCollect: before, onAfterRunFiles: after });
  return runner;
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
  readonly isBound: boolean;
  readonly token: string;
}

/** Runs the file again in the same worker. */
function benchOf(session: FileSession, file: string): Bench {
  const { again, recorder, hygiene, memory, runner, isBound, token } = session;
  return {
    memory,
    isBound,
    emit: (event) => emit(token, event),
    async rerun(mutant, tests, limits) {
      const { testTimeout, hookTimeout } = runner.config;
      hygiene.restore();
      if (limits !== null) {
        runner.config.testTimeout = Math.min(testTimeout || limits.testMs, limits.testMs);
        runner.config.hookTimeout = Math.min(hookTimeout || limits.hookMs, limits.hookMs);
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
    },
  };
}

/** Rejections that nobody handles are told of at the end of the turn in which they happen. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => nextTurn(resolve));
}

async function emit(token: string, event: SessionEvent): Promise<void> {
  const content = encodeEvent(token, event, worker);
  await workerState().rpc.onUserConsoleLog({ type: "stdout", content, time: 0, size: content.length, taskId: "assay" });
  // The message must be out before a mutant can block this thread.
  await settle();
}
