import type { Mutator } from "../mutator.ts";
import { arithmetic } from "./arithmetic.ts";
import { assignmentOperator } from "./assignment-operator.ts";
import { booleanLiteral } from "./boolean-literal.ts";
import { collectionConstant } from "./collection-constant.ts";
import { comparisonBoundary } from "./comparison-boundary.ts";
import { comparisonNegation } from "./comparison-negation.ts";
import { conditionInversion } from "./condition-inversion.ts";
import { logicalOperator } from "./logical-operator.ts";
import { negationRemoval } from "./negation-removal.ts";
import { numberConstant } from "./number-constant.ts";
import { stringConstant } from "./string-constant.ts";
import { unarySign } from "./unary-sign.ts";
import { updateOperator } from "./update-operator.ts";

/** Every mutator, the most telling first: where a line has several candidates, the earlier one is tried. */
export const allMutators: readonly Mutator[] = [
  comparisonNegation,
  conditionInversion,
  logicalOperator,
  negationRemoval,
  arithmetic,
  assignmentOperator,
  booleanLiteral,
  unarySign,
  updateOperator,
  collectionConstant,
  stringConstant,
  comparisonBoundary,
  numberConstant,
];

export function mutatorOf(id: string): Mutator | undefined {
  return allMutators.find((mutator) => mutator.id === id);
}
