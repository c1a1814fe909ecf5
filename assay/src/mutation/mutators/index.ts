import type { MutatorId } from "../../model/mutant.ts";
import type { Mutator } from "../mutator.ts";
import { arithmetic } from "./arithmetic.ts";
import { assignmentOperator } from "./assignment-operator.ts";
import { assignmentRemoval } from "./assignment-removal.ts";
import { booleanLiteral } from "./boolean-literal.ts";
import { callRemoval } from "./call-removal.ts";
import { collectionConstant } from "./collection-constant.ts";
import { comparisonBoundary } from "./comparison-boundary.ts";
import { comparisonNegation } from "./comparison-negation.ts";
import { conditionConstant } from "./condition-constant.ts";
import { conditionInversion } from "./condition-inversion.ts";
import { earlyExitRemoval } from "./early-exit-removal.ts";
import { logicalOperator } from "./logical-operator.ts";
import { methodRemoval } from "./method-removal.ts";
import { methodSwap } from "./method-swap.ts";
import { negationRemoval } from "./negation-removal.ts";
import { nullishCoalescing } from "./nullish-coalescing.ts";
import { numberConstant } from "./number-constant.ts";
import { optionalChaining } from "./optional-chaining.ts";
import { predicateNegation } from "./predicate-negation.ts";
import { regularExpression } from "./regular-expression.ts";
import { returnValue } from "./return-value.ts";
import { stringConstant } from "./string-constant.ts";
import { throwRemoval } from "./throw-removal.ts";
import { unarySign } from "./unary-sign.ts";
import { updateOperator } from "./update-operator.ts";

/** Every mutator, the most telling first: where a line has several candidates, the earlier one is tried. */
export const allMutators: readonly Mutator[] = [
  comparisonNegation,
  conditionInversion,
  logicalOperator,
  negationRemoval,
  predicateNegation,
  callRemoval,
  arithmetic,
  throwRemoval,
  earlyExitRemoval,
  assignmentOperator,
  booleanLiteral,
  methodRemoval,
  methodSwap,
  nullishCoalescing,
  optionalChaining,
  regularExpression,
  assignmentRemoval,
  returnValue,
  unarySign,
  updateOperator,
  collectionConstant,
  stringConstant,
  comparisonBoundary,
  numberConstant,
  conditionConstant,
];

/** Those that are used unless `assay.toml` chooses. */
export const defaultMutators: readonly Mutator[] = allMutators.filter(({ byDefault }) => byDefault);

/** Those with these ids, in their own order; null stands for the default. */
export function mutatorsNamed(ids: readonly MutatorId[] | null): readonly Mutator[] {
  return ids === null ? defaultMutators : allMutators.filter(({ id }) => ids.includes(id));
}

const byId: ReadonlyMap<string, Mutator> = new Map(allMutators.map((mutator) => [mutator.id, mutator]));

export function mutatorOf(id: string): Mutator | undefined {
  return byId.get(id);
}
