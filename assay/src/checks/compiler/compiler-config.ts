// What a tsconfig amounts to on one side of a change, with everything it extends.
import { dirOf, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import type { Package } from "../../model/workspace.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { remembered } from "../change/remembered.ts";
import { nearest, type Side } from "../change/sides.ts";
import { isObject, type JsonObject } from "../../tools/output/json-output.ts";

/** A value and the file that it is written in. */
export interface Setting {
  readonly value: unknown;
  readonly path: RepoPath;
}

/** A configuration with everything that it extends inside the repository. */
export interface CompilerConfig {
  readonly path: RepoPath;
  readonly options: ReadonlyMap<string, Setting>;
  /** Globs and files, from the root; null where nothing says. */
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[] | null;
  readonly files: readonly string[] | null;
  /** Configurations of the projects that it refers to. */
  readonly references: readonly RepoPath[];
  /** Itself and every file that it extends. */
  readonly chain: readonly RepoPath[];
  /** What it extends that lies outside the repository. */
  readonly presets: readonly string[];
  /** Of the compiler that its folder declares. */
  readonly major: number | undefined;
}

/** Reads configurations of one side, each once. */
export type ReadConfig = (path: RepoPath) => CompilerConfig | undefined;

/** `packages`: those whose configurations may be extended by name. */
export async function createReader(side: Side, packages: readonly Package[]): Promise<ReadConfig> {
  const { parse } = await import("jsonc-parser");
  const readChain = (path: RepoPath, above: ReadonlySet<RepoPath>, leaf: RepoPath): CompilerConfig | undefined => {
    const text = side.read(path);
    if (text === undefined || above.has(path)) return undefined;
    const value: unknown = parse(text, [], { allowTrailingComma: true });
    const own = isObject(value) ? value : {};
    const extended = stringsIn(own["extends"]).map((base) => ({ base, found: locate(side, packages, path, base) }));
    const inside = new Set([...above, path]);
    const bases = extended.flatMap(({ found }) => (found && readChain(found, inside, leaf)) ?? []);
    const presets = extended.flatMap(({ base, found }) => (found === undefined ? [base] : []));
    return merge(path, own, bases, presets, dirOf(leaf));
  };
  return remembered((path: RepoPath) => {
    const config = readChain(path, new Set(), path);
    return config && { ...config, major: compilerMajor(side, path) };
  });
}

function merge(
  path: RepoPath,
  own: JsonObject,
  bases: readonly CompilerConfig[],
  presets: readonly string[],
  leafDir: RepoPath,
): CompilerConfig {
  const list = (name: "files" | "include" | "exclude"): readonly string[] | null =>
    Array.isArray(own[name])
      ? stringsIn(own[name]).flatMap((glob) => placed(glob, dirOf(path), leafDir))
      : (bases.findLast((base) => base[name] !== null)?.[name] ?? null);
  const options = ["vueCompilerOptions", "angularCompilerOptions", "compilerOptions"].flatMap((section) =>
    isObject(own[section]) ? Object.entries(own[section]) : [],
  );
  return {
    path,
    options: new Map([
      ...bases.flatMap((base) => [...base.options]),
      ...options.map(([name, value]): [string, Setting] => [name, { value, path }]),
    ]),
    include: list("include"),
    exclude: list("exclude"),
    files: list("files"),
    references: referencesIn(own, dirOf(path)),
    chain: [path, ...bases.flatMap(({ chain }) => chain)],
    presets: [...bases.flatMap((base) => base.presets), ...presets],
    major: undefined,
  };
}

/** Patterns count from the file that they stand in. What lies outside the repository is of no interest. */
function placed(glob: string, dir: RepoPath, leafDir: RepoPath): readonly string[] {
  const [, rest] = /^\$\{configDir\}\/?(.*)$/.exec(glob) ?? [];
  const path = pathInside(rest === undefined ? dir : leafDir, rest ?? glob);
  return path === undefined ? [] : [path];
}

function referencesIn(own: JsonObject, dir: RepoPath): readonly RepoPath[] {
  const references: unknown = own["references"];
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown) => {
    const target = isObject(reference) ? reference["path"] : undefined;
    const path = typeof target === "string" ? pathInside(dir, target) : undefined;
    if (path === undefined) return [];
    return path.endsWith(".json") ? path : (pathInside(path, "tsconfig.json") ?? []);
  });
}

function locate(side: Side, packages: readonly Package[], from: RepoPath, base: string): RepoPath | undefined {
  const named = packages.find(({ name }) => base === name || base.startsWith(`${name}/`));
  const target = /^\.{1,2}(?:\/|$)/.test(base)
    ? pathInside(dirOf(from), base)
    : named && pathInside(named.dir, `.${base.slice(named.name.length)}`);
  if (target === undefined) return undefined;
  return ["", ".json", "/tsconfig.json"]
    .flatMap((ending) => pathInside(target, `../${nameOf(target)}${ending}`) ?? [])
    .find((path) => path.endsWith(".json") && side.paths.has(path));
}

/** The major version of the compiler that the nearest manifest declares; undefined where none says a number. */
function compilerMajor(side: Side, config: RepoPath): number | undefined {
  for (let path = nearest(side, config, "package.json"); path !== undefined;) {
    const manifest = objectIn(side.read(path)) ?? {};
    for (const field of ["devDependencies", "dependencies", "peerDependencies"]) {
      const declared = manifest[field];
      const range = isObject(declared) ? declared["typescript"] : undefined;
      if (typeof range === "string") return majorIn(range);
    }
    const above = dirOf(path);
    path = above === "" ? undefined : nearest(side, above, "package.json");
  }
  return undefined;
}

function majorIn(range: string): number | undefined {
  const [, digits] = /^(?:npm:typescript@)?[~^>=v\s]*(\d+)(?:\.|$)/.exec(range) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function stringsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
}
