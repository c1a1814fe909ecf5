// Values that stand in the rows of tables of tests, as in `test.each([["// @flow", true]])`.
import type { SourceFile } from "../../model/source-file.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { testCalls } from "../test-code/test-calls.ts";

/** The texts and numbers in the rows, as written. */
export function tabledValues(file: SourceFile | undefined): ReadonlySet<string> {
  if (file === undefined || !/\.(?:each|for)\b/.test(file.text)) return new Set();
  const rows = testCalls(file).flatMap(({ modifiers }) =>
    modifiers.flatMap(({ name, args }) => (name === "each" || name === "for" ? (args ?? []) : [])),
  );
  return new Set(rows.flatMap(valuesIn));
}

/** The texts and numbers in a piece of code, as written. */
export function valuesIn(root: Node): readonly string[] {
  return [...descendants(root)].flatMap((node) => {
    const isValue = node.type === "Literal" && (typeof node.value === "string" || typeof node.value === "number");
    return isValue ? [JSON.stringify(node.value)] : [];
  });
}
