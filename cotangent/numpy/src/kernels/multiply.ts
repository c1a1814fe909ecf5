// Products of matrices by kernels.
import type { DType } from "@cotangent/core";
import { dtypeInfo } from "../dtype.ts";
import { loopOver } from "../layout.ts";
import { scratch, thePool } from "../memory/pool.ts";
import type { NDArray } from "../ndarray.ts";
import { theKernels, type Kernels } from "./module.ts";
import { addressOf, withPlaces } from "./run.ts";

/** Matrices along two axes of an array, in batches. Strides count elements. */
export interface MatrixLayout {
  readonly array: NDArray;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly batch: readonly number[];
  readonly batchStrides: readonly number[];
}

/** Names of kernels, written out: they are looked up for every product. */
interface Names {
  readonly product: string;
  /** Where there is one for vectors. */
  readonly vector: string | null;
}
const f64: Names = { product: "multiply_f64", vector: "multiplyVector_f64" };
const f32: Names = { product: "multiply_f32", vector: "multiplyVector_f32" };
const i64: Names = { product: "multiplyPlain_i64", vector: null };
const i32: Names = { product: "multiplyPlain_i32", vector: null };

const names: { readonly [Name in DType]?: Names } = {
  float64: f64,
  float32: f32,
  int64: i64,
  uint64: i64,
  int32: i32,
  uint32: i32,
};

/** c += a b for each batch. False where there is no kernel, or no room for operands. */
export function multiplyInto(c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): boolean {
  const kernels = theKernels();
  const own = names[c.array.dtype];
  if (own === undefined) return false;
  const vector = c.rows === 1 || c.columns === 1 ? own.vector : null;
  const product =
    vector === null ? matrixProduct(kernels, own.product, c, a, b) : vectorProduct(kernels, vector, c, a, b);
  const isPacked = vector === null && own.vector !== null;
  const bytes = isPacked ? kernels.exports.scratchBytes(c.columns, a.columns) : 0;
  const pool = thePool();
  const room = bytes === 0 ? scratch.slots : pool.borrow(bytes);
  if (room === null) return false;
  const [to, left, right] = [addressOf(c.array), addressOf(a.array), addressOf(b.array)];
  const isThere = to >= 0 && left >= 0 && right >= 0;
  if (isThere && c.batch.length === 0) product(to, left, right, room);
  const done =
    (isThere && c.batch.length === 0) ||
    withPlaces(c.array, a.array, b.array, null, (out, x, y) => {
      eachBatch(c, a, b, (to, left, right) => product(out + to, x + left, y + right, room));
    });
  if (bytes > 0) pool.giveBack(room, bytes);
  return done;
}

type Product = (c: number, a: number, b: number, room: number) => void;

function matrixProduct(kernels: Kernels, name: string, c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): Product {
  const kernel = kernels.product(name);
  const sum = a.columns;
  return (out, x, y, room) =>
    kernel?.(
      ...([c.rows, c.columns, sum, x, a.rowStride, a.columnStride] as const),
      ...([y, b.rowStride, b.columnStride, out, c.rowStride, c.columnStride, room] as const),
    );
}

/** A product with a vector on the right, or on the left: then of the transposed matrix. */
function vectorProduct(kernels: Kernels, name: string, c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): Product {
  const kernel = kernels.vector(name);
  const sum = a.columns;
  if (c.columns === 1) {
    return (out, x, y) => kernel?.(c.rows, sum, x, a.rowStride, a.columnStride, y, b.rowStride, out, c.rowStride);
  }
  return (out, x, y) =>
    kernel?.(c.columns, sum, y, b.columnStride, b.rowStride, x, a.columnStride, out, c.columnStride);
}

/** Calls `visit` with the distances in bytes of each batch's matrices from the first ones. */
function eachBatch(
  c: MatrixLayout,
  a: MatrixLayout,
  b: MatrixLayout,
  visit: (c: number, a: number, b: number) => void,
): void {
  const size = dtypeInfo[c.array.dtype].bytes;
  if (c.batch.length === 0) {
    visit(0, 0, 0);
    return;
  }
  const { lengths, strides } = loopOver(c.batch, [c.batchStrides, a.batchStrides, b.batchStrides]);
  const [to = [], left = [], right = []] = strides;
  const go = (axis: number, out: number, x: number, y: number): void => {
    const length = lengths[axis];
    if (length === undefined) {
      visit(out * size, x * size, y * size);
      return;
    }
    for (let index = 0; index < length; index++) {
      go(axis + 1, out + index * (to[axis] ?? 0), x + index * (left[axis] ?? 0), y + index * (right[axis] ?? 0));
    }
  };
  go(0, 0, 0, 0);
}
