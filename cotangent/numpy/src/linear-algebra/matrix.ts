// Matrices as the algorithms here see them: doubles in row-major order, a complex entry as its two parts.

/** A matrix without gaps between its rows. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** A part of a matrix: where it starts, and how far apart its rows start. Both count doubles. */
export interface Block {
  readonly data: Float64Array;
  readonly at: number;
  readonly stride: number;
}

/** A Householder reflection I − τ v vᴴ that takes a vector to (β, 0, …), β real; v begins with 1. */
export interface Reflector {
  readonly vector: Float64Array;
  readonly beta: number;
  readonly tauRe: number;
  readonly tauIm: number;
}

/** What the algorithms need of the numbers that matrices are made of: once for real, once for complex entries. */
export interface Field {
  /** Doubles of an entry. */
  readonly width: 1 | 2;
  /** c −= a b, for blocks of rows × columns, rows × inner and inner × columns entries. */
  multiplySubtract(c: Block, a: Block, b: Block, rows: number, inner: number, columns: number): void;
  /** The number of the largest of `count` entries, `stride` doubles apart. */
  largest(data: Float64Array, at: number, stride: number, count: number): number;
  /** Divides `count` entries, `stride` doubles apart, by the entry at `by`, which is none of them. */
  divide(data: Float64Array, at: number, stride: number, count: number, by: Float64Array, byAt: number): void;
  /** Replaces entries by their conjugates. */
  conjugate(data: Float64Array, at: number, count: number): void;
  /** The reflection whose adjoint takes the vector to (β, 0, …). Overwrites the vector with its own. */
  reflector(vector: Float64Array): Reflector;
  /** block := block (I − τ v vᴴ). */
  reflectColumns(block: Block, rows: number, reflector: Reflector): void;
}

export function block(data: Float64Array, at: number, stride: number): Block {
  return { data, at, stride };
}

export function identity(size: number, width: 1 | 2): Float64Array {
  return rectangularIdentity(size, size, width);
}

/** Ones on the diagonal. */
export function rectangularIdentity(rows: number, columns: number, width: 1 | 2): Float64Array {
  const data = new Float64Array(rows * columns * width);
  for (let row = 0; row < Math.min(rows, columns); row++) data[(row * columns + row) * width] = 1;
  return data;
}

/** Rows as columns; nothing is conjugated. */
export function transposed({ data, rows, columns }: Matrix, width: 1 | 2): Float64Array {
  const result = new Float64Array(data.length);
  if (width === 1) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++)
        result[column * rows + row] = Number(data[row * columns + column]);
    }
    return result;
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = 2 * (row * columns + column);
      const to = 2 * (column * rows + row);
      result[to] = Number(data[from]);
      result[to + 1] = Number(data[from + 1]);
    }
  }
  return result;
}

/** Rows as columns, conjugated. */
export function adjoint(matrix: Matrix, field: Field): Float64Array {
  const result = transposed(matrix, field.width);
  field.conjugate(result, 0, matrix.rows * matrix.columns);
  return result;
}

/** Exchanges two rows of `length` doubles. */
export function swapRows(data: Float64Array, first: number, second: number, length: number): void {
  for (let index = 0; index < length; index++) {
    const held = Number(data[first + index]);
    data[first + index] = Number(data[second + index]);
    data[second + index] = held;
  }
}

/** The rotation of two rows of `length` doubles: (x, y) to (c x + s y, c y − s x). */
export function rotateRows(data: Float64Array, x: number, y: number, length: number, c: number, s: number): void {
  for (let index = 0; index < length; index++) {
    const first = Number(data[x + index]);
    const second = Number(data[y + index]);
    data[x + index] = c * first + s * second;
    data[y + index] = c * second - s * first;
  }
}
