// Tests whose statements say something to the compiler alone: it is what fails when they are wrong.
import type { SourceFile } from "../../model/source-file.ts";
import type { FunctionNode } from "../../source/functions.ts";
import type { Expression, Node } from "../../source/walk.ts";
import { plainText } from "./stated-assertions.ts";

/** Types that fit every value, or that every value is taken for. */
const vague = /^(?:any|unknown|never|object|Object|\{\})$/;

/**
 * Does a test hold types against each other and do nothing else? One statement that runs anything, or holds a type
 * against itself or against everything, and it is a test like others.
 */
export function holdsTypesOnly(file: SourceFile, run: FunctionNode): boolean {
  if (!/\.[cm]?tsx?$/.test(file.path) || run.body?.type !== "BlockStatement") return false;
  const { body } = run.body;
  return body.length > 0 && body.every((statement) => isTypeLevel(file, statement)) && body.some(isClaim);
}

function isClaim({ type }: Node): boolean {
  return type !== "TSTypeAliasDeclaration";
}

function isTypeLevel(file: SourceFile, statement: Node): boolean {
  if (statement.type === "TSTypeAliasDeclaration") return true;
  if (statement.type === "ExpressionStatement") {
    const { expression } = statement;
    return (
      expression.type === "TSSatisfiesExpression" && differs(file, expression.typeAnnotation, expression.expression)
    );
  }
  if (statement.type !== "VariableDeclaration") return false;
  return statement.declarations.every(
    ({ id, init }) =>
      id.type === "Identifier" && id.typeAnnotation && init && differs(file, id.typeAnnotation.typeAnnotation, init),
  );
}

/** Is it a value of another type by a cast, of nothing that was worked out? */
function differs(file: SourceFile, wanted: Node, given: Expression): boolean {
  if (given.type !== "TSAsExpression" || !isNothing(given.expression)) return false;
  const [want, give] = [wanted, given.typeAnnotation].map(({ start, end }) => plainText(file.text.slice(start, end)));
  return want !== give && ![want, give].some((type) => type === undefined || vague.test(type));
}

function isNothing(value: Expression): boolean {
  if (value.type === "TSAsExpression" || value.type === "TSNonNullExpression") return isNothing(value.expression);
  if (value.type === "ObjectExpression") return value.properties.length === 0;
  return value.type === "Literal" || (value.type === "Identifier" && value.name === "undefined");
}
