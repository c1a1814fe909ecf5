// Texts of JSON: what they hold, and where.
import { isObject, type JsonObject } from "../../tools/output/json-output.ts";

/** Undefined where it is no JSON, or not an object: whoever needs it will say what is wrong with it. */
export function objectIn(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text?.replace(/^\uFEFF/u, "") ?? "");
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The line of a key, 1-based; null where it is not there. Comments are allowed. */
export async function lineOfJson(text: string | undefined, key: readonly (string | number)[]): Promise<number | null> {
  if (text === undefined) return null;
  const { findNodeAtLocation, parseTree } = await import("jsonc-parser");
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, [...key]);
  return node === undefined ? null : text.slice(0, node.offset).split("\n").length;
}
