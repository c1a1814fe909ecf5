// Functions that change the type of a value for whoever calls them, and look at nothing.
import type { Sighting } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, walk, type Node } from "../../source/walk.ts";

const guardMessage = "a type guard that looks at nothing says yes to everything; check what it claims";
const castMessage = "a function that casts whatever it is given to whatever is wanted checks nothing; narrow the value";

/** Type guards without a condition, and functions that are a cast. */
export function* hollowGuards(file: SourceFile): Generator<Sighting> {
  if (!/\b(?:is|as|asserts)\b|<\w+>/.test(file.text)) return;
  const found: Sighting[] = [];
  walk(file.program, {
    enter(node) {
      const message = isFunction(node) ? faultOf(node) : undefined;
      if (message === undefined) return;
      const text = file.text.slice(node.start, node.end).replaceAll(/\s+/g, "");
      found.push({ at: node, message, fingerprint: `${message}\n${text}` });
    },
  });
  yield* found;
}

function faultOf(node: FunctionNode): string | undefined {
  const value = onlyValue(node);
  if (value === undefined) return undefined;
  if (node.returnType?.typeAnnotation.type === "TSTypePredicate") {
    // A body that only returns `true`, or an assertion with nothing in it.
    return value === null || (value.type === "Literal" && value.value === true) ? guardMessage : undefined;
  }
  return value !== null && isCastOfParameter(node, value) ? castMessage : undefined;
}

/** What a function gives, if it does nothing else; null where its body is empty. */
function onlyValue({ body }: FunctionNode): Node | null | undefined {
  if (body === null) return undefined;
  if (body.type !== "BlockStatement") return body;
  const [statement, ...others] = body.body;
  if (statement === undefined) return null;
  return others.length === 0 && statement.type === "ReturnStatement" ? (statement.argument ?? null) : undefined;
}

function isCastOfParameter(node: FunctionNode, value: Node): boolean {
  if (value.type !== "TSAsExpression" && value.type !== "TSTypeAssertion") return false;
  const { expression, typeAnnotation: target } = value;
  if (expression.type !== "Identifier" || target.type !== "TSTypeReference" || target.typeName.type !== "Identifier")
    return false;
  const { name } = target.typeName;
  const isParameter = node.typeParameters?.params.some((parameter) => parameter.name.name === name) ?? false;
  const from = node.params.find((parameter) => parameter.type === "Identifier" && parameter.name === expression.name);
  const isOpen =
    from?.type === "Identifier" && /^TS(?:Unknown|Any)Keyword$/.test(from.typeAnnotation?.typeAnnotation.type ?? "");
  return isParameter && isOpen && !node.params.some((parameter) => mentions(parameter, name));
}

function mentions(root: Node, name: string): boolean {
  for (const node of descendants(root)) if (node.type === "Identifier" && node.name === name) return true;
  return false;
}
