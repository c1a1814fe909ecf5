// The tests of a file and the functions that they run.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import type { Argument, Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { constantString } from "../syntax/constants.ts";
import { bodyOf, titleOf } from "./test-arguments.ts";
import { suites, testCalls, type TestCall } from "./test-calls.ts";

export interface Test {
  readonly call: TestCall;
  /** As it is read, without quotes where it is a constant. */
  readonly title: string;
  /** What it runs; undefined where it runs nothing, or what it runs can't be seen. */
  readonly run: FunctionNode | undefined;
  readonly runsNothing: boolean;
}

/** Modifiers that leave a declared test a test: `test.concurrent.each(…)`, unlike `test.beforeEach(…)`. */
const declaresTest: ReadonlySet<string> = new Set(
  "cb concurrent each effect fail failing fails fixme for if live only parallel prop repeats retry runIf scoped sequential serial shuffle skipIf slow".split(
    " ",
  ),
);

const known = new WeakMap<SourceFile, readonly Test[]>();

/** Every test that is not left out, in source order. One that declares tests inside it is a suite, and left out here. */
export function testsOf(file: SourceFile): readonly Test[] {
  const tests = known.get(file) ?? readTests(file);
  known.set(file, tests);
  return tests;
}

function readTests(file: SourceFile): readonly Test[] {
  const calls = testCalls(file);
  const nodes = calls.map(({ node }) => node);
  const declared = calls.filter((call) => isTest(call) && !hasInside(call.node, nodes));
  return declared.map((call) => {
    const title = call.args[0] && constantString(call.args[0]);
    const { run, runsNothing } = runOf(file, call);
    return { call, title: title ?? titleOf(file, call), run, runsNothing };
  });
}

function isTest({ name, modifiers, args }: TestCall): boolean {
  if (suites.has(name) || name.startsWith("x") || args.length === 0) return false;
  return modifiers.every((modifier) => declaresTest.has(modifier.name));
}

function hasInside({ start, end }: Node, nodes: readonly Node[]): boolean {
  return nodes.some((node) => start < node.start && node.end <= end);
}

function runOf(file: SourceFile, call: TestCall): Pick<Test, "run" | "runsNothing"> {
  const { args, node } = call;
  const bindings = bindingsOf(file);
  const macro = args[1]?.type === "Identifier" ? bindings.functionOf(args[1]) : undefined;
  // What follows the function that is run is handed to it: `test(title, macro, (port) => port.open())`.
  const direct = macro ?? bodyOf(call);
  if (direct) return { run: direct, runsNothing: false };
  const wrapped = args.flatMap((arg) => (arg.type === "CallExpression" ? arg.arguments : [])).findLast(isFunction);
  if (wrapped) return { run: wrapped, runsNothing: false };
  const named = args.slice(1).map((arg: Argument) => bindings.functionOf(arg));
  const run = named.findLast((each) => each !== undefined);
  const titleOnly = args.length === 1 && args[0] !== undefined && constantString(args[0]) !== undefined;
  return { run, runsNothing: titleOnly && bindings.parentOf(node)?.type === "ExpressionStatement" };
}
