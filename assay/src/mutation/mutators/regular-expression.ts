import type { Node } from "../../source/walk.ts";
import type { Mutator, Place } from "../mutator.ts";
import { lastName } from "../names.ts";
import { readPattern, repeatedBy, type Piece } from "../pattern.ts";

/**
 * Makes a regular expression match more or less: without an anchor, with the opposite of a class or of a lookaround,
 * with one repetition more or less, without a flag.
 *
 * A survivor means that no test has a text which only one of both matches.
 *
 * Left alone: what often makes no difference to the match, such as `*` at the start, `+` at either end, an anchor beside
 * `.*`, the anchors of what is replaced, or the space of `\s*`; alternatives; expressions that are built from texts.
 */
export const regularExpression: Mutator = {
  id: "regular-expression",
  family: "regular-expression",
  byDefault: true,
  survivor: "No test has a text which only one of both expressions matches.",
  kill: "the result for a text that only one of both matches",

  *mutate(node, place) {
    if (node.type !== "Literal" || !("regex" in node)) return;
    const { pattern, flags } = node.regex;
    const pieces = readPattern(pattern, flags);
    const inPattern = node.start + 1;
    const isReplaced = isReplacedIn(node, place);
    for (const [index, { kind, start, end }] of pieces.entries()) {
      if (isReplaced && (kind === "start" || kind === "end")) continue;
      const text = changedPiece(pieces, index, flags);
      if (text === undefined || !isUsable(pattern.slice(0, start) + text + pattern.slice(end), flags)) continue;
      yield { replace: { start: inPattern + start, end: inPattern + end }, with: text };
    }
    const inFlags = node.end - flags.length;
    // The parser puts them in order.
    const written = place.textOf({ start: inFlags, end: node.end });
    for (const [index, flag] of written.split("").entries()) {
      if (isNeeded(flag, pieces, node, place))
        yield { replace: { start: inFlags + index, end: inFlags + index + 1 }, with: "" };
    }
  },
};

const replacing: ReadonlySet<string> = new Set(["replace", "replaceAll"]);

/** `text.replace(/^--/, "")`: a text that has the same elsewhere, and not there, is rare. */
function isReplacedIn(node: Node, place: Place): boolean {
  const call = place.ancestors.at(-1);
  return call?.type === "CallExpression" && call.arguments[0] === node && replacing.has(lastName(call.callee) ?? "");
}

/** Is it an expression, and not an empty one, which is written like a comment? */
function isUsable(pattern: string, flags: string): boolean {
  try {
    return pattern !== "" && Boolean(new RegExp(pattern, flags));
  } catch {
    return false;
  }
}

function changedPiece(pieces: readonly Piece[], index: number, flags: string): string | undefined {
  const { kind, text } = pieces[index] ?? { kind: "other", text: "" };
  if (kind === "boundary") return "";
  if (kind === "class") return text.startsWith("[^") ? `[${text.slice(2)}` : `[^${text.slice(1)}`;
  if (kind === "end") return endsAnyway(pieces.slice(0, index)) ? undefined : "";
  if (kind === "look") return text.slice(0, -1) + (text.endsWith("=") ? "!" : "=");
  if (kind === "quantifier") return changedQuantifier(pieces, index, text);
  if (kind === "set")
    return isOptionalSpace(text, pieces[index + 1]) ? undefined : `\\${swapCase(text.charAt(1))}${text.slice(2)}`;
  return kind !== "start" || flags.includes("y") || startsAnyway(pieces.slice(index + 1)) ? undefined : "";
}

/** `\s*`: what is let pass there, and seldom is there. */
function isOptionalSpace(set: string, next: Piece | undefined): boolean {
  return set === "\\s" && next?.kind === "quantifier" && /^[*?]/.test(next.text);
}

/** `^[^:]*:`: a match is looked for at the start first, and everything fits there. */
function startsAnyway(after: readonly Piece[]): boolean {
  const [first, quantifier] = after.filter(({ kind }) => kind !== "open");
  return first !== undefined && isNearlyAnything(first) && /^[*+]/.test(quantifier?.text ?? "");
}

/** `.*$`: a match goes on to the end as it is. */
function endsAnyway(before: readonly Piece[]): boolean {
  const [quantifier, last] = before.filter(({ kind }) => kind !== "close").toReversed();
  return last !== undefined && isNearlyAnything(last) && quantifier?.text === "*";
}

function isNearlyAnything({ kind, text }: Piece): boolean {
  return kind === "any" || (kind === "class" && text.startsWith("[^"));
}

function changedQuantifier(pieces: readonly Piece[], index: number, text: string): string | undefined {
  const first = repeatedBy(pieces, index);
  const [isBound, isFollowed] = [isPartOfMatch(pieces[first - 1]), isPartOfMatch(pieces[index + 1])];
  if (text === "?") return isEmptyAnyway(pieces.slice(first, index)) ? undefined : "";
  if (text === "*?" || text === "+?")
    return isFollowed && pieces[index + 1]?.kind !== "end" ? text.charAt(0) : undefined;
  if (!isBound || pieces[first]?.kind === "any") return undefined;
  if (text === "*") return "+";
  return text === "+" && isFollowed ? "" : undefined;
}

/** `(.*)`: it matches nothing without being left out. */
function isEmptyAnyway(group: readonly Piece[]): boolean {
  return group.length === 4 && group[2]?.text.startsWith("*") === true;
}

/** Has a repetition to come to an end there? */
function isPartOfMatch(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.kind !== "open" && piece.kind !== "close" && piece.kind !== "or";
}

function swapCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

function isNeeded(flag: string, pieces: readonly Piece[], node: Node, place: Place): boolean {
  if (flag === "i") return pieces.some(({ kind, text }) => (kind === "other" || kind === "class") && hasLetter(text));
  if (flag === "m") return pieces.some(({ kind }) => kind === "start" || kind === "end");
  if (flag === "s") return pieces.some(({ text }) => text === ".");
  const call = place.ancestors.at(-1);
  if (flag !== "g" || call?.type !== "CallExpression" || call.arguments[0] !== node) return false;
  return onceOrAll.has(lastName(call.callee) ?? "");
}

/** These heed the first match alone without the flag. */
const onceOrAll: ReadonlySet<string> = new Set(["match", "replace"]);

function hasLetter(text: string): boolean {
  return /[a-z]/i.test(text.replaceAll(/\\./g, ""));
}
