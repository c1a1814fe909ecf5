// Whether the program gets to a node of a test, and whether it waits for it.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, type Argument, type CallExpression, type Node } from "../../source/walk.ts";
import { plain } from "../../source/passed-on.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { chainOf, memberName } from "./call-chain.ts";
import { fixedValues } from "./fixed-values.ts";

/** The nodes that a node stands in, innermost first, up to and without `end`. */
export function* around(
  file: SourceFile,
  node: Node,
  end: Node,
): Generator<{ readonly at: Node; readonly child: Node }> {
  const bindings = bindingsOf(file);
  let child = node;
  for (let at = bindings.parentOf(node); at && at !== end; at = bindings.parentOf(at)) {
    yield { at, child };
    child = at;
  }
}

/** Is what an expression promises neither awaited, returned, kept nor handed on? */
export function isDropped(file: SourceFile, expression: Node, run: FunctionNode): boolean {
  const bindings = bindingsOf(file);
  let node = expression;
  for (let parent = bindings.parentOf(node); parent; parent = bindings.parentOf(node)) {
    if (parent.type === "ExpressionStatement") return true;
    if (parent.type === "UnaryExpression" && parent.operator === "void") return true;
    if (parent.type === "VariableDeclarator") return isNeverUsed(file, parent);
    if (isFunction(parent)) return parent !== run && parent.body === node && isDroppedCallback(file, parent, run);
    if (!passesPromiseOn(parent, node)) return false;
    node = parent;
  }
  return false;
}

function isNeverUsed(file: SourceFile, declarator: Extract<Node, { type: "VariableDeclarator" }>): boolean {
  if (declarator.id.type !== "Identifier") return false;
  const binding = bindingsOf(file).bindingOf(declarator.id);
  return binding !== undefined && bindingsOf(file).usesOf(binding).length === 0;
}

const passing: ReadonlySet<string> = new Set([
  "ArrayExpression",
  "ChainExpression",
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
]);

/** `p.then(…)`, `Promise.all([p])`, `p as Promise<void>`. */
function passesPromiseOn(parent: Node, node: Node): boolean {
  if (parent.type === "MemberExpression")
    return parent.object === node && /^(?:then|catch|finally)$/.test(memberName(parent) ?? "");
  if (passing.has(parent.type)) return true;
  if (parent.type !== "CallExpression") return false;
  if (parent.callee === node) return true;
  return isPromiseMethod(parent.callee);
}

function isPromiseMethod(callee: Node): boolean {
  const isMember = callee.type === "MemberExpression" && callee.object.type === "Identifier";
  return isMember && callee.object.type === "Identifier" && callee.object.name === "Promise";
}

/** An async function in the place of a callback whose answer nobody waits for, or called and left alone. */
export function isDroppedCallback(file: SourceFile, callback: FunctionNode, run: FunctionNode): boolean {
  const parent = bindingsOf(file).parentOf(callback);
  if (parent?.type !== "CallExpression") return false;
  if (parent.callee === callback) return isDropped(file, parent, run);
  const { callee } = parent;
  const name =
    callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : undefined;
  if (name === "forEach" || asksAtOnce(file, parent, callback, name)) return true;
  return name !== undefined && handsOn.has(name) && isDropped(file, parent, run);
}

/** What their callback promises is a part of what they answer. */
const handsOn: ReadonlySet<string> = new Set(["then", "catch", "finally", "map", "flatMap", "reduce", "waitFor"]);

const questions: ReadonlySet<string> = new Set(["some", "every", "filter", "find", "findIndex", "findLast"]);

/** To a list a promise is an answer like any other, and a true one. What is awaited may be more than a list. */
function asksAtOnce(file: SourceFile, call: CallExpression, callback: FunctionNode, name: string | undefined): boolean {
  if (name === undefined || !questions.has(name) || call.callee.type !== "MemberExpression") return false;
  return (
    callback.async && call.arguments[0] === callback && bindingsOf(file).parentOf(call)?.type !== "AwaitExpression"
  );
}

/** Why the program never gets to a node, or may not. */
export type Reach =
  | { readonly kind: "never"; readonly why: "after return" | "constant condition" | "empty loop" }
  | { readonly kind: "maybe"; readonly test: Node };

/** What stands between the beginning of a function and a node in it; the innermost first. */
export function* hurdles(file: SourceFile, node: Node, run: FunctionNode): Generator<Reach> {
  for (const { at, child } of around(file, node, run)) {
    const reach = ofBranch(file, at, child) ?? ofLoop(file, at, child);
    if (reach) yield reach;
    if (at.type === "BlockStatement") yield* ofBlock(file, at, child);
  }
}

function ofBranch(file: SourceFile, at: Node, child: Node): Reach | undefined {
  if (at.type === "IfStatement" || at.type === "ConditionalExpression") {
    if (child === at.test) return undefined;
    const value = fixedValues(file)(at.test);
    if (!value) return { kind: "maybe", test: at.test };
    return Boolean(value.value) === (child === at.consequent)
      ? undefined
      : { kind: "never", why: "constant condition" };
  }
  if (at.type === "LogicalExpression" && child === at.right) {
    const value = fixedValues(file)(at.left);
    if (!value) return { kind: "maybe", test: at.left };
    const runs =
      at.operator === "&&"
        ? Boolean(value.value)
        : at.operator === "||"
          ? !value.value
          : value.value === null || value.value === undefined;
    return runs ? undefined : { kind: "never", why: "constant condition" };
  }
  const isCase = at.type === "SwitchStatement" && child.type === "SwitchCase" && child.test !== null;
  return isCase ? { kind: "maybe", test: at.discriminant } : undefined;
}

function ofLoop(file: SourceFile, at: Node, child: Node): Reach | undefined {
  if (at.type === "ForOfStatement" && child === at.body) return isEmptyList(file, at.right) ? emptyLoop : undefined;
  if ((at.type === "WhileStatement" || at.type === "ForStatement") && child === at.body) {
    const value = at.test ? fixedValues(file)(at.test) : undefined;
    const isEmpty = value ? !value.value : at.type === "ForStatement" && neverBegins(file, at);
    return isEmpty ? emptyLoop : undefined;
  }
  if (at.type !== "CallExpression" || !isFunction(child) || at.callee.type !== "MemberExpression") return undefined;
  const iterates = /^(?:forEach|map|every|some|filter)$/.test(memberName(at.callee) ?? "");
  return iterates && isEmptyList(file, at.callee.object) ? emptyLoop : undefined;
}

/** `for (let i = 0; i < 0; i++)`. */
function neverBegins(file: SourceFile, { init, test }: Extract<Node, { type: "ForStatement" }>): boolean {
  const [counter] = init?.type === "VariableDeclaration" ? init.declarations : [];
  if (test?.type !== "BinaryExpression" || !/^<=?$/.test(test.operator) || !counter?.init) return false;
  const [from, to] = [fixedValues(file)(counter.init)?.value, fixedValues(file)(test.right)?.value];
  return typeof from === "number" && typeof to === "number" && (test.operator === "<" ? from >= to : from > to);
}

const emptyLoop: Reach = { kind: "never", why: "empty loop" };

/** A list that is written down empty, and that nothing is put into; an object whose entries are the list. */
export function isEmptyList(file: SourceFile, wrapped: Argument): boolean {
  const node = plain(wrapped);
  if (node.type === "ArrayExpression") return node.elements.length === 0;
  if (node.type === "ObjectExpression") return node.properties.length === 0;
  const listed = node.type === "CallExpression" ? listedBy(node) : undefined;
  if (listed) return isEmptyList(file, listed);
  const bindings = bindingsOf(file);
  const binding = node.type === "Identifier" ? bindings.bindingOf(node) : undefined;
  if (!binding?.init || bindings.isWritten(binding) || !isEmptyList(file, binding.init)) return false;
  return bindings.usesOf(binding).every((use) => isRead(use, bindings.parentOf(use)));
}

/** `Object.entries(cases)` */
function listedBy({ callee, arguments: [object] }: CallExpression): Argument | undefined {
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return undefined;
  return callee.object.name === "Object" && /^(?:entries|keys|values)$/.test(memberName(callee) ?? "")
    ? object
    : undefined;
}

function isRead(use: Node, parent: Node | undefined): boolean {
  if (parent?.type === "ForOfStatement") return parent.right === use;
  if (parent?.type === "MemberExpression")
    return /^(?:forEach|map|every|some|filter|length)$/.test(memberName(parent) ?? "");
  if (parent?.type !== "CallExpression") return false;
  const isTable = parent.callee.type === "MemberExpression" && memberName(parent.callee) === "each";
  return isTable || listedBy(parent) === use;
}

function* ofBlock(file: SourceFile, block: Extract<Node, { type: "BlockStatement" }>, child: Node): Generator<Reach> {
  for (const statement of block.body) {
    if (statement === child) return;
    if (/^(?:Return|Continue|Break)Statement$/.test(statement.type)) yield { kind: "never", why: "after return" };
    else if (statement.type === "IfStatement" && !statement.alternate && leaves(statement.consequent)) {
      const value = fixedValues(file)(statement.test);
      if (!value) yield { kind: "maybe", test: statement.test };
      else if (value.value) yield { kind: "never", why: "after return" };
    }
  }
}

/** Does a statement end the function, quietly? */
function leaves(statement: Node): boolean {
  if (statement.type === "ReturnStatement") return !statement.argument || !hasCall(statement.argument);
  return statement.type === "BlockStatement" && statement.body.some(leaves) && !hasAssertion(statement);
}

function hasCall(node: Node): boolean {
  for (const each of descendants(node)) if (each.type === "CallExpression") return true;
  return false;
}

function hasAssertion(node: Node): boolean {
  for (const each of descendants(node)) {
    if (each.type === "ThrowStatement") return true;
    if (each.type !== "CallExpression") continue;
    const root = chainOf(each)?.root;
    if (root?.type === "Identifier" && /^(?:expect|assert|t|skip|ctx|test|it)$/.test(root.name)) return true;
    if (root?.type === "ThisExpression") return true;
  }
  return false;
}
