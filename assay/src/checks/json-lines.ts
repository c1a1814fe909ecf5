// Where something stands in a file of JSON, comments allowed.

/** The line of a key, 1-based; null where it is not there. */
export async function lineOfJson(text: string | undefined, key: readonly (string | number)[]): Promise<number | null> {
  if (text === undefined) return null;
  const { findNodeAtLocation, parseTree } = await import("jsonc-parser");
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, [...key]);
  return node === undefined ? null : text.slice(0, node.offset).split("\n").length;
}
