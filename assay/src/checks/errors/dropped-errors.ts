// Work whose error goes no further: what a `catch` that does nothing is around, or `.catch(() => {})` behind.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { plain } from "../../source/passed-on.ts";
import { calls, childrenOf, descendants, walk, type Argument, type Expression, type Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { constantOf, constantString } from "../syntax/constants.ts";
import { isOfConsole, isPrinting } from "../syntax/printing.ts";

/** A statement that calls or throws something. */
export interface Work {
  /** What it evaluates or throws, without `await` and what takes the value, on one line. */
  readonly text: string;
  /** What drops its error; undefined where it comes through. */
  readonly dropper: Node | undefined;
  /** The name of the function around it, if it has one. */
  readonly owner: string | undefined;
}

/** What a file does that may fail, in source order. */
export function workOf(file: SourceFile): readonly Work[] {
  const found: Work[] = [];
  walk(file.program, {
    enter(node, parent, ancestors) {
      const done = evaluated(node, parent);
      if (!done || !mayFail(done)) return;
      const owner = ownerOf(ancestors);
      for (const { text, dropper } of partsOf(file, done, node.type === "ExpressionStatement"))
        found.push({ text, dropper: dropper ?? dropperAround(node, ancestors), owner });
    },
  });
  return found;
}

/** What a statement is there for: a value that it takes, returns or throws away, or an error. */
function evaluated(node: Node, parent: Node | null): Node | undefined {
  if (node.type === "VariableDeclarator") return node.init ?? undefined;
  if (node.type === "ReturnStatement") return node.argument ?? undefined;
  if (node.type === "ThrowStatement") return node;
  if (node.type === "ExpressionStatement")
    return node.expression.type === "AssignmentExpression" ? node.expression.right : node.expression;
  const isBody = parent?.type === "ArrowFunctionExpression" && parent.body === node && node.type !== "BlockStatement";
  return isBody ? node : undefined;
}

/** Calls that don't fail, or whose failure is nobody's business: they print, look at values, or tidy up. */
const harmless =
  /^(?:log|warn|error|info|debug|trace|now|push|pop|shift|unshift|get|set|has|add|trim|split|join|slice|map|filter|forEach|find|some|every|includes|indexOf|startsWith|endsWith|toString|concat|sort|keys|values|entries|String|Number|Boolean|Map|Set|Date|Error)$/;
const tidying =
  /^(?:close|dispose|stop|teardown|destroy|kill|unlink|rm|rmdir|remove|clean|clear|abort|cancel|disconnect|end|flush|release|unsubscribe|unref|delete|off|terminate|shutdown|logout)/i;

function mayFail(node: Node): boolean {
  if (node.type === "ThrowStatement") return true;
  if (isFunction(node)) return false;
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    const name = nameOf(node.callee);
    if (!harmless.test(name) && !tidying.test(name)) return true;
  }
  return childrenOf(node).some(mayFail);
}

function nameOf(callee: Node): string {
  if (callee.type === "Identifier" || callee.type === "PrivateIdentifier") return callee.name;
  return callee.type === "MemberExpression" ? nameOf(callee.property) : "";
}

/** The work itself, and what drops its error right behind it. Of promises of which all may fail unseen it is each. */
function partsOf(file: SourceFile, done: Node, isUnused: boolean): readonly Omit<Work, "owner">[] {
  const [kept, dropper] = withoutIdleCatch(file, done);
  const list = isUnused ? settledUnseen(kept) : undefined;
  if (list === undefined) return [{ text: textOf(file, kept), dropper }];
  const each = list.type === "ArrayExpression" ? list.elements : [];
  return [
    { text: `Promise.all(${textOf(file, list)})`, dropper: kept },
    ...each.flatMap((work) => (work === null ? [] : [{ text: textOf(file, work), dropper: kept }])),
  ];
}

/** What is given to `Promise.allSettled(…)`. */
function settledUnseen(node: Node): Node | undefined {
  if (node.type !== "CallExpression" || nameOf(node.callee) !== "allSettled") return undefined;
  return node.arguments[0];
}

function textOf(file: SourceFile, node: Node): string {
  return file.text.slice(node.start, node.end).replaceAll(/\s+/g, " ").replace(/;$/, "");
}

/** `save(order)` of `await save(order).catch(() => {})`, and that call. */
function withoutIdleCatch(file: SourceFile, node: Node): readonly [kept: Node, dropper: Node | undefined] {
  const bare = node.type === "AwaitExpression" || node.type === "UnaryExpression" ? node.argument : node;
  const call = node.type === "ThrowStatement" ? node : plain(bare as Expression);
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return [call, undefined];
  const handler = handlerOf(nameOf(call.callee), call.arguments);
  return handler && isIdle(file, handler) ? [plain(call.callee.object), call] : [call, undefined];
}

/** What is called with the error: by `.catch(…)`, or by `.then(undefined, …)`. */
function handlerOf(method: string, [first, second]: readonly Argument[]): Node | undefined {
  if (method === "catch") return first;
  const answer = first && constantOf(first);
  return method === "then" && answer && !answer.value ? second : undefined;
}

const listening = new Set(["on", "once", "addListener", "prependListener", "prependOnceListener"]);
const ending = new Set(["unhandledRejection", "uncaughtException"]);

/** `process.on("unhandledRejection", () => {})`: errors that would end the process. */
export function silencedEvents(file: SourceFile): readonly { readonly start: number; readonly event: string }[] {
  if (!/unhandledRejection|uncaughtException/.test(file.text)) return [];
  return Array.from(calls(file.program)).flatMap(({ start, callee, arguments: [name, handler] }) => {
    const event = name && constantString(name);
    if (event === undefined || !ending.has(event) || !listening.has(nameOf(callee))) return [];
    return handler && isIdle(file, handler) ? [{ start, event }] : [];
  });
}

/** Does what is given to `.catch(…)` or to an event drop the error? */
function isIdle(file: SourceFile, handler: Node): boolean {
  const callback = bindingsOf(file).functionOf(handler);
  if (!callback?.body) return isOfConsole(handler) || /^noop$/i.test(nameOf(handler));
  const { body, params } = callback;
  return body.type === "BlockStatement" ? drops(body, params[0]) : isPrinting(body) || isEmpty(plain(body));
}

function dropperAround(node: Node, ancestors: readonly Node[]): Node | undefined {
  const path = [...ancestors, node];
  for (let index = path.length - 2; index >= 0; index--) {
    const each = path[index];
    if (!each || isFunction(each)) return undefined;
    if (each.type !== "TryStatement" || path[index + 1] === each.finalizer) continue;
    // Whatever was thrown, what `finally` returns is the answer.
    if (each.finalizer?.body.some(({ type }) => type === "ReturnStatement")) return each;
    if (path[index + 1] !== each.block || !each.handler) continue;
    if (!drops(each.handler.body, each.handler.param)) return undefined;
    return answersYesOrNo(each.block) ? undefined : each;
  }
  return undefined;
}

/** Is an error caught, and nothing made of it but that it is printed? */
function drops(body: Node, param: Node | null | undefined): boolean {
  const names = new Set(
    param ? [...descendants(param)].flatMap((each) => (each.type === "Identifier" ? each.name : [])) : [],
  );
  const isKept = (node: Node): boolean => {
    if (isPrinting(node) || isNoted(node)) return false;
    if (/^(?:Throw|Call|New|Await|Yield|Update|Import|TaggedTemplate)/.test(node.type)) return true;
    if (node.type === "Identifier" && names.has(node.name)) return true;
    if (node.type === "AssignmentExpression" && !isEmpty(plain(node.right))) return true;
    if (node.type === "ReturnStatement" && node.argument && !isEmpty(plain(node.argument))) return true;
    return childrenOf(node).some(isKept);
  };
  return !isKept(body);
}

/** `void error;` or `error;`, for a rule that wants every variable to be used. */
function isNoted(node: Node): boolean {
  if (node.type !== "ExpressionStatement") return false;
  const value = plain(node.expression);
  return (value.type === "UnaryExpression" ? plain(value.argument) : value).type === "Identifier";
}

/** Nothing, no, or a list or an object without anything in it. */
function isEmpty(node: Node): boolean {
  if (node.type === "ArrayExpression") return node.elements.length === 0;
  if (node.type === "ObjectExpression") return node.properties.length === 0;
  const constant = constantOf(node as Expression);
  return constant !== undefined && (!constant.value || constant.value === true);
}

/** `try { new URL(text); return true; } catch { return false; }`: whether it fails is what is asked. */
function answersYesOrNo(block: Node): boolean {
  return [...descendants(block)].some(
    (each) =>
      each.type === "ReturnStatement" &&
      each.argument !== null &&
      typeof constantOf(each.argument)?.value === "boolean",
  );
}

function ownerOf(ancestors: readonly Node[]): string | undefined {
  const index = ancestors.findLastIndex(isFunction);
  if (index < 0) return undefined;
  const own = (ancestors[index] as FunctionNode).id;
  if (own) return own.name;
  const around = ancestors[index - 1];
  if (around?.type === "VariableDeclarator") return nameOf(around.id);
  if (around?.type === "MethodDefinition" || around?.type === "Property" || around?.type === "PropertyDefinition")
    return nameOf(around.key);
  return around?.type === "AssignmentExpression" ? nameOf(around.left) : undefined;
}
