// Compiles every mutant of a file into it, behind a switch, together with what records hits and stops endless loops.
import { createHash } from "node:crypto";
import { MagicString } from "magic-string";
import type { Mutant } from "../model/mutant.ts";
import type { Span } from "./mutator.ts";
import type { LoopBody, Probe } from "./probes.ts";

export interface SwitchPlan {
  /** The global that the code will call. */
  readonly switchName: string;
  /** Numbered over the whole run. */
  readonly mutants: readonly { readonly number: number; readonly mutant: Mutant }[];
  readonly probes: readonly { readonly number: number; readonly probe: Probe }[];
  readonly loops: readonly { readonly number: number; readonly loop: LoopBody }[];
}

/**
 * What to call the switch that goes into these texts. The same texts give the same name; no other program has it, which
 * matters where the program under test compiles switches into code by itself and runs that in its own process.
 */
export function switchNameFor(texts: readonly string[]): string {
  return `__assay$${createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16)}`;
}

interface Insertion {
  readonly span: Span;
  readonly open: string;
  readonly close: string;
}

/**
 * The text with all of the plan in it. Lines keep their numbers, unless a mutated expression spans several lines and
 * holds code that cannot be put on one.
 */
export function withSwitches(text: string, plan: SwitchPlan): string {
  const edited = new MagicString(text);
  // Outer spans first: their opening then stands before, and their closing behind, that of what they hold.
  for (const { span, open, close } of insertionsOf(text, plan).toSorted(outermostFirst)) {
    edited.appendRight(span.start, open);
    edited.prependLeft(span.end, close);
  }
  return edited.toString();
}

/** The text with one mutant instead of its original. */
export function withMutant(text: string, mutant: Mutant): string {
  const { start, end, form } = mutant;
  const replacement = onOneLine(mutant.replacement);
  const code =
    form === "statement" ? replacement : `${form === "value" ? "" : ";"}${bracket(replacement)}${replacement})`;
  return text.slice(0, start) + code + text.slice(end);
}

function insertionsOf(text: string, plan: SwitchPlan): Insertion[] {
  // On the same span statements come before values, and what ends the line above before both.
  return [
    ...plan.loops.map(({ number, loop }) => loopInsertion(`${plan.switchName}.loop(${number});`, loop)),
    ...plan.probes.map(({ number, probe }) => probeInsertion(`${plan.switchName}.at(${number})`, probe)),
    ...mutantInsertions(text, plan),
  ];
}

function outermostFirst(a: Insertion, b: Insertion): number {
  return a.span.start - b.span.start || b.span.end - a.span.end;
}

function loopInsertion(call: string, loop: LoopBody): Insertion {
  if (loop.form === "lone") return { span: loop, open: `{${call}`, close: "}" };
  return { span: { start: loop.start + 1, end: loop.end }, open: call, close: "" };
}

function probeInsertion(call: string, probe: Probe): Insertion {
  if (probe.form === "before") return { span: probe, open: `${call};`, close: "" };
  if (probe.form === "braces") return { span: probe, open: `{${call};`, close: "}" };
  return { span: probe, open: `(${call},`, close: ")" };
}

function mutantInsertions(text: string, { mutants, switchName }: SwitchPlan): Insertion[] {
  const statements = mutants.filter(({ mutant }) => mutant.form === "statement");
  const values = mutants.filter(({ mutant }) => mutant.form !== "statement");
  return [
    ...bySpan(statements).map((group) => statementInsertion(switchName, group)),
    ...[...leadingValues(mutants)].map(([start, end]) => ({ span: { start, end }, open: ";", close: "" })),
    ...bySpan(values).map((group) => valueInsertion(text, switchName, group)),
  ];
}

/** The longest value of each statement that begins with one. */
function leadingValues(mutants: SwitchPlan["mutants"]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const { mutant } of mutants) {
    const { form, start, end } = mutant;
    if (form === "leading-value") ends.set(start, Math.max(end, ends.get(start) ?? 0));
  }
  return ends;
}

type Numbered = SwitchPlan["mutants"][number];

function bySpan(mutants: readonly Numbered[]): (readonly [Numbered, ...Numbered[]])[] {
  const groups = new Map<string, [Numbered, ...Numbered[]]>();
  for (const entry of mutants) {
    const key = `${entry.mutant.start}:${entry.mutant.end}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

/** In braces, so that it is one statement where there may be one only, and no `else` goes astray. */
function statementInsertion(switchName: string, group: readonly [Numbered, ...Numbered[]]): Insertion {
  const cases = group.map(
    ({ number, mutant }) => `if(${switchName}.is(${number})){${onOneLine(mutant.replacement)}}else `,
  );
  return { span: group[0].mutant, open: `{${cases.join("")}{`, close: "}}" };
}

function valueInsertion(text: string, switchName: string, group: readonly [Numbered, ...Numbered[]]): Insertion {
  const cases = group.map(({ number, mutant: { replacement } }) => {
    const code = onOneLine(replacement);
    return `${switchName}.is(${number})?${bracket(code)}${code}):`;
  });
  const [{ mutant: span }] = group;
  return { span, open: `(${cases.join("")}${bracket(text.slice(span.start, span.end))}`, close: "))" };
}

/** In a module oxc takes `(/<!--` for a comment of HTML, though it begins a regular expression. */
function bracket(code: string): string {
  return code.startsWith("/<!--") ? "(0," : "(";
}

/** Without its line breaks, where they mean nothing: outside of templates, texts, regular expressions and statements. */
function onOneLine(code: string): string {
  if (!code.includes("\n") || /[`{]|\\\n/.test(code)) return code;
  // What looks like a comment may be a part of a text or of a regular expression.
  const bare = /["'\\]/.test(code) ? code : code.replaceAll(/\/\/[^\n]*/g, "");
  return bare.includes("//") ? code : bare.replaceAll(/\s*\n\s*/g, " ");
}
