import { expect, test } from "vitest";
import { keepHooks, type KeptHook } from "./kept-hooks.ts";
import type { EvaluatedModule, Runner, SuiteCollector } from "./vitest-api.ts";

type Hook = (...args: readonly unknown[]) => unknown;

/** A worker in which modules register hooks as they are loaded; installed ones are loaded once. */
function openWorker(version: 3 | 4 = 4) {
  const hooks: { name: string; hook: Hook | undefined }[] = [];
  const suite: SuiteCollector = { on: (name, ...all) => void hooks.push(...all.map((hook) => ({ name, hook }))) };
  const { on } = suite;
  const modules = new Map<string, EvaluatedModule>();
  const state = version === 3 ? { moduleCache: modules } : { evaluatedModules: { idToModuleMap: modules } };
  const kept: KeptHook[] = [];
  return {
    kept,
    isAsBefore: () => suite.on === on,
    /** Loads a test file, for each of `loaded` a module with what it registers, and answers what there is then. */
    async collect(loaded: Readonly<Record<string, () => void>>, setup?: () => void): Promise<readonly unknown[]> {
      for (const id of modules.keys()) modules.set(id, {});
      hooks.length = 0;
      const runner: Runner = {
        config: { testTimeout: 0, hookTimeout: 0 },
        importFile(_file, source) {
          if (source === "setup") return setup?.();
          for (const [id, load] of Object.entries(loaded)) {
            modules.set(id, { exports: {} });
            load();
          }
          return "imported";
        },
      };
      keepHooks(runner, () => suite, state, kept);
      await runner.onBeforeCollect?.(["a.test.ts"]);
      if (setup) await runner.importFile("setup.ts", "setup");
      expect(await runner.importFile("a.test.ts", "collect")).toBe("imported");
      return hooks.map(({ name, hook }) => `${name} ${String(hook?.())}`);
    },
    /** Registers as a module of this path. */
    register(path: string, name: string, result: string): void {
      at(path, () => suite.on(name, () => result));
    },
  };
}

/** Runs it as if a stack had this file as the one that called vitest. */
function at(path: string, run: () => void): void {
  const usual = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? { configurable: true };
  Error.prepareStackTrace = () =>
    ["Error", "    at on (/assay.js:1:1)", "    at afterEach (file:///w/node_modules/@vitest/runner/a.js:1:1)"]
      .concat(`    at ${path}:2:3`, "    at /w/src/a.test.ts:1:1")
      .join("\n");
  try {
    run();
  } finally {
    Object.defineProperty(Error, "prepareStackTrace", usual);
  }
}

const page = "/w/node_modules/.pnpm/page@1/node_modules/@ui/page/index.js";

test.each([3, 4] as const)(
  "a package that is loaded once has its hooks in each run, before others, in vitest %i",
  async (version) => {
    const worker = openWorker(version);
    const own = (): void => worker.register("/w/src/a.test.ts", "afterEach", "own");
    const first = await worker.collect({
      [page]: () => worker.register(page, "beforeAll", "page"),
      "/w/src/a.test.ts": own,
    });
    expect(first).toEqual(["beforeAll page", "afterEach own"]);
    const again = { "/w/src/a.test.ts": own, [page]: () => undefined };
    expect(await worker.collect(again)).toEqual(first);
    expect(await worker.collect(again)).toEqual(first);
    expect(worker.isAsBefore()).toBe(true);
  },
);

test.each([3, 4] as const)(
  "a file that does not load the package has none of its hooks, in vitest %i",
  async (version) => {
    const worker = openWorker(version);
    const plain = "/w/node_modules/plain/index.js";
    const load = () => worker.register(plain, "afterEach", "plain");
    await worker.collect({ [plain]: load });
    expect(await worker.collect({ "/w/src/b.test.ts": () => undefined })).toEqual([]);
    expect(await worker.collect({ [plain]: () => undefined })).toEqual(["afterEach plain"]);
    expect(worker.kept.map(({ owner }) => owner)).toEqual(["plain"]);
  },
);

test("a package that only another one loads, out of sight, has its hooks in every run", async () => {
  const worker = openWorker();
  await worker.collect({ "/w/node_modules/other/index.js": () => worker.register(page, "afterEach", "page") });
  expect(await worker.collect({ "/w/src/b.test.ts": () => undefined })).toEqual(["afterEach page"]);
});

test("a package that is evaluated each time has its hooks once", async () => {
  const worker = openWorker();
  const modules = { [page]: () => worker.register(page, "afterEach", "page") };
  await worker.collect(modules);
  expect(await worker.collect(modules)).toEqual(["afterEach page"]);
  expect(worker.kept.map(({ owner }) => owner)).toEqual(["@ui/page"]);
});

test("hooks of the repository's own are its own: a mutant may keep it from having them", async () => {
  const worker = openWorker();
  const path = "/w/src/clean.ts";
  await worker.collect({ [path]: () => worker.register(path, "afterEach", "clean") });
  expect([await worker.collect({ [path]: () => undefined }), worker.kept]).toEqual([[], []]);
});

test("what a setup file loads counts as well", async () => {
  const worker = openWorker();
  const file = { [page]: () => undefined };
  const first = await worker.collect(file, () => worker.register(page, "afterEach", "page"));
  expect([first, await worker.collect(file, () => undefined)]).toEqual([["afterEach page"], ["afterEach page"]]);
});

test("after a setup file that throws the next file has hooks of its own alone, and what was to be done before it is done", async () => {
  const registered: string[] = [];
  const suite: SuiteCollector = { on: (name) => void registered.push(name) };
  const { on } = suite;
  const begun: (readonly string[])[] = [];
  const runner: Runner = {
    config: { testTimeout: 0, hookTimeout: 0 },
    onBeforeCollect: (files) => void begun.push(files),
    importFile(_file, source) {
      suite.on(source, () => undefined);
      if (source === "setup") throw new Error("no setup");
    },
  };
  keepHooks(runner, () => suite, {}, []);
  await expect(runner.importFile("setup.ts", "setup")).rejects.toThrow("no setup");
  await runner.onBeforeCollect?.(["b.test.ts"]);
  expect([suite.on === on, begun]).toEqual([true, [["b.test.ts"]]]);
  await runner.importFile("b.test.ts", "collect");
  expect(registered).toEqual(["collect"]);
});
