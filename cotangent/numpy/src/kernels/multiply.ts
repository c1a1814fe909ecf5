// Products of matrices by kernels.
import type { DType } from "@cotangent/core";
import { dtypeInfo } from "../dtype.ts";
import { loopOver } from "../layout.ts";
import { scratch, thePool } from "../memory/pool.ts";
import type { NDArray } from "../ndarray.ts";
import { theKernels, type ProductKernel, type VectorKernel } from "./module.ts";
import { withPlaces } from "./run.ts";

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

/** The kernels for a dtype. */
interface Own {
  readonly product: ProductKernel;
  /** Where there is one for vectors. */
  readonly vector: VectorKernel | null;
}

const names: { readonly [Name in DType]?: "f64" | "f32" | "i64" | "i32" } = {
  float64: "f64",
  float32: "f32",
  int64: "i64",
  uint64: "i64",
  int32: "i32",
  uint32: "i32",
};

const known: { [Name in DType]?: Own | null } = {};

/** The kernels for a dtype, remembered: they are looked up for every product. */
function ownOf(dtype: DType): Own | null {
  const before = known[dtype];
  return before === undefined ? (known[dtype] = lookUp(names[dtype])) : before;
}

function lookUp(type: string | undefined): Own | null {
  if (type === undefined) return null;
  const kernels = theKernels();
  const vector = kernels.vector(`multiplyVector_${type}`);
  const product = kernels.product(vector === null ? `multiplyPlain_${type}` : `multiply_${type}`);
  return product === null ? null : { product, vector };
}

/**
 * c += a b for each batch. False where there is no kernel, or no room for operands.
 *
 * @param isFresh whether c may be anything, for matrices of floats that have rows, columns and something to sum over
 */
export function multiplyInto(c: MatrixLayout, a: MatrixLayout, b: MatrixLayout, isFresh = false): boolean {
  const own = ownOf(c.array.dtype);
  if (own === null) return false;
  const isVector = own.vector !== null && (c.rows === 1 || c.columns === 1);
  const product = isVector ? vectorProduct(own.vector, c, a, b) : matrixProduct(own.product, c, a, b, isFresh);
  const isPacked = !isVector && own.vector !== null;
  const bytes = isPacked ? theKernels().exports.scratchBytes(c.columns, a.columns) : 0;
  const pool = thePool();
  const room = bytes === 0 ? scratch.slots : pool.borrow(bytes);
  if (room === null) return false;
  const done = withPlaces(c.array, a.array, b.array, null, (out, x, y) => {
    if (c.batch.length === 0) product(out, x, y, room);
    else eachBatch(c, a, b, (to, left, right) => product(out + to, x + left, y + right, room));
  });
  if (bytes > 0) pool.giveBack(room, bytes);
  return done;
}

type Product = (c: number, a: number, b: number, room: number) => void;

function matrixProduct(
  kernel: ProductKernel,
  c: MatrixLayout,
  a: MatrixLayout,
  b: MatrixLayout,
  isFresh: boolean,
): Product {
  const sum = a.columns;
  const { rowStride: ars, columnStride: acs } = a;
  const { rowStride: brs, columnStride: bcs } = b;
  const { rowStride: crs, columnStride: ccs } = c;
  return (out, x, y, room) =>
    kernel(c.rows, c.columns, sum, x, ars, acs, y, brs, bcs, out, crs, ccs, room, isFresh ? 1 : 0);
}

/** A product with a vector on the right, or on the left: then of the transposed matrix. */
function vectorProduct(kernel: VectorKernel, c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): Product {
  const sum = a.columns;
  if (c.columns === 1) {
    return (out, x, y) => kernel(c.rows, sum, x, a.rowStride, a.columnStride, y, b.rowStride, out, c.rowStride);
  }
  return (out, x, y) => kernel(c.columns, sum, y, b.columnStride, b.rowStride, x, a.columnStride, out, c.columnStride);
}

/** Calls `visit` with the distances in bytes of each batch's matrices from the first ones. */
function eachBatch(
  c: MatrixLayout,
  a: MatrixLayout,
  b: MatrixLayout,
  visit: (c: number, a: number, b: number) => void,
): void {
  const size = dtypeInfo[c.array.dtype].bytes;
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
