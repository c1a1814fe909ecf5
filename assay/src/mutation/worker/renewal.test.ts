import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { openRenewal } from "./renewal.ts";
import type { EvaluatedModule, Runner, WorkerState } from "./vitest-api.ts";

const vitestDir = "/project/node_modules/vitest";

function runner(): Runner {
  return { config: { testTimeout: 0, hookTimeout: 0 }, importFile: () => undefined };
}

/** Is a worker as new that evaluated these modules, in an environment? */
function isNewAfter(modules: Readonly<Record<string, string | undefined>>, environment = "node"): boolean {
  const known = Object.entries(modules).map(([id, externalize]): [string, EvaluatedModule] => [
    id,
    externalize === undefined ? { meta: {} } : { meta: { externalize } },
  ]);
  const rpc = { onUserConsoleLog: () => Promise.resolve() };
  const idToModuleMap = new Map(known);
  const state: WorkerState = {
    evaluatedModules: { idToModuleMap },
    environment: { name: environment },
    providedContext: {},
    rpc,
  };
  return openRenewal(vi, runner(), state, vitestDir).renew();
}

/** Is a worker as new after this? */
function isNewAfterDoing(work: () => void): boolean {
  const rpc = { onUserConsoleLog: () => Promise.resolve() };
  const evaluatedModules = { idToModuleMap: new Map() };
  const state: WorkerState = { evaluatedModules, environment: { name: "node" }, providedContext: {}, rpc };
  const renewal = openRenewal(vi, runner(), state, vitestDir);
  work();
  return renewal.renew();
}

test.each([
  ["what vitest evaluates by itself", undefined, true],
  ["vitest", `file://${vitestDir}/dist/index.js`, true],
  ["a built-in module that keeps nothing", "node:fs", true],
  ["the same without its scheme", "path", true],
  ["a built-in module with listeners and children", "node:cluster", false],
  ["a built-in module that loads others", "node:module", false],
  ["a dependency", "file:///project/node_modules/zod/index.js", false],
  ["a dependency that is named like vitest", `file://${vitestDir}-extra/index.js`, false],
])("%s", (id, externalize, expected) => {
  expect(isNewAfter({ "/src/a.ts": undefined, [id]: externalize })).toBe(expected);
});

test("a document is not known to be as new", () => {
  expect(isNewAfter({}, "jsdom")).toBe(false);
});

test("what is put back leaves nothing behind", () => {
  const isNew = isNewAfterDoing(() => {
    Reflect.set(globalThis, "leftBehind", 1);
    process.env["LEFT_BEHIND"] = "1";
    vi.useFakeTimers();
    vi.stubGlobal("fetch", () => undefined);
  });
  expect([isNew, "leftBehind" in globalThis, process.env["LEFT_BEHIND"]]).toEqual([true, false, undefined]);
});

function removeLater(owner: object, key: string | symbol): void {
  onTestFinished(() => void Reflect.deleteProperty(owner, key));
}

test.each([
  ["a global", globalThis],
  ["what a global holds", JSON],
  ["a prototype", Map.prototype],
])("%s with another symbol", (_name, owner) => {
  const key = Symbol("left behind");
  removeLater(owner, key);
  expect(isNewAfterDoing(() => void Reflect.set(owner, key, 1))).toBe(false);
});

test("a function that computes a global's property", () => {
  removeLater(Math, "leftBehind");
  expect(isNewAfterDoing(() => Object.defineProperty(Math, "leftBehind", { get: () => 1, configurable: true }))).toBe(
    false,
  );
});

test("a property that is gone", () => {
  Reflect.set(JSON, "leftBehind", 1);
  removeLater(JSON, "leftBehind");
  expect(isNewAfterDoing(() => void Reflect.deleteProperty(JSON, "leftBehind"))).toBe(false);
});

test("a listener", () => {
  const listener = (): void => undefined;
  onTestFinished(() => void process.off("left behind", listener));
  expect(isNewAfterDoing(() => process.on("left behind", listener))).toBe(false);
});

test("something that is still going on, but for timers", () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  expect(isNewAfterDoing(() => void setTimeout(() => undefined, 10))).toBe(true);
  expect(isNewAfterDoing(() => void server.listen(0))).toBe(false);
});
