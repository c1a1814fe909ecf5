// Products of two arrays whose axes have labels: those that both have and the result has not are summed over.
import { operations, ShapeError, showCall, type Value } from "@cotangent/core";
import { aligned } from "./arguments.ts";

/** An array with a label for each axis, no two the same. */
export interface Labelled {
  readonly value: Value;
  readonly labels: readonly string[];
}

function lengthOf({ value, labels }: Labelled, label: string): number | undefined {
  const axis = labels.indexOf(label);
  return axis < 0 ? undefined : value.shape[axis];
}

/** The product, with these labels in this order; each must be one of an operand's. Axes of length 1 are broadcast. */
export function contract(name: string, x: Labelled, y: Labelled, result: readonly string[]): Value {
  requireLengths(name, x, y);
  const [first, second] = [withoutOnes(x, y), withoutOnes(y, x)];
  const left = summed(first, second, result);
  const right = summed(second, first, result);
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const contracted = shared.filter((label) => !result.includes(label));
  const batch = shared.filter((label) => result.includes(label));
  if (contracted.length === 0 && batch.length > 0) return multiplied(name, left, right, result);
  const axes = ({ labels }: Labelled, of: readonly string[]) => of.map((label) => labels.indexOf(label));
  const value = operations.dot(
    left.value,
    right.value,
    [axes(left, contracted), axes(right, contracted)],
    [axes(left, batch), axes(right, batch)],
  );
  const free = [...left.labels, ...right.labels].filter((label) => !shared.includes(label));
  return arranged({ value, labels: [...batch, ...free] }, result);
}

function requireLengths(name: string, x: Labelled, y: Labelled): void {
  for (const label of x.labels) {
    const [own, other] = [lengthOf(x, label), lengthOf(y, label)];
    if (other === undefined || own === other || own === 1 || other === 1) continue;
    throw new ShapeError(
      `${showCall(name, [x.value, y.value])}: axes of lengths ${own} and ${other} can't be multiplied`,
    );
  }
}

/** The array without axes of length 1 that are longer in the other. */
function withoutOnes(each: Labelled, other: Labelled): Labelled {
  const stays = each.labels.map((label) => lengthOf(each, label) !== 1 || (lengthOf(other, label) ?? 1) === 1);
  if (stays.every(Boolean)) return each;
  const shape = each.value.shape.filter((_, axis) => stays[axis]);
  return { value: operations.reshape(each.value, shape), labels: each.labels.filter((_, axis) => stays[axis]) };
}

/** The array's sum over axes that neither the other nor the result has. */
function summed(each: Labelled, other: Labelled, result: readonly string[]): Labelled {
  const isKept = (label: string): boolean => other.labels.includes(label) || result.includes(label);
  return sumOver(each, (label) => !isKept(label));
}

/** The array's sum over axes with such labels. */
export function sumOver({ value, labels }: Labelled, isSummed: (label: string) => boolean): Labelled {
  const axes = labels.flatMap((label, axis) => (isSummed(label) ? [axis] : []));
  if (axes.length === 0) return { value, labels };
  return { value: sumAlong(value, axes), labels: labels.filter((label) => !isSummed(label)) };
}

/** The sum, which of truth values is whether one is true. */
function sumAlong(value: Value, axes: readonly number[]): Value {
  if (value.dtype !== "bool") return operations.sum(value, axes);
  return operations.cast(operations.sum(operations.cast(value, "int64"), axes), "bool");
}

/** The product without a sum, element by element. */
function multiplied(name: string, x: Labelled, y: Labelled, result: readonly string[]): Value {
  const operands = [x, y].map((each) => {
    const value = arranged(
      each,
      result.filter((label) => each.labels.includes(label)),
    );
    const shape = result.map((label) => lengthOf(each, label) ?? 1);
    return shape.length === value.ndim ? value : operations.reshape(value, shape);
  });
  const [a, b] = aligned(name, operands) as [Value, Value];
  return operations.mul(a, b);
}

/** The array with its axes in the order of the labels. */
export function arranged({ value, labels }: Labelled, result: readonly string[]): Value {
  if (result.every((label, axis) => labels[axis] === label)) return value;
  return operations.transpose(
    value,
    result.map((label) => labels.indexOf(label)),
  );
}
