// Places mutants that somebody else has thought of, a report of another tool, say.
import type { ListedMutant, Mutant, TextPlace } from "../model/mutant.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Node } from "../source/walk.ts";
import { formOf } from "./candidates.ts";
import type { Span } from "./mutator.ts";
import { walkRuntime } from "./runtime-code.ts";
import { wholeValueOf } from "./whole-value.ts";

export interface PlacedMutants {
  /** In the order of their offsets. */
  readonly mutants: readonly Mutant[];
  /** Those whose place is no code that can have two versions: a key, a type, a part of a statement. */
  readonly unplaced: readonly ListedMutant[];
}

interface Home {
  readonly node: Node;
  readonly replaced: Span;
  readonly form: Mutant["form"];
}

/** Finds the code that each mutant of the list replaces. */
export function placeListed(file: SourceFile, listed: readonly ListedMutant[]): PlacedMutants {
  const offsetOf = offsetsIn(file.text);
  const wanted = listed.map((mutant) => ({
    mutant,
    span: { start: offsetOf(mutant.start), end: offsetOf(mutant.end) },
  }));
  const homes = homesOf(file, new Set(wanted.map(({ span }) => keyOf(span))));
  const mutants: Mutant[] = [];
  const unplaced: ListedMutant[] = [];
  for (const { mutant, span } of wanted) {
    const home = homes.get(keyOf(span));
    if (home === undefined) unplaced.push(mutant);
    else mutants.push(toMutant(file, mutant, span, home));
  }
  return { mutants: mutants.toSorted((a, b) => a.start - b.start || b.end - a.end), unplaced };
}

/** The innermost node of each span: an expression rather than the statement that it is. */
function homesOf(file: SourceFile, wanted: ReadonlySet<string>): ReadonlyMap<string, Home> {
  const homes = new Map<string, Home>();
  walkRuntime(file.program, {
    enter(node, _parent, ancestors) {
      if (!wanted.has(keyOf(node))) return;
      if (node.type === "BlockStatement") {
        // What is in the braces: they may be those of a function.
        homes.set(keyOf(node), { node, replaced: { start: node.start + 1, end: node.end - 1 }, form: "statement" });
        return;
      }
      const replaced = wholeValueOf(node, ancestors);
      homes.set(keyOf(node), { node, replaced, form: formOf(replaced, node, ancestors) });
    },
  });
  return homes;
}

function toMutant(file: SourceFile, listed: ListedMutant, span: Span, { node, replaced, form }: Home): Mutant {
  const { id, path, mutator } = listed;
  const isBlock = node.type === "BlockStatement";
  const code = codeOf(listed.replacement, isBlock);
  const { start, end } = replaced;
  const replacement = isBlock ? code : file.text.slice(start, span.start) + code + file.text.slice(span.end, end);
  const original = file.text.slice(start, end);
  return { id, path, line: file.lineOf(span.start), start, end, form, mutator, original, replacement };
}

function codeOf(replacement: string, isBlock: boolean): string {
  if (isBlock) return replacement.trim().replace(/^\{([\s\S]*)\}$/, "$1");
  // Nothing, or an empty statement, in the place of a value: a call, say, that was taken out.
  return /^[\s;]*$/.test(replacement) ? "undefined" : replacement;
}

function keyOf({ start, end }: Span): string {
  return `${start}:${end}`;
}

function offsetsIn(text: string): (place: TextPlace) => number {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return ({ line, column }) => (starts[line - 1] ?? Infinity) + column - 1;
}
