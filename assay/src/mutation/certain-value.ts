// Values that are there, whatever their types say: what stands in for them behind `??` is never reached.
import type { LogicalExpression, Node } from "../source/walk.ts";
import { constantOf, declares } from "./bindings.ts";
import { isWithinBounds } from "./index-bounds.ts";
import { isTransparent } from "./mutator.ts";
import { lastName } from "./names.ts";
import { readPattern, type Piece } from "./pattern.ts";

/** How much of the syntax around a value is believed. */
export interface Trust {
  /**
   * That a list has something at each of its indexes: the compiler asks for a fallback there in any case
   * (`noUncheckedIndexedAccess`). Where it does not, whoever wrote one had a reason.
   */
  readonly elements: boolean;
}

export const doubtful: Trust = { elements: false };

/**
 * Is there surely something before this `??`? Seen are elements at an index that counts through the same list, groups
 * that take part in every match of their regular expression, and the first piece of a text that is split.
 *
 * `ancestors` ends with what holds the `??`.
 */
export function isCertain(node: LogicalExpression, ancestors: readonly Node[], trust: Trust): boolean {
  const value = withoutTypes(node.left);
  if (value.type !== "MemberExpression" || !value.computed || value.optional) return false;
  const { object, property } = value;
  const around = [...ancestors, node];
  if (property.type === "Identifier") return trust.elements && isWithinBounds(object, property.name, around);
  if (property.type !== "Literal" || typeof property.value !== "number") return false;
  return (property.value === 0 && isSplit(object)) || isMatched(withoutTypes(object), property.value, around);
}

/** May the compiler alone have asked for this fallback? Whether anything is missing there the syntax does not say. */
export function isAskedFor(node: LogicalExpression, trust: Trust): boolean {
  const value = withoutTypes(node.left);
  return trust.elements && value.type === "MemberExpression" && value.computed && !value.optional;
}

function withoutTypes(node: Node): Node {
  return isTransparent(node) ? withoutTypes(node.expression) : node;
}

/** `text.split(",")`, with a limit or without. */
function isSplit(node: Node): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.callee.optional) return false;
  const [separator, limit] = node.arguments;
  const hasPiece = separator?.type === "Literal" && typeof separator.value === "string" && separator.value.length > 0;
  const isLimited =
    limit !== undefined && !(limit.type === "Literal" && typeof limit.value === "number" && limit.value > 0);
  return lastName(node.callee) === "split" && hasPiece && !isLimited;
}

/** `const match = /…/.exec(text)`, `text.match(/…/)`, `for (const match of text.matchAll(/…/g))`. */
function isMatched(node: Node, group: number, ancestors: readonly Node[]): boolean {
  if (node.type !== "Identifier") return false;
  const call = matchedBy(node.name, ancestors);
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  const name = lastName(call.callee);
  const [argument] = call.arguments;
  const pattern = name === "exec" ? call.callee.object : name === "match" || name === "matchAll" ? argument : undefined;
  const regex = pattern && regexOf(pattern, ancestors);
  if (regex === undefined || (name === "match" && regex.flags.includes("g"))) return false;
  return takesPart(readPattern(regex.pattern, regex.flags), group);
}

function matchedBy(name: string, ancestors: readonly Node[]): Node | undefined {
  const scope = ancestors.findLast((node) => declares(node, name));
  if (scope?.type !== "ForOfStatement") return constantOf(name, ancestors);
  const [declared] = scope.left.type === "VariableDeclaration" ? scope.left.declarations : [];
  const isAll = scope.right.type === "CallExpression" && lastName(scope.right.callee) === "matchAll";
  return isAll && declared?.id.type === "Identifier" ? scope.right : undefined;
}

function regexOf(
  node: Node,
  ancestors: readonly Node[],
): { readonly pattern: string; readonly flags: string } | undefined {
  const value = node.type === "Identifier" ? constantOf(node.name, ancestors) : node;
  return value?.type === "Literal" && "regex" in value ? value.regex : undefined;
}

/** A group may be passed over by `|`, by a quantifier that is content with nothing, and by a look around. */
function takesPart(pieces: readonly Piece[], group: number): boolean {
  if (group === 0) return true;
  let count = 0;
  /** Of the groups that are open where the wanted one is, itself the last. */
  let around: readonly number[] | undefined;
  const open: number[] = [];
  for (const [index, { kind, text }] of pieces.entries()) {
    if (kind === "open" || kind === "look") open.push(index);
    if (kind === "open" && (text === "(" || text.startsWith("(?<")) && ++count === group) around = [...open];
    if (kind === "close") open.pop();
  }
  return (
    around !== undefined && around.every((at) => isEntered(pieces, at)) && !hasAlternative(pieces, around.slice(0, -1))
  );
}

function isEntered(pieces: readonly Piece[], at: number): boolean {
  const end = closeOf(pieces, at);
  const next = pieces[end + 1];
  const isOptional = next?.kind === "quantifier" && /^(?:[*?]|\{0)/.test(next.text);
  return pieces[at]?.kind === "open" && !isOptional;
}

/** `|` beside one of the groups, rather than in it: in the pattern itself, or in a group around it. */
function hasAlternative(pieces: readonly Piece[], outer: readonly number[]): boolean {
  const bodies = [[-1, pieces.length] as const, ...outer.map((at) => [at, closeOf(pieces, at)] as const)];
  return bodies.some(([start, end]) => {
    let depth = 0;
    return pieces.slice(start + 1, end).some(({ kind }) => {
      if (kind === "open" || kind === "look") depth++;
      if (kind === "close") depth--;
      return kind === "or" && depth === 0;
    });
  });
}

function closeOf(pieces: readonly Piece[], at: number): number {
  let depth = 0;
  return pieces.findIndex(({ kind }, index) => {
    if (index < at) return false;
    if (kind === "open" || kind === "look") depth++;
    return kind === "close" && --depth === 0;
  });
}
