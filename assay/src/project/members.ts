// Which folders a workspace lists: the patterns as the package managers write them, and what they match.
import { AssayError } from "../model/errors.ts";
import { dirOf, joinPath, nameOf, pathInside, rootDir, type RepoPath } from "../model/paths.ts";
import type { Manifest } from "../model/workspace.ts";
import { isRecord, parseJsonObject } from "./json.ts";
import { plainList } from "./plain-list.ts";

type ReadText = (path: RepoPath) => string | undefined;

/**
 * The patterns that the workspace rooted in `dir` lists, as they are written. The first of these that lists any:
 * `pnpm-workspace.yaml`, the manifest's `workspaces`, `lerna.json`.
 *
 * @throws AssayError `config-invalid` for a list that cannot be read.
 */
export async function memberPatterns(
  readText: ReadText,
  dir: RepoPath,
  manifest: Manifest | undefined,
): Promise<readonly string[]> {
  return (
    (await pnpmPatterns(readText, joinPath(dir, "pnpm-workspace.yaml"))) ??
    manifestPatterns(joinPath(dir, "package.json"), manifest) ??
    lernaPatterns(readText, joinPath(dir, "lerna.json")) ??
    []
  );
}

async function pnpmPatterns(readText: ReadText, path: RepoPath): Promise<readonly string[] | undefined> {
  const text = readText(path);
  if (text === undefined) return undefined;
  const plain = plainList(text, "packages");
  if (plain !== undefined) return plain;
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const [at] = error.pos;
    const line = text.slice(0, at).split("\n").length;
    throw new AssayError("config-invalid", `${path}:${line}: not valid YAML: ${error.message}`, {
      hint: `Fix line ${line} of ${path}.`,
      cause: error,
    });
  }
  const value: unknown = document.toJS();
  return isRecord(value) ? patternList(path, "packages", value["packages"]) : undefined;
}

function manifestPatterns(path: RepoPath, manifest: Manifest | undefined): readonly string[] | undefined {
  const workspaces = manifest?.raw["workspaces"];
  // Yarn 1 and bun also take an object: the list beside `nohoist` or a catalog.
  if (isRecord(workspaces)) return patternList(path, "workspaces.packages", workspaces["packages"]);
  return patternList(path, "workspaces", workspaces);
}

function lernaPatterns(readText: ReadText, path: RepoPath): readonly string[] | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  return patternList(path, "packages", parseJsonObject(path, text)["packages"]) ?? ["packages/*"];
}

function patternList(path: RepoPath, key: string, value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((entry) => typeof entry === "string")) return value;
  throw new AssayError("config-invalid", `${path}: "${key}" must be a list of folder patterns`, {
    hint: `Write it as ["packages/*"] in ${path}.`,
  });
}

/**
 * The manifests that the patterns of a workspace match, among those given. `!` takes folders out again, wherever it
 * stands in the list. Nothing in a `node_modules` folder is ever a member.
 */
export async function matchMembers(
  dir: RepoPath,
  patterns: readonly string[],
  manifests: readonly RepoPath[],
): Promise<readonly RepoPath[]> {
  const wanted = await matchers(
    dir,
    patterns.filter((pattern) => !pattern.startsWith("!")),
  );
  const unwanted = await matchers(
    dir,
    patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
  );
  const isMember = (folder: RepoPath): boolean =>
    wanted.some((matches) => matches(folder)) && !unwanted.some((matches) => matches(folder));
  return manifests.filter((manifest) => isMember(dirOf(manifest)));
}

type Matcher = (folder: RepoPath) => boolean;

async function matchers(dir: RepoPath, patterns: readonly string[]): Promise<readonly Matcher[]> {
  const found: Matcher[] = [];
  for (const pattern of patterns) {
    const inside = insidePattern(dir, pattern);
    if (inside !== undefined) found.push(await matcher(inside));
  }
  return found;
}

/** The pattern from the repository's root; undefined when it points out of the repository, where nothing is seen. */
function insidePattern(dir: RepoPath, pattern: string): RepoPath | undefined {
  // npm reads `/packages/*` as `packages/*`.
  return pathInside(dir, pattern.replace(/^\/+/, "").replace(/\/package\.json$/, ""));
}

async function matcher(pattern: RepoPath): Promise<Matcher> {
  if (!isGlob(pattern)) return (folder) => folder === pattern;
  // Most workspaces list `packages/*` and nothing else: the library stays unloaded.
  if (nameOf(pattern) === "*" && !isGlob(dirOf(pattern))) {
    return (folder) => folder !== rootDir && dirOf(folder) === dirOf(pattern) && !nameOf(folder).startsWith(".");
  }
  const { default: picomatch } = await import("picomatch");
  return picomatch(pattern);
}

function isGlob(pattern: string): boolean {
  return /[*?[{]|[!+@]\(/.test(pattern);
}
