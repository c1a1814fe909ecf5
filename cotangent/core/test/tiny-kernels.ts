// What the tiny backend can compute.
import {
  sizeOf,
  type DType,
  type Evaluation,
  type EvaluationTable,
  type PrimitiveName,
  type Shape,
  type Value,
} from "../src/index.ts";
import { fromNumbers, numbersOf, TinyArray, tinyOf } from "./tiny-array.ts";

type Unary = (x: Value) => Value;
type Binary = (x: Value, y: Value) => Value;

function map(f: (x: number) => number, dtypeOf: (dtype: DType) => DType = (dtype) => dtype): Unary {
  return (x) => fromNumbers(x.shape, dtypeOf(x.dtype), numbersOf(x).map(f));
}

/** Scalars go with any shape. */
function zip(f: (x: number, y: number) => number, dtypeOf: (dtype: DType) => DType = (dtype) => dtype): Binary {
  return (x, y) => {
    const [a, b] = [numbersOf(x), numbersOf(y)];
    const shape = x.ndim > 0 ? x.shape : y.shape;
    const numbers = Array.from({ length: sizeOf(shape) }, (_, place) => f(pick(x, a, place), pick(y, b, place)));
    return fromNumbers(shape, dtypeOf(x.dtype), numbers);
  };
}

function pick<Element>(value: Value, elements: readonly Element[], place: number): Element {
  const element = elements[value.ndim === 0 ? 0 : place];
  if (element === undefined) throw new RangeError(`no element ${place}`);
  return element;
}

const bool = (): DType => "bool";

/** Places of elements, in row-major order. */
function* places(shape: Shape): Generator<readonly number[]> {
  for (let index = 0; index < sizeOf(shape); index++) {
    const place: number[] = [];
    let rest = index;
    for (const length of shape.toReversed()) {
      place.unshift(rest % length);
      rest = Math.floor(rest / length);
    }
    yield place;
  }
}

function indexOf(shape: Shape, place: readonly number[]): number {
  return shape.reduce((index, length, axis) => index * length + (place[axis] ?? 0), 0);
}

/** An array of this shape, each of whose elements is one of `x`'s. */
function gather(x: Value, shape: Shape, from: (place: readonly number[]) => readonly number[]): Value {
  const { data } = tinyOf(x);
  const elements = [...places(shape)].map((place) => {
    const element = data[indexOf(x.shape, from(place))];
    if (element === undefined) throw new RangeError(`no element [${from(place).join(",")}] in [${x.shape.join(",")}]`);
    return element;
  });
  return new TinyArray(shape, x.dtype, elements);
}

const get = (numbers: readonly number[], index: number): number => numbers[index] ?? 0;

function reduction(
  first: number,
  f: (sum: number, x: number) => number,
  dtypeOf: (dtype: DType) => DType = (dtype) => dtype,
): (x: Value, params: { readonly axes: readonly number[] }) => Value {
  return (x, { axes }) => {
    const keep = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const shape = keep.map((axis) => get(x.shape, axis));
    const sums = Array.from({ length: sizeOf(shape) }, () => first);
    const numbers = numbersOf(x);
    for (const [index, place] of [...places(x.shape)].entries()) {
      const target = indexOf(
        shape,
        keep.map((axis) => get(place, axis)),
      );
      sums[target] = f(get(sums, target), get(numbers, index));
    }
    return fromNumbers(shape, dtypeOf(x.dtype), sums);
  };
}

const concatenate: Evaluation<"concatenate"> = (operands, { axis }) => {
  const [first] = operands;
  if (first === undefined) throw new RangeError("nothing to concatenate");
  const length = operands.reduce((sum, { shape }) => sum + get(shape, axis), 0);
  const shape = first.shape.with(axis, length);
  const elements = [...places(shape)].map((place) => {
    let row = get(place, axis);
    const operand = operands.find((each) => {
      if (row < get(each.shape, axis)) return true;
      row -= get(each.shape, axis);
      return false;
    });
    const element = operand && tinyOf(operand).data[indexOf(operand.shape, place.with(axis, row))];
    if (element === undefined) throw new RangeError("no such element");
    return element;
  });
  return new TinyArray(shape, first.dtype, elements);
};

const embed: Evaluation<"embed"> = (x, { start, step, shape }) => {
  const zeros = Array.from({ length: sizeOf(shape) }, () => 0);
  const numbers = numbersOf(x);
  for (const [index, place] of [...places(x.shape)].entries()) {
    const target = place.map((each, axis) => get(start, axis) + each * get(step, axis));
    zeros[indexOf(shape, target)] = get(numbers, index);
  }
  return fromNumbers(shape, x.dtype, zeros);
};

const take: Evaluation<"take"> = (x, rows) => {
  const numbers = numbersOf(rows);
  return gather(x, [...rows.shape, ...x.shape.slice(1)], (place) => [
    get(numbers, indexOf(rows.shape, place.slice(0, rows.ndim))),
    ...place.slice(rows.ndim),
  ]);
};

const scatterAdd: Evaluation<"scatterAdd"> = (x, targets, { rows }) => {
  const rowShape = x.shape.slice(targets.ndim);
  const size = sizeOf(rowShape);
  const sums = Array.from({ length: rows * size }, () => 0);
  const numbers = numbersOf(x);
  for (const [index, target] of numbersOf(targets).entries()) {
    for (let each = 0; each < size; each++) {
      const place = target * size + each;
      sums[place] = get(sums, place) + get(numbers, index * size + each);
    }
  }
  return fromNumbers([rows, ...rowShape], x.dtype, sums);
};

const lengths = ({ shape }: Value, axes: readonly number[]): Shape => axes.map((axis) => get(shape, axis));

const dot: Evaluation<"dot"> = (x, y, { contract, batch }) => {
  const free = (value: Value, side: 0 | 1) =>
    value.shape.map((_, axis) => axis).filter((axis) => !contract[side].includes(axis) && !batch[side].includes(axis));
  const [left, right] = [free(x, 0), free(y, 1)];
  const shape = [...lengths(x, batch[0]), ...lengths(x, left), ...lengths(y, right)];
  const [a, b] = [numbersOf(x), numbersOf(y)];
  const numbers = [...places(shape)].map((place) => {
    const [batches, rest] = [place.slice(0, batch[0].length), place.slice(batch[0].length)];
    let sum = 0;
    for (const summed of places(lengths(x, contract[0]))) {
      const of = (value: Value, side: 0 | 1, axes: readonly number[], own: readonly number[]) =>
        indexOf(
          value.shape,
          value.shape.map((_, axis) => {
            if (axes.includes(axis)) return get(own, axes.indexOf(axis));
            if (batch[side].includes(axis)) return get(batches, batch[side].indexOf(axis));
            return get(summed, contract[side].indexOf(axis));
          }),
        );
      sum += get(a, of(x, 0, left, rest.slice(0, left.length))) * get(b, of(y, 1, right, rest.slice(left.length)));
    }
    return sum;
  });
  return fromNumbers(shape, x.dtype, numbers);
};

const cumsum: Evaluation<"cumsum"> = (x, { axis, reverse }) => {
  const sums = [...numbersOf(x)];
  const all = [...places(x.shape)];
  for (const place of reverse ? all.toReversed() : all) {
    const before = get(place, axis) + (reverse ? 1 : -1);
    if (before < 0 || before >= get(x.shape, axis)) continue;
    const index = indexOf(x.shape, place);
    sums[index] = get(sums, index) + get(sums, indexOf(x.shape, place.with(axis, before)));
  }
  return fromNumbers(x.shape, x.dtype, sums);
};

/** NaN wins, as in NumPy's maximum. */
export const tinyTable = {
  neg: map((x) => -x),
  abs: map(Math.abs),
  sign: map(Math.sign),
  floor: map(Math.floor),
  sqrt: map(Math.sqrt),
  exp: map(Math.exp),
  log: map(Math.log),
  sin: map(Math.sin),
  cos: map(Math.cos),
  tanh: map(Math.tanh),
  reciprocal: map((x) => 1 / x),
  square: map((x) => x * x),
  isnan: map((x) => (Number.isNaN(x) ? 1 : 0), bool),
  isfinite: map((x) => (Number.isFinite(x) ? 1 : 0), bool),
  logicalNot: map((x) => (x === 0 ? 1 : 0), bool),
  cast: (x, { dtype }) => fromNumbers(x.shape, dtype, numbersOf(x)),
  stopGradient: (x) => x,
  real: (x) => x,
  conj: (x) => x,
  add: zip((x, y) => x + y),
  sub: zip((x, y) => x - y),
  mul: zip((x, y) => x * y),
  div: zip((x, y) => x / y),
  pow: zip((x, y) => x ** y),
  maximum: zip(Math.max),
  minimum: zip(Math.min),
  equal: zip((x, y) => (x === y ? 1 : 0), bool),
  notEqual: zip((x, y) => (x === y ? 0 : 1), bool),
  less: zip((x, y) => (x < y ? 1 : 0), bool),
  lessEqual: zip((x, y) => (x <= y ? 1 : 0), bool),
  greater: zip((x, y) => (x > y ? 1 : 0), bool),
  greaterEqual: zip((x, y) => (x >= y ? 1 : 0), bool),
  logicalAnd: zip((x, y) => (x !== 0 && y !== 0 ? 1 : 0), bool),
  logicalOr: zip((x, y) => (x !== 0 || y !== 0 ? 1 : 0), bool),
  select(condition, x, y) {
    const shape = [condition, x, y].find(({ ndim }) => ndim > 0)?.shape ?? [];
    const [holds, yes, no] = [numbersOf(condition), numbersOf(x), numbersOf(y)];
    const numbers = Array.from({ length: sizeOf(shape) }, (_, place) =>
      pick(condition, holds, place) === 0 ? pick(y, no, place) : pick(x, yes, place),
    );
    return fromNumbers(shape, x.dtype, numbers);
  },
  reshape: (x, { shape }) => new TinyArray(shape, x.dtype, tinyOf(x).data),
  transpose: (x, { permutation }) =>
    gather(
      x,
      permutation.map((axis) => get(x.shape, axis)),
      (place) => x.shape.map((_, axis) => get(place, permutation.indexOf(axis))),
    ),
  broadcast: (x, { shape, axes }) =>
    gather(x, shape, (place) =>
      place.filter((_, axis) => !axes.includes(axis)).map((each, axis) => (x.shape[axis] === 1 ? 0 : each)),
    ),
  slice: (x, { start, length, step }) =>
    gather(x, length, (place) => place.map((each, axis) => get(start, axis) + each * get(step, axis))),
  embed,
  concatenate,
  take,
  scatterAdd,
  sum: reduction(0, (sum, x) => sum + x),
  prod: reduction(1, (product, x) => product * x),
  max: reduction(-Infinity, Math.max),
  min: reduction(Infinity, Math.min),
  any: reduction(0, (sum, x) => (sum !== 0 || x !== 0 ? 1 : 0), bool),
  all: reduction(1, (sum, x) => (sum !== 0 && x !== 0 ? 1 : 0), bool),
  cumsum,
  dot,
} satisfies EvaluationTable;

/** Primitives that the tiny backend computes. */
export const tinyPrimitives = Object.keys(tinyTable) as readonly (PrimitiveName & keyof typeof tinyTable)[];
