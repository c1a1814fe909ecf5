// Systems with triangular matrices, in blocks of rows whose updates are products.
import { block, type Block, type Field } from "./matrix.ts";

const blockRows = 16;

/** Replaces the right-hand sides (size × columns) by x with L x = right. What is above the diagonal isn't read. */
export function solveLower(
  field: Field,
  matrix: Block,
  right: Block,
  size: number,
  columns: number,
  hasUnitDiagonal: boolean,
): void {
  for (let start = 0; start < size; start += blockRows) {
    const end = Math.min(size, start + blockRows);
    if (start > 0) {
      field.multiplySubtract(rowsFrom(right, start), rowsFrom(matrix, start), right, end - start, start, columns);
    }
    for (let row = start; row < end; row++) {
      const left = block(matrix.data, matrix.at + row * matrix.stride + start * field.width, matrix.stride);
      if (row > start) {
        field.multiplySubtract(rowsFrom(right, row), left, rowsFrom(right, start), 1, row - start, columns);
      }
      if (!hasUnitDiagonal) divideRow(field, matrix, right, row, columns);
    }
  }
}

/** Replaces the right-hand sides (size × columns) by x with U x = right. What is below the diagonal isn't read. */
export function solveUpper(
  field: Field,
  matrix: Block,
  right: Block,
  size: number,
  columns: number,
  hasUnitDiagonal: boolean,
): void {
  const { width } = field;
  for (let end = size; end > 0; end -= blockRows) {
    const start = Math.max(0, end - blockRows);
    if (end < size) {
      const beside = block(matrix.data, matrix.at + start * matrix.stride + end * width, matrix.stride);
      field.multiplySubtract(rowsFrom(right, start), beside, rowsFrom(right, end), end - start, size - end, columns);
    }
    for (let row = end - 1; row >= start; row--) {
      const beside = block(matrix.data, matrix.at + row * matrix.stride + (row + 1) * width, matrix.stride);
      if (row + 1 < end) {
        field.multiplySubtract(rowsFrom(right, row), beside, rowsFrom(right, row + 1), 1, end - row - 1, columns);
      }
      if (!hasUnitDiagonal) divideRow(field, matrix, right, row, columns);
    }
  }
}

function rowsFrom({ data, at, stride }: Block, row: number): Block {
  return block(data, at + row * stride, stride);
}

function divideRow(field: Field, matrix: Block, right: Block, row: number, columns: number): void {
  const diagonal = matrix.at + row * (matrix.stride + field.width);
  field.divide(right.data, right.at + row * right.stride, field.width, columns, matrix.data, diagonal);
}
