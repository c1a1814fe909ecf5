// Places that a configuration works out from where it lies: `join(__dirname, "src")`, `new URL("./src", import.meta.url)`.
import type { Expression, Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";

const here =
  /^(?:__dirname|import\.meta\.(?:dirname|dir)|process\.cwd\(\)|(?:path\.)?dirname\((?:url\.)?fileURLToPath\(import\.meta\.url\)\))$/;

/** Relative to the folder of the configuration, and to the one that a tool is started in, which is taken for the same. */
export function configPlace(node: Node, text: string): string | undefined {
  if (node.type === "MemberExpression")
    return /^(?:pathname|href)$/.test(memberName(node)) ? configPlace(node.object, text) : undefined;
  if (node.type === "NewExpression") {
    const [place, from] = node.arguments;
    const isFromHere = from !== undefined && textOf(from, text) === "import.meta.url";
    return isFromHere && nameOf(node.callee) === "URL" ? place && constantString(place) : undefined;
  }
  if (node.type !== "CallExpression") return undefined;
  const [first, ...rest] = node.arguments;
  const name = nameOf(node.callee);
  if (name === "fileURLToPath") return first && configPlace(first, text);
  if (first === undefined || (name !== "join" && name !== "resolve")) return undefined;
  const parts = here.test(textOf(first, text)) ? rest : node.arguments;
  const names = parts.map((part) => constantString(part));
  return names.every((each) => each !== undefined && !each.startsWith("/")) ? `./${names.join("/")}` : undefined;
}

function nameOf(callee: Expression): string {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? memberName(callee) : "";
}

function memberName({ property, computed }: Extract<Node, { type: "MemberExpression" }>): string {
  return property.type === "Identifier" && !computed ? property.name : "";
}

function textOf({ start, end }: Node, text: string): string {
  return text.slice(start, end);
}
