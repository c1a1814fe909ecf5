// What a call that declares a test says in its arguments.
import type { SourceFile } from "../../model/source-file.ts";
import { constantOf } from "../syntax/constants.ts";
import type { TestCall } from "./test-calls.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import type { Expression, Node } from "../../source/walk.ts";

/** The test's title as written, for telling one test from another. */
export function titleOf(file: SourceFile, call: TestCall): string {
  const title = titleNode(call);
  return title ? file.text.slice(title.start, title.end).replaceAll(/\s+/g, " ") : "";
}

/** Deno takes `{ name: "…", fn() {} }`, and a function by its name. */
function titleNode({ args }: TestCall): Node | undefined {
  const [first] = args;
  if (isFunction(first)) return first.type === "FunctionExpression" ? (first.id ?? undefined) : undefined;
  return first?.type === "ObjectExpression" ? optionValue({ args: [first] }, "name") : first;
}

/** The function that a call hands to the runner, as it is written there. */
export function bodyOf({ args }: TestCall): FunctionNode | undefined {
  const direct = args.findLast((arg) => isFunction(arg));
  if (isFunction(direct)) return direct;
  const option = args[0]?.type === "ObjectExpression" ? optionValue({ args: [args[0]] }, "fn") : undefined;
  return isFunction(option) ? option : undefined;
}

/** Is an option switched on in the call's options object, with a value that is the same at every run? */
export function optionOf(call: Pick<TestCall, "args">, option: string): boolean {
  const value = optionValue(call, option);
  return value !== undefined && Boolean(constantOf(value)?.value);
}

/** What an option is given in the call's options object. */
export function optionValue({ args }: Pick<TestCall, "args">, option: string): Expression | undefined {
  const properties = args.flatMap((arg) => (arg.type === "ObjectExpression" ? arg.properties : []));
  for (const property of properties) {
    if (property.type !== "Property" || property.computed) continue;
    const name = property.key.type === "Identifier" ? property.key.name : constantName(property.key);
    if (name === option) return property.value;
  }
  return undefined;
}

function constantName(key: Parameters<typeof constantOf>[0] | { type: "PrivateIdentifier" }): unknown {
  return key.type === "PrivateIdentifier" ? undefined : constantOf(key)?.value;
}
