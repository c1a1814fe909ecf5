// Which calls load, find or run something by its name, whatever the function is called in the file.
import type { SpecifierKind } from "../source/specifier.ts";
import type { Node } from "../source/walk.ts";
import { onceForEachName, type Meaning } from "./module-bindings.ts";
import { passedOn } from "./passed-on.ts";
import type { Values } from "./values.ts";
import { mockingMethods } from "../source/facts-syntax.ts";

/** `place` is a path that a call reads or runs, `command` are words of a command line, `code` is a program's text. */
export type LoadKind = SpecifierKind | "place" | "command" | "code";

export interface Load {
  readonly kind: LoadKind;
  /** Arguments that come before those of the function itself, as in `require.call(null, "x")`. */
  readonly skipped: number;
}

/** Says what a call of a function does with its arguments; undefined where it loads nothing. */
export function createLoads(values: Values): (callee: Node) => Load | undefined {
  const ground: Ground = { values, once: onceForEachName() };
  return (callee) => loadOf(callee, ground);
}

interface Ground {
  readonly values: Values;
  readonly once: ReturnType<typeof onceForEachName<string>>;
}

function loadOf(callee: Node, ground: Ground): Load | undefined {
  for (const name of fullNames(callee, ground, 0)) {
    const [, bare = name, via] = /^(.*?)(?:\.(call|apply))?$/.exec(name) ?? [];
    const kind = kindOf(bare);
    if (kind !== undefined) return { kind, skipped: via === undefined ? 0 : 1 };
  }
  return undefined;
}

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
]);

/** By the end of the name, since the object may be anything. */
const endings: readonly (readonly [pattern: RegExp, kind: LoadKind])[] = [
  [/(?:^|[.)])createRequire\(\)$/, "require"],
  [/^(?:require\.main|process\.mainModule|module\.parent)\.require$/, "require"],
  [/^module\.(?:Module\.)?_load$/, "require"],
  [/^(?:import-fresh|require-from-string|rewire|proxyquire|esmock)$/, "require"],
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

function kindOf(name: string): LoadKind | undefined {
  const found = exact.get(name) ?? endings.find(([pattern]) => pattern.test(name))?.[1];
  if (found !== undefined) return found;
  const [method = "", object = ""] = name.split(".").toReversed();
  return mockingMethods.has(method) && ["vi", "vitest", "jest"].includes(object) ? "mock" : undefined;
}

/** More steps than this lead nowhere. */
const deepest = 6;

/**
 * The names of a function, back to a global or a module: `fork` of `import { fork as go } from "node:child_process"` is
 * `child_process.fork`, and what `createRequire(…)` gave is `module.createRequire()`.
 */
function fullNames(node: Node, ground: Ground, depth: number): readonly string[] {
  if (depth > deepest) return [];
  const { values } = ground;
  const below = (next: Node): readonly string[] => fullNames(next, ground, depth + 1);
  const passed = passedOn(node);
  if (passed) return passed.flatMap(below);
  if (node.type === "Identifier") return ofIdentifier(node.name, ground, depth);
  if (node.type === "MetaProperty") return [`${node.meta.name}.${node.property.name}`];
  if (node.type === "ImportExpression") return values.textsOf(node.source).map(moduleName);
  if (node.type === "MemberExpression") {
    const literal = !node.computed && node.property.type === "Identifier" ? [node.property.name] : undefined;
    const properties = literal ?? values.textsOf(node.property);
    return below(node.object).flatMap((object) => properties.map((property) => memberName(object, property)));
  }
  if (node.type !== "CallExpression") return [];
  return below(node.callee).flatMap((name) => {
    if (name.endsWith(".bind")) return [name.slice(0, -5)];
    const loaded = name === "require" || name === "process.getBuiltinModule" ? node.arguments[0] : undefined;
    return loaded ? values.textsOf(loaded).map(moduleName) : [`${name}()`];
  });
}

function ofIdentifier(name: string, ground: Ground, depth: number): readonly string[] {
  const meanings = ground.values.bindings.meaningsOf(name);
  if (meanings.length === 0) return [name];
  const names = (meaning: Meaning): readonly string[] => {
    if (meaning.kind === "imported") {
      const from = moduleName(meaning.from);
      return [meaning.name === "*" || meaning.name === "default" ? from : `${from}.${meaning.name}`];
    }
    if (meaning.kind === "value") return fullNames(meaning.node, ground, depth + 1);
    if (meaning.kind === "item") return [];
    return fullNames(meaning.of, ground, depth + 1).map((object) => memberName(object, meaning.name));
  };
  return ground.once(name, () => [...new Set(meanings.flatMap(names))]);
}

function memberName(object: string, property: string): string {
  if (property === "default") return object;
  return ["globalThis", "global", "self", "window"].includes(object) ? property : `${object}.${property}`;
}

function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, "");
}
