// Eigenvalues of a real symmetric tridiagonal matrix by implicit QL and QR sweeps: Dubrulle, Martin & Wilkinson in
// Wilkinson & Reinsch, "Handbook for automatic computation", II/4; directions and signs as LAPACK's steqr.
import { LinAlgError } from "./errors.ts";
import { rotateRows } from "./matrix.ts";
import { hypotenuse } from "./norm.ts";
import { rotationOf } from "./rotation.ts";

const sweepsPerValue = 30;
const epsilon = 2 ** -53;
const negligible = 2 ** -1022;

/** The matrix as it becomes diagonal, and the rows that are rotated along. */
interface Tridiagonal {
  readonly d: Float64Array;
  /** Beside the diagonal. */
  readonly e: Float64Array;
  readonly vectors: Float64Array;
  readonly length: number;
}

/**
 * Makes `d` (the diagonal) the eigenvalues, not sorted, using up `e` (beside the diagonal, in its first entries), and
 * rotates the rows of `vectors`, each of `length` doubles, along.
 */
export function diagonalizeTridiagonal(d: Float64Array, e: Float64Array, vectors: Float64Array, length: number): void {
  const matrix = { d, e, vectors, length };
  let sweeps = sweepsPerValue * d.length;
  for (let start = 0; start < d.length;) {
    const end = partEnd(matrix, start);
    if (end === start) {
      start++;
      continue;
    }
    const isUpward = Math.abs(Number(d[end])) < Math.abs(Number(d[start]));
    sweeps = isUpward ? upward(matrix, end, start, sweeps) : downward(matrix, start, end, sweeps);
    start = end + 1;
  }
}

/** The end of the part that begins at `start` and falls into no smaller ones. */
function partEnd({ d, e }: Tridiagonal, start: number): number {
  for (let end = start; end < d.length - 1; end++) {
    const beside = Math.abs(Number(e[end]));
    if (beside <= Math.sqrt(Math.abs(Number(d[end]))) * Math.sqrt(Math.abs(Number(d[end + 1]))) * epsilon) {
      e[end] = 0;
      return end;
    }
  }
  return d.length - 1;
}

/** Whether the entry between two neighbours is as good as 0. */
function isNegligible({ d, e }: Tridiagonal, place: number): boolean {
  return (
    Number(e[place]) ** 2 <=
    epsilon * Math.abs(Number(d[place])) * (epsilon * Math.abs(Number(d[place + 1]))) + negligible
  );
}

function spent(sweeps: number): number {
  if (sweeps === 0) throw new LinAlgError("the eigenvalues did not converge");
  return sweeps - 1;
}

/** QL: finds the eigenvalues of a part from its first on. Gives how many sweeps are left. */
function downward(matrix: Tridiagonal, start: number, end: number, sweeps: number): number {
  const { d, e, vectors, length } = matrix;
  let left = sweeps;
  for (let first = start; first <= end;) {
    let split = first;
    while (split < end && !isNegligible(matrix, split)) split++;
    if (split < end) e[split] = 0;
    if (split === first) {
      first++;
    } else if (split === first + 1) {
      const { high, low, c, s } = eigenOfPair(Number(d[first]), Number(e[first]), Number(d[split]));
      rotateRows(vectors, first * length, split * length, length, c, s);
      [d[first], d[split], e[first]] = [high, low, 0];
      first += 2;
    } else {
      left = spent(left);
      sweepDownward(matrix, first, split);
    }
  }
  return left;
}

/** QR: finds the eigenvalues of a part from its last on. */
function upward(matrix: Tridiagonal, start: number, end: number, sweeps: number): number {
  const { d, e, vectors, length } = matrix;
  let left = sweeps;
  for (let last = start; last >= end;) {
    let split = last;
    while (split > end && !isNegligible(matrix, split - 1)) split--;
    if (split > end) e[split - 1] = 0;
    if (split === last) {
      last--;
    } else if (split === last - 1) {
      const { high, low, c, s } = eigenOfPair(Number(d[split]), Number(e[split]), Number(d[last]));
      rotateRows(vectors, split * length, last * length, length, c, s);
      [d[split], d[last], e[split]] = [high, low, 0];
      last -= 2;
    } else {
      left = spent(left);
      sweepUpward(matrix, split, last);
    }
  }
  return left;
}

/** Wilkinson's shift from the entry `at` and its neighbour, taken from the entry at the other end. */
function shifted({ d, e }: Tridiagonal, at: number, neighbour: number, other: number): number {
  const beside = Number(e[Math.min(at, neighbour)]);
  const half = (Number(d[neighbour]) - Number(d[at])) / (2 * beside);
  const root = hypotenuse(half, 1);
  return Number(d[other]) - Number(d[at]) + beside / (half + (half >= 0 ? root : -root));
}

function sweepDownward(matrix: Tridiagonal, first: number, end: number): void {
  const { d, e, vectors, length } = matrix;
  let g = shifted(matrix, first, first + 1, end);
  let [s, c, p] = [1, 1, 0];
  for (let index = end - 1; index >= first; index--) {
    const f = s * Number(e[index]);
    const b = c * Number(e[index]);
    const rotation = rotationOf(g, f);
    ({ c, s } = rotation);
    if (index !== end - 1) e[index + 1] = rotation.r;
    g = Number(d[index + 1]) - p;
    const step = (Number(d[index]) - g) * s + 2 * c * b;
    p = s * step;
    d[index + 1] = g + p;
    g = c * step - b;
    rotateRows(vectors, index * length, (index + 1) * length, length, c, -s);
  }
  d[first] = Number(d[first]) - p;
  e[first] = g;
}

function sweepUpward(matrix: Tridiagonal, end: number, last: number): void {
  const { d, e, vectors, length } = matrix;
  let g = shifted(matrix, last, last - 1, end);
  let [s, c, p] = [1, 1, 0];
  for (let index = end; index < last; index++) {
    const f = s * Number(e[index]);
    const b = c * Number(e[index]);
    const rotation = rotationOf(g, f);
    ({ c, s } = rotation);
    if (index !== end) e[index - 1] = rotation.r;
    g = Number(d[index]) - p;
    const step = (Number(d[index + 1]) - g) * s + 2 * c * b;
    p = s * step;
    d[index] = g + p;
    g = c * step - b;
    rotateRows(vectors, index * length, (index + 1) * length, length, c, s);
  }
  d[last] = Number(d[last]) - p;
  e[last - 1] = g;
}

/** Eigenvalues of [[a, b], [b, c]], the larger in size first, and its eigenvector (c, s): LAPACK's laev2. */
interface PairEigen {
  readonly high: number;
  readonly low: number;
  readonly c: number;
  readonly s: number;
}

function eigenOfPair(a: number, b: number, c: number): PairEigen {
  const sum = a + c;
  const difference = a - c;
  const twice = 2 * b;
  const root = hypotenuse(difference, twice);
  const [large, small] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  const high = sum < 0 ? (sum - root) / 2 : sum > 0 ? (sum + root) / 2 : root / 2;
  const low = sum === 0 ? -root / 2 : (large / high) * small - (b / high) * b;
  const isForward = difference >= 0;
  const along = isForward ? difference + root : difference - root;
  const [cos, sin] = directionOf(along, twice);
  return sum >= 0 === isForward ? { high, low, c: -sin, s: cos } : { high, low, c: cos, s: sin };
}

function directionOf(along: number, across: number): readonly [cos: number, sin: number] {
  if (Math.abs(along) > Math.abs(across)) {
    const cotangent = -across / along;
    const sin = 1 / Math.sqrt(1 + cotangent * cotangent);
    return [cotangent * sin, sin];
  }
  const tangent = -along / across;
  const cos = 1 / Math.sqrt(1 + tangent * tangent);
  return [cos, tangent * cos];
}
