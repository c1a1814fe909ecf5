// How many faults the files of suppressed ones hold more than they did.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf, repoPath, type RepoPath } from "../../model/paths.ts";
import { isSourcePath } from "../../source/role.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { isMap, isList, fromData, type WrittenConfig } from "../configuration/written-config.ts";
import {
  isLintConfigPath,
  isWorkflowPath,
  suppressionFormat,
  type SuppressionFormat,
} from "../configuration/config-paths.ts";
import { readLintConfig, type LintConfig, type RuleSetting } from "../linters/lint-config.ts";
import { shortened } from "../change/shortened.ts";

/** `pairs`: those files of the change. */
export async function suppressionGrowth(
  context: ChangeContext,
  pairs: readonly FilePair[],
): Promise<readonly Loosening[]> {
  const raised = await raisedRules(context);
  const isRun = runByWorkflows(context);
  const loosenings: Loosening[] = [];
  for (const name of new Set(pairs.map(({ change }) => nameOf(change.path)))) {
    // Counted over all files of the name: what moves from one package to another is no growth.
    const alike = context.pairs.filter(({ change }) => nameOf(change.path) === name);
    loosenings.push(...(await growthIn(alike, raised, isRun)));
  }
  return loosenings;
}

type Counts = ReadonlyMap<string, number>;
/** Is an entry the path of a script that nothing imports because CI runs it? */
type IsRun = (entry: WrittenConfig) => boolean;
type Reader = (value: WrittenConfig, isRun: IsRun) => Counts;
const readers: { readonly [F in Exclude<SuppressionFormat, "betterer">]: Reader } = {
  counts: countsInSuppressions,
  baseline: countsInBaseline,
  "ignore-lists": countsInIgnoreLists,
};

async function growthIn(
  pairs: readonly FilePair[],
  raised: (rule: string) => boolean,
  isRun: IsRun,
): Promise<readonly Loosening[]> {
  const before = summed(
    await Promise.all(
      pairs.map(({ change, baseText }) => countsOf(change.previousPath ?? change.path, baseText, isRun)),
    ),
  );
  const after = summed(await Promise.all(pairs.map(({ change, headText }) => countsOf(change.path, headText, isRun))));
  const first = pairs.find(({ headText }) => headText !== undefined);
  if (first === undefined) return [];
  const { path } = first.change;
  return [...after].flatMap(([rule, count]): readonly Loosening[] => {
    const old = before.get(rule) ?? 0;
    if (count <= old || raised(rule)) return [];
    const message = `${count - old} more of ${shortened(rule, 60)} suppressed than the ${old} before; mend them instead`;
    return [{ path, line: null, what: `${path} ${rule}`, message }];
  });
}

async function countsOf(path: RepoPath, text: string | undefined, isRun: IsRun): Promise<Counts> {
  const format = suppressionFormat(path);
  if (text === undefined || format === undefined) return new Map();
  if (format === "betterer") return countsInBetterer(text);
  const { parse } = await import("jsonc-parser");
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return readers[format](fromData(value), isRun);
}

function summed(all: readonly Counts[]): Counts {
  const total = new Map<string, number>();
  for (const counts of all) for (const [rule, count] of counts) total.set(rule, (total.get(rule) ?? 0) + count);
  return total;
}

/** ESLint's and stylelint's `{ file: { rule: { count } } }`, and `{ suppressions: [{ rule }] }`. */
function countsInSuppressions(value: WrittenConfig): Counts {
  const listed = isMap(value) ? value.get("suppressions") : undefined;
  if (isList(listed)) return summed(listed.map((entry) => new Map([[textIn(entry, "rule") ?? "any rule", 1]])));
  const files = isMap(value) ? [...value.values()].filter(isMap) : [];
  return summed(
    files.map((rules) => new Map([...rules].map(([rule, entry]) => [rule, numberIn(entry, "count") ?? 1]))),
  );
}

function textIn(entry: WrittenConfig, key: string): string | undefined {
  const value = isMap(entry) ? entry.get(key) : undefined;
  if (isMap(value)) return textIn(value, "name");
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function numberIn(entry: WrittenConfig, key: string): number | undefined {
  const value = isMap(entry) ? entry.get(key) : undefined;
  return typeof value === "number" ? value : undefined;
}

/** Faults in lists or in objects by a hash, whatever is around them: each has a code, a rule or a message. */
function countsInBaseline(value: WrittenConfig): Counts {
  const name = textIn(value, "code") ?? textIn(value, "rule") ?? textIn(value, "type");
  if (name !== undefined && isMap(value)) return new Map([[name, numberIn(value, "count") ?? 1]]);
  const inner = isMap(value) ? [...value.values()] : isList(value) ? value : [];
  return summed(inner.map(countsInBaseline));
}

const ignoreLists = /^ignore(?:Dependencies|Binaries|Unresolved|Members|Files|Issues|Workspaces)?$|^exclude$/;

function countsInIgnoreLists(value: WrittenConfig, isRun: IsRun): Counts {
  if (!isMap(value)) return new Map();
  const own = [...value]
    .filter(([key]) => ignoreLists.test(key))
    .map(([key, entries]): Counts => new Map([[key, sizeOf(entries, isRun)]]));
  const inner = [...value]
    .filter(([key]) => !ignoreLists.test(key))
    .map(([, each]) => countsInIgnoreLists(each, isRun));
  return summed([...own, ...inner]);
}

function sizeOf(value: WrittenConfig, isRun: IsRun): number {
  if (isList(value)) return value.filter((entry) => !isRun(entry)).length;
  return isMap(value) ? value.size : 1;
}

/** By their paths, as they stand in the workflows of the head outside of comments. */
function runByWorkflows({ workspace }: ChangeContext): IsRun {
  let read: readonly string[] | undefined;
  const workflows = (): readonly string[] =>
    (read ??= workspace.tree.files
      .filter(({ path }) => isWorkflowPath(path))
      .map(({ path }) => (workspace.readText(path) ?? "").replaceAll(/^\s*#.*$/gm, "")));
  return (entry) =>
    typeof entry === "string" &&
    isSourcePath(entry) &&
    workflows().some((text) => text.includes(`/${entry}`) || text.includes(` ${entry}`));
}

/** A module whose exports hold JSON in templates: for each file a list of faults. */
async function countsInBetterer(text: string): Promise<Counts> {
  const [{ parseSource }, { descendants }, { parse }] = await Promise.all([
    import("../../source/parse.ts"),
    import("../../source/walk.ts"),
    import("jsonc-parser"),
  ]);
  const counts = new Map<string, number>();
  for (const node of descendants(parseSource(repoPath("results.js"), text).program)) {
    if (node.type !== "AssignmentExpression" || node.left.type !== "MemberExpression") continue;
    const name = text.slice(node.left.property.start, node.left.property.end).replaceAll("`", "");
    for (const inner of descendants(node.right)) {
      if (inner.type !== "TemplateLiteral") continue;
      const stored: unknown = parse(inner.quasis[0]?.value.cooked ?? "", [], { allowTrailingComma: true });
      const value = fromData(stored);
      const faults = isMap(value)
        ? [...value.values()].map((entries) => (isList(entries) ? entries.length : 0))
        : typeof value === "number"
          ? [value]
          : [];
      counts.set(name, (counts.get(name) ?? 0) + faults.reduce((sum, count) => sum + count, 0));
    }
  }
  return counts;
}

/** Rules that the change makes stricter: what they find was there. */
async function raisedRules(context: ChangeContext): Promise<(rule: string) => boolean> {
  const raised = new Set<string>();
  let isAnyNew = false;
  for (const pair of context.pairs) {
    const { change, headText, baseText } = pair;
    if (headText === undefined || !isLintConfigPath(change.path)) continue;
    const before =
      baseText === undefined
        ? undefined
        : await readLintConfig({ path: change.path, text: baseText, module: pair.base });
    const after = await readLintConfig({ path: change.path, text: headText, module: pair.head });
    isAnyNew ||= after?.presets.some((name) => before?.presets.includes(name) !== true) ?? false;
    const levels = new Map(settingsIn(before));
    for (const [rule, { level }] of settingsIn(after)) {
      if (level > (levels.get(rule)?.level ?? 0)) raised.add(rule);
    }
  }
  return (rule) => isAnyNew || raised.has(rule);
}

function settingsIn(config: LintConfig | undefined): readonly (readonly [string, RuleSetting])[] {
  return config?.blocks.flatMap(({ rules }) => Array.from(rules)) ?? [];
}
