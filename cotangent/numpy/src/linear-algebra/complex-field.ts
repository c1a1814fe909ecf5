// Complex matrices: entries are pairs of doubles, the real part first.
import type { Block, Field, Reflector } from "./matrix.ts";
import { norm, tooShort } from "./norm.ts";
import { reflectorOfShort } from "./reflections.ts";

export const complexField: Field = {
  width: 2,
  multiplySubtract,
  largest,
  divide,
  conjugate,
  reflector,
  reflectColumns,
};

function multiplySubtract(c: Block, a: Block, b: Block, rows: number, inner: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const to = c.at + row * c.stride;
    const from = a.at + row * a.stride;
    let k = 0;
    for (; k + 1 < inner; k += 2) oneByTwo(c.data, to, a.data, from + 2 * k, b, b.at + k * b.stride, columns);
    if (k < inner) oneByOne(c.data, to, a.data, from + 2 * k, b.data, b.at + k * b.stride, columns);
  }
}

function oneByTwo(
  c: Float64Array,
  to: number,
  a: Float64Array,
  from: number,
  { data: b, stride }: Block,
  source: number,
  columns: number,
): void {
  const [re0, im0, re1, im1] = [Number(a[from]), Number(a[from + 1]), Number(a[from + 2]), Number(a[from + 3])];
  for (let j = 0; j < 2 * columns; j += 2) {
    const x0 = Number(b[source + j]);
    const y0 = Number(b[source + j + 1]);
    const x1 = Number(b[source + stride + j]);
    const y1 = Number(b[source + stride + j + 1]);
    c[to + j] = Number(c[to + j]) - (re0 * x0 - im0 * y0 + (re1 * x1 - im1 * y1));
    c[to + j + 1] = Number(c[to + j + 1]) - (re0 * y0 + im0 * x0 + (re1 * y1 + im1 * x1));
  }
}

function oneByOne(
  c: Float64Array,
  to: number,
  a: Float64Array,
  from: number,
  b: Float64Array,
  source: number,
  columns: number,
): void {
  const re = Number(a[from]);
  const im = Number(a[from + 1]);
  for (let j = 0; j < 2 * columns; j += 2) {
    const x = Number(b[source + j]);
    const y = Number(b[source + j + 1]);
    c[to + j] = Number(c[to + j]) - (re * x - im * y);
    c[to + j + 1] = Number(c[to + j + 1]) - (re * y + im * x);
  }
}

/** By |re| + |im|, as LAPACK chooses pivots. */
function largest(data: Float64Array, at: number, stride: number, count: number): number {
  let best = 0;
  let size = Math.abs(Number(data[at])) + Math.abs(Number(data[at + 1]));
  for (let index = 1; index < count; index++) {
    const place = at + index * stride;
    const each = Math.abs(Number(data[place])) + Math.abs(Number(data[place + 1]));
    if (each > size) {
      size = each;
      best = index;
    }
  }
  return best;
}

/** By Smith's method: the divisor's square may be out of range. */
function divide(data: Float64Array, at: number, stride: number, count: number, by: Float64Array, byAt: number): void {
  const re = Number(by[byAt]);
  const im = Number(by[byAt + 1]);
  const isWide = Math.abs(re) >= Math.abs(im);
  const ratio = isWide ? im / re : re / im;
  const divisor = isWide ? re + im * ratio : im + re * ratio;
  for (let index = 0; index < count; index++) {
    const place = at + index * stride;
    const x = Number(data[place]);
    const y = Number(data[place + 1]);
    data[place] = (isWide ? x + y * ratio : x * ratio + y) / divisor;
    data[place + 1] = (isWide ? y - x * ratio : y * ratio - x) / divisor;
  }
}

function conjugate(data: Float64Array, at: number, count: number): void {
  for (let index = 0; index < count; index++) data[at + 2 * index + 1] = -Number(data[at + 2 * index + 1]);
}

/** As LAPACK's zlarfg: β is real even where nothing else is to be made zero. */
function reflector(vector: Float64Array): Reflector {
  const re = Number(vector[0]);
  const im = Number(vector[1]);
  const tail = norm(vector, 2, vector.length);
  if (tail === 0 && im === 0) {
    vector[0] = 1;
    return { vector, beta: re, tauRe: 0, tauIm: 0 };
  }
  const length = norm([re, im, tail], 0, 3);
  if (length < tooShort) return reflectorOfShort(complexField, vector);
  const beta = re >= 0 ? -length : length;
  vector[0] = re - beta;
  divide(vector, 2, 2, vector.length / 2 - 1, vector, 0);
  vector[0] = 1;
  vector[1] = 0;
  return { vector, beta, tauRe: (beta - re) / beta, tauIm: -im / beta };
}

function reflectColumns({ data, at, stride }: Block, rows: number, { vector, tauRe, tauIm }: Reflector): void {
  for (let row = 0; row < rows; row++) {
    const start = at + row * stride;
    let re = 0;
    let im = 0;
    for (let index = 0; index < vector.length; index += 2) {
      const [x, y, u, v] = [
        Number(data[start + index]),
        Number(data[start + index + 1]),
        Number(vector[index]),
        Number(vector[index + 1]),
      ];
      re += x * u - y * v;
      im += x * v + y * u;
    }
    const factorRe = re * tauRe - im * tauIm;
    const factorIm = re * tauIm + im * tauRe;
    for (let index = 0; index < vector.length; index += 2) {
      const [u, v] = [Number(vector[index]), -Number(vector[index + 1])];
      data[start + index] = Number(data[start + index]) - (factorRe * u - factorIm * v);
      data[start + index + 1] = Number(data[start + index + 1]) - (factorRe * v + factorIm * u);
    }
  }
}
