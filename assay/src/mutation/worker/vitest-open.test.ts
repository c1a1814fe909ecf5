import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { encodeEvent, type Said, type SessionRequest } from "./protocol.ts";
import type { Project, ResolvedConfig, Specification, Vitest } from "./vitest-api.ts";
import { inOrder, openVitest, setWorkers, workersAllowed } from "./vitest-open.ts";

function configOf(more: Partial<ResolvedConfig> = {}): ResolvedConfig {
  const lists = { globalSetup: [], setupFiles: [], snapshotSerializers: [] };
  return { snapshotOptions: { updateSnapshot: "new" }, isolate: true, ...lists, ...more };
}

function projectOf(config: ResolvedConfig): Project {
  const project: Project = {
    name: "",
    config,
    vite: {},
    provide: () => undefined,
    matchesTestGlob: () => true,
    getProvidedContext: () => ({}),
    createSpecification: () => ({ project }),
  };
  return project;
}

/** With its own configuration first, then those of its projects. */
function vitestOf(own: Partial<ResolvedConfig>, ...projects: readonly Partial<ResolvedConfig>[]): Vitest {
  return {
    version: "4.1.12",
    config: configOf(own),
    projects: projects.map((each) => projectOf(configOf(each))),
    runTestSpecifications: () => Promise.resolve({ unhandledErrors: [] }),
    close: () => Promise.resolve(),
  };
}

test("as many workers are allowed as every part of the configuration allows", () => {
  const allowed = (own: Partial<ResolvedConfig>, ...projects: readonly Partial<ResolvedConfig>[]): number =>
    workersAllowed(vitestOf(own, ...projects));
  expect([
    allowed({}, {}),
    allowed({ maxWorkers: 3 }, {}),
    allowed({ maxWorkers: 3 }, { maxWorkers: 2 }, { maxWorkers: 4 }),
    allowed({}, { fileParallelism: false, maxWorkers: 4 }),
    allowed({ fileParallelism: true, maxWorkers: 4 }),
  ]).toEqual([Infinity, 3, 2, 1, 4]);
});

test("a number that nobody has asked for is no limit", () => {
  const own = { maxWorkers: 1, providedOptions: { maxWorkers: false } };
  expect(workersAllowed(vitestOf(own, own))).toBe(Infinity);
  expect(workersAllowed(vitestOf(own, { maxWorkers: 2, providedOptions: { maxWorkers: true } }))).toBe(2);
});

test("all projects are told the same number of workers, and whether each file has its own", () => {
  const vitest = vitestOf({ maxWorkers: 8 }, { maxWorkers: 1, isolate: true }, {});
  setWorkers(vitest, { isolate: false, workers: 3 });
  const configs = [vitest, ...vitest.projects].map(({ config }) => [config.isolate, config.maxWorkers]);
  expect(configs).toEqual(configs.map(() => [false, 3]));
  expect(configs).toHaveLength(3);
});

test("files that are to run in an order are handed on as they are", () => {
  const project = projectOf(configOf());
  const specifications: readonly Specification[] = [{ project }, { project }];
  expect(inOrder(specifications)).toBe(specifications);
});

interface Options extends Readonly<Record<string, unknown>> {
  readonly reporters: readonly [{ onUserConsoleLog: (log: { content: string }) => void }];
  readonly sequence: {
    readonly sequencer: new () => {
      sort: (specifications: readonly Specification[]) => readonly Specification[];
      shard: (specifications: readonly Specification[]) => readonly Specification[];
    };
  };
}

interface Opened {
  readonly vitest: Vitest;
  readonly options: Options;
  readonly heard: readonly Said[];
  readonly dir: string;
}

const loop: SessionRequest["job"] = {
  kind: "loop",
  isolate: false,
  workers: 1,
  mutants: [],
  skip: [],
  probes: [],
  until: 0,
  isSample: false,
  bearing: null,
};

/** An installed vitest that opens this one, and tells with which options. */
async function open(vitest: Vitest, job: SessionRequest["job"] = loop): Promise<Opened> {
  const variables = ["TEST", "VITEST", "NODE_ENV", "ASSAY_VITEST_DIR"].map(
    (name) => [name, process.env[name]] as const,
  );
  onTestFinished(() => {
    for (const [name, value] of variables) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    Reflect.deleteProperty(globalThis, key);
  });
  const dir = temporaryFolder("assay-vitest-");
  const key = Symbol.for(dir);
  mkdirSync(join(dir, "dist"));
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  const exported = `const place = globalThis[Symbol.for(${JSON.stringify(dir)})];
export const version = place.vitest.version;
export const parseCLI = (argv) => ({ options: { argv } });
export const createVitest = async (mode, options) => (Object.assign(place, { options }), place.vitest);
`;
  writeFileSync(join(dir, "dist/node.js"), exported);
  const place: { vitest: Vitest; options?: Options } = { vitest };
  Reflect.set(globalThis, key, place);
  const heard: Said[] = [];
  const request: SessionRequest = {
    token: "token",
    compileCache: "/cache",
    runnerDir: dir,
    args: ["--pool=forks"],
    root: "/repo/packages/a",
    repository: "/repo",
    scratch: "/scratch",
    insideFile: "/inside.js",
    switchName: "on",
    control: 1,
    sources: {},
    files: [],
    job,
  };
  const opened = await openVitest(
    request,
    () => undefined,
    (said) => void heard.push(said),
  );
  if (place.options === undefined) throw new Error("nothing was opened");
  return { vitest: opened, options: place.options, heard, dir };
}

test("vitest is opened as the script's own arguments have it, but for what writes, watches or stops early", async () => {
  const { options, vitest, dir } = await open(vitestOf({}, {}, {}));
  expect(options).toMatchObject({
    argv: ["vitest", "run", "--pool=forks"],
    root: "/repo/packages/a",
    runner: "/inside.js",
    run: true,
    watch: false,
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
  });
  for (const { config } of [vitest, ...vitest.projects])
    expect([config.runner, config.snapshotOptions.updateSnapshot]).toEqual(["/inside.js", "none"]);
  expect([process.env["TEST"], process.env["VITEST"], process.env["ASSAY_VITEST_DIR"]]).toEqual(["true", "true", dir]);
});

test("files share threads, unless each is to have a worker of its own", async () => {
  const poolOf = async (job: SessionRequest["job"]): Promise<unknown> => {
    const { options } = await open(vitestOf({}), job);
    return [options["isolate"], options["pool"], options["poolOptions"]];
  };
  const trials = { kind: "trials", workers: 1, trials: [], shared: false, usual: [] } as const;
  expect([await poolOf(loop), await poolOf({ ...loop, isolate: true }), await poolOf(trials)]).toEqual([
    [false, "threads", undefined],
    [true, undefined, undefined],
    [true, "threads", undefined],
  ]);
});

test("vitest 3 is told of its only worker when it is opened", async () => {
  const { options } = await open({ ...vitestOf({}), version: "3.2.4" });
  expect(options).toMatchObject({
    fileParallelism: false,
    minWorkers: 1,
    maxWorkers: 1,
    poolOptions: {
      threads: { isolate: false, singleThread: false, maxThreads: 1, minThreads: 1 },
      forks: { isolate: false, singleFork: false, maxForks: 1, minForks: 1 },
    },
  });
});

test("what the runner in a worker says is heard, and what tests print is not", async () => {
  const { options, heard } = await open(vitestOf({}));
  const event = { kind: "finished", file: "/repo/a.test.ts" } as const;
  const [{ onUserConsoleLog }] = options.reporters;
  for (const content of [encodeEvent("token", event, 2), "printed", encodeEvent("other", event)])
    onUserConsoleLog({ content });
  expect(heard).toEqual([{ event, worker: 2 }]);
});

test("files are run in the given order, and all of them", async () => {
  const { options } = await open(vitestOf({}));
  const project = projectOf(configOf());
  const [first, second, third]: readonly Specification[] = [{ project }, { project }, { project }];
  if (!first || !second || !third) throw new Error("there are three");
  inOrder([second, third, first]);
  const sequencer = new options.sequence.sequencer();
  const sorted = sequencer.sort([first, second, third]);
  expect([second, third, first].map((each, index) => sorted[index] === each)).toEqual([true, true, true]);
  expect(sequencer.shard(sorted)).toBe(sorted);
});

test("modules that a project keeps are not kept while mutants are in them", async () => {
  const told: unknown[] = [];
  const valueOf = (each: unknown): unknown =>
    typeof each === "function" ? Reflect.apply(each, undefined, []) : "config";
  const define = (...args: readonly unknown[]): void => void told.push(args.map(valueOf));
  const keeping = { experimental: { fsModuleCache: true } };
  await open({ ...vitestOf({}, keeping, {}), _fsCache: { defineCacheKeyGenerator: define } });
  await open({
    ...vitestOf({}, { fsModuleCache: true }, {}),
    cache: { _modules: { defineCacheKeyGenerator: define } },
  });
  expect(told).toEqual([[false], ["config", false]]);
  await open({ ...vitestOf({}, {}), _fsCache: { defineCacheKeyGenerator: define } });
  expect(told).toHaveLength(2);
  await expect(open(vitestOf({}, { fsModuleCache: true }))).rejects.toThrow(
    'The project "" sets fsModuleCache, which would keep mutants; turn it off',
  );
});
