// Reads snapshot files: which value is kept under which name.
import { repoPath, type RepoPath } from "../../model/paths.ts";
import type { Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";

/** Values by name, such as `suite > test 1`. */
export type Snapshots = ReadonlyMap<string, string>;

/** What a file keeps. One that is no module, such as a page that is compared as a whole, keeps one value. */
export async function snapshotsIn(path: RepoPath, text: string | undefined): Promise<Snapshots> {
  if (text === undefined) return new Map();
  if (!path.endsWith(".snap")) return new Map([["", text]]);
  const { parseSource } = await import("../../source/parse.ts");
  const { program } = parseSource(repoPath("snapshot.cjs"), text);
  return new Map(program.body.flatMap((statement) => entryOf(statement)));
}

/** ``exports[`name`] = `value`;`` */
function entryOf(statement: Node): readonly (readonly [string, string])[] {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return [];
  const { left, right } = statement.expression;
  if (left.type !== "MemberExpression" || !left.computed) return [];
  const [name, value] = [constantString(left.property), constantString(right)];
  return name === undefined || value === undefined ? [] : [[name, value.trim()]];
}

/** What a snapshot says where nothing sensible came out: an error, nothing, an empty list. */
export function isRuin(value: string): boolean {
  const text = value.trim().replaceAll(/\s+/g, " ");
  return (
    /^(?:undefined|null|NaN|""|''|\{\s*\}|\[\s*\]|(?:Object|Array|Map|Set) ?[[{]\s*[}\]]|<\w+ ?\/>|"?\[object \w+\]"?|)$/.test(
      text,
    ) ||
    /^"?\[?(?:\w*Error|\w*Exception)\b(?::|\])/.test(text) ||
    text.startsWith("[Function")
  );
}

/** A line of text that is nothing but that. Members of lists and objects have a comma behind them. */
const ruinedLine = /^(?:undefined|null|NaN|\[object \w+\])$/;

/** The first line of text that has become nothing sensible, in a snapshot of as many lines as before. */
export function ruinedText(before: string, after: string): string | undefined {
  const [was, is] = [before, after].map((text) => text.split("\n").map((line) => line.trim()));
  if (was === undefined || was.length !== is?.length) return undefined;
  return is.find((line, index) => ruinedLine.test(line) && !ruinedLine.test(was[index] ?? ""));
}
