// Rows in order, by kernels.
import type { DType } from "@cotangent/core";
import { dtypeInfo, kindOf } from "../dtype.ts";
import { thePool } from "../memory/pool.ts";
import type { NDArray } from "../ndarray.ts";
import { theKernels } from "./module.ts";
import { addressOf } from "./run.ts";

/** How kernels compare elements of a kind, by its number there. Complex numbers have no kernel. */
const orders: Readonly<Record<string, number>> = { bool: 0, uint: 0, int: 1, float: 2 };

/** Sorts the rows (along the last axis) of an array in row-major order. False where that is not done by a kernel. */
export function sortRows(rows: NDArray): boolean {
  const { bytes } = dtypeInfo[rows.dtype];
  const at = addressOf(rows);
  const kernel = theKernels().sort(`sortRows_u${8 * bytes}`);
  if (kernel === null || at < 0) return false;
  return inOrder(rows, bytes, (order, count, length, room) => kernel(order, count, length, at, room));
}

/** Writes the places of the elements of each row, in their order, to an array of int64. Both are in row-major order. */
export function orderRows(result: NDArray, rows: NDArray): boolean {
  const { bytes } = dtypeInfo[rows.dtype];
  const [a, out] = [addressOf(rows), addressOf(result)];
  const kernel = theKernels().order(`orderRows_u${8 * bytes}`);
  if (kernel === null || a < 0 || out < 0) return false;
  // Keys have their places beside them, in rows that are written anew.
  const room = 2 * (bytes === 8 ? 16 : 8);
  return inOrder(rows, room, (order, count, length, scratch) => kernel(order, count, length, a, out, scratch));
}

function inOrder(
  { dtype, shape, size }: NDArray,
  bytes: number,
  run: (order: number, rows: number, length: number, scratch: number) => void,
): boolean {
  const order = orderOf(dtype);
  const length = shape.at(-1) ?? 0;
  if (order === undefined || length === 0) return false;
  const room = theKernels().exports.sortScratch(length, bytes);
  const scratch = thePool().borrow(room);
  if (scratch === null) return false;
  run(order, size / length, length, scratch);
  thePool().giveBack(scratch, room);
  return true;
}

function orderOf(dtype: DType): number | undefined {
  return orders[kindOf(dtype)];
}
