import { expect, test } from "vitest";
import type { Project, ResolvedConfig, Specification, Vitest } from "./vitest-api.ts";
import { inOrder, setWorkers, workersAllowed } from "./vitest-open.ts";

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
