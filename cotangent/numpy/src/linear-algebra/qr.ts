// QR decomposition by Householder reflections, with the signs of LAPACK's geqrf.
import { block, transposed, type Field, type Matrix, type Reflector } from "./matrix.ts";
import { applyBlock, blockOf, blockSizeFor, productOf } from "./reflection-blocks.ts";
import { columnOf, reflectRows } from "./reflections.ts";

/** A matrix as reflections on (q) an upper triangle (r). */
interface Reduced {
  readonly reflectors: readonly Reflector[];
  readonly r: Float64Array;
}

function reduce(field: Field, { data, rows, columns }: Matrix): Reduced {
  const { width } = field;
  const stride = columns * width;
  const r = data.slice();
  const count = Math.min(rows, columns);
  const reflectors: Reflector[] = [];
  const step = blockSizeFor(columns);
  for (let start = 0; start < count; start += step) {
    const end = Math.min(columns, start + step);
    for (let k = start; k < Math.min(end, count); k++) {
      const diagonal = k * stride + k * width;
      const reflector = field.reflector(columnOf(block(r, diagonal, stride), rows - k, width));
      reflectRows(field, block(r, diagonal + width, stride), end - k - 1, reflector, true);
      for (let row = k; row < rows; row++) r.fill(0, row * stride + k * width, row * stride + (k + 1) * width);
      r[diagonal] = reflector.beta;
      reflectors.push(reflector);
    }
    if (end === columns) continue;
    const right = block(r, start * stride + end * width, stride);
    applyBlock(field, blockOf(field, reflectors.slice(start)), right, columns - end, true);
  }
  return { reflectors, r };
}

/** q (rows × inner) and r (inner × columns). */
export function qr(field: Field, matrix: Matrix, inner: number): { q: Float64Array; r: Float64Array } {
  const { rows, columns } = matrix;
  const { reflectors, r } = reduce(field, matrix);
  const q = productOf(field, reflectors, rows, inner, 0);
  return { q, r: r.slice(0, inner * columns * field.width) };
}

/** r with the reflections' vectors below it (but for their leading 1), transposed; and the reflections' factors. */
export function packReflections(field: Field, matrix: Matrix): { packed: Float64Array; taus: Float64Array } {
  const { rows, columns } = matrix;
  const { width } = field;
  const { reflectors, r } = reduce(field, matrix);
  const taus = new Float64Array(reflectors.length * width);
  for (const [k, { vector, tauRe, tauIm }] of reflectors.entries()) {
    taus[k * width] = tauRe;
    if (width === 2) taus[2 * k + 1] = tauIm;
    for (let row = k + 1; row < rows; row++) {
      const from = (row - k) * width;
      r.set(vector.subarray(from, from + width), (row * columns + k) * width);
    }
  }
  return { packed: transposed({ data: r, rows, columns }, width), taus };
}
