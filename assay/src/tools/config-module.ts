// What a configuration module exports, and what it declares on the way, as expressions. What they amount to is for others.
import type {
  ExportDefaultDeclarationKind,
  Expression,
  Program,
  TSAsExpression,
  TSNonNullExpression,
  TSSatisfiesExpression,
} from "@oxc-project/types";

/** The default export, or what is assigned to `module.exports`. */
export function exportedConfig(program: Program): ExportDefaultDeclarationKind | undefined {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
    if (statement.type === "TSExportAssignment") return statement.expression;
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type !== "MemberExpression" || left.object.type !== "Identifier" || left.object.name !== "module")
      continue;
    if (left.property.type === "Identifier" && left.property.name === "exports") return right;
  }
  return undefined;
}

export interface Declared {
  readonly name: string;
  readonly init: Expression;
  /** Always what it was given first. */
  readonly isConstant: boolean;
  readonly isExported: boolean;
}

/** The variables at the top of a module that are given a value under a plain name. */
export function declaredConfig(program: Program): readonly Declared[] {
  return program.body.flatMap((statement) => {
    const isExported = statement.type === "ExportNamedDeclaration";
    const declaration = isExported ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration") return [];
    return declaration.declarations.flatMap(({ id, init }) =>
      id.type === "Identifier" && init !== null
        ? [{ name: id.name, init, isConstant: declaration.kind === "const", isExported }]
        : [],
    );
  });
}

/** Does an expression only give a type to another one? */
export function isTyped(node: {
  readonly type: string;
}): node is TSAsExpression | TSNonNullExpression | TSSatisfiesExpression {
  return node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression" || node.type === "TSNonNullExpression";
}
