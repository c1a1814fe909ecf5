// What a linter saw at the base and no longer sees, by its configuration.
import type { RepoPath } from "../../model/paths.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import { isFixture } from "../change/hand-written.ts";
import { ignoreMatcher } from "../configuration/ignore-patterns.ts";
import { untyped, type LintConfig, type RuleBlock, type RuleSetting } from "./lint-config.ts";
import { isFormatting, isInPresets, isJudgedByCompiler, plainRule, presetOf, type Preset } from "./lint-presets.ts";
import { laxerOptions } from "./rule-options.ts";
import { shortened } from "../change/shortened.ts";

export interface LintLoss {
  /** What an approval names. */
  readonly key: string;
  readonly says: string;
}

export interface Comparison {
  readonly base: LintConfig;
  readonly head: LintConfig;
  /** Files that were there at the base and still are. */
  readonly files: readonly RepoPath[];
  /** Where a file was at the base. */
  readonly wasAt: (path: RepoPath) => RepoPath;
  /** Another version of the linter, or of a preset, comes with the change. */
  readonly isUpgrade: boolean;
  /** No other version comes: there are only fewer. */
  readonly isReduction: boolean;
}

export async function lintLosses(comparison: Comparison): Promise<readonly LintLoss[]> {
  const { base, head } = comparison;
  const presets = lostPresets(comparison);
  return [
    ...presets,
    ...lostSwitches(base, head),
    ...(await lostRules(comparison)),
    ...(await newlyIgnored(comparison)),
  ];
}

function lostSwitches({ switches: before }: LintConfig, { switches: after }: LintConfig): readonly LintLoss[] {
  const lowered = [...before].filter(([name, level]) => level > Math.max(0, after.get(name) ?? 0));
  const pragma = before.get("requirePragma") !== -1 && after.get("requirePragma") === -1 ? ["requirePragma"] : [];
  const types =
    !before.has(untyped) && after.has(untyped)
      ? [{ key: untyped, says: "rules that need types are off in every file" }]
      : [];
  return [
    ...types,
    ...[...lowered.map(([name]) => name), ...pragma].map((name) => ({
      key: name,
      says:
        name === "requirePragma"
          ? "`requirePragma` leaves all files without a mark alone"
          : `\`${name}\` is off or gone`,
    })),
  ];
}

function presetsOf({ presets }: LintConfig): readonly Preset[] {
  return presets.flatMap((name) => presetOf(name) ?? []);
}

/** A plug-in may go with what it was for. These are for all code of the language. */
const forAllCode = /^(?:eslint|typescript-eslint)$/;

function lostPresets({ base, head, isUpgrade, isReduction }: Comparison): readonly LintLoss[] {
  const gained = head.presets.filter((name) => !base.presets.includes(name));
  const onlyWarns = gained.find((name) => name.includes("only-warn"));
  const losses = onlyWarns === undefined ? [] : [{ key: onlyWarns, says: "a plug-in turns all errors into warnings" }];
  const after = presetsOf(head);
  const families = new Set(after.map(({ family }) => family));
  const newFamilies = presetsOf({ ...head, presets: gained }).some(
    ({ family }) => !presetsOf(base).some((each) => each.family === family),
  );
  if (!isUpgrade && gained.length === 0 && countOfRules(head) <= countOfRules(base))
    losses.push(...lostFiles(base, head));
  for (const name of base.presets) {
    const preset = presetOf(name);
    if (
      preset === undefined ||
      head.presets.includes(name) ||
      preset.level === 0 ||
      /prettier|globals|format/.test(name)
    )
      continue;
    const same = after.filter(({ family }) => family === preset.family);
    const covers = same.some(({ level, isTyped }) => level >= preset.level && (isTyped || !preset.isTyped));
    const isOther =
      (isUpgrade && !(isReduction && forAllCode.test(preset.family))) || gained.some((each) => each.startsWith("."));
    if (covers || (!families.has(preset.family) && (newFamilies || isOther))) continue;
    losses.push({
      key: `preset ${shortened(name, 50)}`,
      says: `the preset ${shortened(name, 50)} is gone${same.length > 0 ? " for a weaker one" : ""}`,
    });
  }
  return losses;
}

/** Configurations beside this one that it no longer takes in. What they say may stand in it now. */
function lostFiles(base: LintConfig, head: LintConfig): readonly LintLoss[] {
  const lost = base.presets.filter(
    (name) => name.startsWith(".") && !/ignore/i.test(name) && !head.presets.includes(name),
  );
  return lost.map((name) => ({
    key: `preset ${shortened(name, 50)}`,
    says: `what ${shortened(name, 50)} says is gone`,
  }));
}

function countOfRules({ blocks }: LintConfig): number {
  return blocks.reduce((sum, { rules }) => sum + rules.size, 0);
}

const beside =
  /(?:^|\/)(?:docs?|website|site|www|examples?|samples?|playgrounds?|sandbox|benchmarks?|bench|templates?|scripts?|tools?|vendor|third[-_]party|dist|build|out|lib-cov|coverage|public|assets|storybook|\.[\w-]+|generated|__generated__|snapshots?|__snapshots__|cache)\/|\.(?:min|gen|generated|d)\.[cm]?[jt]sx?$|(?:^|[./_-])generated[./_-]/i;

function isJudged(path: RepoPath): boolean {
  return isSourcePath(path) && /^(?:source|test)$/.test(roleOf(path)) && !isFixture(path) && !beside.test(path);
}

/** Is the file of the product, and no test? */
export function isJudgedSource(path: RepoPath): boolean {
  return isJudged(path) && roleOf(path) === "source";
}

/** Files, not those beside the product, that are ignored now. */
async function newlyIgnored({ base, head, files, wasAt }: Comparison): Promise<readonly LintLoss[]> {
  if (JSON.stringify(base.ignores) === JSON.stringify(head.ignores)) return [];
  const before = await Promise.all(base.ignores.map(ignoreMatcher));
  const after = await Promise.all(head.ignores.map(ignoreMatcher));
  const lost = files.filter(
    (path) =>
      isJudged(path) && after.some((ignores) => ignores(path)) && !before.some((ignores) => ignores(wasAt(path))),
  );
  const [first] = lost;
  if (first === undefined) return [];
  const rest = lost.length > 1 ? ` (and ${lost.length - 1} more)` : "";
  return [{ key: `ignores ${first}`, says: `${first}${rest} is ignored now` }];
}

async function lostRules(comparison: Comparison): Promise<readonly LintLoss[]> {
  const { base, head, isUpgrade } = comparison;
  if (sameBlocks(base, head)) return [];
  const presets = { base: presetsOf(base), head: presetsOf(head) };
  const gained = head.presets.some((name) => !base.presets.includes(name));
  const losses = new Map<string, LintLoss>();
  for (const [before, after] of await groupsOf(comparison)) {
    for (const rule of new Set([...before.keys(), ...after.keys()])) {
      const says = lossOfRule(rule, { before, after, presets, mayBeNew: gained || isUpgrade, tool: head.tool });
      if (says !== undefined && !losses.has(rule))
        losses.set(rule, { key: rule, says: `rule ${shortened(rule, 50)} ${says}` });
    }
  }
  return [...losses.values()];
}

function sameBlocks({ blocks: a }: LintConfig, { blocks: b }: LintConfig): boolean {
  return textOf(a) === textOf(b);
}

function textOf(blocks: readonly RuleBlock[]): string {
  return JSON.stringify(blocks, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}

type Rules = ReadonlyMap<string, RuleSetting>;

interface RuleContext {
  readonly before: Rules;
  readonly after: Rules;
  readonly presets: { readonly base: readonly Preset[]; readonly head: readonly Preset[] };
  /** The linter may know rules that it did not know. */
  readonly mayBeNew: boolean;
  readonly tool: LintConfig["tool"];
}

const levels = ["off", "warn", "error"];

function lossOfRule(rule: string, context: RuleContext): string | undefined {
  const { before, after, presets, mayBeNew, tool } = context;
  const old = before.get(rule);
  const now = after.get(rule);
  if (isReplaced(rule, old?.level ?? 2, context)) return undefined;
  if (old !== undefined && now !== undefined) {
    if (now.level < old.level)
      return isFormatting(rule) && mayBeNew ? undefined : `was "${levels[old.level]}" and is "${levels[now.level]}"`;
    const isLimit = /max|complexity|depth|limit|size/.test(plainRule(rule)) && !/max-len/.test(rule);
    const [was, is] = [limitOf(rule, old), limitOf(rule, now)];
    if (isLimit && was !== undefined && is !== undefined && is > was)
      return `has its limit raised from ${was} to ${is}`;
    return now.level < 2 || mayBeNew || isFormatting(rule) ? undefined : laxerOptions(rule, old.options, now.options);
  }
  if (isFormatting(rule)) return undefined;
  if (old !== undefined) return old.level === 2 && isRemoved(rule, context) ? 'was "error" and is gone' : undefined;
  if (now === undefined || now.level === 2 || mayBeNew || isJudgedByCompiler(rule)) return undefined;
  if (now.level === 1) return isInPresets(rule, presets.head) ? 'was an error of a preset and is "warn"' : undefined;
  // Without a preset nothing but what is listed is on.
  return presets.base.length > 0 || tool === "oxlint" || tool === "xo" ? "is switched off" : undefined;
}

/** What a rule holds code to where it is given no number. */
const limitsByDefault = new Map([
  ["cognitive-complexity", 15],
  ["complexity", 20],
  ["max-classes-per-file", 1],
  ["max-depth", 4],
  ["max-lines", 300],
  ["max-lines-per-function", 50],
  ["max-nested-callbacks", 10],
  ["max-params", 3],
  ["max-statements", 10],
  ["no-excessive-cognitive-complexity", 15],
]);

function limitOf(rule: string, { limit }: RuleSetting): number | undefined {
  return limit ?? limitsByDefault.get(plainRule(rule));
}

/** Taken out where no preset of its plug-in has it. */
function isRemoved(rule: string, { presets, mayBeNew }: RuleContext): boolean {
  if (isInPresets(rule, presets.head)) return false;
  const plugin = rule.includes("/") ? rule.slice(0, rule.lastIndexOf("/")).replace(/^@/, "") : "eslint";
  const isKnown = plugin === "eslint" || plugin === "typescript-eslint";
  const hasPreset = presets.head.some(({ family, level }) => level > 0 && isFamilyOf(family, plugin));
  const isBroad = presets.head.some(
    ({ family, level, isOfPlugin }) =>
      level === 3 ||
      (isOfPlugin && isKnown
        ? false
        : !/^(?:eslint|typescript-eslint|react|import|prettier|vitest|jest|unicorn|n|promise|biome)/.test(family)),
  );
  return !isBroad && !mayBeNew && (isKnown || !hasPreset);
}

/** `@vitest/` and `vitest`, `@next/next` and `next/next`; `import-x` is put in as `import`. */
function isFamilyOf(family: string, plugin: string): boolean {
  const name = family.replace(/^@|\/$/g, "");
  return [plugin, `${plugin}-x`].includes(name) || isPartOf(name, plugin) || isPartOf(plugin, name);
}

function isPartOf(part: string, whole: string): boolean {
  return whole.startsWith(`${part}/`) || whole.endsWith(`/${part}`);
}

/** `@typescript-eslint/no-unused-vars` goes on where `no-unused-vars` was. */
function isReplaced(rule: string, level: number, { after }: RuleContext): boolean {
  return [...after].some(
    ([other, setting]) => other !== rule && plainRule(other) === plainRule(rule) && setting.level >= level,
  );
}

/** The rules for each kind of file, before and after, each pair once. */
async function groupsOf({ base, head, files, wasAt }: Comparison): Promise<readonly (readonly [Rules, Rules])[]> {
  const before = await matchersOf(base);
  const after = await matchersOf(head);
  const groups = new Map<string, readonly [Rules, Rules]>();
  const judged = files.filter(isJudgedSource);
  // Below, in a folder of tests say, rules may be as loose as in an override for it.
  if (judged.length === 0 && head.dir !== "" && files.some((path) => roleOf(path) === "test")) return [];
  const paths = judged.slice(0, 2000).map((path) => [wasAt(path), path] as const);
  for (const [from, path] of paths.length > 0 ? paths : [[exampleIn(base), exampleIn(head)] as const]) {
    const old = before.filter((matcher) => matcher.matches(from));
    const now = after.filter((matcher) => matcher.matches(path));
    const key = `${old.map(({ index }) => index).join()} ${now.map(({ index }) => index).join()}`;
    if (!groups.has(key)) groups.set(key, [merged(old), merged(now)]);
  }
  return [...groups.values()];
}

/** What stands for the sources of a repository that shows none. */
function exampleIn({ dir }: LintConfig): string {
  return `${dir === "" ? "" : `${dir}/`}src/index.ts`;
}

interface Matcher {
  readonly index: number;
  readonly rules: Rules;
  matches(path: string): boolean;
}

async function matchersOf({ blocks, dir }: LintConfig): Promise<readonly Matcher[]> {
  const { default: picomatch } = await import("picomatch");
  const relative = (path: string): string => (dir === "" ? path : path.slice(dir.length + 1));
  const compile = (patterns: readonly string[], matchesNames: boolean): ((path: string) => boolean) => {
    const globs = patterns
      .map((pattern) => pattern.replace(/^\.\//, ""))
      .map((pattern) => (matchesNames && !pattern.includes("/") ? `**/${pattern}` : pattern));
    const compiled = globs.map((glob) => picomatch(glob, { dot: true }));
    return (path) => compiled.some((matches) => matches(path));
  };
  return blocks.map(({ files, ignores, matchesNames, rules }, index) => {
    const isIn = files === undefined ? () => true : compile(files, matchesNames);
    const isOut = compile(ignores, matchesNames);
    return { index, rules, matches: (path) => isIn(relative(path)) && !isOut(relative(path)) };
  });
}

function merged(matchers: readonly Matcher[]): Rules {
  return new Map(matchers.flatMap(({ rules }) => [...rules]));
}
