// Opens the user's vitest for the jobs of mutation testing.
import { decodeEvent, vitestDirVariable } from "./protocol.ts";
import type { Said, SessionRequest } from "./protocol.ts";
import type { Say } from "./serve.ts";
import { loadVitestNode, type Project, type ResolvedConfig, type Specification, type Vitest } from "./vitest-api.ts";
import { watchModules } from "./watch-modules.ts";

/** As vitest's own program has it before it loads the rest. */
export function setEnvironment(vitestDir: string): void {
  process.env["TEST"] = "true";
  process.env["VITEST"] = "true";
  process.env["NODE_ENV"] ??= "test";
  process.env[vitestDirVariable] = vitestDir;
}

/** `hear`: what the runner in its workers says. */
export async function openVitest(request: SessionRequest, say: Say, hear: (said: Said) => void): Promise<Vitest> {
  setEnvironment(request.runnerDir);
  const node = await loadVitestNode(request.runnerDir);
  const { options: given } = node.parseCLI(["vitest", "run", ...request.args]);
  const options = { root: request.root, ...given, ...optionsOf(request, hear) };
  const pools = node.version.startsWith("3.") ? poolOptionsOf3(request) : {};
  const vitest = await node.createVitest("test", { ...options, ...pools }, {});
  for (const project of [vitest, ...vitest.projects]) {
    project.config.snapshotOptions.updateSnapshot = "none";
    project.config.runner = request.insideFile;
  }
  for (const project of vitest.projects) {
    keepNoModules(vitest, project);
    watchModules(project, request, say);
  }
  return vitest;
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

function optionsOf({ token, insideFile, job }: SessionRequest, hear: (said: Said) => void): object {
  return {
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
    sequence: { sequencer: GivenOrder, shuffle: false },
    reporters: [
      { onUserConsoleLog: (log: { readonly content: string }) => pass(decodeEvent(token, log.content), hear) },
    ],
  };
}

/** How many workers the repository allows; to be asked before anybody sets another number. */
export function workersAllowed(vitest: Vitest): number {
  return Math.min(...[vitest, ...vitest.projects].map(({ config }) => allowedBy(config)));
}

function allowedBy({ fileParallelism, maxWorkers, providedOptions }: ResolvedConfig): number {
  if (fileParallelism === false) return 1;
  return providedOptions?.maxWorkers === false ? Infinity : (maxWorkers ?? Infinity);
}

/** Vitest runs projects together only if all of them have the same number. */
export function setWorkers(
  vitest: Vitest,
  { isolate, workers }: { readonly isolate: boolean; readonly workers: number },
): void {
  for (const { config } of [vitest, ...vitest.projects]) Object.assign(config, { isolate, maxWorkers: workers });
}

/** Vitest 3 reads from here what later versions read from the options themselves. */
function poolOptionsOf3({ job }: SessionRequest): object {
  const isolate = isolates(job);
  const threads = { isolate, singleThread: false, maxThreads: 1, minThreads: 1 };
  const alone = { fileParallelism: false, minWorkers: 1, maxWorkers: 1 };
  return { ...alone, poolOptions: { threads, forks: { isolate, singleFork: false, maxForks: 1, minForks: 1 } } };
}

function isolates(job: SessionRequest["job"]): boolean {
  return job.kind !== "loop" || job.isolate;
}

function pass(said: Said | undefined, hear: (said: Said) => void): void {
  if (said) hear(said);
}

/** Vitest would sort by size and by how long files took the last time. */
class GivenOrder {
  sort(specifications: readonly Specification[]): readonly Specification[] {
    return specifications.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  }
  shard(specifications: readonly Specification[]): readonly Specification[] {
    return specifications;
  }
}

const places = new WeakMap<Specification, number>();

/** Has these run in this order. */
export function inOrder(specifications: readonly Specification[]): readonly Specification[] {
  for (const [place, specification] of specifications.entries()) places.set(specification, place);
  return specifications;
}
