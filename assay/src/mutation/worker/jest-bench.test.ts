// One run of a test file, in the hands of a runner that does to jest's runtime and environment what jest's own does.
import type { EventEmitter } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { switchRuntime, type SwitchRuntime } from "../switch-runtime.ts";
import { temporaryFolder } from "../testing/project.ts";
import { jestOf, plainConfig } from "../testing/scripted-jest.ts";
import type { CircusTest, Environment, Jest, ProjectConfig, ScriptTransformer, TestFile } from "./jest-api.ts";
import { openBench, type JestBench } from "./jest-bench.ts";
import { fetchRuntime } from "./jest-door.ts";
import type { Run } from "./judge-file.ts";
import type { SessionRequest } from "./protocol.ts";

const request: SessionRequest = {
  token: "token",
  compileCache: "/cache",
  runnerDir: "/repo/node_modules/jest",
  args: [],
  root: "/repo",
  repository: "/repo",
  scratch: "/scratch",
  insideFile: "/inside.cjs",
  switchName: "on",
  control: 9,
  sources: {},
  files: [],
  job: { kind: "trials", workers: 1, trials: [], shared: false, usual: [] },
};

type Switch = Pick<SwitchRuntime, "is" | "at" | "loop">;

/** What a file does where the switch can be asked, and how it ends. */
interface Behaviour {
  readonly work?: (on: Switch, environment: Environment) => void;
  /** What jest says of the file; nothing: not a word. */
  readonly said?: "success" | "failure" | "nothing";
  /** Does it run tests with jest-circus, or at all? */
  readonly runs?: "circus" | "otherwise" | "nothing";
  readonly supportsEventEmitters?: boolean;
  readonly config?: Partial<ProjectConfig>;
}

interface Opened {
  readonly bench: JestBench;
  readonly test: TestFile;
  readonly runtime: SwitchRuntime;
  /** Configurations with which transformers were made. */
  readonly transformers: readonly ProjectConfig[];
  readonly made: readonly object[];
  /** Something throws, and nobody catches it. */
  readonly fail: (message: string) => void;
}

function transformer(Runner: unknown): ScriptTransformer {
  return {
    transform: () => ({ code: "", originalCode: "" }),
    transformAsync: () => Promise.resolve({ code: "", originalCode: "" }),
    requireAndTranspileModule: () => Promise.resolve(Runner),
  };
}

function open(behaviour: Behaviour): Opened {
  const { work = () => undefined, said = "success", runs = "circus", supportsEventEmitters = true } = behaviour;
  const transformers: ProjectConfig[] = [];
  const made: object[] = [];
  const listeners = new Map<string, (data: readonly [TestFile, unknown]) => void>();
  const config = { ...plainConfig, ...behaviour.config };
  const own: TestFile = { path: "/repo/a.test.ts", context: { config } };
  class Runner {
    readonly supportsEventEmitters = supportsEventEmitters;
    on(name: string, listener: (data: readonly [TestFile, unknown]) => void): void {
      listeners.set(name, listener);
    }
    runTests([first]: readonly TestFile[]): Promise<void> {
      const Runtime = fetchRuntime();
      if (first === undefined || Runtime === undefined) throw new Error("nothing is to be run");
      if (runs !== "nothing") {
        const environment: Environment = { global: {} };
        made.push(new Runtime(first.context.config, environment, {}, transformer(undefined)));
        const on: unknown = Reflect.get(environment.global, request.switchName);
        if (runs === "circus") tell(environment);
        work(on as Switch, environment);
      }
      const result = { testResults: [{ ancestorTitles: [], title: "one", status: "passed", failureMessages: [] }] };
      if (said !== "nothing")
        listeners.get(`test-file-${said}`)?.([first, said === "success" ? result : new Error("no module")]);
      return Promise.resolve();
    }
  }
  const jest: Jest = jestOf({
    createScriptTransformer: (each) => {
      transformers.push(each);
      return Promise.resolve(transformer(Runner));
    },
  });
  const emitter: Pick<EventEmitter, "on"> = process;
  const unhandled = new Map<unknown, (...args: readonly unknown[]) => void>();
  // Nobody else is to hear what this is told.
  const spy = vi.spyOn(emitter, "on").mockImplementation((event, listener) => {
    unhandled.set(event, listener);
    return process;
  });
  const runtime = switchRuntime();
  const bench = openBench(jest, { globalConfig: {}, testsOf: () => [] }, request, runtime, () => undefined);
  spy.mockRestore();
  const fail = (message: string): void => unhandled.get("uncaughtException")?.(new Error(message));
  return { bench, test: own, runtime, transformers, made, fail };
}

/** One test, which passes. */
function tell({ handleTestEvent }: Environment): void {
  const root = { type: "describeBlock", name: "ROOT", children: new Array<CircusTest>(), hooks: [] } as const;
  const one: CircusTest = { type: "test", name: "one", parent: root, errors: [] };
  root.children.push(one);
  const state = { rootDescribeBlock: root, testTimeout: 5000 };
  handleTestEvent?.({ name: "setup", runtimeGlobals: { expect: { getState: () => ({}) } } }, state);
  handleTestEvent?.({ name: "run_start" }, state);
  for (const name of ["test_start", "test_done"]) handleTestEvent?.({ name, test: one }, state);
}

const all = { only: null, stopAtFirst: false, limitMs: null };

test("a file is run with a mutant on, and what it told is the run", async () => {
  const seen: boolean[] = [];
  const {
    bench,
    test: own,
    runtime,
  } = open({
    work: (on) => {
      seen.push(on.is(3), on.is(4));
      on.at(5);
      on.loop(0);
    },
  });
  expect(await bench.run(own, 3, all)).toEqual({
    finished: [{ id: '0 ["one"]', name: "one" }],
    failure: null,
    failedId: null,
    isStray: false,
  });
  expect([seen, runtime.hits]).toEqual([[true, false], 1]);
  await bench.run(own, null, all);
  expect([runtime.hits, [...runtime.reached.keys()], runtime.executed, runtime.usual]).toEqual([0, [3, 4], [5], [1]]);
});

test("what an environment still does when its run is over counts for no other", async () => {
  let left: Switch | undefined;
  const { bench, test: own, runtime } = open({ work: (on) => void (left ??= on) });
  await bench.run(own, null, all);
  await bench.run(own, null, all);
  runtime.begin(null);
  expect(left?.is(3)).toBe(false);
  left?.at(5);
  left?.loop(0);
  expect([runtime.reached.size, runtime.executed, runtime.usual]).toEqual([0, [], []]);
  runtime.begin(3);
  expect(left?.is(3)).toBe(false);
});

test("a project's place is opened once, with our file as its runtime, which its cache does not see", async () => {
  const { bench, test: own, transformers } = open({});
  await bench.run(own, null, all);
  await bench.run(own, 1, all);
  expect(transformers.map((config) => [config.runtime, Object.keys(config).includes("runtime")])).toEqual([
    ["/inside.cjs", false],
    [undefined, false],
  ]);
});

test("a runtime of the project's own is the one that is made", async () => {
  const rootDir = temporaryFolder("assay-runtime-");
  writeFileSync(join(rootDir, "own.cjs"), "exports.default = class Own {};");
  const plain = open({});
  await plain.bench.run(plain.test, null, all);
  const own = open({ config: { rootDir, runtime: "./own.cjs" } });
  await own.bench.run(own.test, null, all);
  expect([plain, own].map(({ made }) => made[0]?.constructor.name)).toEqual(["Runtime", "Own"]);
});

test.each<readonly [string, Behaviour, string]>([
  ["a runner of an old kind", { supportsEventEmitters: false }, "runner jest-runner"],
  ["a runner that makes no runtime", { runs: "nothing" }, "runner jest-runner"],
  [
    "another way to run tests",
    { runs: "otherwise", config: { testRunner: "jest-jasmine2" } },
    "testRunner jest-jasmine2",
  ],
])("%s is not driven", async (_what, behaviour, what) => {
  const { bench, test: own } = open(behaviour);
  await expect(bench.run(own, null, all)).rejects.toThrow(`mutation testing does not drive the ${what}`);
});

test.each<readonly [string, Behaviour, string]>([
  ["fails before its tests are known", { said: "failure", runs: "nothing" }, "no module"],
  ["fails in the middle", { said: "failure" }, "no module"],
  ["is said nothing of", { said: "nothing", runs: "nothing" }, "jest said nothing of the file"],
])("a file that %s has failed", async (_what, behaviour, message) => {
  const { bench, test: own } = open(behaviour);
  expect((await bench.run(own, null, all)).failure).toEqual({ test: null, message });
});

test("an error that nobody has caught makes the run a stray one, and is its failure where there is no other", async () => {
  const strayIn = async (behaviour: Behaviour): Promise<Run> => {
    const opened: Opened = open({ ...behaviour, work: () => opened.fail("late") });
    return opened.bench.run(opened.test, null, all);
  };
  expect(await strayIn({})).toMatchObject({ failure: { test: null, message: "unhandled error: late" }, isStray: true });
  expect(await strayIn({ said: "failure" })).toMatchObject({ failure: { message: "no module" }, isStray: true });
});
