// Linear algebra on the last two axes of arrays; the axes before them are batches.
import {
  isComplex,
  primitives,
  showCall,
  typesOf,
  type Aval,
  type EvaluationTable,
  type ParamsOf,
  type Value,
  promised,
} from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { cholesky } from "../linear-algebra/cholesky.ts";
import { complexField } from "../linear-algebra/complex-field.ts";
import { LinAlgError } from "../linear-algebra/errors.ts";
import { eig } from "../linear-algebra/general-eigen.ts";
import { eigh } from "../linear-algebra/hermitian-eigen.ts";
import { determinantOf, factorLU, inverseOf, solveFactored } from "../linear-algebra/lu.ts";
import { block, transposed, type Field } from "../linear-algebra/matrix.ts";
import { qr } from "../linear-algebra/qr.ts";
import { realField } from "../linear-algebra/real-field.ts";
import { svd } from "../linear-algebra/svd.ts";
import { solveLower, solveUpper } from "../linear-algebra/triangular.ts";
import type { NDArray } from "../ndarray.ts";
import { doublesOf, fromDoubles } from "./doubles.ts";

type MatrixPrimitive =
  | "solve"
  | "inv"
  | "det"
  | "slogdet"
  | "cholesky"
  | "triangularSolve"
  | "qr"
  | "eigh"
  | "eig"
  | "svd";

/** One matrix of each operand, in the order of the operands. */
interface Matrices {
  readonly field: Field;
  readonly rows: number;
  readonly columns: number;
  /** The first operand's. It may be written over. */
  readonly a: Float64Array;
  /** The second's, with so many columns. */
  readonly b: Float64Array;
  readonly right: number;
}

/** Gives the entries of each result. */
type OfMatrices = (matrices: Matrices) => readonly Float64Array[];

/** Applies a function of matrices to each of the batch. */
function overBatches<Name extends MatrixPrimitive>(
  name: Name,
  operands: readonly Value[],
  params: ParamsOf<Name>,
  compute: OfMatrices,
): readonly NDArray[] {
  const types = typesOf(primitives[name], operands, params);
  const arrays = operands.map(asNDArray);
  const [first, b] = arrays;
  const a = promised(first, `an operand of ${name}`);
  const [rows = 0, columns = 0] = a.shape.slice(-2);
  const right = b?.shape.at(-1) ?? 0;
  const field = isComplex(a.dtype) ? complexField : realField;
  const batches = a.shape.slice(0, -2).reduce((count, length) => count * length, 1);
  const [left, other] = [doublesOf(a), b === undefined ? new Float64Array(0) : doublesOf(b)];
  const matrices = (batch: number): Matrices => ({
    field,
    rows,
    columns,
    a: partOf(left, batch, batches),
    b: partOf(other, batch, batches),
    right,
  });
  return collected(name, arrays, types, batches, (batch) => compute(matrices(batch)));
}

function partOf(data: Float64Array, part: number, parts: number): Float64Array {
  const length = data.length / parts;
  return parts === 1 ? data : data.subarray(part * length, (part + 1) * length);
}

function collected(
  name: string,
  operands: readonly Aval[],
  types: readonly Aval[],
  batches: number,
  compute: (batch: number) => readonly Float64Array[],
): readonly NDArray[] {
  try {
    if (batches === 1) {
      const only = compute(0);
      return types.map((type, place) => fromDoubles(only[place] ?? new Float64Array(0), type));
    }
    const all = types.map((type) => new Float64Array(entriesOf(type)));
    for (let batch = 0; batch < batches; batch++) {
      for (const [place, part] of compute(batch).entries()) all[place]?.set(part, batch * part.length);
    }
    return types.map((type, place) => fromDoubles(all[place] ?? new Float64Array(0), type));
  } catch (error) {
    throw error instanceof LinAlgError ? new LinAlgError(`${showCall(name, operands)}: ${error.message}`) : error;
  }
}

function entriesOf({ shape, dtype }: Aval): number {
  return shape.reduce((count, length) => count * length, isComplex(dtype) ? 2 : 1);
}

/** The result of a primitive that has one. */
function only(results: readonly NDArray[]): NDArray {
  return promised(results[0], "a result");
}

function parts({ width }: Field, re: number, im: number): Float64Array {
  return width === 1 ? Float64Array.of(re) : Float64Array.of(re, im);
}

function triangularSolution({ field, rows, a, b, right }: Matrices, form: ParamsOf<"triangularSolve">): Float64Array {
  const { width } = field;
  const data = form.transposed ? transposed({ data: a, rows, columns: rows }, width) : a;
  const solve = form.lower === form.transposed ? solveUpper : solveLower;
  solve(field, block(data, 0, rows * width), block(b, 0, right * width), rows, right, form.unit);
  return b;
}

export const linearAlgebraTable = {
  solve: (x, y, params) =>
    only(
      overBatches("solve", [x, y], params, ({ field, rows, a, b, right }) => {
        solveFactored(field, factorLU(field, a, rows), b, right);
        return [b];
      }),
    ),
  inv: (x, params) =>
    only(overBatches("inv", [x], params, ({ field, rows, a }) => [inverseOf(field, factorLU(field, a, rows))])),
  det: (x, params) =>
    only(
      overBatches("det", [x], params, ({ field, rows, a }) => {
        const { re, im } = determinantOf(field, factorLU(field, a, rows));
        return [parts(field, re, im)];
      }),
    ),
  slogdet: (x, params) =>
    overBatches("slogdet", [x], params, ({ field, rows, a }) => {
      const { signRe, signIm, logarithm } = determinantOf(field, factorLU(field, a, rows));
      return [parts(field, signRe, signIm), Float64Array.of(logarithm)];
    }),
  cholesky: (x, params) =>
    only(overBatches("cholesky", [x], params, ({ field, rows, a }) => [cholesky(field, a, rows)])),
  triangularSolve: (x, y, params) =>
    only(overBatches("triangularSolve", [x, y], params, (matrices) => [triangularSolution(matrices, params)])),
  qr: (x, params) =>
    overBatches("qr", [x], params, ({ field, rows, columns, a }) => {
      const inner = params.mode === "complete" ? rows : Math.min(rows, columns);
      const { q, r } = qr(field, { data: a, rows, columns }, inner);
      return [q, r];
    }),
  eigh: (x, params) =>
    overBatches("eigh", [x], params, ({ field, rows, a }) => {
      const { values, vectors } = eigh(field, a, rows);
      return [values, vectors];
    }),
  eig: (x, params) =>
    overBatches("eig", [x], params, ({ field, rows, a }) => {
      const { values, vectors } = eig(field, a, rows);
      return [values, vectors];
    }),
  svd: (x, params) =>
    overBatches("svd", [x], params, ({ field, rows, columns, a }) => {
      const { u, s, vh } = svd(field, { data: a, rows, columns }, params.full);
      return [u, s, vh];
    }),
} satisfies EvaluationTable;
