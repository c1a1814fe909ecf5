import { expect, onTestFinished, test, vi } from "vitest";
import { openHygiene } from "./hygiene.ts";
import type { Runner } from "./vitest-api.ts";

function runnerWith(more: Partial<Runner> = {}): Runner {
  return { config: { testTimeout: 0, hookTimeout: 0 }, importFile: () => undefined, ...more };
}

test("variables of the environment are as they were: new ones gone, changed and removed ones back", () => {
  for (const name of ["HYGIENE_CHANGED", "HYGIENE_REMOVED"]) process.env[name] = "before";
  onTestFinished(() => {
    for (const name of ["HYGIENE_CHANGED", "HYGIENE_REMOVED"]) delete process.env[name];
  });
  const hygiene = openHygiene(vi, runnerWith());
  process.env["HYGIENE_NEW"] = "new";
  process.env["HYGIENE_CHANGED"] = "after";
  delete process.env["HYGIENE_REMOVED"];
  hygiene.restore();
  expect(["NEW", "CHANGED", "REMOVED"].map((name) => process.env[`HYGIENE_${name}`])).toEqual([
    undefined,
    "before",
    "before",
  ]);
});

function define(name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, name));
}

test("globals are as they were, whether they hold a value or compute one", () => {
  const old = (): string => "before";
  define("hygieneValue", { value: "before", writable: true });
  define("hygieneComputed", { get: old });
  define("hygieneRemoved", { value: "before" });
  const hygiene = openHygiene(vi, runnerWith());
  Reflect.set(globalThis, "hygieneNew", "new");
  Reflect.set(globalThis, "hygieneValue", "after");
  define("hygieneComputed", { get: () => "after" });
  Reflect.deleteProperty(globalThis, "hygieneRemoved");
  hygiene.restore();
  const read = (name: string): unknown => Reflect.get(globalThis, name);
  expect(["hygieneNew", "hygieneValue", "hygieneComputed", "hygieneRemoved"].map(read)).toEqual([
    undefined,
    "before",
    "before",
    "before",
  ]);
});

test("what vitest keeps among the globals is its own", () => {
  const hygiene = openHygiene(vi, runnerWith());
  define("__vitest_hygiene__", { value: "kept" });
  hygiene.restore();
  expect(Reflect.get(globalThis, "__vitest_hygiene__")).toBe("kept");
});

test("a global that can not be removed stays, and keeps nothing else from being put back", () => {
  const name = `hygieneForGood${Math.trunc(performance.now())}`;
  const hygiene = openHygiene(vi, runnerWith());
  Object.defineProperty(globalThis, name, { value: "stays" });
  Reflect.set(globalThis, "hygieneNew", "new");
  hygiene.restore();
  expect([Reflect.get(globalThis, name), Reflect.get(globalThis, "hygieneNew")]).toEqual(["stays", undefined]);
});

test("timers, mocks, stubbed variables and globals are real again, and modules are evaluated anew", async () => {
  const hygiene = openHygiene(vi, runnerWith());
  const path = "./wear.ts";
  const before: unknown = await import(path);
  vi.useFakeTimers();
  const spy = vi.spyOn(JSON, "parse").mockReturnValue("mocked");
  vi.stubEnv("HYGIENE_STUB", "stub");
  vi.stubGlobal("hygieneStub", "stub");
  process.exitCode = 3;
  hygiene.restore();
  expect([vi.isFakeTimers(), vi.isMockFunction(JSON.parse), JSON.parse("1")]).toEqual([false, false, 1]);
  expect([spy.mock.calls, process.env["HYGIENE_STUB"], process.exitCode]).toEqual([[], undefined, undefined]);
  expect((await import(path)) === before).toBe(false);
});

test.each(["moduleRunner", "__vitest_executor"])("modules that a test has mocked are forgotten by the %s", (key) => {
  let resets = 0;
  const mocker = {
    reset: () => {
      resets += 1;
    },
  };
  openHygiene(vi, runnerWith({ [key]: { mocker } })).restore();
  expect(resets).toBe(1);
});

test("a document holds what it held, and what it stores is gone", () => {
  const element = (innerHTML: string): { innerHTML: string } => ({ innerHTML });
  const [head, body] = [element("<title>a</title>"), element("<main></main>")];
  const cleared: string[] = [];
  const storage = (name: string): object => ({ clear: () => cleared.push(name) });
  define("document", { value: { head, body } });
  define("localStorage", { value: storage("local") });
  define("sessionStorage", { value: storage("session") });
  const hygiene = openHygiene(vi, runnerWith());
  head.innerHTML = "";
  body.innerHTML = "<p>left behind</p>";
  hygiene.restore();
  expect([head.innerHTML, body.innerHTML, cleared]).toEqual([
    "<title>a</title>",
    "<main></main>",
    ["local", "session"],
  ]);
});

test("a document without a body, or without stores, is no obstacle", () => {
  define("document", { value: { head: { innerHTML: "" }, body: null } });
  openHygiene(vi, runnerWith()).restore();
  const body = { innerHTML: "before" };
  define("document", { value: { head: { innerHTML: "" }, body } });
  define("localStorage", { value: undefined });
  define("sessionStorage", { value: undefined });
  const hygiene = openHygiene(vi, runnerWith());
  body.innerHTML = "after";
  hygiene.restore();
  expect(body.innerHTML).toBe("before");
});

test("what a page has defined as an element may be defined anew", () => {
  const elements = new Map<string, object>();
  const registry = {
    [Symbol("registry")]: elements,
    get: (name: string) => elements.get(name),
    define: (name: string, element: object) => void elements.set(name, elements.get(name) ?? element),
  };
  define("customElements", { value: registry });
  const [first, second] = [{ first: 1 }, { second: 2 }];
  registry.define("x-one", first);
  openHygiene(vi, runnerWith()).restore();
  registry.define("x-one", second);
  expect(elements.get("x-one")).toBe(second);
});
