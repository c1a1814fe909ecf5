import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction, type FunctionNode } from "../source/functions.ts";
import { descendants, type Argument, type Expression, type Node } from "../source/walk.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { constantOf } from "./syntax/constants.ts";
import { optionOf, optionValue, titleOf } from "./test-code/test-arguments.ts";
import { testCalls, type Modifier, type TestCall } from "./test-code/test-calls.ts";

/** Modifiers that leave a test out, and those that turn its verdict round. */
const leavesOut: ReadonlySet<string> = new Set(["fixme", "ignore", "skip", "todo"]);
const turnsRound: ReadonlySet<string> = new Set(["fail", "failing", "fails"]);

/**
 * Flags tests that are declared and never checked: `.skip`, `.todo`, `xit`, `{ skip: true }`, `skipIf(true)`,
 * `t.skip()`, and tests that pass when they fail: `.fails`, `.failing`.
 *
 * Leaving out the test that fails is the shortest way to green.
 *
 * A skip that depends on something (`skipIf(isWindows)`, `if (…) t.skip()`) is not flagged: it runs somewhere.
 *
 * Not seen: tests that were deleted or commented out, and early returns.
 */
export const skippedTest: SyntaxCheck = {
  id: "skipped-test",
  kind: "syntax",
  summary: "A test is left out, or passes when it fails",
  in: ["loop", "gate"],
  appliesTo: (file) => file.role !== "declaration",

  *inspect(file) {
    for (const call of testCalls(file)) {
      const skip = call.conditional || isPlan(call) ? undefined : skipOf(file, call);
      const inside = skip === undefined ? skipInside(call) : undefined;
      const title = titleOf(file, call);
      if (skip !== undefined) yield { at: call.node, message: messageOf(skip), fingerprint: `${skip}\n${title}` };
      yield* skippedSteps(call, title);
      if (inside) yield { at: inside.at, message: messageOf(inside.skip), fingerprint: `${inside.skip}\n${title}` };
    }
  },
};

/** `await t.step({ name: "…", ignore: true, fn })`, in a test of Deno. */
function* skippedSteps(call: TestCall, title: string): Generator<Sighting> {
  const callback = call.args.findLast(isFunction);
  if (!callback) return;
  for (const node of descendants(callback)) {
    const step = node.type === "CallExpression" && node.callee.type === "MemberExpression" ? node : undefined;
    if (step?.callee.type !== "MemberExpression" || step.callee.property.type !== "Identifier") continue;
    if (step.callee.property.name !== "step" || !optionOf({ args: step.arguments }, "ignore")) continue;
    yield { at: step, message: messageOf("{ ignore: true }"), fingerprint: `ignored step\n${title}` };
  }
}

/** `it.todo("rounds up")`: a test that nobody has written yet. One that lost its body is deleted. */
function isPlan(call: TestCall): boolean {
  return call.modifiers.some(({ name }) => name === "todo") && !call.args.some(isFunction) && call.args.length === 1;
}

function messageOf(skip: string): string {
  return turnsRound.has(skip.replace(/^.*\.|\{ (\w+).*$/, "$1"))
    ? `\`${skip}\` counts a failure as a pass; mend the code, or assert what it does today`
    : `\`${skip}\` leaves the test out; make it pass, or delete it and say why`;
}

function skipOf(file: SourceFile, call: TestCall): string | undefined {
  if (call.name.startsWith("x")) return call.name;
  const modifier = call.modifiers.find((each, index) => isSkip(file, each, index === call.modifiers.length - 1, call));
  if (modifier) return `${call.name}.${modifier.name}`;
  const option = [...leavesOut, ...turnsRound].find((name) => optionOf(call, name));
  if (option !== undefined) return `{ ${option}: true }`;
  // A failure of a test that is still to be done counts for nothing, whatever that depends on.
  const todo = optionValue(call, "todo");
  return todo && !constantOf(todo) ? "{ todo: … }" : undefined;
}

function isSkip(file: SourceFile, { name, args }: Modifier, isLast: boolean, call: TestCall): boolean {
  const condition = args?.[0] && valueOf(file, args[0]);
  if (name === "skipIf" || name === "todoIf" || name === "failingIf") return isConstant(condition, true);
  if (name === "runIf" || name === "if") return isConstant(condition, false);
  if (!leavesOut.has(name) && !turnsRound.has(name)) return false;
  return !isLast || args !== undefined || !dependsOnSomething(call.args);
}

/** What a constant of the file stands for. */
function valueOf(file: SourceFile, node: Argument): Argument {
  const bindings = bindingsOf(file);
  const binding = node.type === "Identifier" ? bindings.bindingOf(node) : undefined;
  return binding?.init && !bindings.isWritten(binding) ? binding.init : node;
}

function isConstant(node: Argument | undefined, truthy: boolean): boolean {
  const constant = node && constantOf(node);
  return constant !== undefined && Boolean(constant.value) === truthy;
}

/** `test.skip(isMobile, "reason")` and `test.skip(() => isMobile)`: conditions in place of a title and a test. */
function dependsOnSomething([first, second]: readonly Argument[]): boolean {
  if (first === undefined) return false;
  const constant = constantOf(first);
  if (constant) return !constant.value;
  if (isFunction(first)) return true;
  return first.type !== "TemplateLiteral" && (second === undefined || constantOf(second) !== undefined);
}

/** A skip that is the first thing to happen, or happens in any case, when the test runs. */
function skipInside(call: TestCall): { readonly at: Node; readonly skip: string } | undefined {
  const callback = call.args.findLast(isFunction);
  if (callback?.type !== "ArrowFunctionExpression" && callback?.type !== "FunctionExpression") return undefined;
  const [param] = callback.params;
  for (const expression of doneInAnyCase(callback.body)) {
    const skip = contextSkip(expression, param);
    if (skip !== undefined) return { at: expression, skip };
  }
  return undefined;
}

/** What stands by itself in the body, `return t.skip();` among it, which Node's own runner goes on behind otherwise. */
function doneInAnyCase(body: FunctionNode["body"]): readonly Expression[] {
  if (body?.type !== "BlockStatement") return body ? [body] : [];
  return body.body.flatMap((statement) => {
    if (statement.type === "ExpressionStatement") return [statement.expression];
    return statement.type === "ReturnStatement" && statement.argument ? [statement.argument] : [];
  });
}

function contextSkip(expression: Expression, param: Node | undefined): string | undefined {
  if (expression.type === "AwaitExpression") return contextSkip(expression.argument, param);
  if (expression.type !== "CallExpression") return undefined;
  const { callee } = expression;
  const [condition] = expression.arguments;
  const unconditional =
    condition === undefined || typeof constantOf(condition)?.value === "string" || isConstant(condition, true);
  if (!unconditional) return undefined;
  if (callee.type === "MemberExpression" && !callee.computed && callee.property.type === "Identifier") {
    const { name } = callee.property;
    const object = callee.object.type === "ThisExpression" ? "this" : identifierName(callee.object);
    const isContext = object === "this" || (object !== undefined && object === (param && identifierName(param)));
    return isContext && (name === "skip" || name === "todo") ? `${object}.${name}` : undefined;
  }
  return callee.type === "Identifier" && callee.name === "skip" && param && unpacks(param, "skip") ? "skip" : undefined;
}

function identifierName(node: Node): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

function unpacks(param: Node, name: string): boolean {
  return (
    param.type === "ObjectPattern" &&
    param.properties.some((each) => each.type === "Property" && identifierName(each.value) === name)
  );
}
