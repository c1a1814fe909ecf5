// Tells whether a worker is as new after a run of tests, so that another run in it is worth one in a fresh worker.
import { openHygiene } from "./hygiene.ts";
import type { EvaluatedModule, Runner, Vi, WorkerState } from "./vitest-api.ts";

export interface Renewal {
  /** Puts the worker back as far as that goes. Answers whether nothing is left of what was run since it was opened. */
  renew(): boolean;
}

/** To be opened before the first test file is loaded. `vitestDir`: what comes from there looks after itself. */
export function openRenewal(vi: Vi, runner: Runner, state: WorkerState, vitestDir: string): Renewal {
  const hygiene = openHygiene(vi, runner);
  const before = marksOf();
  const resourcesBefore = resources();
  return {
    renew() {
      hygiene.restore();
      const modules = [...state.evaluatedModules.idToModuleMap.values()];
      return (
        state.environment?.name === "node" &&
        modules.every((module) => isForgetful(module, vitestDir)) &&
        [...resources()].every(([kind, count]) => count <= (resourcesBefore.get(kind) ?? 0)) &&
        isSame(before, marksOf())
      );
    },
  };
}

/**
 * Built-in modules that keep nothing of what was done with them, unless it was put into what they export: no listeners,
 * connections, caches or children.
 */
const forgetful: ReadonlySet<string> = new Set([
  "assert",
  "assert/strict",
  "buffer",
  "crypto",
  "events",
  "fs",
  "fs/promises",
  "os",
  "path",
  "path/posix",
  "path/win32",
  "querystring",
  "stream",
  "stream/promises",
  "stream/web",
  "string_decoder",
  "timers",
  "timers/promises",
  "url",
  "util",
  "util/types",
  "zlib",
]);

/** What vitest evaluates by itself is evaluated anew; what it leaves to Node is not, and may remember. */
function isForgetful({ meta }: EvaluatedModule, vitestDir: string): boolean {
  const outside = meta !== undefined && "externalize" in meta ? meta.externalize : undefined;
  if (outside === undefined) return true;
  const isVitest = outside.startsWith(`file://${vitestDir}/`) || outside.startsWith(`${vitestDir}/`);
  return isVitest || forgetful.has(outside.replace(/^node:/, ""));
}

/** Stands for what can not be seen from outside. */
const ofProcess = {};

/** By object, the values of its properties and the functions that compute them. */
type Marks = ReadonlyMap<object, ReadonlyMap<string | symbol, unknown>>;

/**
 * What a program can leave its marks on: the globals and the built-in modules, what they hold, what that makes, and the
 * process.
 */
function marksOf(): Marks {
  const marks = new Map<object, ReadonlyMap<string | symbol, unknown>>();
  const look = (owner: object): ReadonlyMap<string | symbol, unknown> => {
    const properties = propertiesOf(owner);
    marks.set(owner, properties);
    return properties;
  };
  const builtIns: readonly unknown[] = [...forgetful].map((name) => process.getBuiltinModule(name));
  for (const root of [globalThis, ...builtIns.filter(isObject)]) {
    for (const [key, value] of look(root)) {
      if (!isObject(value) || marks.has(value) || isVitestOwn(key)) continue;
      const prototype = look(value).get("prototype");
      if (isObject(prototype) && !marks.has(prototype)) look(prototype);
    }
  }
  marks.set(ofProcess, partsOfProcess());
  return marks;
}

function isVitestOwn(key: string | symbol): boolean {
  return typeof key === "string" && key.startsWith("__vitest");
}

/** Who listens to it, and who takes what is written. */
function partsOfProcess(): ReadonlyMap<string | symbol, unknown> {
  const listeners = process.eventNames().map((name) => [name, process.listenerCount(name)] as const);
  return new Map<string | symbol, unknown>([
    ...listeners,
    ["output", Reflect.get(process.stdout, "write")],
    ["errors", Reflect.get(process.stderr, "write")],
  ]);
}

/** Servers, connections, children and the like, by their kinds. */
function resources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo())
    if (!isPassing(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/**
 * Vitest has timers and reads files as well. When a timer of a test's is due, what it calls belongs to modules that nobody
 * uses any more, and whatever else it leaves its marks on is looked at.
 */
function isPassing(resource: string): boolean {
  return /^(?:Timeout|Immediate|FSReq\w*|CloseReq)$/.test(resource);
}

function propertiesOf(owner: object): ReadonlyMap<string | symbol, unknown> {
  const found = new Map<string | symbol, unknown>();
  for (const key of Reflect.ownKeys(owner)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(owner, key);
    found.set(key, descriptor?.get ?? descriptor?.value);
  }
  return found;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function isSame(before: Marks, now: Marks): boolean {
  if (before.size !== now.size) return false;
  for (const [owner, properties] of now) {
    const known = before.get(owner);
    if (known?.size !== properties.size) return false;
    for (const [key, value] of properties) if (!known.has(key) || !Object.is(known.get(key), value)) return false;
  }
  return true;
}
