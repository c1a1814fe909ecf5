// What a call that declares a test says in its arguments.
import type { SourceFile } from "../../model/source-file.ts";
import { constantOf } from "../syntax/constants.ts";
import type { TestCall } from "./test-calls.ts";
import { isFunction } from "../../source/functions.ts";
import type { Argument } from "../../source/walk.ts";

/** The test's title as written, for telling one test from another. */
export function titleOf(file: SourceFile, call: TestCall): string {
  const [title] = call.args;
  return title && !isFunction(title) ? file.text.slice(title.start, title.end).replaceAll(/\s+/g, " ") : "";
}

/** Is an option switched on in the call's options object, with a value that is the same at every run? */
export function optionOf(call: TestCall, option: string): boolean {
  return call.args.some((arg) => arg.type === "ObjectExpression" && isOn(arg, option));
}

function isOn(options: Extract<Argument, { type: "ObjectExpression" }>, option: string): boolean {
  return options.properties.some((property) => {
    if (property.type !== "Property" || property.computed) return false;
    const name = property.key.type === "Identifier" ? property.key.name : constantName(property.key);
    return name === option && Boolean(constantOf(property.value)?.value);
  });
}

function constantName(key: Parameters<typeof constantOf>[0] | { type: "PrivateIdentifier" }): unknown {
  return key.type === "PrivateIdentifier" ? undefined : constantOf(key)?.value;
}
