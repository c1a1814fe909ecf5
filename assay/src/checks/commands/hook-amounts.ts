// What git hooks verify, whichever program installs them.
import type { ChangeContext } from "../../model/check.ts";
import { nameOf, rootDir, type RepoPath } from "../../model/paths.ts";
import { huskyHook, isHookPath, lefthook, lintStaged } from "../configuration/config-paths.ts";
import {
  writtenConfig,
  fromData,
  isList,
  isMap,
  isReference,
  stringsIn,
  type WrittenConfig,
} from "../configuration/written-config.ts";
import type { ManifestSide } from "./manifest-sides.ts";
import { amountOfLine, joined, type Amount } from "./verifications.ts";

export interface Hook {
  readonly amount: Amount;
  /** Its lines of shell, as they are written. */
  readonly lines: readonly string[];
}

/** By name. */
export async function hooksOf(
  context: ChangeContext,
  side: ManifestSide,
  end: "base" | "head",
): Promise<ReadonlyMap<string, Hook>> {
  const lines = new Map<string, string[]>();
  const add = (hook: string, line: string): void => void lines.set(hook, [...(lines.get(hook) ?? []), line]);
  for (const path of hookPaths(context, end)) {
    const text = side.read(path);
    if (text === undefined) continue;
    if (huskyHook.test(path)) add(nameOf(path), text);
    else if (path === ".pre-commit-config.yaml") for (const id of hookIds(await dataOf(text))) add("pre-commit", id);
  }
  for (const [hook, run] of runsOf(await lefthookData(hookPaths(context, end), side))) add(hook, run);
  for (const [hook, line] of hooksInManifest(side)) add(hook, line);
  const staged = await stagedCommands(context, side, end);
  const place = { side, dir: rootDir, stopsAtFailure: true };
  return new Map(
    [...lines].map(([hook, all]) => {
      // What lint-staged starts stands in the place of its name.
      const written = all.flatMap((line) => (startsStaged(line) ? [line, ...staged] : [line]));
      const amount = joined(written.map((line) => amountOfLine(line, place)));
      return [hook, { amount, lines: all.flatMap((line) => line.split("\n")) }];
    }),
  );
}

/** Does a hook come to lint-staged, before it ends of its own accord? */
function startsStaged(text: string): boolean {
  const [reached = ""] = text.split(/^(?:true; *)?exit(?: 0)? *;?(?: *#.*)?$/m, 1);
  return reached.split("\n").some((line) => !line.trimStart().startsWith("#") && line.includes("lint-staged"));
}

/** Everything that hooks are written in at the head, comments and what is not run included. */
export function hookText(context: ChangeContext, side: ManifestSide): string {
  return hookPaths(context, "head")
    .map((path) => side.read(path))
    .join("\n");
}

/** At the base whatever has changed is among them. */
function hookPaths({ workspace, pairs }: ChangeContext, end: "base" | "head"): readonly RepoPath[] {
  const paths = new Set(workspace.tree.files.map(({ path }) => path).filter(isHookPath));
  if (end === "head") return [...paths];
  // What only comes with the change has no text there.
  for (const { change } of pairs) paths.add(change.previousPath ?? change.path);
  return [...paths];
}

function isLocal(path: RepoPath): boolean {
  return path.includes("-local.");
}

/** Of lefthook's files together: what is written for one machine overrules the rest. */
async function lefthookData(paths: readonly RepoPath[], side: ManifestSide): Promise<WrittenConfig> {
  const ordered = paths
    .filter((path) => lefthook.test(path))
    .toSorted((a, b) => Number(isLocal(a)) - Number(isLocal(b)));
  const all = await Promise.all(ordered.map((path) => dataOf(side.read(path) ?? "")));
  return all.reduce(overruled, null);
}

function overruled(value: WrittenConfig, other: WrittenConfig): WrittenConfig {
  if (isList(value) && isList(other)) return [...value, ...other];
  if (!isMap(value) || !isMap(other)) return other ?? value;
  const both = new Map(value);
  for (const [key, each] of other) both.set(key, overruled(both.get(key) ?? null, each));
  return both;
}

async function dataOf(text: string): Promise<WrittenConfig> {
  const { parse } = await import("yaml");
  try {
    const value: unknown = parse(text, { merge: true, logLevel: "error" });
    return fromData(value);
  } catch {
    // Whoever installs the hooks will say that it can't be read.
    return null;
  }
}

/** Each hook of pre-commit has an id that is mostly the name of the program. */
function hookIds(value: WrittenConfig): readonly string[] {
  const repos = isMap(value) ? value.get("repos") : undefined;
  return (isList(repos) ? repos : []).flatMap((repo) => {
    const hooks = isMap(repo) ? repo.get("hooks") : undefined;
    return (isList(hooks) ? hooks : []).flatMap((hook) =>
      isMap(hook) && !isManual(hook) ? stringsIn(hook.get("entry") ?? hook.get("id")) : [],
    );
  });
}

/** Only a person starts it. */
function isManual(hook: ReadonlyMap<string, WrittenConfig>): boolean {
  const stages = stringsIn(hook.get("stages"));
  return stages.length > 0 && stages.every((stage) => stage === "manual");
}

/** Lefthook's commands, scripts and jobs, however deep: pairs of hook and line. */
function runsOf(value: WrittenConfig): readonly (readonly [string, string])[] {
  if (!isMap(value)) return [];
  return [...value].flatMap(([hook, settings]) =>
    linesBelow(settings).map((line): readonly [string, string] => [hook, line]),
  );
}

function linesBelow(value: WrittenConfig): readonly string[] {
  if (isList(value)) return value.flatMap(linesBelow);
  if (!isMap(value) || isSkipped(value.get("skip")) || isNever(value.get("only"))) return [];
  return [...value]
    .filter(([key]) => key !== "skip" && key !== "only")
    .flatMap(([key, each]) => (key === "run" && typeof each === "string" ? [each] : linesBelow(each)));
}

/** Always, on every branch, or where a command succeeds. What is left to CI is skipped for its sake. */
function isSkipped(skip: WrittenConfig | undefined): boolean {
  if (skip === true) return true;
  if (isList(skip)) return skip.some(isSkipped);
  if (!isMap(skip)) return false;
  const [run, ref] = [skip.get("run"), skip.get("ref")];
  return (typeof run === "string" && !/\bCI\b/.test(run)) || (typeof ref === "string" && /^\*+$/.test(ref));
}

function isNever(only: WrittenConfig | undefined): boolean {
  if (isList(only)) return only.length > 0 && only.every(isNever);
  const run = isMap(only) ? only.get("run") : undefined;
  return only === false || (typeof run === "string" && /^(?:false|exit [1-9])$/.test(run));
}

function hooksInManifest(side: ManifestSide): readonly (readonly [string, string])[] {
  const manifest = fromData(side.manifestIn(rootDir));
  if (!isMap(manifest)) return [];
  const husky = manifest.get("husky");
  const places = [
    manifest.get("simple-git-hooks"),
    manifest.get("gitHooks"),
    isMap(husky) ? husky.get("hooks") : undefined,
  ];
  const listed = stringsIn(manifest.get("pre-commit")).map((name): readonly [string, string] => [
    "pre-commit",
    `npm run ${name}`,
  ]);
  const named = places
    .filter(isMap)
    .flatMap((hooks) =>
      [...hooks].flatMap(([hook, line]) => stringsIn(line).map((each): readonly [string, string] => [hook, each])),
    );
  return [...named, ...listed];
}

/** The commands of lint-staged, for whatever files. */
async function stagedCommands(
  context: ChangeContext,
  side: ManifestSide,
  end: "base" | "head",
): Promise<readonly string[]> {
  const fields = side.folders.map((dir) => fromData(side.manifestIn(dir)?.["lint-staged"] ?? null));
  const files = hookPaths(context, end).filter((path) => lintStaged.test(nameOf(path)));
  const values = await Promise.all(files.map((path) => stagedValue(context, side, path, end)));
  return [...fields, ...values].flatMap(commandsBelow);
}

async function stagedValue(
  context: ChangeContext,
  side: ManifestSide,
  path: RepoPath,
  end: "base" | "head",
): Promise<WrittenConfig> {
  const text = side.read(path);
  if (text === undefined) return null;
  if (!/\.[cm]?[jt]s$/.test(path)) return dataOf(text);
  const pair = context.pairs.find(
    ({ change }) => (end === "base" ? (change.previousPath ?? change.path) : change.path) === path,
  );
  const module = pair === undefined ? context.parse(path) : pair[end];
  return (module && writtenConfig(module)) ?? null;
}

function commandsBelow(value: WrittenConfig): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(commandsBelow);
  // A function gives a line that names files: what stands in its template is the command.
  if (isReference(value)) return [value.reference.replaceAll("`", "").replaceAll(/\$\{[^}]+\}/g, "")];
  return isMap(value) ? [...value.values()].flatMap(commandsBelow) : [];
}
