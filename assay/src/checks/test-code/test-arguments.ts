// What a call that declares a test says in its arguments.
import type { SourceFile } from "../../model/source-file.ts";
import { constantOf } from "../syntax/constants.ts";
import type { TestCall } from "./test-calls.ts";
import { isFunction } from "../../source/functions.ts";
import type { Expression } from "../../source/walk.ts";

/** The test's title as written, for telling one test from another. */
export function titleOf(file: SourceFile, call: TestCall): string {
  const [title] = call.args;
  return title && !isFunction(title) ? file.text.slice(title.start, title.end).replaceAll(/\s+/g, " ") : "";
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
