// How many lines of a file hold what a formatter would put on several.
import type { SourceFile } from "../../model/source-file.ts";
import { childrenOf, walk, type Node } from "../../source/walk.ts";

/** As wide as anybody's formatter is set. What is longer, literals apart, counts as several lines. */
const widest = 160;

/** The lines that a file would have more if each statement and member had its own, and none were too long. */
export function packedLines(file: SourceFile): number {
  const lines = file.text.split("\n");
  const hasLong = lines.some(({ length }) => length > widest);
  if (!hasLong && !lines.some((line) => /;.*;|\{.*[;}].*\}|\}.*\}/.test(line))) return 0;
  let packed = 0;
  const literals = new Map<number, number>();
  const shared = new Set<number>();
  walk(file.program, {
    enter(node) {
      if (isList(node)) packed += packedIn(file, node, shared);
      if (hasLong && (node.type === "Literal" || node.type === "TemplateElement" || node.type === "JSXText")) {
        const line = file.lineOf(node.start);
        literals.set(line, (literals.get(line) ?? 0) + node.end - node.start);
      }
    },
  });
  for (const { start, end } of file.comments) {
    const line = file.lineOf(start);
    literals.set(line, (literals.get(line) ?? 0) + end - start);
  }
  for (const [index, { length }] of lines.entries()) {
    if (length > widest) packed += Math.max(0, Math.ceil((length - (literals.get(index + 1) ?? 0)) / widest) - 1);
  }
  return packed;
}

/** What holds statements or members one below the other. */
function isList({ type }: Node): boolean {
  return /^(?:Program|BlockStatement|ClassBody|StaticBlock|TSInterfaceBody|TSModuleBlock)$/.test(type);
}

/** `shared`: lines on which several statements stand, found so far. */
function packedIn(file: SourceFile, list: Node, shared: Set<number>): number {
  const children = childrenOf(list);
  const sharing = children.filter((child, index) => {
    const before = children[index - 1];
    return (
      before !== undefined && child.type !== "EmptyStatement" && file.lineOf(before.end) === file.lineOf(child.start)
    );
  }).length;
  // Written out, a block with several statements, or inside of one, has a line for each of its braces.
  const line = file.lineOf(list.start);
  const isOnOne = list.type !== "Program" && children.length > 0 && line === file.lineOf(list.end);
  const braces = isOnOne && (sharing > 0 || shared.has(line)) ? 2 : 0;
  if (isOnOne && sharing > 0) shared.add(line);
  return sharing + braces;
}
