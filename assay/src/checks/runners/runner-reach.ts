// Which files a test runner's configuration makes it run, and which ones it measures.
import { isWithin, pathInside, type RepoPath } from "../../model/paths.ts";
import type { PossibleConfig } from "../configuration/possible-config.ts";
import type { RunnerName, RunnerPlace } from "../configuration/config-paths.ts";
import type { Settings } from "./runner-settings.ts";

/** Is the file among those that are run, or measured? Where not all patterns can be read, the answer is `inDoubt`: yes. */
export type Reaches = (path: RepoPath, inDoubt?: boolean) => boolean;

interface Keys {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly root: readonly string[];
  /** Where patterns begin, in place of the folder of the configuration. */
  readonly folder?: string;
  readonly byDefault: readonly string[];
}

const anyTest = "**/*.{test,spec}.?(c|m)[jt]s?(x)";

const testKeys: { readonly [R in RunnerName]?: Keys } = {
  vitest: { include: ["include"], exclude: ["exclude"], root: ["dir"], folder: "root", byDefault: [anyTest] },
  jest: {
    include: ["testMatch", "testRegex"],
    exclude: ["testPathIgnorePatterns", "modulePathIgnorePatterns"],
    root: ["roots"],
    folder: "rootDir",
    byDefault: ["**/__tests__/**/*.?([mc])[jt]s?(x)", "**/?(*.)+(spec|test).?([mc])[jt]s?(x)"],
  },
  playwright: { include: ["testMatch"], exclude: ["testIgnore"], root: ["testDir"], byDefault: [anyTest] },
  cypress: {
    include: ["specPattern"],
    exclude: ["excludeSpecPattern"],
    root: [],
    byDefault: ["cypress/e2e/**/*.cy.{js,jsx,ts,tsx}", "**/*.cy.{js,jsx,ts,tsx}"],
  },
  mocha: { include: ["spec"], exclude: ["ignore", "exclude"], root: [], byDefault: ["test/*.{js,cjs,mjs}"] },
  ava: {
    include: ["files"],
    exclude: [],
    root: [],
    byDefault: [
      "test.*",
      "{src,source}/test.*",
      "**/__tests__/**/*",
      "**/*.test.*",
      "**/test-*.*",
      "**/{test,tests}/**/*",
    ],
  },
  bun: {
    include: [],
    exclude: ["pathIgnorePatterns"],
    root: ["root"],
    byDefault: ["**/*{.,_}{test,spec}.?(c|m)[jt]s?(x)"],
  },
  deno: {
    include: ["include"],
    exclude: ["exclude"],
    root: [],
    byDefault: ["**/{*_,*.,}test.{ts,tsx,mts,js,mjs,jsx}", "**/__tests__/**"],
  },
  tap: {
    include: ["include", "files", "test-regex"],
    exclude: ["exclude", "test-ignore"],
    root: [],
    byDefault: [anyTest],
  },
};

const coverageKeys: { readonly [R in RunnerName]?: Keys } = {
  vitest: { include: ["include"], exclude: ["exclude"], root: [], byDefault: ["**"] },
  jest: {
    include: ["collectCoverageFrom"],
    exclude: ["coveragePathIgnorePatterns"],
    root: [],
    folder: "rootDir",
    byDefault: ["**"],
  },
  nyc: { include: ["include"], exclude: ["exclude"], root: [], byDefault: ["**"] },
  c8: { include: ["include", "src"], exclude: ["exclude"], root: [], byDefault: ["**"] },
  bun: { include: [], exclude: ["coveragePathIgnorePatterns"], root: [], byDefault: ["**"] },
  // What it mutates.
  stryker: { include: ["mutate"], exclude: [], root: [], byDefault: ["{src,lib}/**"] },
};

/** Patterns of one project, or of the whole configuration. */
interface Group {
  readonly include: Patterns | undefined;
  readonly exclude: Patterns;
  readonly root: Patterns | undefined;
  readonly folder: RepoPath | undefined;
}

interface Patterns {
  readonly items: readonly Pattern[];
  /** There may be more than can be read. */
  readonly open: boolean;
}

type Pattern = { readonly glob: string } | { readonly regex: string };

/** Which tests are run. Of several projects one has to run a file. */
export async function testReach(place: RunnerPlace, settings: Settings): Promise<Reaches | undefined> {
  const keys = testKeys[place.runner];
  if (keys === undefined) return undefined;
  const parts = place.runner === "cypress" ? /^(?:e2e|component)\./ : /^(?:.*?\.)?projects\.[^.]+\./;
  const prefixes = new Set([...settings.keys()].flatMap((key) => parts.exec(key)?.[0] ?? []));
  const base = place.runner === "vitest" ? "test." : "";
  const root = groupAt(place, settings, keys, base);
  const listed = patternsIn(settings.get(`${base}projects`) ?? settings.get("workspace"));
  const groups = [
    // A project of vitest may say more than what its tests are: `{ extends: true, test: { include: […] } }`.
    ...[...prefixes].map((prefix) => groupAt(place, settings, keys, prefix + base)),
    ...(listed === undefined ? [] : [{ ...root, include: inFolders(listed), root: undefined }]),
  ];
  const inherited = groups.map((group) => ({
    include: group.include ?? root.include,
    exclude: { items: [...group.exclude.items, ...(place.runner === "vitest" ? [] : root.exclude.items)], open: false },
    root: group.root ?? root.root,
    folder: group.folder ?? root.folder,
  }));
  return anyOf(inherited.length === 0 ? [root] : inherited, place, keys.byDefault);
}

/** Which sources are measured. */
export async function coverageReach(place: RunnerPlace, settings: Settings): Promise<Reaches | undefined> {
  const keys = coverageKeys[place.runner];
  const prefix = place.runner === "vitest" ? "test.coverage." : "";
  return keys && anyOf([groupAt(place, settings, keys, prefix)], place, keys.byDefault);
}

function groupAt(place: RunnerPlace, settings: Settings, keys: Keys, prefix: string): Group {
  const read = (names: readonly string[]): Patterns | undefined => {
    const found = names.flatMap((name) => patternsIn(settings.get(prefix + name), name) ?? []);
    return found.length === 0
      ? undefined
      : { items: found.flatMap(({ items }) => items), open: found.some(({ open }) => open) };
  };
  return {
    include: read(keys.include),
    exclude: read(keys.exclude) ?? { items: [], open: false },
    root: read(keys.root),
    folder: folderAt(place, settings, keys, prefix),
  };
}

/** Vite's root is one of all that vitest does, and stands outside of its own settings. */
function folderAt({ dir }: RunnerPlace, settings: Settings, { folder }: Keys, prefix: string): RepoPath | undefined {
  if (folder === undefined) return undefined;
  const value = settings.get(prefix + folder) ?? settings.get(prefix.replace(/test\.$/, "") + folder);
  if (value?.kind !== "scalar" || typeof value.value !== "string") return undefined;
  return pathInside(dir, value.value.replace(/^<rootDir>\/?/, "./"));
}

/** Settings whose strings are regular expressions. */
const regular = /(?:PathIgnorePatterns|testRegex|test-regex|test-ignore)$/;

function patternsIn(value: PossibleConfig | undefined, name = ""): Patterns | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "regex") return { items: [{ regex: value.source }], open: false };
  if (value.kind === "scalar") {
    if (typeof value.value !== "string") return undefined;
    const text = value.value.replace(/^<rootDir>\/?/, "");
    return { items: [regular.test(name) ? { regex: text.replaceAll("<rootDir>", "") } : { glob: text }], open: false };
  }
  if (value.kind === "list" || value.kind === "oneOf") {
    const inner = (value.kind === "list" ? value.items : value.options).map((item) => patternsIn(item, name));
    return { items: inner.flatMap((each) => each?.items ?? []), open: inner.some((each) => each?.open ?? true) };
  }
  return { items: [], open: true };
}

/** A project that is given by its folder, or by a configuration in there. */
function inFolders({ items, open }: Patterns): Patterns {
  const folders = items.flatMap((item) => ("glob" in item ? item.glob.replace(/\/?[^/]*\.config\.[^/]*$/, "") : []));
  return { items: folders.map((folder) => ({ glob: folder === "" ? anyTest : `${folder}/${anyTest}` })), open };
}

async function anyOf(
  groups: readonly Group[],
  place: RunnerPlace,
  byDefault: readonly string[],
): Promise<Reaches | undefined> {
  const { default: picomatch } = await import("picomatch");
  const compile = (pattern: Pattern): ((path: string) => boolean) => {
    if ("regex" in pattern) return regexOf(pattern.regex);
    const inside = pattern.glob.replace(/^(!?)\.?\//, "$1").replace(/\/$/, "");
    const glob = place.runner === "playwright" && !inside.startsWith("**/") ? `**/${inside}` : inside;
    const matches = picomatch(glob, { dot: true });
    const below = picomatch(`${glob}/**`, { dot: true });
    return (path) => matches(path) || below(path);
  };
  const compiled = groups.map(({ include, exclude, root, folder: dir = place.dir }) => {
    const items = include?.items ?? byDefault.map((glob) => ({ glob }));
    return {
      dir,
      isOpen: include?.open === true,
      included: items.filter((item) => !isNegated(item)).map(compile),
      excluded: [
        ...exclude.items.filter((item) => !isNegated(item)),
        ...items.filter(isNegated).map((item) => ("glob" in item ? { glob: item.glob.slice(1) } : item)),
      ].map(compile),
      roots: root?.items.flatMap((item) => ("glob" in item ? (pathInside(dir, item.glob) ?? []) : [])) ?? [],
    };
  });
  return (path, inDoubt = true) => {
    return compiled.some(({ dir, isOpen, included, excluded, roots }) => {
      if (!isWithin(dir, path)) return false;
      const root = roots.find((dir) => isWithin(dir, path));
      if (roots.length > 0 && root === undefined) return false;
      const fromDir = relativeTo(dir, path);
      const names = root === undefined ? [fromDir] : [fromDir, relativeTo(root, path)];
      const has = (matchers: readonly ((name: string) => boolean)[]): boolean =>
        matchers.some((matches) => names.some((name) => matches(name)));
      return ((isOpen && inDoubt) || has(included)) && !has(excluded);
    });
  };
}

function isNegated(pattern: Pattern): boolean {
  return "glob" in pattern && pattern.glob.startsWith("!");
}

function relativeTo(dir: RepoPath, path: RepoPath): string {
  return dir === "" ? path : path.slice(dir.length + 1);
}

function regexOf(source: string): (path: string) => boolean {
  try {
    const regex = new RegExp(source);
    return (path) => regex.test(`/${path}`) || regex.test(path);
  } catch {
    return () => false;
  }
}
