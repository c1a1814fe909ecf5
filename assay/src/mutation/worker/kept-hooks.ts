// Registers again what an installed package registers when it is loaded: Node loads it once for all that a worker runs,
// and each run of a test file has hooks of its own.
import type { EvaluatedModule, Runner, SuiteCollector, WorkerState } from "./vitest-api.ts";

export interface KeptHook {
  readonly name: string;
  readonly functions: readonly HookFunction[];
  /** Where it was registered, as a stack says it. */
  readonly place: string;
  /** The package that registered it; null where a file loads that in a way that is not seen. */
  readonly owner: string | null;
}

type Modules = Partial<Pick<WorkerState, "evaluatedModules" | "moduleCache">>;
type HookFunction = (...args: readonly unknown[]) => unknown;

/** `kept`: those of the files that this worker has run. Hooks of the repository's own are left to themselves. */
export function keepHooks(runner: Runner, currentSuite: () => SuiteCollector, state: Modules, kept: KeptHook[]): void {
  const before = runner.onBeforeCollect?.bind(runner);
  const importFile = runner.importFile.bind(runner);
  let listening: Listening | null = null;
  // A setup file may have thrown. What vitest calls later, for each file, it does not wait for.
  runner.onBeforeCollect = (files) => {
    listening?.stop();
    listening = null;
    return before?.(files);
  };
  runner.importFile = async (file, source) => {
    const own = (listening ??= listen(currentSuite()));
    const imported = await importFile(file, source);
    if (source === "collect") {
      own.stop();
      listening = null;
      register(own, loadedPackages(state), kept);
    }
    return imported;
  };
}

/** A module is loaded before what loads it has hooks. */
function register({ suite, hooks }: Listening, loaded: ReadonlySet<string | null>, kept: KeptHook[]): void {
  const heard = new Set(hooks.map(({ place }) => place));
  const missed = kept.filter(({ place, owner }) => !heard.has(place) && (owner === null || loaded.has(owner)));
  const known = new Set(kept.map(({ place }) => place));
  for (const hook of hooks) {
    const owner = packageOf(hook.place);
    if (owner !== null && !known.has(hook.place)) kept.push({ ...hook, owner: loaded.has(owner) ? owner : null });
  }
  for (const { name, functions } of [...missed, ...hooks]) suite.on(name, ...functions);
}

interface Listening {
  readonly suite: SuiteCollector;
  /** They are not registered yet. */
  readonly hooks: readonly Pick<KeptHook, "name" | "functions" | "place">[];
  stop(): void;
}

function listen(suite: SuiteCollector): Listening {
  const { on } = suite;
  const hooks: Pick<KeptHook, "name" | "functions" | "place">[] = [];
  suite.on = (name, ...functions) => void hooks.push({ name, functions, place: callerOf(String(new Error().stack)) });
  return { suite, hooks, stop: () => void (suite.on = on) };
}

/** The first line of a stack, below this module's own, that is not vitest's. */
function callerOf(stack: string): string {
  const [, , ...frames] = stack.split("\n");
  return String(frames.find((frame) => !/[\\/]node_modules[\\/](?:@vitest|vitest)[\\/]/.test(frame)));
}

/** Null for what is not installed. */
function packageOf(text: string): string | null {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(text)?.[1] ?? null;
}

/** Of those that the file under way has loaded: all others were reset. */
function loadedPackages({ evaluatedModules, moduleCache }: Modules): ReadonlySet<string | null> {
  const modules: ReadonlyMap<string, EvaluatedModule> = evaluatedModules?.idToModuleMap ?? moduleCache ?? new Map();
  return new Set([...modules].filter(([, { exports }]) => exports !== undefined).map(([id]) => packageOf(id)));
}
