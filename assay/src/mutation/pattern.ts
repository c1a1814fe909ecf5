// Reads a regular expression as far as it takes to change it: its pieces in order, and where groups begin and end.
import type { Span } from "./mutator.ts";

export interface Piece extends Span {
  readonly kind: PieceKind;
  readonly text: string;
}

/** `set`: `\d`; `class`: `[a-z]`; `any`: what matches every character; `other`: what matches itself. */
export type PieceKind =
  | "any"
  | "boundary"
  | "class"
  | "close"
  | "end"
  | "look"
  | "open"
  | "or"
  | "other"
  | "quantifier"
  | "set"
  | "start";

const kinds: readonly (readonly [PieceKind, RegExp])[] = [
  ["boundary", /\\[bB]/y],
  ["set", /\\(?:[dDsSwW]|[pP]\{[^}]+\})/y],
  ["other", /\\(?:u\{[^}]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|k<[^>]+>|\d+|[^])/y],
  ["look", /\(\?<?[=!]/y],
  ["open", /\((?:\?(?:<[^>]+>|[a-z-]*:))?/y],
  ["close", /\)/y],
  ["or", /\|/y],
  ["start", /\^/y],
  ["end", /\$/y],
  ["quantifier", /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y],
  ["any", /\./y],
];

/** Classes that leave nothing out. */
const everything: ReadonlySet<string> = new Set([
  "[^]",
  "[\\d\\D]",
  "[\\D\\d]",
  "[\\s\\S]",
  "[\\S\\s]",
  "[\\w\\W]",
  "[\\W\\w]",
]);

/** The pieces of a valid pattern, in order and without gaps. */
export function readPattern(pattern: string, flags: string): Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < pattern.length; start = pieces.at(-1)?.end ?? pattern.length) {
    const [kind, text] = pattern[start] === "[" ? classAt(pattern, start, flags) : pieceAt(pattern, start);
    pieces.push({ kind, text, start, end: start + text.length });
  }
  return pieces;
}

function pieceAt(pattern: string, start: number): readonly [PieceKind, string] {
  for (const [kind, expression] of kinds) {
    expression.lastIndex = start;
    const text = expression.exec(pattern)?.[0];
    if (text !== undefined) return [kind, text];
  }
  return ["other", pattern.charAt(start)];
}

/** With the flag `v` a class may hold others. */
function classAt(pattern: string, start: number, flags: string): readonly [PieceKind, string] {
  let depth = 0;
  let end = start;
  do {
    if (pattern[end] === "\\") end++;
    else if (pattern[end] === "[" && (depth === 0 || flags.includes("v"))) depth++;
    else if (pattern[end] === "]") depth--;
    end++;
  } while (depth > 0 && end < pattern.length);
  const text = pattern.slice(start, end);
  return [everything.has(text) ? "any" : "class", text];
}

/** Where the thing that the quantifier at `index` repeats begins. */
export function repeatedBy(pieces: readonly Piece[], index: number): number {
  let at = index - 1;
  let depth = 0;
  while (at > 0) {
    const kind = pieces[at]?.kind;
    if (kind === "close") depth++;
    if (kind === "open" || kind === "look") depth--;
    if (depth === 0) break;
    at--;
  }
  return at;
}
