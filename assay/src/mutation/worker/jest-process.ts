// The process that holds the user's jest. It is told what to do on its standard input, and writes events.
import { join } from "node:path";
import { switchRuntime, type SwitchRuntime } from "../switch-runtime.ts";
import { loadJest, type TestFile } from "./jest-api.ts";
import { openBench, type JestBench } from "./jest-bench.ts";
import { openProjects, runGlobalHook } from "./jest-projects.ts";
import { judge, openMemory, triedEvent, type Bench, type Memory } from "./judge-file.ts";
import type { LoopJob, SessionEvent, SessionRequest, TrialsJob } from "./protocol.ts";
import { over, serve, type Answer, type Say } from "./serve.ts";

// Captured before any test can put a fake in its place.
const { setImmediate: nextTurn } = globalThis;
const now = performance.now.bind(performance);

async function work(request: SessionRequest, say: Say): Promise<Answer> {
  if (request.job.kind === "types") throw new Error("jest checks no types here");
  process.env["NODE_ENV"] ??= "test";
  // What decides on colours looks here, and so may the configuration.
  process.argv = [process.execPath, join(request.runnerDir, "bin/jest.js"), ...request.args];
  const jest = loadJest(request.runnerDir);
  const projects = await openProjects(jest, request);
  const tests = new Map(request.files.map((file) => [file, projects.testsOf(file)]));
  for (const [file, own] of tests) if (own.length === 0) say({ kind: "foreign", file });
  const runtime = switchRuntime(request.job.kind === "trials" ? request.job.usual : []);
  const bench = openBench(jest, projects, request, runtime, say);
  const all = [...tests.values()].flat();
  await runGlobalHook(jest, projects.globalConfig, all, "globalSetup");
  if (request.job.kind === "loop")
    await loop(request.job, bench, openMemory(runtime, request.control, request.job), all, say);
  else await runTrials(request.job, bench, runtime, tests, say);
  await runGlobalHook(jest, projects.globalConfig, all, "globalTeardown");
  return over();
}

/** Each file without a mutant, then again with every mutant that it reaches. */
async function loop(
  job: LoopJob,
  bench: JestBench,
  memory: Memory,
  tests: readonly TestFile[],
  say: Say,
): Promise<void> {
  for (const test of tests) {
    if (memory.board.isFinished) return;
    const startedAt = now();
    const baseline = await bench.run(test, null, { only: null, stopAtFirst: false, limitMs: null });
    await judge(benchOf(bench, test, memory, say), test.path, baseline, now() - startedAt);
    // The next file gets a process of its own; environments that are over may not give back all that they took.
    if (job.isolate || memory.wear.isWorn) return;
  }
}

function benchOf(bench: JestBench, test: TestFile, memory: Memory, say: Say): Bench {
  return {
    memory,
    isBound: false,
    rerun: (mutant, only, limits) =>
      bench.run(test, mutant, { only, stopAtFirst: true, limitMs: limits?.hookMs ?? null }),
    emit: (event) => emit(say, event),
  };
}

/** Stops behind a trial that failed: its test may not have cleaned up, and the next one gets a new process. */
async function runTrials(
  { trials }: TrialsJob,
  bench: JestBench,
  runtime: SwitchRuntime,
  tests: ReadonlyMap<string, readonly TestFile[]>,
  say: Say,
): Promise<void> {
  for (const { mutant, file, limitMs } of trials) {
    const own = tests.get(file) ?? [];
    await emit(say, { kind: "trying", mutant, file, limitMs: limitMs * own.length });
    const events: Tried[] = [];
    for (const test of own) {
      const run = await bench.run(test, mutant, { only: null, stopAtFirst: true, limitMs: null });
      events.push(triedEvent(mutant, file, run, runtime));
      if (run.failure) break;
    }
    // Of a file that belongs to several projects what failed counts, else what reached the mutant most.
    const last = events.at(-1);
    const told = last?.failure ? last : events.toSorted((a, b) => (b.hits ?? 0) - (a.hits ?? 0))[0];
    if (told === undefined) return;
    await emit(say, told);
    if (told.failure) return;
  }
}

type Tried = SessionEvent & { readonly kind: "tried" };

async function emit(say: Say, event: SessionEvent): Promise<void> {
  say(event);
  // The message must be out before a mutant can block this thread.
  await new Promise<void>((resolve) => nextTurn(resolve));
}

await serve(work);
