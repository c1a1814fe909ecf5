// Primitives on many examples at once: the examples lie along a new first axis of each operand that is batched.
import { bind, operations, primitives, type ParamsOf, type Primitive, type Value } from "@cotangent/core";
import type { BatchTable } from "@cotangent/grad";

const {
  broadcast,
  concatenate,
  cumsum,
  cumprod,
  dot,
  embed,
  fft,
  reshape,
  scatterAdd,
  slice,
  solve,
  take,
  transpose,
  triangularSolve,
} = operations;

const after = (axes: readonly number[]): readonly number[] => axes.map((axis) => axis + 1);

/** The number of examples, of operands of which one is batched. */
function countOf(operands: readonly Value[], batched: readonly boolean[]): number {
  return operands[batched.indexOf(true)]?.shape[0] ?? 0;
}

function spread(x: Value, batched: boolean, count: number): Value {
  return batched ? x : broadcast(x, [count, ...x.shape], [0]);
}

/** Axis `from` becomes the first. */
function toFront(x: Value, from: number): Value {
  if (from === 0) return x;
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [from, ...axes.filter((axis) => axis !== from)]);
}

/** The first axis becomes axis `to`. */
function fromFront(x: Value, to: number): Value {
  if (to === 0) return x;
  const axes = x.shape.map((_, axis) => axis).slice(1);
  return transpose(x, axes.toSpliced(to, 0, 0));
}

type OneFlag = readonly [boolean];

/** A primitive along axes, which are one further on. */
function alongAxes(primitive: Primitive) {
  return ([x]: readonly [Value], _: OneFlag, { axes }: { readonly axes: readonly number[] }) =>
    bind(primitive, [x], { axes: after(axes) });
}

function alongAxis(primitive: Primitive) {
  return ([x]: readonly [Value], _: OneFlag, { axis }: { readonly axis: number }) =>
    bind(primitive, [x], { axis: axis + 1 });
}

/** A primitive that takes batches of matrices anyway. */
function onMatrices(primitive: Primitive) {
  return ([x]: readonly [Value], _: OneFlag, params: object) => bind(primitive, [x], params);
}

export const batches: BatchTable = {
  reshape: ([x], _, { shape }) => reshape(x, [x.shape[0] ?? 0, ...shape]),
  transpose: ([x], _, { permutation }) => transpose(x, [0, ...after(permutation)]),
  broadcast: ([x], _, { shape, axes }) => broadcast(x, [x.shape[0] ?? 0, ...shape], after(axes)),
  slice: ([x], _, { start, length, step }) => slice(x, [0, ...start], [x.shape[0] ?? 0, ...length], [1, ...step]),
  embed: ([x], _, { start, step, shape }) => embed(x, [0, ...start], [1, ...step], [x.shape[0] ?? 0, ...shape]),
  concatenate(operands, batched, { axis }) {
    const count = countOf(operands, batched);
    return concatenate(
      operands.map((operand, place) => spread(operand, batched[place] === true, count)),
      axis + 1,
    );
  },
  take: takeOfMany,
  scatterAdd: scatterAddOfMany,
  sum: alongAxes(primitives.sum),
  prod: alongAxes(primitives.prod),
  max: alongAxes(primitives.max),
  min: alongAxes(primitives.min),
  any: alongAxes(primitives.any),
  all: alongAxes(primitives.all),
  argmax: alongAxis(primitives.argmax),
  argmin: alongAxis(primitives.argmin),
  argsort: alongAxis(primitives.argsort),
  cumsum: ([x], _, { axis, reverse }) => cumsum(x, axis + 1, reverse),
  cumprod: ([x], _, { axis }) => cumprod(x, axis + 1),
  dot: dotOfMany,
  solve([a, b], [ofA, ofB]) {
    const count = countOf([a, b], [ofA, ofB]);
    return solve(spread(a, ofA, count), spread(b, ofB, count));
  },
  triangularSolve([a, b], [ofA, ofB], form) {
    const count = countOf([a, b], [ofA, ofB]);
    return triangularSolve(spread(a, ofA, count), spread(b, ofB, count), form);
  },
  inv: onMatrices(primitives.inv),
  det: onMatrices(primitives.det),
  slogdet: onMatrices(primitives.slogdet),
  cholesky: onMatrices(primitives.cholesky),
  qr: onMatrices(primitives.qr),
  eigh: onMatrices(primitives.eigh),
  eig: onMatrices(primitives.eig),
  svd: onMatrices(primitives.svd),
  fft: ([x], _, { axis, inverse }) => fft(x, axis + 1, inverse),
};

type Pair = readonly [Value, Value];
type Flags = readonly [boolean, boolean];

/** Row numbers that are counted through all examples, of `rows` rows each. */
function throughAll(numbers: Value, rows: number): Value {
  const [count = 0] = numbers.shape;
  const first = numbers.backend.fromElements(
    Array.from({ length: count }, (_, example) => example * rows),
    { shape: [count], dtype: "int64" },
  );
  const axes = numbers.shape.slice(1).map((_, axis) => axis + 1);
  return operations.add(numbers, axes.length === 0 ? first : broadcast(first, numbers.shape, axes));
}

function takeOfMany([x, numbers]: Pair, [ofX, ofNumbers]: Flags): Value {
  if (!ofX) return take(x, numbers);
  if (!ofNumbers) return toFront(take(fromFront(x, 1), numbers), numbers.shape.length);
  const [count = 0, rows = 0, ...rest] = x.shape;
  return take(reshape(x, [count * rows, ...rest]), throughAll(numbers, rows));
}

function scatterAddOfMany([x, targets]: Pair, [ofX, ofTargets]: Flags, { rows }: ParamsOf<"scatterAdd">): Value {
  if (!ofTargets) return toFront(scatterAdd(fromFront(x, targets.shape.length), targets, rows), 1);
  const [count = 0] = targets.shape;
  const sums = scatterAdd(spread(x, ofX, count), throughAll(targets, rows), count * rows);
  return reshape(sums, [count, rows, ...sums.shape.slice(1)]);
}

/** Examples of both are one more batch axis; examples of one are one more axis that it has alone. */
function dotOfMany([x, y]: Pair, [ofX, ofY]: Flags, { contract, batch }: ParamsOf<"dot">): Value {
  const at = (which: 0 | 1, moved: boolean) => ({
    contract: moved ? after(contract[which]) : contract[which],
    batch: moved ? after(batch[which]) : batch[which],
  });
  const [first, second] = [at(0, ofX), at(1, ofY)];
  const sums = [first.contract, second.contract] as const;
  if (ofX && ofY)
    return dot(x, y, sums, [
      [0, ...first.batch],
      [0, ...second.batch],
    ]);
  const product = dot(x, y, sums, [first.batch, second.batch]);
  const before = ofX ? 0 : x.shape.length - first.contract.length - first.batch.length;
  return toFront(product, first.batch.length + before);
}
