// What a program's author did wrong, by kind. Each says which primitive and which shapes and dtypes.
import { showAval, type Aval } from "./aval.ts";

/** Operands that a primitive can't take: their number, shapes or parameters. */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
}

/** Operands of a dtype that a primitive can't take. */
export class DTypeError extends TypeError {
  override readonly name = "DTypeError";
}

/** The elements of a value were asked for where only its shape and dtype are known. */
export class AbstractValueError extends TypeError {
  override readonly name = "AbstractValueError";
}

/** A value that was traced was used after its transformation had ended. */
export class EscapedValueError extends TypeError {
  override readonly name = "EscapedValueError";
}

/** A function with rules of its own uses a traced value that is none of its arguments. */
export class CapturedValueError extends TypeError {
  override readonly name = "CapturedValueError";
}

/** An operator of JavaScript was used on a value. */
export class OperatorError extends TypeError {
  override readonly name = "OperatorError";
}

/** A primitive has no rule in the table that was asked. */
export class MissingRuleError extends TypeError {
  override readonly name = "MissingRuleError";
}

/** A graph that breaks its own rules: one of ours, if a pass or a transformation made it. */
export class GraphError extends TypeError {
  override readonly name = "GraphError";
}

/** `add(float64[3], float64[4])`, for messages. */
export function showCall(name: string, operands: readonly Aval[]): string {
  return `${name}(${operands.map(showAval).join(", ")})`;
}
