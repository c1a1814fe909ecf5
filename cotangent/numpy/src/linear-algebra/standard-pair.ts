// The standard form of real 2×2 blocks in a Schur form, as LAPACK's lanv2.
import { hypotenuse } from "./norm.ts";

/**
 * [[a, b], [c, d]]: either c is 0, or a = d and b and c have opposite signs (and the eigenvalues are a ± i√|b c|). The
 * rotation (cos, sin) of rows and columns makes the original this.
 */
export interface StandardPair {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly cos: number;
  readonly sin: number;
}

const epsilon = 2 ** -52;

export function standardPair(a: number, b: number, c: number, d: number): StandardPair {
  if (b === 0) return { a: d, b: -c, c: 0, d: a, cos: 0, sin: 1 };
  if (a === d && b > 0 !== c > 0) return { a, b, c, d, cos: 1, sin: 0 };
  const half = (a - d) / 2;
  const large = Math.max(Math.abs(b), Math.abs(c));
  const small = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
  const scale = Math.max(Math.abs(half), large);
  const discriminant = (half / scale) * half + (large / scale) * small;
  if (discriminant < 4 * epsilon) return withEqualDiagonal(a, b, c, d);
  const root = Math.sqrt(scale) * Math.sqrt(discriminant);
  const shift = half + (half >= 0 ? root : -root);
  const length = hypotenuse(c, shift);
  return { a: d + shift, b: b - c, c: 0, d: d - (large / shift) * small, cos: shift / length, sin: c / length };
}

/** For eigenvalues that are complex, or (nearly) the same. */
function withEqualDiagonal(a: number, b: number, c: number, d: number): StandardPair {
  const sum = b + c;
  const length = hypotenuse(sum, a - d);
  const cos = Math.sqrt((1 + Math.abs(sum) / length) / 2);
  const sin = -((a - d) / 2 / (length * cos)) * (sum >= 0 ? 1 : -1);
  const [aa, bb, cc, dd] = [a * cos + b * sin, b * cos - a * sin, c * cos + d * sin, d * cos - c * sin];
  const mean = (aa * cos + cc * sin + (dd * cos - bb * sin)) / 2;
  const right = bb * cos + dd * sin;
  const below = cc * cos - aa * sin;
  if (below === 0) return { a: mean, b: right, c: 0, d: mean, cos, sin };
  if (right === 0) return { a: mean, b: -below, c: 0, d: mean, cos: -sin, sin: cos };
  if (right > 0 !== below > 0) return { a: mean, b: right, c: below, d: mean, cos, sin };
  return withRealEigenvalues(mean, right, below, cos, sin);
}

function withRealEigenvalues(mean: number, b: number, c: number, cos: number, sin: number): StandardPair {
  const [x, y] = [Math.sqrt(Math.abs(b)), Math.sqrt(Math.abs(c))];
  const step = c > 0 ? x * y : -x * y;
  const factor = 1 / Math.sqrt(Math.abs(b + c));
  const [u, v] = [x * factor, y * factor];
  return { a: mean + step, b: b - c, c: 0, d: mean - step, cos: cos * u - sin * v, sin: cos * v + sin * u };
}
