// What a change of linters' and formatters' configuration makes them miss.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { isSourcePath } from "../../source/role.ts";
import { dirOf, isWithin, nameOf, type RepoPath } from "../../model/paths.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { isLintConfigPath, isManifestPath, lintIgnore } from "../configuration/config-paths.ts";
import { biomePresets } from "./biome-presets.ts";
import { sidesOf, type Side, type Sides } from "../change/sides.ts";
import { configsInManifest, readLintConfig, toolOf, type LintConfig, type LintTool } from "./lint-config.ts";
import { isJudgedSource, lintLosses } from "./lint-losses.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { manifestSides } from "../commands/manifest-sides.ts";
import { isObject } from "../../tools/output/json-output.ts";

/** `pairs`: the files of the change that configure a linter. */
export async function linterLoosenings(
  context: ChangeContext,
  pairs: readonly FilePair[],
): Promise<readonly Loosening[]> {
  const sides = await sidesOf(context);
  const configs = (await Promise.all(pairs.map((pair) => readPair(pair, sides)))).flat();
  const added = context.pairs.filter(({ baseText }) => baseText === undefined).map(({ change }) => change.path);
  const known = new Set(added);
  const files = context.workspace.tree.files.map(({ path }) => path).filter((path) => !known.has(path));
  const earlier = new Map(context.diff.changes.map(({ path, previousPath }) => [path, previousPath]));
  const wasAt = (path: RepoPath): RepoPath => earlier.get(path) ?? path;
  const versions = { isUpgrade: pairs.some(hasOtherVersions), isReduction: !pairs.some(hasNewVersions) };
  const loosenings: Loosening[] = [];
  for (const each of configs) {
    const place = each.head === undefined && each.base ? (movedOut(each.path, each.base, configs) ?? each) : each;
    const { path, head: written, text } = place;
    const own = each.base ?? (written && (await shadowed(context, path)));
    const isAddition = own === undefined && addsToAbove(path, text);
    const base = own ?? (written && (await overruled(context, path, written, text)));
    if (base === undefined) continue;
    if (written === undefined) loosenings.push(...deleted(context, path, base, configs));
    else {
      const head = isAddition ? together(base, written) : written;
      const inside = files.filter((file) => isWithin(base.dir, wasAt(file)) && isWithin(head.dir, file));
      for (const { key, says } of await lintLosses({ base, head, files: inside, wasAt, ...versions })) {
        loosenings.push({
          path,
          line: lineOf(text, key),
          what: `${path} ${key}`,
          message: `${says}; put it back and mend what it finds`,
        });
      }
    }
  }
  return loosenings;
}

/** Names of one configuration: where several are there, the tool reads the first. */
const precedence: readonly (readonly string[])[] = [
  ["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `eslint.config.${ending}`),
  ["js", "cjs", "yaml", "yml", "json"].map((ending) => `.eslintrc.${ending}`),
  ["biome.json", "biome.jsonc"],
];

/** The configuration beside a new one that is not read any more. */
async function shadowed(context: ChangeContext, path: RepoPath): Promise<LintConfig | undefined> {
  const names = precedence.find((each) => each.includes(nameOf(path)));
  const later = new Set(names?.slice(names.indexOf(nameOf(path)) + 1));
  const other = context.workspace.tree.files.find(
    (file) => dirOf(file.path) === dirOf(path) && later.has(nameOf(file.path)),
  );
  if (other === undefined) return undefined;
  const module = /\.[cm]?[jt]s$/.test(other.path) ? context.parse(other.path) : undefined;
  return readLintConfig({ path: other.path, text: context.workspace.readText(other.path) ?? "", module });
}

/** The configuration that a new one below it takes files away from. */
async function overruled(
  context: ChangeContext,
  path: RepoPath,
  head: LintConfig,
  text: string,
): Promise<LintConfig | undefined> {
  const takesAll = head.tool === "oxlint" || head.tool === "biome" || isRoot(path, text);
  const isAddition = addsToAbove(path, text);
  if (!(takesAll || isAddition) || dirOf(path) === "") return undefined;
  const { workspace, pairs } = context;
  const added = new Set(pairs.filter(({ baseText }) => baseText === undefined).map(({ change }) => change.path));
  const old = workspace.tree.files.map((file) => file.path).filter((each) => !added.has(each));
  const isConcerned = isAddition ? isJudgedSource : isSourcePath;
  if (!old.some((each) => isWithin(dirOf(path), each) && isConcerned(each))) return undefined;
  const above = old
    .filter((each) => isLintConfigPath(each) && dirOf(each) !== dirOf(path) && isWithin(dirOf(each), path))
    .filter((each) => !lintIgnore.test(nameOf(each)))
    .toSorted((a, b) => dirOf(b).length - dirOf(a).length);
  for (const each of above) {
    const module = /\.[cm]?[jt]s$/.test(each) ? context.parse(each) : undefined;
    const config = await readLintConfig({ path: each, text: workspace.readText(each) ?? "", module });
    if (config?.tool === head.tool) return { ...config, dir: dirOf(path), blocks: config.blocks.map(withoutFolders) };
  }
  return undefined;
}

function isRoot(path: RepoPath, text: string): boolean {
  return nameOf(path).startsWith(".eslintrc") && /["']?root["']?\s*:\s*true/.test(text);
}

/** Does the configuration hold beside what one above it says of the same files? */
function addsToAbove(path: RepoPath, text: string): boolean {
  return nameOf(path).startsWith(".eslintrc") && !isRoot(path, text);
}

function together(above: LintConfig, below: LintConfig): LintConfig {
  return {
    ...above,
    blocks: [...above.blocks, ...below.blocks],
    ignores: [...above.ignores, ...below.ignores],
    presets: [...above.presets, ...below.presets],
    switches: new Map([...above.switches, ...below.switches]),
  };
}

/** What a block says of names holds below as well; what it says of other folders may not. */
function withoutFolders(block: LintConfig["blocks"][number]): LintConfig["blocks"][number] {
  return { ...block, files: block.files?.filter((pattern) => !pattern.includes("/") || pattern.startsWith("**/")) };
}

interface ConfigPair {
  readonly path: RepoPath;
  readonly base: LintConfig | undefined;
  readonly head: LintConfig | undefined;
  readonly text: string;
}

async function configOn(
  side: Side,
  path: RepoPath,
  text: string | undefined,
  module: FilePair["head"],
): Promise<LintConfig | undefined> {
  return text === undefined ? undefined : readLintConfig({ path, text, module, presets: biomePresets(side, path) });
}

async function readPair(pair: FilePair, sides: Sides): Promise<readonly ConfigPair[]> {
  const { change, baseText, headText } = pair;
  const text = headText ?? "";
  if (isManifestPath(change.path)) return manifestPairs(change.path, baseText, text);
  const [base, head] = await Promise.all([
    configOn(sides.base, change.previousPath ?? change.path, baseText, pair.base),
    configOn(sides.head, change.path, headText, pair.head),
  ]);
  // One that is there and can't be read is no deletion.
  if (base !== undefined && headText !== undefined && head === undefined) return [];
  // Where no file was ignored, the first list of ignored ones is more than there was.
  const isFirst = baseText === undefined && lintIgnore.test(nameOf(change.path)) && head !== undefined;
  return [{ path: change.path, base: isFirst ? { ...head, ignores: [] } : base, head, text }];
}

function manifestPairs(path: RepoPath, baseText: string | undefined, headText: string): readonly ConfigPair[] {
  const configs = (text: string | undefined): readonly LintConfig[] =>
    configsInManifest(dirOf(path), objectIn(text) ?? {});
  const after = configs(headText);
  const before = configs(baseText);
  // Another linter in its place, which was not beside it all along.
  const isNew = (other: LintConfig | undefined): boolean => !before.some(({ tool }) => tool === other?.tool);
  return before.map((base, index) => ({
    path,
    base,
    head:
      after.find((other) => other.tool === base.tool && isAlike(base, other)) ??
      [after[index]].find((other) => isAlike(base, other) && isNew(other)),
    text: headText,
  }));
}

function isAlike(base: LintConfig, other: LintConfig | undefined): boolean {
  return other !== undefined && onlyIgnores(other) === onlyIgnores(base);
}

/** `eslintIgnore`, which stands beside what is asked of the other files. */
function onlyIgnores({ blocks, presets, ignores }: LintConfig): boolean {
  return blocks.length === 0 && presets.length === 0 && ignores.some(({ patterns }) => patterns.length > 0);
}

/** The new file beside a manifest, or in another file's place, that says what that said in the same form. */
function movedOut(path: RepoPath, base: LintConfig, all: readonly ConfigPair[]): ConfigPair | undefined {
  if (onlyIgnores(base)) return undefined;
  return all.find(
    (other) =>
      other.base === undefined &&
      other.head?.tool === base.tool &&
      other.head.dir === base.dir &&
      !lintIgnore.test(nameOf(other.path)) &&
      isFlat(other.path) === isFlat(path),
  );
}

/** The newer form of ESLint's, in which the same presets and rules may go by other names. */
function isFlat(path: RepoPath): boolean {
  return nameOf(path).startsWith("eslint.config.");
}

/** Has the manifest other versions of linters, or other linters? */
function hasOtherVersions(pair: FilePair): boolean {
  if (!isManifestPath(pair.change.path)) return false;
  const [before, after] = [linterVersions(pair.baseText), linterVersions(pair.headText)];
  return before.length !== after.length || hasNewVersions(pair);
}

/** One that has fewer linters has no new ones. */
function hasNewVersions({ change, baseText, headText }: FilePair): boolean {
  if (!isManifestPath(change.path)) return false;
  const before = new Set(linterVersions(baseText));
  return linterVersions(headText).some((version) => !before.has(version));
}

function linterVersions(text: string | undefined): readonly string[] {
  const { dependencies, devDependencies } = objectIn(text) ?? {};
  const all = [dependencies, devDependencies].flatMap((field) => (isObject(field) ? Object.entries(field) : []));
  const linters = all.filter(([name]) => /eslint|oxlint|biome|prettier|stylelint|xo$|standard|oxfmt/.test(name));
  return linters.map(([name, range]) => `${name}@${String(range)}`);
}

/** Linters of code, of which one may take another's place. What looks at style sheets, commits or layout takes none. */
const ofCode: ReadonlySet<string> = new Set<LintTool>(["biome", "deno", "eslint", "oxlint", "xo"]);

function mayReplace(tool: LintTool, other: LintTool): boolean {
  return tool === other || (ofCode.has(tool) && ofCode.has(other)) || (tool === "stylelint" && other === "biome");
}

/** Gone, and no configuration of such a linter has come, or has stayed for a tool that is gone itself. */
function deleted(
  context: ChangeContext,
  path: RepoPath,
  base: LintConfig,
  all: readonly ConfigPair[],
): readonly Loosening[] {
  const isFormatter = base.tool === "prettier" || base.tool === "oxfmt";
  const hasNew = all.some(({ base: old, head }) => old === undefined && head && mayReplace(base.tool, head.tool));
  if (isFormatter || hasNew || asksForNothing(base) || hasNothingToDo(base.tool, context)) return [];
  const { head } = manifestSides(context);
  const declares = head.folders.some((dir) => {
    const manifest = head.manifestIn(dir) ?? {};
    return Object.values(manifest).some(
      (field) =>
        isObject(field) &&
        Object.keys(field).some(
          (name) => name === base.tool || name.startsWith(`@${base.tool}`) || name.includes("eslint-config"),
        ),
    );
  });
  const others = context.workspace.tree.files
    .map((file) => file.path)
    .filter((other) => isLintConfigPath(other) && !nameOf(other).includes("ignore"))
    .filter((other) => mayReplace(base.tool, toolOf(nameOf(other))));
  const covering = others.filter((other) => isWithin(dirOf(other), dirOf(path)));
  if (covering.length > 0 && (!declares || base.dir !== "")) return [];
  const message = `the configuration of ${base.tool} is gone, and with it what it finds; put it back`;
  return [{ path, line: null, what: `${path} deleted`, message }];
}

/** What only lists files to be ignored sees more without it, and a `deno.json` may be about other things than rules. */
function asksForNothing({ tool, blocks, presets }: LintConfig): boolean {
  if (tool === "deno") return blocks.every(({ rules }) => rules.size === 0);
  return blocks.length === 0 && presets.length === 0;
}

function hasNothingToDo(tool: LintTool, { workspace }: ChangeContext): boolean {
  return tool === "stylelint" && !workspace.tree.files.some(({ path }) => styled.test(path));
}

const styled = /\.(?:css|scss|sass|less|styl|pcss|vue|svelte|astro|html|[jt]sx)$/;

function lineOf(text: string, key: string): number | null {
  const name =
    key
      .slice(key.lastIndexOf("/") + 1)
      .split(" ")
      .at(-1) ?? key;
  const index = text.split("\n").findIndex((line) => line.includes(name));
  return index >= 0 ? index + 1 : null;
}
