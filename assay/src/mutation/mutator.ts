// The contract between one kind of small edit and the machinery that tries it.
import type { MutatorId } from "../model/mutant.ts";
import { isFunction } from "../source/functions.ts";
import type { Node } from "../source/walk.ts";
import { lastName } from "./names.ts";

/** Offsets in UTF-16 code units, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One way to change a node. */
export interface Edit {
  /** What is replaced: the node itself, or a part of it such as its operator. A statement is replaced as a whole. */
  readonly replace: Span;
  readonly with: string;
  /** The part of the visited node that has two versions from now on. The whole of it, unless given. */
  readonly expression?: Span;
}

/** Kinds of edits that ask tests the same question. Kinds take turns, so that no one of them fills a run. */
export type MutatorFamily =
  | "comparison"
  | "logic"
  | "control-flow"
  | "arithmetic"
  | "effect"
  | "method"
  | "nullish"
  | "constant"
  | "regular-expression";

/** Where a visited node stands. */
export interface Place {
  /** Outermost first; the last one is the parent. */
  readonly ancestors: readonly Node[];
  textOf(span: Span): string;
}

/** One kind of small edit. A file each in `mutators/`, listed in its `index.ts`. */
export interface Mutator {
  readonly id: MutatorId;
  readonly family: MutatorFamily;
  /** Is it used unless `assay.toml` chooses? A survivor of such a kind is nearly always worth a test. */
  readonly byDefault: boolean;
  /** What a survivor of this kind says about the tests. Stands alone as a sentence. */
  readonly survivor: string;
  /** What a killing test must show: a clause that follows "a killing test must show". */
  readonly kill: string;
  mutate(node: Node, place: Place): Iterable<Edit>;
}

interface Operation {
  readonly operator: string;
  readonly left: Span;
  readonly right: Span;
}

/** Where the operator between two operands stands. Comments and parentheses between them are no operators. */
export function operatorOf(operation: Operation, place: Place): Span {
  const code = withoutComments(place.textOf({ start: operation.left.end, end: operation.right.start }));
  const start = operation.left.end + code.indexOf(operation.operator);
  return { start, end: start + operation.operator.length };
}

/** As long as before. For code between two expressions, where nothing else looks like a comment. */
export function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => " ".repeat(comment.length));
}

/** Is the node a part of the head of a loop: its test, its start or its step? */
export function inLoopHead(node: Node, place: Place): boolean {
  let inner: Node = node;
  for (const outer of place.ancestors.toReversed()) {
    if ("body" in outer && isLoop(outer)) return outer.body !== inner;
    if (isFunction(outer)) return false;
    inner = outer;
  }
  return false;
}

/** What holds the visited node, type assertions aside. Parentheses are not nodes. */
export function holderOf(place: Place): Node | undefined {
  return place.ancestors.findLast((node) => !isTransparent(node));
}

/** Is it its expression at run time? */
export function isTransparent(node: Node): node is Assertion {
  return (
    node.type === "TSAsExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSTypeAssertion"
  );
}

type Assertion = Extract<
  Node,
  { type: "TSAsExpression" | "TSSatisfiesExpression" | "TSNonNullExpression" | "TSTypeAssertion" }
>;

const loops: ReadonlySet<Node["type"]> = new Set([
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
]);

export type Loop = Extract<
  Node,
  { type: "ForStatement" | "ForInStatement" | "ForOfStatement" | "WhileStatement" | "DoWhileStatement" }
>;

export function isLoop(node: Node): node is Loop {
  return loops.has(node.type);
}

/** A number that is written down, or calculated from such. */
export function isConstant(node: Node): boolean {
  if (node.type === "BinaryExpression") return isConstant(node.left) && isConstant(node.right);
  return node.type === "Literal" && typeof node.value === "number";
}

const textCalls: ReadonlySet<string> = new Set([
  "String",
  "join",
  "padEnd",
  "padStart",
  "repeat",
  "replace",
  "replaceAll",
  "toFixed",
  "toLowerCase",
  "toString",
  "toUpperCase",
  "trim",
]);

/** Text, rather than a number, as far as one can see without types. */
export function looksLikeText(node: Node): boolean {
  if (node.type === "BinaryExpression")
    return node.operator === "+" && (looksLikeText(node.left) || looksLikeText(node.right));
  if (node.type === "ConditionalExpression") return looksLikeText(node.consequent) || looksLikeText(node.alternate);
  if (node.type === "LogicalExpression") return looksLikeText(node.right);
  if (node.type === "CallExpression") return textCalls.has(lastName(node.callee) ?? "");
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}
