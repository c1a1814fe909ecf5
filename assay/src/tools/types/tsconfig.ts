// Reads tsconfig files without the compiler: what `extends` amounts to, which files are in a program, where it writes.
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import { parse } from "jsonc-parser";
import { dirOf, joinPath, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isObject, stringOf, type JsonObject } from "../output/json-output.ts";

/** A tsconfig with everything that it extends. Folders are absolute; `null` where an option is not set. */
export interface TsConfig {
  readonly path: RepoPath;
  readonly dir: RepoPath;
  readonly absoluteDir: string;
  readonly flags: ReadonlySet<TsFlag>;
  readonly outDir: string | null;
  readonly declarationDir: string | null;
  readonly rootDir: string | null;
  readonly tsBuildInfoFile: string | null;
  /** `files: []` and nothing else: it only lists other projects. */
  readonly isSolution: boolean;
  /** Does it, or what it extends, say which files it is about? */
  readonly namesFiles: boolean;
  readonly references: readonly RepoPath[];
  /** A file that it or a configuration above it extends, or a project it refers to, that is not there. */
  readonly missing: string | null;
  /** Globs and files, absolute. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly files: readonly string[];
}

const tsFlags = ["composite", "incremental", "noEmit", "allowJs", "checkJs", "noUncheckedIndexedAccess"] as const;
export type TsFlag = (typeof tsFlags)[number];

/** Reads the tsconfig files of a workspace, each at most once. */
export interface TsConfigs {
  readonly workspace: Workspace;
  /** Undefined where there is no such file. */
  read(path: RepoPath): TsConfig | undefined;
}

export function tsConfigsOf(workspace: Workspace): TsConfigs {
  const known = new Map<RepoPath, TsConfig | undefined>();
  const read = (path: RepoPath): TsConfig | undefined => {
    if (!known.has(path)) known.set(path, readTsConfig(workspace, path));
    return known.get(path);
  };
  return { workspace, read };
}

function readTsConfig(workspace: Workspace, path: RepoPath): TsConfig | undefined {
  const absolute = join(workspace.root, path);
  if (!existsSync(absolute)) return undefined;
  const raw = readChain(absolute, new Set());
  const dir = dirOf(path);
  const absoluteDir = dirname(absolute);
  const outDir = raw.paths.get("outDir") ?? null;
  const declarationDir = raw.paths.get("declarationDir") ?? null;
  const referenced = raw.references.map((reference) => referencedConfig(dir, reference));
  const gone = referenced.find((reference) => reference !== undefined && !existsSync(join(workspace.root, reference)));
  return {
    path,
    dir,
    absoluteDir,
    flags: new Set(tsFlags.filter((flag) => raw.options.get(flag) === true)),
    outDir,
    declarationDir,
    rootDir: raw.paths.get("rootDir") ?? null,
    tsBuildInfoFile: raw.paths.get("tsBuildInfoFile") ?? null,
    isSolution: raw.files?.length === 0 && (raw.include ?? []).length === 0,
    namesFiles: (raw.files ?? raw.include) !== null,
    references: referenced.filter((reference) => reference !== undefined),
    missing: raw.missing ?? gone ?? null,
    include: raw.include ?? (raw.files === null ? [join(absoluteDir, "**/*")] : []),
    exclude: raw.exclude ?? [outDir, declarationDir].filter((excluded) => excluded !== null),
    files: raw.files ?? [],
  };
}

interface RawConfig {
  readonly options: ReadonlyMap<string, unknown>;
  readonly paths: ReadonlyMap<string, string>;
  readonly files: readonly string[] | null;
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[] | null;
  readonly references: readonly string[];
  readonly missing: string | null;
}

const pathOptions = ["outDir", "declarationDir", "rootDir", "tsBuildInfoFile"];

function readChain(file: string, above: ReadonlySet<string>, configDir = dirname(file)): RawConfig {
  const own = readObject(file);
  const dir = dirname(file);
  const absolute = (value: string): string => {
    const placed = value.replace(/^\$\{configDir\}/u, configDir);
    return isAbsolute(placed) ? placed : join(dir, placed);
  };
  const inside = new Set([...above, file]);
  const extended = stringsIn(own["extends"]).map((base) => ({ base, found: locateBase(dir, base) }));
  const bases = extended.flatMap(({ found }) =>
    found === undefined || inside.has(found) ? [] : [readChain(found, inside, configDir)],
  );
  const lost = extended.find(({ base, found }) => found === undefined && /^\.{0,2}\//u.test(base));
  const options = isObject(own["compilerOptions"]) ? own["compilerOptions"] : {};
  const list = (name: "files" | "include" | "exclude"): readonly string[] | null =>
    Array.isArray(own[name])
      ? stringsIn(own[name]).map(absolute)
      : (bases.findLast((base) => base[name] !== null)?.[name] ?? null);
  const ownPaths = pathOptions.flatMap((name): [string, string][] => {
    const value = stringOf(options[name]);
    return value === null ? [] : [[name, absolute(value)]];
  });
  return {
    options: new Map([...bases.flatMap((base) => [...base.options]), ...Object.entries(options)]),
    paths: new Map([...bases.flatMap((base) => [...base.paths]), ...ownPaths]),
    files: list("files"),
    include: list("include"),
    exclude: list("exclude"),
    references: referencesIn(own),
    missing: bases.find((base) => base.missing !== null)?.missing ?? lost?.base ?? null,
  };
}

function readObject(file: string): JsonObject {
  const value: unknown = parse(readFileSync(file, "utf8"));
  return isObject(value) ? value : {};
}

function stringsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
}

function referencesIn(own: JsonObject): readonly string[] {
  const references: unknown = own["references"];
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown) => (isObject(reference) ? (stringOf(reference["path"]) ?? []) : []));
}

function locateBase(dir: string, base: string): string | undefined {
  const [first = ""] = base.split("/");
  if (isAbsolute(base) || first === "." || first === "..") return configNamed(join(dir, base));
  for (let folder = dir; ; folder = dirname(folder)) {
    const found = configNamed(join(folder, "node_modules", base));
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

function configNamed(path: string): string | undefined {
  const candidates = [path, `${path}.json`, join(path, "tsconfig.json")];
  return candidates.find((candidate) => candidate.endsWith(".json") && existsSync(candidate));
}

function referencedConfig(dir: RepoPath, reference: string): RepoPath | undefined {
  const path = pathInside(dir, reference);
  return path === undefined || path.endsWith(".json") ? path : joinPath(path, "tsconfig.json");
}

const scriptFiles = /\.(?:[cm]?tsx?|vue)$/u;
const allFiles = /\.(?:[cm]?[jt]sx?|vue)$/u;

type Compile = (globs: string[]) => (path: string) => boolean;

/**
 * Tells which files of the repository are in a program by name. What they import is in it too, and not told.
 * Patterns are compiled on the first question.
 */
export async function programFiles(workspace: Workspace): Promise<(config: TsConfig) => (path: RepoPath) => boolean> {
  const { default: picomatch } = await import("picomatch");
  return (config) => {
    let matcher: ((path: RepoPath) => boolean) | undefined;
    return (path) => {
      matcher ??= matcherOf(workspace.root, config, (globs) => picomatch(globs));
      return matcher(path);
    };
  };
}

function matcherOf(root: string, config: TsConfig, compile: Compile): (path: RepoPath) => boolean {
  const fromRoot = (path: string): string => relative(root, path).split(sep).join("/");
  const listed = new Set(config.files.map(fromRoot));
  const extensions = config.flags.has("allowJs") || config.flags.has("checkJs") ? allFiles : scriptFiles;
  const included = compile(config.include.map(fromRoot).map(wholeFolder));
  const excluded = compile(config.exclude.map(fromRoot).flatMap((glob) => [wholeFolder(glob), glob]));
  return (path) => listed.has(path) || (extensions.test(path) && included(path) && !excluded(path));
}

/** A pattern that ends in a folder means all that is in it. */
function wholeFolder(glob: string): string {
  const isFile = /[*?]/u.test(posix.basename(glob)) || /\.[a-z]+$/u.test(glob);
  return isFile ? glob : glob === "" ? "**/*" : `${glob}/**/*`;
}

/** Where building the project writes, as examples of absolute paths: one emitted file for each folder, and what it remembers. */
export function outputsOf(config: TsConfig): readonly string[] {
  if (config.isSolution) return [];
  return [...outputFolders(config).map((dir) => join(dir, "index.d.ts")), buildInfoOf(config)];
}

/** The folders that building the project emits into, absolute. */
export function outputFolders({ flags, outDir, declarationDir, absoluteDir }: TsConfig): readonly string[] {
  if (flags.has("noEmit")) return [];
  return [...new Set([outDir ?? absoluteDir, declarationDir ?? outDir ?? absoluteDir])];
}

/** Where the compiler puts its memory of the last build when it is not told. */
function buildInfoOf({ tsBuildInfoFile, outDir, rootDir, absoluteDir, path }: TsConfig): string {
  if (tsBuildInfoFile !== null) return tsBuildInfoFile;
  const base = nameOf(path).replace(/\.json$/u, ".tsbuildinfo");
  if (outDir === null) return join(absoluteDir, base);
  return rootDir === null ? join(outDir, base) : join(outDir, relative(rootDir, absoluteDir), base);
}
