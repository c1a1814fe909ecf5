// The calls by which code loads, finds or runs something by its name. The scope reads the callee as it is written, guards
// follow names and values; both ask here what a function of a full name does.
import type { SpecifierKind } from "./specifier.ts";

/** `place` is a path that a call reads or runs, `command` are words of a command line, `code` is a program's text. */
export type LoadKind = SpecifierKind | "place" | "command" | "code";

export interface Load {
  readonly kind: LoadKind;
  /** Arguments that come before those of the function itself, as in `require.call(null, "x")`. */
  readonly skipped: number;
}

/** Packages that are a function which loads what it is told to. */
export const loadingPackages: ReadonlySet<string> = new Set([
  "esmock",
  "import-fresh",
  "proxyquire",
  "require-from-string",
  "rewire",
]);

/** By the whole name. */
const exact: ReadonlyMap<string, LoadKind> = new Map<string, LoadKind>([
  ["require", "require"],
  ["module.require", "require"],
  ["process.getBuiltinModule", "require"],
  ["import.meta.require", "require"],
  ["import.meta.resolve", "resolve"],
  ["import.meta.glob", "glob"],
  ["import.meta.globEager", "glob"],
  ["require.context", "glob"],
  ["eval", "code"],
  ["Function", "code"],
  ...[...loadingPackages].map((name) => [name, "require"] as const),
]);

/** By the end of the name, since the object may be anything. */
const endings: readonly (readonly [pattern: RegExp, kind: LoadKind])[] = [
  [/(?:^|[.)])createRequire\(\)$/, "require"],
  [/^(?:require\.main|process\.mainModule|module\.parent)\.require$/, "require"],
  [/^module\.(?:Module\.)?_load$/, "require"],
  [/^jiti(?:\.createJiti)?\(\)(?:\.import)?$/, "require"],
  [/(?:^require|createRequire\(\))\.resolve$/, "resolve"],
  [/(?:^|\.)mock\.module$/, "mock"],
  [
    /^(?:.*\.)?(?:SharedWorker|Worker|createReadStream|copyFile|copyFileSync|cp|cpSync|readFile|readFileSync)$/,
    "place",
  ],
  [/^(?:.*\.)?(?:link|linkSync|symlink|symlinkSync|importScripts|readTextFile|readTextFileSync|addModule)$/, "place"],
  [/^(?:Bun\.file|navigator\.serviceWorker\.register)$/, "place"],
  [/^(?:.*\.)?(?:fork|spawn|spawnSync|execSync|execFile|execFileSync|execa|execaSync|execaNode)$/, "command"],
  [/^(?:child_process\.exec|Deno\.Command|Bun\.spawn|Bun\.spawnSync)$/, "command"],
  [/^(?:.*\.)?(?:runInThisContext|runInNewContext|runInContext|compileFunction)$/, "code"],
  [/^vm\.Script$/, "code"],
];

/** Methods of `vi`, `vitest` and `jest` that take a module's name. */
const mockingMethods: ReadonlySet<string> = new Set([
  "createMockFromModule",
  "deepUnmock",
  "doMock",
  "doUnmock",
  "dontMock",
  "importActual",
  "importMock",
  "mock",
  "requireActual",
  "requireMock",
  "setMock",
  "unmock",
  "unstable_mockModule",
]);

/**
 * What a call of a function does with its arguments; undefined where it loads nothing. A full name goes back to a global
 * or a module: `child_process.fork`, and `module.createRequire()` for what that call gives.
 */
export function loadOf(fullName: string): Load | undefined {
  const bare = calledThrough(fullName);
  const kind = kindOf(bare);
  return kind && { kind, skipped: bare === fullName ? 0 : 1 };
}

function kindOf(name: string): LoadKind | undefined {
  const found = exact.get(name) ?? endings.find(([pattern]) => pattern.test(name))?.[1];
  if (found !== undefined) return found;
  const [method = "", object = ""] = name.split(".").toReversed();
  return mockingMethods.has(method) && ["vi", "vitest", "jest"].includes(object) ? "mock" : undefined;
}

/** The full name of a property, given that of its object. */
export function memberName(object: string, property: string): string {
  if (property === "default") return object;
  return ["globalThis", "global", "self", "window"].includes(object) ? property : `${object}.${property}`;
}

/** The full name of what a call of a named function gives. */
export function resultName(callee: string): string {
  return callee.endsWith(".bind") ? callee.slice(0, -".bind".length) : `${calledThrough(callee)}()`;
}

/** The function that `call` or `apply` calls. */
function calledThrough(name: string): string {
  return name.replace(/\.(?:call|apply)$/, "");
}

/** Does a call give the module that it names? */
export function givesModule(callee: string): boolean {
  return callee === "require" || callee === "process.getBuiltinModule";
}

/** The full name of a module, and of its default export. */
export function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, "");
}

/** The full name of what an import takes from a module. */
export function importName(specifier: string, imported: string): string {
  const module = moduleName(specifier);
  return imported === "*" || imported === "default" ? module : `${module}.${imported}`;
}
