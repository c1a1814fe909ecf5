// What the TypeScript compiler no longer sees after a change.
import type { ChangeContext } from "../../model/check.ts";
import { ancestors, byPath, dirOf, isWithin, joinPath, nameOf, type RepoPath } from "../../model/paths.ts";
import { roleOf, isSourcePath } from "../../source/role.ts";
import { ambientModules } from "./ambient-modules.ts";
import { buildsWithoutTypes } from "./builds-without-types.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { isCompilerConfig, isPrimary, mayConfigureCompiler } from "../configuration/config-paths.ts";
import { createReader, type CompilerConfig } from "./compiler-config.ts";
import { looserOptions, type LooserOption } from "./compiler-options.ts";
import { isFixture } from "../change/hand-written.ts";
import { lineOfJson } from "../configuration/json-texts.ts";
import { programMatcher, type Covers } from "./program-files.ts";
import { shadowedPackages } from "./shadowed-packages.ts";
import { sidesOf, type Side } from "../change/sides.ts";

export async function compilerLoosenings(context: ChangeContext): Promise<readonly Loosening[]> {
  const configured = context.pairs.some(mayConfigureCompiler) ? await looseningsIn(context) : [];
  return [...ambientModules(context), ...buildsWithoutTypes(context), ...configured];
}

/** A configuration before and after; a renamed one is still itself. */
interface ConfigPair {
  readonly path: RepoPath;
  readonly base: CompilerConfig | undefined;
  readonly head: CompilerConfig | undefined;
}

/** What the checks below need of the change. */
interface Situation {
  readonly context: ChangeContext;
  readonly head: Side;
  readonly changed: ReadonlySet<RepoPath>;
  /** Where files that were moved had been, by where they are. */
  readonly earlier: ReadonlyMap<RepoPath, RepoPath>;
  readonly configs: readonly ConfigPair[];
  readonly covers: (config: CompilerConfig) => Covers;
}

async function looseningsIn(context: ChangeContext): Promise<readonly Loosening[]> {
  const situation = await situationOf(context);
  const touched = situation.configs.filter(({ base, head }) =>
    [...(base?.chain ?? []), ...(head?.chain ?? [])].some((path) => situation.changed.has(path)),
  );
  const found: Loosening[] = [];
  for (const pair of touched) {
    found.push(...(await optionsLost(situation, pair)), ...(await filesLost(situation, pair)));
    found.push(...overrides(situation, pair), ...referencesLost(situation, pair));
    found.push(...(await shadowedPackages(context, pair.base, pair.head)));
  }
  return found;
}

async function situationOf(context: ChangeContext): Promise<Situation> {
  const { base, head } = await sidesOf(context);
  const readBase = await createReader(base, context.workspace.packages);
  const readHead = await createReader(head, context.workspace.packages);
  const renamed = new Map(context.diff.changes.map(({ path, previousPath }) => [previousPath ?? path, path]));
  const earlier = new Map([...renamed].map(([from, path]) => [path, from]));
  const before = [...base.paths].filter(isProjectConfig);
  // Moved to where the compiler does not look for one, it is gone.
  const placeOf = (path: RepoPath): RepoPath => [renamed.get(path) ?? path].find(isProjectConfig) ?? path;
  const configsBefore = new Map(before.map((path) => [placeOf(path), path]));
  const paths = new Set([...configsBefore.keys(), ...[...head.paths].filter(isProjectConfig)]);
  const configs = [...paths].toSorted(byPath).map((path): ConfigPair => {
    const from = configsBefore.get(path);
    return { path, base: from && readBase(from), head: readHead(path) };
  });
  const changed = new Set(context.diff.changes.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  return { context, head, changed, earlier, configs, covers: await programMatcher() };
}

function isProjectConfig(path: RepoPath): boolean {
  return isCompilerConfig(path) && !isFixture(path);
}

async function optionsLost(situation: Situation, { base, head }: ConfigPair): Promise<readonly Loosening[]> {
  // Who has its files instead is asked for the options that those were checked with.
  if (base === undefined || head === undefined || isEmpty(head)) return [];
  const options = looserOptions(base, head).filter(({ name }) => name !== "checkJs" || hasScripts(situation, head));
  return Promise.all(options.map((option) => optionLoosening(situation, head.path, option)));
}

/** It only lists other projects. */
function isEmpty({ files, include }: CompilerConfig): boolean {
  return files?.length === 0 && (include ?? []).length === 0;
}

/** Laid to the file that was changed, however many configurations extend it. */
async function optionLoosening(situation: Situation, leaf: RepoPath, option: LooserOption): Promise<Loosening> {
  const { name, before, after } = option;
  const isChanged = (path: RepoPath | undefined): path is RepoPath =>
    path !== undefined && situation.changed.has(path) && situation.head.paths.has(path);
  const path = [after?.path, before?.path].find(isChanged) ?? leaf;
  const line = await lineOfJson(situation.context.workspace.readText(path), ["compilerOptions", name]);
  const now = after === undefined ? "no longer set" : `${JSON.stringify(after.value)} now`;
  const message = `\`${name}\` is ${now}, so the compiler reports less; restore it and mend what it reports`;
  return { path, line, what: `${path} ${name}`, message };
}

function hasScripts({ head }: Situation, { path }: CompilerConfig): boolean {
  return [...head.paths].some(
    (file) => /\.[cm]?jsx?$/.test(file) && isWithin(dirOf(path), file) && roleOf(file) !== "config",
  );
}

/** A new configuration that stands nearer to files than the one that governed them, and is looser. */
function overrides(situation: Situation, { base, head }: ConfigPair): readonly Loosening[] {
  if (base !== undefined || head === undefined || !isPrimary(head.path)) return [];
  const above = governing(situation, dirOf(head.path));
  const added = new Set(situation.context.diff.changes.filter(({ kind }) => kind === "added").map(({ path }) => path));
  const governed = sourcesOf(situation).filter((path) => isWithin(dirOf(head.path), path) && !added.has(path));
  if (above === undefined || !governed.some(situation.covers(above))) return [];
  const options = looserOptions(above, head).filter(({ name }) => name !== "checkJs");
  return options.map(({ name }) => ({
    path: head.path,
    line: null,
    what: `${head.path} ${name}`,
    message: `overrides \`${name}\` of ${above.path} for files that it governed; extend that configuration`,
  }));
}

/** The configuration of the base that the compiler finds from a folder. */
function governing({ configs }: Situation, dir: RepoPath): CompilerConfig | undefined {
  const primary = configs.flatMap(({ base }) => (base !== undefined && isPrimary(base.path) ? base : []));
  return [...ancestors(joinPath(dir, "x"))]
    .flatMap((folder) => primary.find(({ path }) => dirOf(path) === folder) ?? [])
    .at(0);
}

/** Folders of what is only shown. */
const shown = /(?:^|\/)(?:playgrounds?|examples?|demos?|docs|website|templates?)\//;
/** Programs that another tool is told of, which reports no error of types. */
const otherTools = /[._-](?:\w*lint|xo|\w*docs?|editor|ide)\b/;

function sourcesOf({ head }: Situation): readonly RepoPath[] {
  return [...head.paths].filter(
    (path) => isSourcePath(path) && roleOf(path) !== "config" && !isFixture(path) && !shown.test(path),
  );
}

/** Files of the head that the program of the base would have, and that of the head has not. Moved ones as they were. */
async function filesLost(situation: Situation, pair: ConfigPair): Promise<readonly Loosening[]> {
  const { path, base, head } = pair;
  if (otherTools.test(nameOf(path)) || base === undefined || (head !== undefined && sameFiles(base, head))) return [];
  const before = situation.covers(base);
  const after = head === undefined ? () => false : situation.covers(head);
  const { earlier } = situation;
  const missing = sourcesOf(situation).filter((file) => before(earlier.get(file) ?? file) && !after(file));
  const homes = homesOf(situation, pair);
  const lost = missing.filter((file) => !homes.some(({ covers }) => covers(file)));
  // A file that is built as strictly as before may be in other programs besides, for an editor or a runner. Of
  // declarations the options ask next to nothing.
  const asStrict = homes.filter(({ config, isBuilt }) => isBuilt && looserOptions(base, config).length === 0);
  const doubtful = missing.filter(
    (file) => roleOf(file) !== "declaration" && !asStrict.some(({ covers }) => covers(file)),
  );
  const moved = homes.filter(({ isNew, covers }) => isNew && doubtful.some(covers));
  const options = moved.flatMap(({ config }) =>
    looserOptions(base, config).map((option) => optionLoosening(situation, config.path, option)),
  );
  return [...(await Promise.all(options)), ...filesLoosening(path, head === undefined, lost)];
}

function filesLoosening(path: RepoPath, isGone: boolean, lost: readonly RepoPath[]): readonly Loosening[] {
  const [first] = lost;
  if (first === undefined) return [];
  const files = lost.length === 1 ? first : `${first} and ${lost.length - 1} more`;
  const seen = isGone ? `with ${path}, the check of ${files} is gone` : `leaves out ${files}, which it checked`;
  const message = `${seen}; keep every source file in a program`;
  return [{ path: isGone ? null : path, line: null, what: `${path} files`, message }];
}

function shape({ path, include, exclude, files, options }: CompilerConfig): string {
  return JSON.stringify([dirOf(path), include, exclude, files, options.get("outDir")?.value]);
}

function sameFiles(base: CompilerConfig, head: CompilerConfig): boolean {
  return shape(base) === shape(head);
}

/** A program that may have files instead of another. */
interface Home {
  readonly config: CompilerConfig;
  readonly covers: Covers;
  /** Are the files it is asked for only those that it did not have before? */
  readonly isNew: boolean;
  /** Is it sure to be built where the former program was: by its references, or in the absence of any by its name? */
  readonly isBuilt: boolean;
}

/** One that the compiler takes by itself or that this one refers to, and one that did not have the files before. */
function homesOf({ configs, covers, earlier }: Situation, { path, head }: ConfigPair): readonly Home[] {
  return configs.flatMap((other): readonly Home[] => {
    const config = other.head;
    if (other.path === path || config === undefined) return [];
    const now = covers(config);
    const before = other.base === undefined ? () => false : covers(other.base);
    const references = head?.references ?? [];
    const isReferredTo = references.includes(other.path);
    const isTaken = isPrimary(other.path) || isReferredTo;
    const isBuilt = references.length === 0 ? isTaken : isReferredTo;
    return [
      { config, covers: (file) => now(file) && !before(earlier.get(file) ?? file), isNew: true, isBuilt },
      ...(isTaken ? [{ config, covers: now, isNew: false, isBuilt }] : []),
    ];
  });
}

/** Projects that a build no longer goes to, though they are there. */
function referencesLost(situation: Situation, { path, base, head }: ConfigPair): readonly Loosening[] {
  const kept = new Set(situation.configs.flatMap((each) => each.head?.references ?? []));
  const lost = base?.references.filter((project) => situation.head.paths.has(project) && !kept.has(project)) ?? [];
  return lost.map((project) => ({
    path: head === undefined ? null : path,
    line: null,
    what: `${path} references ${project}`,
    message: `${head === undefined ? `${path} ` : ""}no longer refers to ${project}, so a build does not check it; refer to it again`,
  }));
}
