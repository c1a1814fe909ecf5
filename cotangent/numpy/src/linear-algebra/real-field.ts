// Real matrices.
import type { Block, Field, Reflector } from "./matrix.ts";
import { norm, tooShort } from "./norm.ts";
import { reflectorOfShort } from "./reflections.ts";

export const realField: Field = { width: 1, multiplySubtract, largest, divide, conjugate, reflector, reflectColumns };

/** Two rows of c and four of b at a time: entries that were fetched are used as often as there are registers for. */
function multiplySubtract(c: Block, a: Block, b: Block, rows: number, inner: number, columns: number): void {
  let row = 0;
  for (; row + 1 < rows; row += 2) {
    const [to, from] = [c.at + row * c.stride, a.at + row * a.stride];
    let k = 0;
    for (; k + 3 < inner; k += 4) twoByFour(c, to, a.data, from + k, a.stride, b, b.at + k * b.stride, columns);
    for (; k < inner; k++) {
      const source = b.at + k * b.stride;
      oneByOne(c.data, to, Number(a.data[from + k]), b.data, source, columns);
      oneByOne(c.data, to + c.stride, Number(a.data[from + a.stride + k]), b.data, source, columns);
    }
  }
  if (row < rows) oneRow(c, c.at + row * c.stride, a.data, a.at + row * a.stride, b, inner, columns);
}

function oneRow(c: Block, to: number, a: Float64Array, from: number, b: Block, inner: number, columns: number): void {
  let k = 0;
  for (; k + 3 < inner; k += 4) oneByFour(c.data, to, a, from + k, b, b.at + k * b.stride, columns);
  for (; k < inner; k++) oneByOne(c.data, to, Number(a[from + k]), b.data, b.at + k * b.stride, columns);
}

function twoByFour(
  { data: c, stride }: Block,
  to: number,
  a: Float64Array,
  from: number,
  fromStride: number,
  { data: b, stride: step }: Block,
  source: number,
  columns: number,
): void {
  const [a0, a1, a2, a3] = [Number(a[from]), Number(a[from + 1]), Number(a[from + 2]), Number(a[from + 3])];
  const next = from + fromStride;
  const [d0, d1, d2, d3] = [Number(a[next]), Number(a[next + 1]), Number(a[next + 2]), Number(a[next + 3])];
  const second = source + step;
  const third = second + step;
  const fourth = third + step;
  const below = to + stride;
  for (let j = 0; j < columns; j++) {
    const b0 = Number(b[source + j]);
    const b1 = Number(b[second + j]);
    const b2 = Number(b[third + j]);
    const b3 = Number(b[fourth + j]);
    c[to + j] = Number(c[to + j]) - (a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3);
    c[below + j] = Number(c[below + j]) - (d0 * b0 + d1 * b1 + d2 * b2 + d3 * b3);
  }
}

function oneByFour(
  c: Float64Array,
  to: number,
  a: Float64Array,
  from: number,
  { data: b, stride: step }: Block,
  source: number,
  columns: number,
): void {
  const [a0, a1, a2, a3] = [Number(a[from]), Number(a[from + 1]), Number(a[from + 2]), Number(a[from + 3])];
  const second = source + step;
  const third = second + step;
  const fourth = third + step;
  for (let j = 0; j < columns; j++) {
    c[to + j] =
      Number(c[to + j]) -
      (a0 * Number(b[source + j]) +
        a1 * Number(b[second + j]) +
        a2 * Number(b[third + j]) +
        a3 * Number(b[fourth + j]));
  }
}

function oneByOne(c: Float64Array, to: number, a: number, b: Float64Array, source: number, columns: number): void {
  for (let j = 0; j < columns; j++) c[to + j] = Number(c[to + j]) - a * Number(b[source + j]);
}

function largest(data: Float64Array, at: number, stride: number, count: number): number {
  let best = 0;
  let size = Math.abs(Number(data[at]));
  for (let index = 1; index < count; index++) {
    const each = Math.abs(Number(data[at + index * stride]));
    if (each > size) {
      size = each;
      best = index;
    }
  }
  return best;
}

function divide(data: Float64Array, at: number, stride: number, count: number, by: Float64Array, byAt: number): void {
  const divisor = Number(by[byAt]);
  for (let index = 0; index < count; index++) data[at + index * stride] = Number(data[at + index * stride]) / divisor;
}

function conjugate(): void {
  // A real number is its own conjugate.
}

/** As LAPACK's dlarfg: nothing is reflected where nothing is to be made zero. */
function reflector(vector: Float64Array): Reflector {
  const alpha = Number(vector[0]);
  const tail = norm(vector, 1, vector.length);
  const length = norm([alpha, tail], 0, 2);
  if (tail !== 0 && length < tooShort) return reflectorOfShort(realField, vector);
  vector[0] = 1;
  if (tail === 0) return { vector, beta: alpha, tauRe: 0, tauIm: 0 };
  const beta = alpha >= 0 ? -length : length;
  const divisor = alpha - beta;
  for (let index = 1; index < vector.length; index++) vector[index] = Number(vector[index]) / divisor;
  return { vector, beta, tauRe: (beta - alpha) / beta, tauIm: 0 };
}

function reflectColumns({ data, at, stride }: Block, rows: number, { vector, tauRe }: Reflector): void {
  for (let row = 0; row < rows; row++) {
    const start = at + row * stride;
    let sum = 0;
    for (let index = 0; index < vector.length; index++) sum += Number(data[start + index]) * Number(vector[index]);
    const factor = sum * tauRe;
    for (let index = 0; index < vector.length; index++) {
      data[start + index] = Number(data[start + index]) - factor * Number(vector[index]);
    }
  }
}
