import { parse } from "smol-toml";

/**
 * The line on which the statement that sets a key begins, 1-based. Where the key is not set, the line of the
 * nearest table around it that is, else 1.
 *
 * A document cut after a statement is a document, so the shortest one that has the key ends with the statement.
 * That costs a parse a line: meant for error messages.
 */
export function lineOfKey(toml: string, path: readonly (string | number)[]): number {
  const lines = toml.split("\n");
  let line = 1;
  let depth = 0;
  let complete = 0;
  for (const position of lines.keys()) {
    const value = parsed(lines.slice(0, position + 1).join("\n"));
    if (value === undefined) continue;
    const reached = depthIn(value, path);
    if (reached > depth) [depth, line] = [reached, complete + 1];
    complete = position + 1;
  }
  return line;
}

/** Undefined where a text is cut in the middle of a statement that spans lines. */
function parsed(toml: string): unknown {
  try {
    return parse(toml);
  } catch {
    return undefined;
  }
}

/** How many keys of a path are set. */
function depthIn(value: unknown, path: readonly (string | number)[]): number {
  let at: unknown = value;
  for (const [depth, key] of path.entries()) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return depth;
    at = Reflect.get(at, key);
  }
  return path.length;
}
