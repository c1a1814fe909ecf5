// Places mutants that somebody else has thought of, a report of another tool, say.
import type { ListedMutant, Mutant, TextPlace } from "../model/mutant.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Node, SwitchCase } from "../source/walk.ts";
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
    const placed = home === undefined ? null : toMutant(file, mutant, span, home);
    if (placed === null) unplaced.push(mutant);
    else mutants.push(placed);
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
        homes.set(keyOf(node), { node, replaced: insideOf(node), form: "statement" });
        return;
      }
      if (node.type === "SwitchCase") {
        const replaced = bodyOf(node);
        if (replaced !== null) homes.set(keyOf(node), { node, replaced, form: "statement" });
        return;
      }
      const replaced = wholeValueOf(node, ancestors);
      homes.set(keyOf(node), { node, replaced, form: formOf(replaced, node, ancestors) });
    },
  });
  return homes;
}

/** What is in the braces: they may be those of a function. */
function insideOf({ start, end }: Span): Span {
  return { start: start + 1, end: end - 1 };
}

/** What a case does; null where it does nothing, or declares what another case can see. */
function bodyOf({ consequent, end }: SwitchCase): Span | null {
  const [first, ...others] = consequent;
  if (first === undefined) return null;
  if (first.type === "BlockStatement" && others.length === 0) return insideOf(first);
  return consequent.some(isSeenByOthers) ? null : { start: first.start, end };
}

function isSeenByOthers(statement: Node): boolean {
  if (statement.type === "VariableDeclaration") return statement.kind !== "var";
  return statement.type.endsWith("Declaration");
}

/** Null where the code can not have the replacement as its other version. */
function toMutant(file: SourceFile, listed: ListedMutant, span: Span, { node, replaced, form }: Home): Mutant | null {
  const { id, path, mutator } = listed;
  const { start, end } = replaced;
  const [before, after] = [file.text.slice(start, span.start), file.text.slice(span.end, end)];
  const original = file.text.slice(start, end);
  const mutant = { id, path, line: file.lineOf(span.start), start, end, form, mutator, original };
  if (node.type === "BlockStatement") return { ...mutant, replacement: codeOf(listed.replacement, true) };
  if (node.type !== "SwitchCase") return { ...mutant, replacement: before + codeOf(listed.replacement, false) + after };
  const head = node.test === null ? "default" : file.text.slice(span.start, node.test.end);
  return barely(`${head}:`) === barely(listed.replacement) ? { ...mutant, replacement: "" } : null;
}

/** Without what programs that print code write each in their own way, and comments above it. */
function barely(code: string): string {
  return code.replace(/^(?:\s|\/\/.*|\/\*[^]*?\*\/)+/, "").replaceAll(/[\s()]/g, "");
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
