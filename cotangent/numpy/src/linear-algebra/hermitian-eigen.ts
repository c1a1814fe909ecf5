// Eigenvalues of Hermitian matrices: Householder's reduction to real tridiagonal form (as LAPACK's hetrd), then QL.
import { adjoint, block, transposed, type Field, type Reflector } from "./matrix.ts";
import { productOf } from "./reflection-blocks.ts";
import { columnOf } from "./reflections.ts";
import { scaled, scaleFor } from "./scaling.ts";
import { diagonalizeTridiagonal } from "./tridiagonal.ts";

/** Ascending eigenvalues, and eigenvectors as columns. */
export interface HermitianEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Of a Hermitian matrix whose lower half is read. All is NaN where an entry is not finite. */
export function eigh(field: Field, matrix: Float64Array, size: number): HermitianEigen {
  const { width } = field;
  const scale = scaleFor(matrix);
  const a = fromLower(field, scaled(matrix, scale), size);
  if (!a.every(Number.isFinite)) return { values: new Float64Array(size).fill(NaN), vectors: a.fill(NaN) };
  const d = new Float64Array(size);
  const e = new Float64Array(size);
  const reflectors = tridiagonalize(field, a, size, d, e);
  const q = productOf(field, reflectors, size, size, 1);
  const rows = transposed({ data: q, rows: size, columns: size }, width);
  const length = size * width;
  diagonalizeTridiagonal(d, e, rows, length);
  const order = Uint32Array.from(d, (_, place) => place).toSorted((x, y) => Number(d[x]) - Number(d[y]) || x - y);
  const sorted = new Float64Array(rows.length);
  for (const [to, from] of order.entries()) {
    sorted.set(rows.subarray(from * length, (from + 1) * length), to * length);
  }
  return {
    values: Float64Array.from(order, (place) => Number(d[place]) / scale),
    vectors: transposed({ data: sorted, rows: size, columns: size }, width),
  };
}

/** Both halves, from the lower one and the real parts of the diagonal. */
function fromLower(field: Field, matrix: Float64Array, size: number): Float64Array {
  const { width } = field;
  const result = adjoint({ data: matrix, rows: size, columns: size }, field);
  for (let row = 0; row < size; row++) {
    const start = row * size * width;
    result.set(matrix.subarray(start, start + row * width), start);
    if (width === 2) result[start + row * width + 1] = 0;
  }
  return result;
}

function tridiagonalize(
  field: Field,
  a: Float64Array,
  size: number,
  d: Float64Array,
  e: Float64Array,
): readonly Reflector[] {
  const { width } = field;
  const stride = size * width;
  const reflectors: Reflector[] = [];
  for (let k = 0; k < size; k++) {
    d[k] = Number(a[k * stride + k * width]);
    if (k + 1 === size) continue;
    const below = block(a, (k + 1) * stride + k * width, stride);
    const reflector = field.reflector(columnOf(below, size - k - 1, width));
    e[k] = reflector.beta;
    reflectBoth(field, block(a, (k + 1) * stride + (k + 1) * width, stride), size - k - 1, reflector);
    reflectors.push(reflector);
  }
  return reflectors;
}

/** Hᴴ A H for a Hermitian A, as A − v wᴴ − w vᴴ. */
function reflectBoth(
  field: Field,
  a: { data: Float64Array; at: number; stride: number },
  size: number,
  reflector: Reflector,
) {
  const { vector, tauRe, tauIm } = reflector;
  if (tauRe === 0 && tauIm === 0) return;
  const { width } = field;
  // Rows: vᴴ, then wᴴ = τ̄ vᴴ A − ½ |τ|² (vᴴ A v) vᴴ.
  const rows = new Float64Array(2 * size * width);
  rows.set(vector);
  field.conjugate(rows, 0, size);
  const length = size * width;
  const product = new Float64Array(length);
  field.multiplySubtract(block(product, 0, length), block(rows, 0, length), a, 1, size, size);
  // product is −vᴴ A; what follows is real since A is Hermitian.
  let quadratic = 0;
  for (let index = 0; index < length; index += width) {
    quadratic -= Number(product[index]) * Number(vector[index]);
    if (width === 2) quadratic += Number(product[index + 1]) * Number(vector[index + 1]);
  }
  const half = 0.5 * (tauRe * tauRe + tauIm * tauIm) * quadratic;
  for (let index = 0; index < length; index += width) {
    const re = Number(product[index]);
    const im = width === 2 ? Number(product[index + 1]) : 0;
    rows[length + index] = -(tauRe * re + tauIm * im) - half * Number(rows[index]);
    if (width === 2) rows[length + index + 1] = -(tauRe * im - tauIm * re) - half * Number(rows[index + 1]);
  }
  const columns = adjoint({ data: rows, rows: 2, columns: size }, field);
  const swapped = new Float64Array(2 * length);
  swapped.set(rows.subarray(length));
  swapped.set(rows.subarray(0, length), length);
  field.multiplySubtract(a, block(columns, 0, 2 * width), block(swapped, 0, length), size, 2, size);
}
