// The process that holds the user's vitest. It is told what to do on its standard input, and writes events.
import { Board } from "./board.ts";
import { taskKey } from "./protocol.ts";
import type { LoopJob, Preparation, Said, SessionRequest, Trial, TrialsJob, WorkerTask } from "./protocol.ts";
import { startCompileCache } from "../compile-cache.ts";
import { over, serve, type Answer, type Say } from "./serve.ts";
import { loadVitestNode, type Project, type Specification, type Vitest } from "./vitest-api.ts";
import { inOrder, openVitest, setEnvironment, setWorkers, workersAllowed } from "./vitest-open.ts";
import { startEarlyThread } from "./vitest-thread.ts";
import { sayCombined, sharesOf } from "./vitest-trials.ts";

interface Opened {
  readonly vitest: Vitest;
  /** As the repository has it. */
  readonly mostWorkers: number;
}

let opened: Opened | undefined;
/** What the runner says is heard by the job that is under way. */
let hear: (said: Said) => void = () => undefined;

async function work(request: SessionRequest, say: Say): Promise<Answer> {
  const { job } = request;
  if (job.kind === "types") throw new Error("vitest checks no types here");
  const { vitest, mostWorkers } = (opened ??= await open(request, say));
  const isVersion3 = vitest.version.startsWith("3.");
  // Version 3 was told when it was opened, of one worker.
  const workers = isVersion3 ? 1 : Math.min(job.workers, mostWorkers);
  if (!isVersion3) setWorkers(vitest, { isolate: job.kind === "trials" || job.isolate, workers });
  const specifications = new Map(request.files.map((file) => [file, specificationsOf(vitest, file)]));
  for (const [file, own] of specifications) {
    if (own.length === 0) say({ kind: "foreign", file });
    if (projectsOf(vitest, file).some(isOutsideOfNode)) say({ kind: "elsewhere", file });
  }
  const common = { ...request, vitest, specifications, say };
  const trouble = await (job.kind === "loop"
    ? loop(common, job, workers)
    : isVersion3
      ? tryInTurn(common, job)
      : tryTogether(common, job));
  // What a project has set up it may want to take down.
  if (vitest.projects.some(({ config }) => config.globalSetup.length > 0)) {
    await vitest.close();
    return over(trouble);
  }
  // The pool of version 3 is made either for fresh workers or for one that is not.
  return { trouble, takesTrials: job.kind === "trials" || (!job.isolate && !isVersion3) };
}

async function open(request: SessionRequest, say: Say): Promise<Opened> {
  const vitest = await openVitest(request, say, (said) => hear(said));
  return { vitest, mostWorkers: workersAllowed(vitest) };
}

interface Work extends Pick<SessionRequest, "token" | "switchName" | "control"> {
  readonly vitest: Vitest;
  readonly specifications: ReadonlyMap<string, readonly Specification[]>;
  readonly say: Say;
}

/** What the nearest files settle one worker settles sooner: each loads the modules for itself. */
const nearestFiles = 8;

async function loop(work: Work, job: LoopJob, workers: number): Promise<string | null> {
  const { vitest, token, switchName, control, specifications, say } = work;
  const { mutants, skip, probes, until, isSample, bearing, isolate } = job;
  const flags = isolate ? null : sharedFlags(job);
  const task = {
    token,
    switchName,
    control,
    kind: "loop",
    mutants,
    skip,
    probes,
    until,
    isSample,
    bearing,
    flags,
  } as const;
  for (const project of vitest.projects) provide(project, loadsForAll(project) ? { ...task, bearing: null } : task);
  // A file is finished when it is in every project.
  const left = new Map([...specifications].map(([file, own]) => [file, own.length]));
  hear = ({ event, worker }) => {
    if (event.kind === "finished") left.set(event.file, (left.get(event.file) ?? 1) - 1);
    if (event.kind !== "finished" || left.get(event.file) === 0) say(event, worker);
  };
  const all = [...specifications.values()];
  if (workers === 1 || flags === null) return run(vitest, all.flat());
  setWorkers(vitest, { isolate, workers: 1 });
  const trouble = await run(vitest, all.slice(0, nearestFiles).flat());
  if (trouble !== null || new Board(job, flags).isFinished) return trouble;
  setWorkers(vitest, { isolate, workers });
  return run(vitest, all.slice(nearestFiles).flat());
}

/** Threads share memory, and processes do not. */
function sharedFlags(job: LoopJob): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(Board.sizeOf(job)));
}

/** One trial after the other. */
async function tryInTurn(work: Work, job: TrialsJob): Promise<string | null> {
  let trouble: string | null = null;
  hear = sayCombined(work.say, timesOf(work));
  for (const trial of job.trials) {
    for (const project of work.vitest.projects) provide(project, taskOf(work, job, [trial]));
    const own = await run(work.vitest, work.specifications.get(trial.file) ?? []);
    trouble ??= own;
  }
  return trouble;
}

/** Vitest makes a task of each specification, in their order, and asks its project what the worker is to be told. */
async function tryTogether(work: Work, job: TrialsJob): Promise<string | null> {
  const { vitest } = work;
  const all: Specification[] = [];
  const tasks = new Map<Project, WorkerTask[]>(vitest.projects.map((project) => [project, []]));
  for (const { file, trials } of sharesOf(job))
    for (const { project } of work.specifications.get(file) ?? []) {
      all.push(project.createSpecification(file));
      tasks.get(project)?.push(taskOf(work, job, trials));
    }
  for (const [project, own] of tasks) {
    const provided = project.getProvidedContext();
    project.getProvidedContext = () => ({ ...provided, [taskKey]: own.shift() });
  }
  hear = sayCombined(work.say, timesOf(work));
  return run(vitest, all);
}

function timesOf({ specifications }: Work): (file: string) => number | undefined {
  return (file) => specifications.get(file)?.length;
}

function taskOf({ token, switchName }: Work, { usual }: TrialsJob, trials: readonly Trial[]): WorkerTask {
  return { token, switchName, kind: "trials", trials, usual };
}

function provide(project: Project, task: WorkerTask): void {
  project.provide(taskKey, task);
}

async function run(vitest: Vitest, specifications: readonly Specification[]): Promise<string | null> {
  if (specifications.length === 0) return null;
  const { unhandledErrors } = await vitest.runTestSpecifications(inOrder(specifications), false);
  const [first] = unhandledErrors;
  return first instanceof Object && "message" in first ? String(first.message) : null;
}

/** Does it load what no test file imports? */
function loadsForAll({ config }: Project): boolean {
  return config.setupFiles.length > 0 || config.snapshotSerializers.length > 0;
}

function specificationsOf(vitest: Vitest, file: string): readonly Specification[] {
  return projectsOf(vitest, file)
    .filter((project) => !isOutsideOfNode(project))
    .map((project) => project.createSpecification(file));
}

function projectsOf(vitest: Vitest, file: string): readonly Project[] {
  return vitest.projects.filter((project) => project.matchesTestGlob(file));
}

function isOutsideOfNode({ config }: Project): boolean {
  return config.browser?.enabled === true || config.poolRunner !== undefined;
}

/** Loads what every request needs, with a thread beside it that loads what every worker needs. */
async function prepare({ runnerDir, compileCache }: Preparation): Promise<void> {
  startCompileCache(compileCache);
  setEnvironment(runnerDir);
  const handTo = startEarlyThread(runnerDir);
  handTo(await loadVitestNode(runnerDir));
}

const [preparation] = process.argv.splice(2);
// What goes wrong will go wrong again, and is said to whoever asks for something.
if (preparation !== undefined) prepare(JSON.parse(preparation) as Preparation).catch(() => undefined);
await serve(work);
