// The adjoint of each primitive that can stand in a linear program, without conjugation: ⟨u, f(x)⟩ = ⟨fᵀ(u), x⟩.
import { isComplex, operations, type ParamsOf, type Shape, type Value } from "@cotangent/core";
import type { TransposeTable } from "@cotangent/grad";
import { dotInFirst, dotInSecond } from "./dot-transposes.ts";
import { swapped } from "./matrices.ts";

const {
  addEmbeddedTo,
  broadcast,
  cast,
  complex,
  conj,
  cumsum,
  div,
  embed,
  fft,
  imag,
  mul,
  neg,
  real,
  reshape,
  scatterAdd,
  select,
  slice,
  solve,
  sum,
  take,
  transpose,
  triangularSolve,
  zerosLike,
} = operations;

/** The cotangent of each operand that is not known: (cotangent, operands, params). */
export const transposes: TransposeTable = {
  neg: ["minus"],
  add: ["plus", "plus"],
  sub: ["plus", "minus"],
  mul: [(ct, [, y]) => mul(ct, y), (ct, [x]) => mul(x, ct)],
  div: [(ct, [, y]) => div(ct, y), null],
  select: [null, (ct, [condition]) => select(condition, ct, 0), (ct, [condition]) => select(condition, 0, ct)],
  cast: [(ct, [x]) => cast(ct, x.dtype)],

  // Of a complex x = a + ib: ⟨u, a⟩ = Re(u x) and ⟨u, b⟩ = Re(−iu x).
  real: [(ct, [x]) => cast(ct, x.dtype)],
  imag: [(ct, [x]) => (isComplex(x.dtype) ? complex(zerosLike(ct), neg(ct)) : zerosLike(x))],
  conj: [(ct) => conj(ct)],
  complex: [(ct) => real(ct), (ct) => neg(imag(ct))],

  reshape: [(ct, [x]) => reshape(ct, x.shape)],
  transpose: [(ct, _, { permutation }) => transpose(ct, inverse(permutation))],
  broadcast: [(ct, [x], { axes }) => unbroadcast(ct, x.shape, axes)],
  slice: [
    {
      of: (ct, [x], { start, step }) => embed(ct, start, step, x.shape),
      onto: (sum, ct, _, { start, step }) => addEmbeddedTo(sum, ct, start, step),
    },
  ],
  embed: [(ct, [x], { start, step }) => slice(ct, start, x.shape, step)],
  concatenate: parts,
  take: [(ct, [x, rows]) => scatterAdd(ct, rows, x.shape[0] ?? 0), null],
  scatterAdd: [(ct, [, targets]) => take(ct, targets), null],

  sum: [(ct, [x], { axes }) => broadcast(ct, x.shape, axes)],
  cumsum: [(ct, _, { axis, reverse }) => cumsum(ct, axis, !reverse)],
  dot: [dotInFirst, dotInSecond],
  solve: [null, (ct, [a]) => solve(swapped(a), ct)],
  triangularSolve: [null, (ct, [a], form) => triangularSolve(a, ct, { ...form, transposed: !form.transposed })],
  // The matrix of the transform is symmetric.
  fft: [(ct, _, { axis, inverse }) => fft(ct, axis, inverse)],
};

function inverse(permutation: readonly number[]): readonly number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

/** The sum over what was repeated. */
function unbroadcast(ct: Value, shape: Shape, axes: readonly number[]): Value {
  const kept = ct.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const grown = kept.filter((axis, place) => shape[place] === 1 && ct.shape[axis] !== 1);
  const summed = sum(ct, [...axes, ...grown]);
  return grown.length === 0 ? summed : reshape(summed, shape);
}

/** Each operand's part of the cotangent of all behind each other. */
function parts(ct: Value, operands: readonly Value[], { axis }: ParamsOf<"concatenate">): readonly Value[] {
  let from = 0;
  return operands.map(({ shape }) => {
    const start = shape.map((_, each) => (each === axis ? from : 0));
    from += shape[axis] ?? 0;
    return slice(
      ct,
      start,
      shape,
      shape.map(() => 1),
    );
  });
}
