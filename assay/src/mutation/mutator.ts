// The contract between one kind of small edit and the machinery that tries it.
import type { Node } from "../source/walk.ts";

/** Offsets in UTF-16 code units, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One way to change a node. */
export interface Edit {
  /** What is replaced: the node itself, or a part of it such as its operator. */
  readonly replace: Span;
  readonly with: string;
  /** The whole expression that has two versions from now on. The visited node, unless given. */
  readonly expression?: Span;
}

/** Where a visited node stands. */
export interface Place {
  /** Outermost first; the last one is the parent. */
  readonly ancestors: readonly Node[];
  textOf(span: Span): string;
}

/** One kind of small edit. A file each in `mutators/`, listed in its `index.ts`. */
export interface Mutator {
  readonly id: string;
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
  const between = place.textOf({ start: operation.left.end, end: operation.right.start });
  const code = between.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => " ".repeat(comment.length));
  const start = operation.left.end + code.indexOf(operation.operator);
  return { start, end: start + operation.operator.length };
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
  return place.ancestors.findLast((node) => !transparent.has(node.type));
}

const transparent: ReadonlySet<Node["type"]> = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
]);

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

export function isFunction(node: Node): boolean {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

/** Text, rather than a number, as far as one can see without types. */
export function looksLikeText(node: Node): boolean {
  if (node.type === "TemplateLiteral") return true;
  if (node.type === "Literal") return typeof node.value === "string";
  if (node.type === "BinaryExpression")
    return node.operator === "+" && (looksLikeText(node.left) || looksLikeText(node.right));
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "String";
}
