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
  for (const { span, open, close } of insertionsOf(plan).toSorted(outermostFirst)) {
    edited.appendRight(span.start, open);
    if (close !== "") edited.prependLeft(span.end, close);
  }
  return edited.toString();
}

/** The text with one mutant instead of its original. */
export function withMutant(text: string, mutant: Mutant): string {
  return `${text.slice(0, mutant.start)}(${onOneLine(mutant.replacement)})${text.slice(mutant.end)}`;
}

function insertionsOf(plan: SwitchPlan): Insertion[] {
  // On the same span statements come before expressions, which is why probes are listed first.
  return [
    ...plan.loops.map(({ number, loop }) => loopInsertion(`${plan.switchName}.loop(${number});`, loop)),
    ...plan.probes.map(({ number, probe }) => probeInsertion(`${plan.switchName}.at(${number})`, probe)),
    ...mutantInsertions(plan),
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

function mutantInsertions({ mutants, switchName }: SwitchPlan): Insertion[] {
  const bySpan = new Map<string, SwitchPlan["mutants"][number][]>();
  for (const entry of mutants) {
    const key = `${entry.mutant.start}:${entry.mutant.end}`;
    bySpan.set(key, [...(bySpan.get(key) ?? []), entry]);
  }
  return [...bySpan.values()].flatMap((entries) => {
    const span = entries[0]?.mutant;
    if (span === undefined) return [];
    const cases = entries.map(
      ({ number, mutant }) => `${switchName}.is(${number})?(${onOneLine(mutant.replacement)}):`,
    );
    return { span, open: `(${cases.join("")}(`, close: "))" };
  });
}

/** Without its line breaks, where they mean nothing: outside of templates and statements, and behind no comment. */
function onOneLine(code: string): string {
  const bare = /["'`]/.test(code) ? code : code.replaceAll(/\/\/[^\n]*/g, "");
  return /[`{]|\/\//.test(bare) ? code : bare.replaceAll(/\s*\n\s*/g, " ");
}
