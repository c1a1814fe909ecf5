import { expect, test } from "vitest";
import type { Context, GlobalConfig, Jest, ProjectConfig, TestFile } from "./jest-api.ts";
import { openProjects, runGlobalHook } from "./jest-projects.ts";
import { jestOf, plainConfig } from "../testing/scripted-jest.ts";
import type { SessionRequest } from "./protocol.ts";

const request: SessionRequest = {
  token: "token",
  compileCache: "/cache",
  runnerDir: "/repo/node_modules/jest",
  args: ["--config", "jest.config.js"],
  root: "/repo/packages/a",
  repository: "/repo",
  scratch: "/scratch",
  insideFile: "/inside.cjs",
  switchName: "on",
  control: 1,
  sources: {},
  files: ["/repo/packages/a/src/a.test.ts"],
  job: { kind: "trials", workers: 1, trials: [], shared: false, usual: [] },
};

function config(name: string, more: Partial<ProjectConfig> = {}): ProjectConfig {
  return {
    ...plainConfig,
    roots: ["/repo/packages/a"],
    displayName: { name },
    ...more,
  };
}

interface Opened {
  readonly jest: Jest;
  /** Arguments, and the folders of projects, with which configurations are read. */
  readonly read: { argv: Readonly<Record<string, unknown>>; projects: readonly string[] }[];
  readonly contexts: { config: ProjectConfig; options: object }[];
  /** What was loaded as a global hook, with what. */
  readonly called: string[];
}

/** A jest with these projects, whose tests are called so, and what is loaded where a hook is. */
function jestWith(
  configs: readonly ProjectConfig[],
  argv: Readonly<Record<string, unknown>> = {},
  loaded: unknown = () => undefined,
): Opened {
  const opened: Omit<Opened, "jest"> = { read: [], contexts: [], called: [] };
  const createContext = (own: ProjectConfig, options: object): Promise<Context> => {
    opened.contexts.push({ config: own, options });
    return Promise.resolve({ config: own });
  };
  const parts: Partial<Jest> = {
    buildArgv: (args) => Promise.resolve({ given: args.join(" "), updateSnapshot: true, bail: 3, ...argv }),
    readConfigs: (read, projects) => {
      opened.read.push({ argv: read, projects });
      return Promise.resolve({ globalConfig: {}, configs });
    },
    createScriptTransformer: (own) =>
      Promise.resolve({
        transform: () => ({ code: "", originalCode: "" }),
        transformAsync: () => Promise.resolve({ code: "", originalCode: "" }),
        async requireAndTranspileModule(file, use) {
          opened.called.push(`${file} for ${own.displayName?.name ?? "nobody"}`);
          await use?.(loaded);
          return loaded;
        },
      }),
  };
  return { jest: jestOf(parts, createContext), ...opened };
}

/** The names of the projects that count the request's file among their tests. */
async function projectsOf(
  configs: readonly ProjectConfig[],
  argv: Readonly<Record<string, unknown>> = {},
): Promise<readonly (string | undefined)[]> {
  const projects = await openProjects(jestWith(configs, argv).jest, request);
  return request.files.flatMap((file) => projects.testsOf(file).map(({ context }) => context.config.displayName?.name));
}

test("configurations are read as the script's own arguments have it, but for what writes, reports or stops early", async () => {
  const { jest, read } = jestWith([config("a")]);
  await openProjects(jest, request);
  expect(read).toMatchObject([
    {
      argv: {
        given: "--config jest.config.js",
        ci: true,
        updateSnapshot: false,
        bail: 0,
        reporters: [],
        runInBand: true,
      },
      projects: ["/repo/packages/a"],
    },
  ]);
});

test("the projects that the arguments name are read in the place of the folder's own", async () => {
  const foldersOf = async (projects: unknown): Promise<unknown> => {
    const { jest, read } = jestWith([], { projects });
    await openProjects(jest, request);
    return read[0]?.projects;
  };
  expect(await foldersOf(["one", "two"])).toEqual(["one", "two"]);
  expect(await foldersOf([])).toEqual(["/repo/packages/a"]);
  expect(await foldersOf(undefined)).toEqual(["/repo/packages/a"]);
});

test("a file belongs to each project that counts it among its tests, and none is opened that lies elsewhere", async () => {
  const beside = config("beside", { roots: ["/repo/packages/ab", "/repo/packages/b"] });
  const whole = config("file", { roots: ["/elsewhere", "/repo/packages/a/src/a.test.ts"] });
  expect(await projectsOf([config("a"), beside, whole])).toEqual(["a", "file"]);
  const { jest, contexts } = jestWith([beside]);
  const projects = await openProjects(jest, request);
  expect([contexts, projects.testsOf("/repo/packages/a/src/a.test.ts")]).toEqual([[], []]);
  expect((await openProjects(jestWith([config("a")]).jest, request)).testsOf("/repo/packages/a/src/a.ts")).toEqual([]);
});

test("projects are chosen and left out by their names, as the script has it", async () => {
  const all = ["one", "two", "three"].map((name) => config(name));
  expect(await projectsOf(all, { selectProjects: ["one", "three"] })).toEqual(["one", "three"]);
  expect(await projectsOf(all, { ignoreProjects: ["one"] })).toEqual(["two", "three"]);
  expect(await projectsOf(all, { selectProjects: ["one", "two"], ignoreProjects: ["two"] })).toEqual(["one"]);
  expect(await projectsOf(all, { selectProjects: "one" })).toEqual([]);
});

test("linters that run as if they were tests are none", async () => {
  const runners = ["eslint", "oxlint", "biome", "prettier", "standard", "stylelint", "tsc", "tsd"];
  const linters = runners.map((name) => config(name, { runner: `/repo/node_modules/jest-runner-${name}/index.js` }));
  expect(await projectsOf([...linters, config("own", { runner: "/repo/jest-runner-own.js" })])).toEqual(["own"]);
});

test("nothing is kept in the repository: a cache below it is put aside, and any other is left", async () => {
  const { jest, contexts } = jestWith([
    config("outside"),
    config("inside", { cacheDirectory: "/repo/.cache/jest" }),
    config("beside", { cacheDirectory: "/repository-cache" }),
  ]);
  await openProjects(jest, request);
  expect(contexts.map((each) => each.config.cacheDirectory)).toEqual([
    "/tmp/jest",
    "/scratch/jest",
    "/repository-cache",
  ]);
  expect(contexts[0]?.options).toMatchObject({ maxWorkers: 1, watch: false, watchman: false });
});

const testOf = (own: ProjectConfig): TestFile => ({ path: "/repo/packages/a/src/a.test.ts", context: { config: own } });

/** Which files are run as setups, each for the project whose transforms it goes through. */
async function setups(globalConfig: GlobalConfig, configs: readonly ProjectConfig[]): Promise<readonly string[]> {
  const { jest, called } = jestWith(configs);
  await runGlobalHook(jest, globalConfig, configs.map(testOf), "globalSetup");
  return called;
}

test("what is set up before all tests is run once, by the project that names it, and for the first otherwise", async () => {
  const [one, two] = ["one", "two"].map((name) => config(name, { globalSetup: `/setup-${name}.js` }));
  if (!one || !two) throw new Error("there are two");
  const plain = config("plain", { globalSetup: null });
  expect(await setups({}, [one, two, one])).toEqual(["/setup-one.js for one", "/setup-two.js for two"]);
  expect(await setups({ globalSetup: "/setup-two.js" }, [plain, two])).toEqual(["/setup-two.js for two"]);
  expect(await setups({ globalSetup: "/global.js" }, [plain, config("other")])).toEqual(["/global.js for plain"]);
  expect(await setups({ globalSetup: "/global.js" }, [])).toEqual([]);
  expect(await setups({ globalTeardown: "/down.js" }, [plain])).toEqual([]);
});

test("a hook is called with the configurations, and must be a function", async () => {
  const given: unknown[] = [];
  const own = config("a", { globalTeardown: "/down.js" });
  const hook = (...args: readonly unknown[]): void => void given.push(...args);
  const globalConfig = { globalSetup: "/unused.js" };
  await runGlobalHook(jestWith([], {}, hook).jest, globalConfig, [testOf(own)], "globalTeardown");
  expect(given).toEqual([globalConfig, own]);
  const running = runGlobalHook(jestWith([], {}, { default: hook }).jest, {}, [testOf(own)], "globalTeardown");
  await expect(running).rejects.toThrow("globalTeardown file must export a function at /down.js");
});
