import { parse } from "smol-toml";

/**
 * The line on which the statement that sets a key begins, 1-based. Where the key is not set, the line of the
 * nearest table around it that is; undefined where there is none.
 *
 * A document cut after a statement is a document, so the shortest one that has the key ends with the statement.
 * That costs a parse a line: meant for error messages.
 */
export function lineOfKey(toml: string, path: readonly (string | number)[]): number | undefined {
  const prefixes = readablePrefixes(toml);
  for (let length = path.length; length > 0; length--) {
    const wanted = path.slice(0, length);
    const index = prefixes.findIndex((prefix) => has(prefix.value, wanted));
    if (index !== -1) return (prefixes[index - 1]?.lines ?? 0) + 1;
  }
  return undefined;
}

interface Prefix {
  readonly lines: number;
  readonly value: unknown;
}

function readablePrefixes(toml: string): readonly Prefix[] {
  const lines = toml.split("\n");
  const prefixes: Prefix[] = [];
  for (let count = 1; count <= lines.length; count++) {
    try {
      prefixes.push({ lines: count, value: parse(lines.slice(0, count).join("\n")) });
    } catch {
      // Cut in the middle of a statement that spans lines.
    }
  }
  return prefixes;
}

function has(value: unknown, path: readonly (string | number)[]): boolean {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return false;
    at = Reflect.get(at, key);
  }
  return true;
}
