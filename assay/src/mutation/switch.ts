// Compiles every mutant of a file into it, behind a switch, together with what records hits and stops endless loops.
import { MagicString } from "magic-string";
import type { Mutant } from "../model/mutant.ts";
import type { Span } from "./mutator.ts";
import type { LoopBody, Probe } from "./probes.ts";
import { switchName } from "./switch-runtime.ts";

export interface SwitchPlan {
  /** Numbered over the whole run. */
  readonly mutants: readonly { readonly number: number; readonly mutant: Mutant }[];
  readonly probes: readonly { readonly number: number; readonly probe: Probe }[];
  readonly loops: readonly { readonly number: number; readonly loop: LoopBody }[];
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
    ...plan.loops.map(({ number, loop }) => loopInsertion(number, loop)),
    ...plan.probes.map(({ number, probe }) => probeInsertion(number, probe)),
    ...mutantInsertions(plan.mutants),
  ];
}

function outermostFirst(a: Insertion, b: Insertion): number {
  return a.span.start - b.span.start || b.span.end - a.span.end;
}

function loopInsertion(number: number, loop: LoopBody): Insertion {
  const call = `${switchName}.loop(${number});`;
  if (loop.form === "lone") return { span: loop, open: `{${call}`, close: "}" };
  return { span: { start: loop.start + 1, end: loop.end }, open: call, close: "" };
}

function probeInsertion(number: number, probe: Probe): Insertion {
  const call = `${switchName}.at(${number})`;
  if (probe.form === "before") return { span: probe, open: `${call};`, close: "" };
  if (probe.form === "braces") return { span: probe, open: `{${call};`, close: "}" };
  return { span: probe, open: `(${call},`, close: ")" };
}

function mutantInsertions(mutants: SwitchPlan["mutants"]): Insertion[] {
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
