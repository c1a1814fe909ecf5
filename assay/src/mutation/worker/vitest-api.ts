// The part of vitest 3, 4 and 5 that is used. It is loaded from the user's folder, so its types are not at hand.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";

/** `vitest/node`. */
export interface VitestNode {
  readonly version: string;
  /** Reads an argument list that begins with `vitest`. */
  parseCLI(argv: readonly string[]): { readonly options: object };
  createVitest(mode: "test", options: object, viteOverrides: object): Promise<Vitest>;
  /** Vitest 4 and 5. */
  readonly ThreadsPoolWorker: { readonly prototype: ThreadsPoolWorker };
}

/** What vitest 4 and 5 hold a worker thread with. */
export interface ThreadsPoolWorker {
  readonly env: NodeJS.ProcessEnv;
  readonly execArgv: string[];
  /** One that is there already is not started. */
  _thread?: Worker;
  start: (this: ThreadsPoolWorker) => Promise<void>;
}

export interface Vitest {
  readonly version: string;
  readonly config: ResolvedConfig;
  readonly projects: readonly Project[];
  /** The modules that vitest 4 keeps. `false` instead of a key: this one is not kept. */
  readonly _fsCache?: { defineCacheKeyGenerator(keyOf: () => false): void };
  /** The same in vitest 5, for each project by itself. */
  readonly cache?: {
    readonly _modules?: { defineCacheKeyGenerator(config: ResolvedConfig, keyOf: () => false): void };
  };
  runTestSpecifications(specifications: readonly Specification[], all: boolean): Promise<RunResult>;
  close(): Promise<void>;
}

export interface RunResult {
  readonly unhandledErrors: readonly unknown[];
}

export interface Project {
  readonly name: string;
  readonly config: ResolvedConfig;
  readonly vite: {
    readonly pluginContainer?: PluginContainer;
    readonly environments?: Readonly<Record<string, { readonly pluginContainer: PluginContainer }>>;
  };
  provide(key: string, value: unknown): void;
  matchesTestGlob(file: string): boolean;
  /** All that was provided, as a worker is told it. */
  getProvidedContext(): object;
  createSpecification(file: string): Specification;
}

/** A test file in one project. */
export interface Specification {
  readonly project: Project;
}

export interface PluginContainer {
  resolveId(source: string, ...rest: readonly unknown[]): Promise<{ readonly id: string } | null>;
  load(id: string, ...rest: readonly unknown[]): Promise<unknown>;
  transform(code: string, id: string, ...rest: readonly unknown[]): Promise<unknown>;
}

export interface ResolvedConfig {
  readonly snapshotOptions: { updateSnapshot: string };
  runner?: string;
  isolate: boolean;
  readonly fileParallelism?: boolean;
  /** Vitest 5 has a number of its own where nobody has said anything, vitest 4 has none. */
  maxWorkers?: number;
  /** Vitest 5: what somebody has said something about. */
  readonly providedOptions?: { readonly maxWorkers: boolean };
  /** Vitest 5. */
  readonly fsModuleCache?: boolean;
  /** Vitest 4. */
  readonly experimental?: { readonly fsModuleCache?: boolean };
  readonly globalSetup: readonly string[];
  readonly setupFiles: readonly string[];
  readonly snapshotSerializers: readonly string[];
  /** Where tests run in a browser: vitest has neither threads nor processes for these. */
  readonly browser?: { readonly enabled: boolean };
  /** A pool that is none of vitest's own: what it runs tests in is not to be known. Vitest 4 and 5. */
  readonly poolRunner?: object;
}

/** What the runner in the worker needs: the base class and `startTests`. */
export interface VitestRuntime {
  readonly TestRunner: new (config: RunnerConfig) => Runner;
  readonly vi: Vi;
  /** The one that takes what a test file registers at its top. */
  readonly getCurrentSuite: () => SuiteCollector;
  startTests(specifications: readonly { filepath: string }[], runner: Runner): Promise<readonly FileTask[]>;
}

export interface SuiteCollector {
  /** Registers hooks. */
  on: (name: string, ...functions: readonly ((...args: readonly unknown[]) => unknown)[]) => void;
}

export interface Vi {
  resetModules(): void;
  useRealTimers(): void;
  unstubAllEnvs(): void;
  unstubAllGlobals(): void;
  restoreAllMocks(): void;
}

export interface RunnerConfig {
  testTimeout: number;
  hookTimeout: number;
}

export interface Runner {
  config: RunnerConfig;
  importFile(file: string, source: "collect" | "setup"): unknown;
  onBeforeCollect?(files: readonly string[]): unknown;
  onCollectStart?(file: FileTask): unknown;
  onCollected?(files: readonly FileTask[]): unknown;
  onTaskUpdate?(packs: unknown, events: unknown): unknown;
  onBeforeRunSuite?(suite: SuiteTask): unknown;
  onBeforeRunTask?(test: TestTask): unknown;
  onAfterRunTask?(test: TestTask): unknown;
  onAfterRunFiles?(files: readonly FileTask[]): unknown;
  /** The module runner of vitest 4 and 5, the executor of vitest 3. */
  readonly moduleRunner?: { readonly mocker?: { reset?(): void } };
  readonly __vitest_executor?: { readonly mocker?: { reset?(): void } };
}

interface TaskBase {
  readonly id: string;
  readonly name: string;
  mode: string;
  readonly suite?: SuiteTask;
  readonly result?: {
    readonly state: string;
    readonly duration?: number;
    readonly errors?: readonly { readonly message?: string }[];
  };
}

export interface TestTask extends TaskBase {
  readonly type: "test" | "custom";
  readonly concurrent?: boolean;
}

export interface SuiteTask extends TaskBase {
  readonly type: "suite";
  readonly tasks: readonly (TestTask | SuiteTask)[];
}

export interface FileTask extends SuiteTask {
  readonly filepath: string;
}

export interface EvaluatedModule {
  /** `externalize`: Node loads it by itself. */
  readonly meta?: { readonly externalize?: string };
  /** Undefined since it was reset. */
  readonly exports?: unknown;
}

/** Vitest's own state in its worker. */
export interface WorkerState {
  /** Vitest 4 and 5. */
  readonly evaluatedModules: { readonly idToModuleMap: ReadonlyMap<string, EvaluatedModule> };
  /** The same in vitest 3. */
  readonly moduleCache?: ReadonlyMap<string, EvaluatedModule>;
  readonly environment?: { readonly name: string };
  readonly providedContext: Readonly<Record<string, unknown>>;
  readonly rpc: { onUserConsoleLog(log: object): Promise<void> };
}

export async function loadVitestNode(vitestDir: string): Promise<VitestNode> {
  const exported: unknown = await load(vitestDir, "node.js");
  return exported as VitestNode;
}

/** `vitest/internal/browser` is where all three versions export `startTests`. */
export async function loadVitestRuntime(vitestDir: string): Promise<VitestRuntime> {
  const [main, internal] = await Promise.all([load(vitestDir, "index.js"), load(vitestDir, "browser.js")]);
  const TestRunner: unknown = main["TestRunner"] ?? (await load(vitestDir, "runners.js"))["VitestTestRunner"];
  // Vitest 4.1 has moved it there.
  const moved: unknown = Reflect.get(Object(TestRunner), "getCurrentSuite");
  const getCurrentSuite = moved ?? (await load(vitestDir, "suite.js"))["getCurrentSuite"];
  const exported: unknown = { ...main, ...internal, TestRunner, getCurrentSuite };
  return exported as VitestRuntime;
}

export function workerState(): WorkerState {
  const scope: unknown = globalThis;
  return (scope as { readonly __vitest_worker__: WorkerState }).__vitest_worker__;
}

async function load(vitestDir: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(vitestDir, "dist", file)).href)) as Readonly<
    Record<string, unknown>
  >;
}
