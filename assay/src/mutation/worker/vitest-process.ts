// The process that holds the user's vitest. It is told what to do on its standard input, and writes events.
import { mkdirSync } from "node:fs";
import { Board } from "./board.ts";
import { decodeEvent, taskKey, vitestDirVariable } from "./protocol.ts";
import type { LoopJob, Said, SessionEvent, SessionRequest, TrialsJob, WorkerTask } from "./protocol.ts";
import { over, serve, type Answer, type Say } from "./serve.ts";
import { loadVitestNode, type Project, type ResolvedConfig, type Vitest } from "./vitest-api.ts";
import { watchModules } from "./watch-modules.ts";

let opened: Vitest | undefined;
/** By file: in how many projects it has not come to its end. */
const unfinished = new Map<string, number>();

async function work(request: SessionRequest, say: Say): Promise<Answer> {
  const { job } = request;
  if (job.kind === "types") throw new Error("vitest checks no types here");
  const vitest = (opened ??= await openVitest(request, say));
  if (job.kind === "trials") for (const { config } of vitest.projects) config.isolate = true;
  const specifications = new Map(request.files.map((file) => [file, specificationsOf(vitest, file)]));
  for (const [file, own] of specifications) unfinished.set(file, own.length);
  for (const [file, own] of specifications) if (own.length === 0) say({ kind: "foreign", file });
  const trouble = await runJob(vitest, request, job, specifications, say);
  // What a project has set up it may want to take down.
  if (vitest.projects.some(({ config }) => config.globalSetup.length > 0)) {
    await vitest.close();
    return over(trouble);
  }
  return { trouble, takesTrials: job.kind === "trials" || (!job.isolate && !isVitest3(vitest)) };
}

/** Its pool is made for workers that are fresh, or for one that is not. */
function isVitest3({ version }: Vitest): boolean {
  return version.startsWith("3.");
}

async function runJob(
  vitest: Vitest,
  { token, switchName }: SessionRequest,
  job: LoopJob | TrialsJob,
  specifications: ReadonlyMap<string, readonly unknown[]>,
  say: Say,
): Promise<string | null> {
  const common = { token, switchName };
  if (job.kind === "loop") {
    const { mutants, skip, probes, bearing } = job;
    const task = { ...common, kind: "loop", mutants, skip, probes, bearing, flags: flagsFor(job) } as const;
    return run(vitest, task, [...specifications.values()].flat());
  }
  let trouble: string | null = null;
  for (const { mutant, file, limitMs } of job.trials) {
    say({ kind: "trying", mutant, file, limitMs });
    const own = await run(
      vitest,
      { ...common, kind: "trial", mutant, usual: job.usual },
      specifications.get(file) ?? [],
    );
    trouble ??= own;
  }
  return trouble;
}

/** Threads share memory, and processes do not. */
function flagsFor(job: LoopJob): Uint8Array | null {
  return job.isolate ? null : new Uint8Array(new SharedArrayBuffer(Board.sizeOf(job)));
}

async function run(vitest: Vitest, task: WorkerTask, specifications: readonly unknown[]): Promise<string | null> {
  if (specifications.length === 0) return null;
  for (const project of vitest.projects)
    project.provide(taskKey, task.kind === "loop" && loadsForAll(project) ? { ...task, bearing: null } : task);
  const { unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  const [first] = unhandledErrors;
  return first instanceof Object && "message" in first ? String(first.message) : null;
}

/** Does it load what no test file imports? */
function loadsForAll({ config }: Project): boolean {
  return config.setupFiles.length > 0 || config.snapshotSerializers.length > 0;
}

function specificationsOf(vitest: Vitest, file: string): readonly unknown[] {
  return vitest.projects
    .filter((project) => project.matchesTestGlob(file))
    .map((project) => project.createSpecification(file));
}

async function openVitest(request: SessionRequest, say: Say): Promise<Vitest> {
  process.env["TEST"] = "true";
  process.env["VITEST"] = "true";
  process.env["NODE_ENV"] ??= "test";
  process.env[vitestDirVariable] = request.runnerDir;
  const node = await loadVitestNode(request.runnerDir);
  const { options: given } = node.parseCLI(["vitest", "run", ...request.args]);
  const options = { root: request.root, ...given, ...optionsOf(request, say) };
  const isVersion3 = node.version.startsWith("3.");
  const pools = isVersion3 ? poolOptionsOf3(request) : {};
  const vitest = await withTemporaryFolder(request.scratch, () =>
    node.createVitest("test", { ...options, ...pools }, {}),
  );
  for (const project of [vitest, ...vitest.projects]) {
    project.config.snapshotOptions.updateSnapshot = "none";
    project.config.runner = request.insideFile;
  }
  if (!isVersion3) limitWorkers(vitest, workersOf(request.job));
  for (const project of vitest.projects) {
    keepNoModules(vitest, project);
    watchModules(project, request, say);
  }
  return vitest;
}

/** Vitest chooses a folder here that it leaves behind unless it is closed, which takes a while. */
async function withTemporaryFolder<T>(folder: string, open: () => Promise<T>): Promise<T> {
  const name = process.platform === "win32" ? "TEMP" : "TMPDIR";
  const before = process.env[name];
  mkdirSync(folder, { recursive: true });
  process.env[name] = folder;
  try {
    return await open();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

function notKept(): false {
  return false;
}

/** A project may keep modules although the run keeps none. What a mutant is in would be found there by the next run. */
function keepNoModules(vitest: Vitest, { name, config }: Project): void {
  if (config.fsModuleCache !== true && config.experimental?.fsModuleCache !== true) return;
  if (vitest._fsCache !== undefined) vitest._fsCache.defineCacheKeyGenerator(notKept);
  else if (vitest.cache?._modules !== undefined) vitest.cache._modules.defineCacheKeyGenerator(config, notKept);
  else throw new Error(`The project "${name}" sets fsModuleCache, which would keep mutants; turn it off`);
}

function optionsOf({ token, files, insideFile, job }: SessionRequest, say: Say): object {
  return {
    ...(workersOf(job) === 1 ? { fileParallelism: false, maxWorkers: 1 } : {}),
    run: true,
    watch: false,
    runner: insideFile,
    isolate: isolates(job),
    // Threads start sooner; a project whose tests need processes of their own gets them where each file has its own.
    ...(job.kind === "loop" && job.isolate ? {} : { pool: "threads" }),
    bail: 0,
    cache: false,
    api: false,
    ui: false,
    open: false,
    passWithNoTests: true,
    coverage: { enabled: false },
    typecheck: { enabled: false },
    fsModuleCache: false,
    experimental: { fsModuleCache: false },
    sequence: { sequencer: sequencerOf(files), shuffle: false },
    reporters: [
      { onUserConsoleLog: (log: { readonly content: string }) => pass(decodeEvent(token, log.content), say) },
    ],
  };
}

/** No more than the repository allows; vitest runs projects together only if all of them have the same number. */
function limitWorkers(vitest: Vitest, most: number): void {
  const configs = [vitest, ...vitest.projects].map(({ config }) => config);
  const workers = Math.min(most, ...configs.map(allowed));
  for (const config of configs) config.maxWorkers = workers;
}

function allowed({ fileParallelism, maxWorkers, providedOptions }: ResolvedConfig): number {
  if (fileParallelism === false) return 1;
  return providedOptions?.maxWorkers === false ? Infinity : (maxWorkers ?? Infinity);
}

/** Vitest 3 reads from here what later versions read from the options themselves. */
function poolOptionsOf3({ job }: SessionRequest): object {
  const isolate = isolates(job);
  const threads = { isolate, singleThread: false, maxThreads: 1, minThreads: 1 };
  return { minWorkers: 1, poolOptions: { threads, forks: { isolate, singleFork: false, maxForks: 1, minForks: 1 } } };
}

function workersOf(job: SessionRequest["job"]): number {
  return job.kind === "loop" && !job.isolate ? job.workers : 1;
}

function isolates(job: SessionRequest["job"]): boolean {
  return job.kind !== "loop" || job.isolate;
}

function pass(said: Said | undefined, say: Say): void {
  if (said && isDue(said.event)) say(said.event, said.worker);
}

/** A file is finished when it is in every project. */
function isDue(event: SessionEvent): boolean {
  if (event.kind !== "finished") return true;
  const left = (unfinished.get(event.file) ?? 1) - 1;
  unfinished.set(event.file, left);
  return left === 0;
}

/** Vitest would sort by size and by how long files took the last time. */
function sequencerOf(files: readonly string[]): object {
  const places = new Map(files.map((file, index) => [file, index]));
  const placeOf = (specification: { readonly moduleId: string }): number =>
    places.get(specification.moduleId) ?? files.length;
  return class {
    sort(specifications: readonly { readonly moduleId: string }[]): object {
      return specifications.toSorted((a, b) => placeOf(a) - placeOf(b));
    }
    shard(specifications: readonly object[]): object {
      return specifications;
    }
  };
}

await serve(work);
