// Runs one test file in an environment of its own, as often as it is asked to, inside the process that holds jest.
import { createRequire } from "node:module";
import type { SwitchRuntime } from "../switch-runtime.ts";
import type {
  Context,
  Environment,
  Jest,
  ProjectConfig,
  RunnerClass,
  RuntimeArguments,
  RuntimeClass,
  ScriptTransformer,
  TestFile,
  TestResult,
} from "./jest-api.ts";
import { leaveRuntime } from "./jest-door.ts";
import type { Projects } from "./jest-projects.ts";
import { openRecorder, type Recorder, type RunOptions } from "./jest-recorder.ts";
import { openSharedState } from "./jest-shared-state.ts";
import { openTransforms } from "./jest-transforms.ts";
import type { Run } from "./judge-file.ts";
import type { SessionRequest } from "./protocol.ts";
import type { Say } from "./serve.ts";

export interface JestBench {
  run(test: TestFile, mutant: number | null, options: RunOptions): Promise<Run>;
}

/** The run that is going on. */
interface Current {
  readonly recorder: Recorder;
  readonly place: Place;
  /** Cut off from what an earlier environment still does once its run is over. */
  isOver: boolean;
  entered: boolean;
}

/** Where the tests of a project are run. */
interface Place {
  readonly config: ProjectConfig;
  readonly Runtime: RuntimeClass;
  readonly context: Context;
  readonly Runner: RunnerClass;
  readonly serve: (transformer: ScriptTransformer) => void;
}

// Captured before any test can put a fake in its place.
const { setImmediate: nextTurn } = globalThis;

export function openBench(
  jest: Jest,
  { globalConfig }: Projects,
  request: SessionRequest,
  runtime: SwitchRuntime,
  say: Say,
): JestBench {
  const places = new Map<Context, Promise<Place>>();
  const placeOf = (context: Context): Promise<Place> => {
    const place = places.get(context) ?? openPlace(jest, request, context, say);
    places.set(context, place);
    return place;
  };
  const shared = openSharedState();
  let current: Current | undefined;
  const install = (scope: object, run: Current): void => installSwitch(scope, request.switchName, runtime, run);
  leaveRuntime(watchedRuntime(jest.Runtime, install, () => current));
  return {
    async run({ path, context }, mutant, options) {
      const place = await placeOf(context);
      const recorder = openRecorder(runtime, options);
      const own: Current = { recorder, place, isOver: false, entered: false };
      current = own;
      shared.begin();
      runtime.begin(mutant);
      const runner = new place.Runner(globalConfig, {}, place.config.runnerOptions);
      if (!runner.supportsEventEmitters) throw notDriven("runner", place.config.runner);
      const ended = await runFile(runner, { path, context: place.context });
      await settle();
      own.isOver = true;
      if (!own.entered && !("thrown" in ended)) throw notDriven("runner", place.config.runner);
      if (!recorder.isCircus && !("thrown" in ended)) throw notDriven("testRunner", place.config.testRunner);
      const run = recorder.end(ended);
      const stray = shared.end();
      return stray === null ? run : { ...run, failure: run.failure ?? { test: null, message: stray }, isStray: true };
    },
  };
}

async function openPlace(jest: Jest, request: SessionRequest, context: Context, say: Say): Promise<Place> {
  const config = { ...context.config };
  // Not enumerable, so that the keys of jest's cache are those of the repository's own runs.
  Object.defineProperty(config, "runtime", { value: request.insideFile, enumerable: false });
  const transformer = await jest.createScriptTransformer(config);
  const Runner = (await transformer.requireAndTranspileModule(config.runner)) as RunnerClass;
  const serve = await openTransforms(jest, context.config, request, say);
  return { config, context: { ...context, config }, Runtime: runtimeOf(jest, context.config), Runner, serve };
}

function runtimeOf(jest: Jest, { runtime, rootDir }: ProjectConfig): RuntimeClass {
  if (!runtime) return jest.Runtime;
  return (createRequire(`${rootDir}/`)(runtime) as { readonly default: RuntimeClass }).default;
}

function notDriven(key: "runner" | "testRunner", file: string): Error {
  return new Error(`mutation testing does not drive the ${key} ${file}`);
}

type Ended = TestResult | { readonly thrown: unknown };

async function runFile(runner: InstanceType<RunnerClass>, test: TestFile): Promise<Ended> {
  let ended: Ended | undefined;
  runner.on("test-file-success", ([, result]) => {
    ended ??= result as TestResult;
  });
  runner.on("test-file-failure", ([, thrown]) => {
    ended ??= { thrown };
  });
  await runner.runTests([test], { isInterrupted: () => false, on: () => undefined }, { serial: true });
  return ended ?? { thrown: new Error("jest said nothing of the file") };
}

/** Stands for the class of jest's runtimes; each that is made belongs to the current run. */
function watchedRuntime(
  Runtime: RuntimeClass,
  install: (scope: object, run: Current) => void,
  currentRun: () => Current | undefined,
): RuntimeClass {
  return new Proxy(Runtime, {
    construct(target, given: readonly unknown[]) {
      const current = currentRun();
      if (current === undefined) return Reflect.construct(target, given) as object;
      const [, environment, , transformer] = given as RuntimeArguments;
      current.entered = true;
      current.place.serve(transformer);
      install(environment.global, current);
      watchEvents(environment, current);
      return Reflect.construct(current.place.Runtime, given) as object;
    },
  });
}

/** One for each environment: what it still does when its run is over counts for no other. */
function installSwitch(scope: object, switchName: string, runtime: SwitchRuntime, current: Current): void {
  const value = {
    is: (mutant: number) => !current.isOver && runtime.is(mutant),
    at: (probe: number) => {
      if (!current.isOver) runtime.at(probe);
    },
    loop: (number: number) => {
      if (!current.isOver) runtime.loop(number);
    },
  };
  Object.defineProperty(scope, switchName, { value });
}

function watchEvents(environment: Environment, { recorder }: Current): void {
  const own = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = (event, state) => {
    recorder.handle(event, state, environment.global);
    return own?.(event, state);
  };
}

/** Rejections that nobody handles are told of at the end of the turn in which they happen. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => nextTurn(resolve));
}
