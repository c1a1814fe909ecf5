// The projects of a jest configuration, as the repository's script would have them run.
import { join, sep } from "node:path";
import type { Context, GlobalConfig, Jest, ProjectConfig, TestFile } from "./jest-api.ts";
import type { SessionRequest } from "./protocol.ts";

export interface Projects {
  readonly globalConfig: GlobalConfig;
  /** Once for each project that counts the file among its tests. */
  testsOf(file: string): readonly TestFile[];
}

/** What differs from the script's own run: one process, nothing written, nothing reported. */
const ownFlags = {
  ci: true,
  updateSnapshot: false,
  watch: false,
  watchAll: false,
  runInBand: true,
  coverage: false,
  collectCoverage: false,
  detectLeaks: false,
  detectOpenHandles: false,
  logHeapUsage: false,
  notify: false,
  bail: 0,
  passWithNoTests: true,
  watchman: false,
  reporters: [],
};

export async function openProjects(jest: Jest, request: SessionRequest): Promise<Projects> {
  const argv = { ...(await jest.buildArgv(request.args)), ...ownFlags };
  const { globalConfig, configs } = await jest.readConfigs(argv, projectsIn(argv) ?? [request.root]);
  const selected = configs.filter((config) => isSelected(argv, config) && holdsTests(config));
  const own = selected.filter(({ roots }) => request.files.some((file) => roots.some((root) => isBelow(root, file))));
  const projects = await Promise.all(own.map((config) => openProject(jest, request, config)));
  return {
    globalConfig,
    testsOf: (file) =>
      projects.flatMap(({ context, source }) => (source.isTestFilePath(file) ? [{ path: file, context }] : [])),
  };
}

interface Project {
  readonly context: Context;
  readonly source: InstanceType<Jest["SearchSource"]>;
}

async function openProject(
  jest: Jest,
  { repository, scratch }: SessionRequest,
  config: ProjectConfig,
): Promise<Project> {
  const ownCache = join(scratch, "jest");
  const safe = isBelow(repository, config.cacheDirectory) ? { ...config, cacheDirectory: ownCache } : config;
  const options = { console, maxWorkers: 1, watch: false, watchman: false };
  const context = await jest.Runtime.createContext(safe, options);
  return { context, source: new jest.SearchSource(context) };
}

function projectsIn({ projects }: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  return Array.isArray(projects) && projects.length > 0 ? projects.map(String) : undefined;
}

function isSelected(argv: Readonly<Record<string, unknown>>, { displayName }: ProjectConfig): boolean {
  const { selectProjects, ignoreProjects } = argv;
  const isNamed = (names: unknown): boolean => Array.isArray(names) && names.includes(displayName?.name);
  return (selectProjects === undefined || isNamed(selectProjects)) && !isNamed(ignoreProjects);
}

/** Linters can be run as if they were tests, and execute nothing. */
function holdsTests({ runner }: ProjectConfig): boolean {
  return !/jest-runner-(?:eslint|oxlint|biome|prettier|standard|stylelint|tsc|tsd)/.test(runner);
}

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** Runs what the configuration has set up before all tests, or taken down behind them, once each. */
export async function runGlobalHook(
  jest: Jest,
  globalConfig: GlobalConfig,
  tests: readonly TestFile[],
  hook: "globalSetup" | "globalTeardown",
): Promise<void> {
  const configs = tests.map(({ context }) => context.config);
  const [first] = configs;
  if (first === undefined) return;
  for (const file of new Set([...configs.map((config) => config[hook]), globalConfig[hook]])) {
    if (!file) continue;
    const config = configs.find((candidate) => candidate[hook] === file) ?? first;
    const transformer = await jest.createScriptTransformer(config);
    await transformer.requireAndTranspileModule(file, async (loaded) => {
      if (typeof loaded !== "function") throw new TypeError(`${hook} file must export a function at ${file}`);
      await Reflect.apply(loaded, undefined, [globalConfig, config]);
    });
  }
}
