// Puts back what a run of tests may leave behind in its worker: a failing test never reaches its own cleaning up.
import { freeElementNames } from "./elements.ts";
import type { Runner, Vi } from "./vitest-api.ts";

export interface Hygiene {
  /** Modules are evaluated anew from now on, and the worker looks as it did when the hygiene was opened. */
  restore(): void;
}

/** Remembers the worker as it is now. */
export function openHygiene(vi: Vi, runner: Runner): Hygiene {
  const env = { ...process.env };
  const directory = process.cwd();
  const globals = dataGlobals();
  const page = openPage();
  return {
    restore() {
      vi.useRealTimers();
      vi.unstubAllEnvs();
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
      (runner.moduleRunner ?? runner.__vitest_executor)?.mocker?.reset?.();
      vi.resetModules();
      restoreEnv(env);
      restoreGlobals(globals);
      page?.restore();
      freeElementNames();
      if (process.cwd() !== directory) process.chdir(directory);
      process.exitCode = undefined;
    },
  };
}

function restoreEnv(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (process.env[name] !== value) process.env[name] = value;
}

/** Globals that hold a value; those that are computed are left alone. */
function dataGlobals(): Map<string, PropertyDescriptor> {
  const found = new Map<string, PropertyDescriptor>();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (name.startsWith("__vitest")) continue;
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
    if (descriptor) found.set(name, descriptor);
  }
  return found;
}

function restoreGlobals(before: ReadonlyMap<string, PropertyDescriptor>): void {
  for (const [name, descriptor] of dataGlobals()) {
    const old = before.get(name);
    if (!descriptor.configurable) continue;
    if (old === undefined) Reflect.deleteProperty(globalThis, name);
    else if (old.value !== descriptor.value || old.get !== descriptor.get) Object.defineProperty(globalThis, name, old);
  }
  for (const [name, old] of before) if (!Object.hasOwn(globalThis, name)) Object.defineProperty(globalThis, name, old);
}

interface Page {
  restore(): void;
}

/** The document that jsdom or happy-dom has put up. */
function openPage(): Page | undefined {
  const scope: unknown = globalThis;
  const page = scope as Partial<PageGlobals>;
  if (!page.document?.body) return undefined;
  const { head, body } = page.document;
  const [headContent, bodyContent] = [head.innerHTML, body.innerHTML];
  return {
    restore() {
      head.innerHTML = headContent;
      body.innerHTML = bodyContent;
      page.localStorage?.clear();
      page.sessionStorage?.clear();
    },
  };
}

interface PageGlobals {
  readonly document: { readonly head: { innerHTML: string }; readonly body: { innerHTML: string } | null };
  readonly localStorage: { clear(): void };
  readonly sessionStorage: { clear(): void };
}
