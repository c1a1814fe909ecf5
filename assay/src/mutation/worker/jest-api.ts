// The part of jest 29 and 30 that is used. It is loaded from the user's folder, so its types are not at hand.
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface Jest {
  /** Reads an argument list. */
  buildArgv(args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  readConfigs(
    argv: Readonly<Record<string, unknown>>,
    projects: readonly string[],
  ): Promise<{ readonly globalConfig: GlobalConfig; readonly configs: readonly ProjectConfig[] }>;
  readonly SearchSource: new (context: Context) => { isTestFilePath(file: string): boolean };
  readonly Runtime: RuntimeClass;
  createScriptTransformer(config: ProjectConfig, cacheFS?: ReadonlyMap<string, string>): Promise<ScriptTransformer>;
}

export interface GlobalConfig {
  readonly globalSetup?: string | null;
  readonly globalTeardown?: string | null;
}

export interface ProjectConfig {
  readonly rootDir: string;
  readonly roots: readonly string[];
  readonly cacheDirectory: string;
  readonly displayName?: { readonly name: string };
  readonly globals: Readonly<Record<string, unknown>>;
  readonly globalSetup?: string | null;
  readonly globalTeardown?: string | null;
  readonly runner: string;
  readonly runnerOptions?: unknown;
  readonly runtime?: string | null;
  readonly testRunner: string;
  /** Pattern, file and options. */
  readonly transform: readonly (readonly [string, string, unknown])[];
}

/** What jest knows of a project's files. */
export interface Context {
  readonly config: ProjectConfig;
}

export interface RuntimeClass {
  new (...given: RuntimeArguments): object;
  createContext(config: ProjectConfig, options: object): Promise<Context>;
}

/** What the class is constructed with, up to what is used. */
export type RuntimeArguments = readonly [
  config: ProjectConfig,
  environment: Environment,
  resolver: object,
  transformer: ScriptTransformer,
  ...rest: readonly unknown[],
];

export interface Environment {
  readonly global: object;
  handleTestEvent?: (event: CircusEvent, state: CircusState) => unknown;
}

export interface Transformed {
  readonly code: string;
  readonly originalCode: string;
}

export interface ScriptTransformer {
  transform(file: string, options: TransformOptions, text?: string): Transformed;
  transformAsync(file: string, options: TransformOptions, text?: string): Promise<Transformed>;
  requireAndTranspileModule(file: string, use?: (loaded: unknown) => Promise<void>): Promise<unknown>;
}

export interface TransformOptions {
  readonly isInternalModule?: boolean;
}

export interface TestFile {
  readonly path: string;
  readonly context: Context;
}

/** Jest's own runner, and those that extend it. */
export type RunnerClass = new (
  globalConfig: GlobalConfig,
  context: object,
  options: unknown,
) => {
  readonly supportsEventEmitters?: boolean;
  on(name: string, listener: (data: readonly [TestFile, unknown]) => void): unknown;
  runTests(tests: readonly TestFile[], watcher: object, options: { readonly serial: true }): Promise<void>;
};

export interface TestResult {
  readonly failureMessage?: string | null;
  readonly testExecError?: { readonly message?: string; readonly stack?: string } | null;
  readonly testResults: readonly {
    readonly ancestorTitles: readonly string[];
    readonly title: string;
    readonly status: string;
    readonly failureMessages: readonly string[];
  }[];
}

export interface CircusTest {
  readonly type: "test";
  readonly name: string;
  readonly parent: CircusBlock;
  readonly errors: readonly unknown[];
  mode?: string | null;
  timeout?: number;
}

export interface CircusBlock {
  readonly type: "describeBlock";
  readonly name: string;
  readonly parent?: CircusBlock;
  readonly children: readonly (CircusBlock | CircusTest)[];
  readonly hooks: readonly { timeout?: number }[];
}

export interface CircusState {
  readonly rootDescribeBlock: CircusBlock;
  /** Blocks that are repeated as a whole; jest 30 has them. */
  readonly describeRetryOptions?: { readonly size: number };
  testTimeout: number;
}

export interface CircusEvent {
  readonly name: string;
  readonly test?: CircusTest;
  readonly describeBlock?: CircusBlock;
  /** Of the first event. */
  readonly runtimeGlobals?: { readonly expect: Expect };
}

export interface Expect {
  getState(): { readonly snapshotState?: { save(): object } };
}

/** Each part from where the one that uses it finds it: packages need not lie side by side. */
export function loadJest(jestDir: string): Jest {
  const jest = realpathSync(join(jestDir, "package.json"));
  const core = partOf(jest, "@jest/core");
  const { SearchSource } = load(core) as Pick<Jest, "SearchSource">;
  const { readConfigs } = load(partOf(core, "jest-config")) as Pick<Jest, "readConfigs">;
  const { createScriptTransformer } = load(partOf(core, "@jest/transform")) as Pick<Jest, "createScriptTransformer">;
  const runtime = load(partOf(core, "jest-runtime")) as { readonly default: RuntimeClass };
  const { buildArgv } = loadCli(jest);
  return { buildArgv, readConfigs, SearchSource, Runtime: runtime.default, createScriptTransformer };
}

/** The main file of a package, where the file `user` finds it. */
function partOf(user: string, name: string): string {
  return createRequire(user).resolve(name);
}

function load(file: string): unknown {
  return createRequire(file)(file);
}

/** Jest 29 keeps the reader of arguments to itself, in a file of its own. */
function loadCli(jest: string): Pick<Jest, "buildArgv"> {
  const main = partOf(jest, "jest-cli");
  const own = join(dirname(main), "run.js");
  return load(existsSync(own) ? own : main) as Pick<Jest, "buildArgv">;
}
