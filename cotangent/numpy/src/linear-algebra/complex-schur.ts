// The complex Schur form by the QR algorithm with Wilkinson's shifts (Golub & Van Loan, §7.5; Watkins, "Fundamentals of
// matrix computations", §5.6).
import { LinAlgError } from "./errors.ts";
import { norm } from "./norm.ts";

const epsilon = 2 ** -52;
const sweepsPerValue = 60;

/** Makes a complex upper Hessenberg matrix h triangular. What was q h qᴴ still is. */
export function complexSchur(h: Float64Array, q: Float64Array, size: number): void {
  let end = size - 1;
  for (let sweeps = 0; end > 0;) {
    const start = partStart(h, size, end);
    if (start === end) {
      end--;
      sweeps = 0;
      continue;
    }
    if (sweeps++ === sweepsPerValue) throw new LinAlgError("the eigenvalues did not converge");
    sweep(h, q, size, start, end, sweeps % 10 === 0 ? unusualShift(h, size, end) : wilkinsonShift(h, size, end));
  }
}

function sizeAt(h: Float64Array, place: number): number {
  return Math.abs(Number(h[place])) + Math.abs(Number(h[place + 1]));
}

function partStart(h: Float64Array, size: number, end: number): number {
  const step = 2 * size + 2;
  for (let start = end; start > 0; start--) {
    const diagonal = start * step;
    const beside = diagonal - 2;
    const scale = sizeAt(h, diagonal) + sizeAt(h, diagonal - step);
    if (sizeAt(h, beside) <= Math.max(epsilon * scale, 2 ** -1000)) {
      h[beside] = 0;
      h[beside + 1] = 0;
      return start;
    }
  }
  return 0;
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

/** For matrices on which the usual shifts go round in circles. */
function unusualShift(h: Float64Array, size: number, end: number): Complex {
  const diagonal = end * (2 * size + 2);
  return { re: Number(h[diagonal]) + 0.75 * sizeAt(h, diagonal - 2), im: Number(h[diagonal + 1]) };
}

/** The eigenvalue of the last two rows that is closer to the last entry. */
function wilkinsonShift(h: Float64Array, size: number, end: number): Complex {
  const last = end * (2 * size + 2);
  const first = last - 2 * size - 2;
  const d = { re: Number(h[last]), im: Number(h[last + 1]) };
  const half = { re: (Number(h[first]) - d.re) / 2, im: (Number(h[first + 1]) - d.im) / 2 };
  const bc = times(
    { re: Number(h[first + 2]), im: Number(h[first + 3]) },
    { re: Number(h[last - 2]), im: Number(h[last - 1]) },
  );
  const square = times(half, half);
  let root = squareRoot({ re: square.re + bc.re, im: square.im + bc.im });
  // The larger of half ± root, to divide by.
  if (half.re * root.re + half.im * root.im < 0) root = { re: -root.re, im: -root.im };
  const divisor = { re: half.re + root.re, im: half.im + root.im };
  if (divisor.re === 0 && divisor.im === 0) return d;
  const quotient = over(bc, divisor);
  return { re: d.re - quotient.re, im: d.im - quotient.im };
}

function times(x: Complex, y: Complex): Complex {
  return { re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re };
}

function over(x: Complex, y: Complex): Complex {
  if (Math.abs(y.re) >= Math.abs(y.im)) {
    const ratio = y.im / y.re;
    const divisor = y.re + y.im * ratio;
    return { re: (x.re + x.im * ratio) / divisor, im: (x.im - x.re * ratio) / divisor };
  }
  const ratio = y.re / y.im;
  const divisor = y.re * ratio + y.im;
  return { re: (x.re * ratio + x.im) / divisor, im: (x.im * ratio - x.re) / divisor };
}

function squareRoot({ re, im }: Complex): Complex {
  const length = Math.hypot(re, im);
  if (length === 0) return { re: 0, im: 0 };
  const root = Math.sqrt((length + Math.abs(re)) / 2);
  const other = im / (2 * root);
  if (re >= 0) return { re: root, im: other };
  return { re: Math.abs(other), im: im >= 0 ? root : -root };
}

/** One implicit QR step: rotations of neighbouring rows and columns, from the first that the shift asks for. */
function sweep(h: Float64Array, q: Float64Array, size: number, start: number, end: number, shift: Complex): void {
  const stride = 2 * size;
  const step = stride + 2;
  let x = { re: Number(h[start * step]) - shift.re, im: Number(h[start * step + 1]) - shift.im };
  let y = { re: Number(h[start * step + stride]), im: Number(h[start * step + stride + 1]) };
  for (let k = start; k < end; k++) {
    const before = k * step - 2;
    if (k > start) {
      x = { re: Number(h[before]), im: Number(h[before + 1]) };
      y = { re: Number(h[before + stride]), im: Number(h[before + stride + 1]) };
    }
    const length = norm([x.re, x.im, y.re, y.im], 0, 4);
    // The unitary [[c̄, s̄], [−s, c]] takes (x, y) to (length, 0).
    const c = { re: x.re / length, im: x.im / length };
    const s = { re: y.re / length, im: y.im / length };
    if (k > start) {
      h[before] = length;
      h[before + 1] = 0;
      h[before + stride] = 0;
      h[before + stride + 1] = 0;
    }
    rotateRows(h, stride, k, c, s);
    rotateColumns(h, stride, k, Math.min(end, k + 2) + 1, c, s);
    rotateColumns(q, stride, k, size, c, s);
  }
}

function rotateRows(h: Float64Array, stride: number, k: number, c: Complex, s: Complex): void {
  for (let place = k * stride + 2 * k; place < (k + 1) * stride; place += 2) {
    const x = Number(h[place]);
    const xi = Number(h[place + 1]);
    const y = Number(h[place + stride]);
    const yi = Number(h[place + stride + 1]);
    h[place] = c.re * x + c.im * xi + s.re * y + s.im * yi;
    h[place + 1] = c.re * xi - c.im * x + s.re * yi - s.im * y;
    h[place + stride] = c.re * y - c.im * yi - s.re * x + s.im * xi;
    h[place + stride + 1] = c.re * yi + c.im * y - s.re * xi - s.im * x;
  }
}

/** By the adjoint of what rows are multiplied by. */
function rotateColumns(h: Float64Array, stride: number, k: number, rows: number, c: Complex, s: Complex): void {
  for (let place = 2 * k; place < rows * stride; place += stride) {
    const x = Number(h[place]);
    const xi = Number(h[place + 1]);
    const y = Number(h[place + 2]);
    const yi = Number(h[place + 3]);
    h[place] = x * c.re - xi * c.im + y * s.re - yi * s.im;
    h[place + 1] = x * c.im + xi * c.re + y * s.im + yi * s.re;
    h[place + 2] = y * c.re + yi * c.im - x * s.re - xi * s.im;
    h[place + 3] = yi * c.re - y * c.im - xi * s.re + x * s.im;
  }
}
