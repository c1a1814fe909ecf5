// The adjoint of a product: a product of the cotangent and the other operand, over the axes that only that one has.
import { operations, type AxisPairs, type ParamsOf, type Value } from "@cotangent/core";
import type { AddingRule } from "@cotangent/grad";

const { addDotTo, addTo, dot, transpose } = operations;

type Params = ParamsOf<"dot">;

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, each) => each);

function freeAxes(x: Value, contract: readonly number[], batch: readonly number[]): readonly number[] {
  return upTo(x.shape.length).filter((axis) => !contract.includes(axis) && !batch.includes(axis));
}

const none: Params["batch"] = [[], []];

/** Whether two matrices are multiplied over an axis of each: the usual case, whose adjoints are found at once. */
function areMatrices(x: Value, y: Value, { contract, batch }: Params): boolean {
  const hasAxes = x.shape.length === 2 && y.shape.length === 2;
  return hasAxes && contract[0].length === 1 && batch[0].length === 0;
}

/** In the first operand, where the second is known. */
export const dotInFirst: AddingRule<"dot"> = {
  of: (ct, operands, params) => inFirst(null, ct, operands, params),
  onto: inFirst,
};

/** In the second operand, where the first is known. */
export const dotInSecond: AddingRule<"dot"> = {
  of: (ct, operands, params) => inSecond(null, ct, operands, params),
  onto: inSecond,
};

function inFirst(sum: Value | null, ct: Value, [x, y]: readonly [Value, Value], params: Params): Value {
  const { contract, batch } = params;
  if (areMatrices(x, y, params)) {
    const other = [1 - (contract[1][0] ?? 0)];
    return contract[0][0] === 1 ? product(sum, ct, y, [[1], other], none) : product(sum, y, ct, [other, [1]], none);
  }
  const free = freeAxes(x, contract[0], batch[0]).length;
  const behind = freeAxes(y, contract[1], batch[1]);
  const own = behind.map((_, place) => batch[0].length + free + place);
  return back(sum, ct, x, y, { own, others: behind, contract, batch });
}

function inSecond(sum: Value | null, ct: Value, [x, y]: readonly [Value, Value], params: Params): Value {
  const { contract, batch } = params;
  if (areMatrices(x, y, params)) {
    const other = [1 - (contract[0][0] ?? 0)];
    return contract[1][0] === 0 ? product(sum, x, ct, [other, [0]], none) : product(sum, ct, x, [[0], other], none);
  }
  const before = freeAxes(x, contract[0], batch[0]);
  const own = before.map((_, place) => batch[0].length + place);
  return back(sum, ct, y, x, {
    own,
    others: before,
    contract: [contract[1], contract[0]],
    batch: [batch[1], batch[0]],
  });
}

/** The product, and the sum if there is one. */
function product(sum: Value | null, x: Value, y: Value, contract: AxisPairs, batch: AxisPairs): Value {
  return sum === null ? dot(x, y, contract, batch) : addDotTo(sum, x, y, contract, batch);
}

interface Sums extends Params {
  /** Axes of the cotangent that the other operand brought in, and what they are there. */
  readonly own: readonly number[];
  readonly others: readonly number[];
}

function back(sum: Value | null, ct: Value, x: Value, other: Value, { own, others, contract, batch }: Sums): Value {
  const batches = upTo(batch[0].length);
  // The axes of a product: batches, what x has alone, and the axes summed over, in the order that the other has them in.
  const free = freeAxes(x, contract[0], batch[0]);
  const summed = contract[1].toSorted((a, b) => a - b).map((axis) => contract[0][contract[1].indexOf(axis)] ?? 0);
  // With the operands the other way round nothing may be left to transpose, and sums of rows are quicker.
  if (isAscending([...batch[0], ...summed, ...free]))
    return product(sum, other, ct, [others, own], [batch[1], batches]);
  const axes = [...batch[0], ...free, ...summed];
  if (isAscending(axes)) return product(sum, ct, other, [own, others], [batches, batch[1]]);
  const turned = transpose(dot(ct, other, [own, others], [batches, batch[1]]), inverse(axes));
  return sum === null ? turned : addTo(sum, turned);
}

function isAscending(axes: readonly number[]): boolean {
  return axes.every((axis, place) => axis === place);
}

function inverse(axes: readonly number[]): readonly number[] {
  return upTo(axes.length).map((axis) => axes.indexOf(axis));
}
