// Options of a rule by which it asks for less: exceptions that it gains, and things that it no longer forbids.
import { isList, isMap, type WrittenConfig } from "../configuration/written-config.ts";
import { shortened } from "../change/shortened.ts";
import { plainRule } from "./lint-presets.ts";

/** Names of options that take something out. */
const excepts = /^(?:allow|ignore|except|exempt|exclude|skip|onlyDependOn)|IgnorePatterns?$/;
/** Rules whose lists say what is forbidden. */
const forbids = /restricted|^ban-|forbid|disallow|module-boundaries|no-internal|boundaries|denylist|id-match/;
/** Options that only word a message. */
const wording = /^(?:message|name|custom-?message|fixWith)$/i;

/** How much less a value of an option asks for; undefined where it is none of those that are known. */
type Laxity = (value: WrittenConfig | undefined) => number | undefined;

function when(lax: WrittenConfig): Laxity {
  return (value) =>
    value === undefined || value === lax || typeof value === typeof lax ? Number(value === lax) : undefined;
}

/** `true` forbids the comment, and a text asks for a reason. */
function directive(byDefault: WrittenConfig): Laxity {
  return (value = byDefault) => (value === true ? 0 : value === false ? 2 : typeof value === "string" ? 1 : undefined);
}

/** Options whose names do not tell, and those that are off unless set: which values ask for less. */
const laxValues = new Map<string, Readonly<Record<string, Laxity>>>([
  ["no-empty", { allowEmptyCatch: when(true) }],
  ["no-explicit-any", { ignoreRestArgs: when(true) }],
  [
    "no-misused-promises",
    { checksVoidReturn: when(false), checksConditionals: when(false), checksSpreads: when(false) },
  ],
  ["no-unused-vars", { args: when("none"), vars: when("local"), caughtErrors: when("none") }],
  [
    "ban-ts-comment",
    {
      "ts-ignore": directive(true),
      "ts-nocheck": directive(true),
      "ts-expect-error": directive("allow-with-description"),
    },
  ],
]);

function laxerValue(
  rule: string,
  [before]: readonly WrittenConfig[],
  [after]: readonly WrittenConfig[],
): string | undefined {
  if (!isMap(after)) return undefined;
  for (const [name, laxity] of Object.entries(laxValues.get(plainRule(rule)) ?? {})) {
    const [from, to] = [laxity(isMap(before) ? before.get(name) : undefined), laxity(after.get(name))];
    if (from !== undefined && to !== undefined && to > from)
      return `\`${name}: ${JSON.stringify(after.get(name))}\` now`;
  }
  return undefined;
}

/** Ends a sentence that begins with the rule's name; undefined where no option is known to be laxer. */
export function laxerOptions(
  rule: string,
  before: readonly WrittenConfig[],
  after: readonly WrittenConfig[],
): string | undefined {
  if (JSON.stringify(before, plain) === JSON.stringify(after, plain)) return undefined;
  const exception = laxerValue(rule, before, after) ?? newException(before, after);
  if (exception !== undefined) return `has ${exception}`;
  const gone = forbids.test(plainRule(rule)) ? noLongerNamed(before, after) : undefined;
  return gone === undefined ? undefined : `no longer names "${shortened(gone, 40)}"`;
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

/** Of options at the same place: an exception that was not there. */
function newException(before: WrittenConfig, after: WrittenConfig): string | undefined {
  if (isList(after)) {
    const old = isList(before) ? before : [];
    for (const [index, item] of after.entries()) {
      const twin = after.length === 1 && old.length === 1 ? old[0] : twinOf(item, old, index);
      const found = twin === undefined ? undefined : newException(twin, item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isMap(after)) return undefined;
  const old = isMap(before) ? before : new Map<string, WrittenConfig>();
  for (const [key, value] of after) {
    const found = excepts.test(key) ? moreIn(key, old.get(key), value) : newException(old.get(key) ?? null, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The item that speaks of the same, whatever its place in the list. */
function twinOf(item: WrittenConfig, old: readonly WrittenConfig[], index: number): WrittenConfig | undefined {
  const [first] = isMap(item) ? item.values() : [];
  // What stands alone, and was not there at all, is compared with nothing.
  if (typeof first !== "string") return old[index] ?? (index === 0 ? null : undefined);
  return old.find((each) => isMap(each) && [...each.values()][0] === first);
}

function moreIn(key: string, before: WrittenConfig | undefined, after: WrittenConfig): string | undefined {
  if (after === true) return before === true || before === undefined ? undefined : `\`${key}\` on`;
  if (typeof after === "string" && key.endsWith("Pattern"))
    return matchesAll(after) && before !== after
      ? `\`${key}: ${shortened(after, 20)}\`, which matches everything`
      : undefined;
  if (!isList(after)) return undefined;
  const old = new Set(isList(before) ? before : []);
  const added = after.find((item) => typeof item === "string" && !old.has(item));
  // A list that was written anew may be another one.
  const isOther = isList(before) && before.some((item) => !after.includes(item));
  return typeof added === "string" && !isOther ? `"${shortened(added, 40)}" in \`${key}\` now` : undefined;
}

function matchesAll(pattern: string): boolean {
  return /^\^?(?:\.[*+]?|\[\^?\]\*)\$?$/.test(pattern);
}

/** A text that stood in the lists and stands nowhere now, where none has come in its place. */
function noLongerNamed(before: readonly WrittenConfig[], after: readonly WrittenConfig[]): string | undefined {
  const [old, now] = [new Set(before.flatMap(textsIn)), new Set(after.flatMap(textsIn))];
  if ([...now].some((text) => !old.has(text))) return undefined;
  return [...old].find((text) => !now.has(text));
}

function textsIn(value: WrittenConfig): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(textsIn);
  if (!isMap(value)) return [];
  return [...value].flatMap(([key, inner]) => (wording.test(key) || excepts.test(key) ? [] : textsIn(inner)));
}
