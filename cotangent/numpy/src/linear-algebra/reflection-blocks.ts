// Several reflections at once, as H₀ H₁ … = 1 − V T Vᴴ with a triangular T, so that most of the work is products:
// Schreiber & Van Loan, SIAM J. Sci. Stat. Comput. 10 (1989), as LAPACK's larft and larfb.
import { adjoint, block, rectangularIdentity, type Block, type Field, type Reflector } from "./matrix.ts";
import { reflectRows } from "./reflections.ts";

const blockSize = 16;
/** Up to here, blocks cost more than they save. */
const fewReflections = 32;

/** How many of so many reflections make a block. */
export function blockSizeFor(count: number): number {
  return count <= fewReflections ? count : blockSize;
}

/** Neighbouring reflections, each of which acts from one row further down than the one before. */
interface ReflectionBlock {
  /** Rows of the first one's vector. */
  readonly rows: number;
  readonly count: number;
  /** Rows × count. */
  readonly vectors: Float64Array;
  readonly adjointVectors: Float64Array;
  /** Count × count, upper triangular. */
  readonly factor: Float64Array;
}

export function blockOf(field: Field, reflectors: readonly Reflector[]): ReflectionBlock {
  const { width } = field;
  const count = reflectors.length;
  const rows = (reflectors[0]?.vector.length ?? 0) / width;
  const vectors = new Float64Array(rows * count * width);
  for (const [place, { vector }] of reflectors.entries()) {
    for (let row = place; row < rows; row++) {
      const from = (row - place) * width;
      vectors.set(vector.subarray(from, from + width), (row * count + place) * width);
    }
  }
  const adjointVectors = adjoint({ data: vectors, rows, columns: count }, field);
  const factor = factorOf(field, reflectors, vectors, adjointVectors, rows);
  return { rows, count, vectors, adjointVectors, factor };
}

/** Column by column: above τ on the diagonal, −τ T (Vᴴ v). */
function factorOf(
  field: Field,
  reflectors: readonly Reflector[],
  vectors: Float64Array,
  adjointVectors: Float64Array,
  rows: number,
): Float64Array {
  const { width } = field;
  const count = reflectors.length;
  const stride = count * width;
  const whole = (data: Float64Array, length: number): Block => block(data, 0, length * width);
  const products = new Float64Array(count * stride);
  field.multiplySubtract(
    whole(products, count),
    whole(adjointVectors, rows),
    whole(vectors, count),
    count,
    rows,
    count,
  );
  const factor = new Float64Array(count * stride);
  for (const [place, { tauRe, tauIm }] of reflectors.entries()) {
    const tau = Float64Array.of(tauRe, tauIm);
    const column = new Float64Array(Math.max(1, place) * width);
    field.multiplySubtract(
      whole(column, 1),
      whole(factor, count),
      block(products, place * width, stride),
      place,
      place,
      1,
    );
    field.multiplySubtract(block(factor, place * width, stride), whole(column, 1), whole(tau, 1), place, 1, 1);
    factor.set(tau.subarray(0, width), place * stride + place * width);
  }
  return factor;
}

/** target := H₀ H₁ … target, or the adjoint of the product times the target. */
export function applyBlock(
  field: Field,
  reflections: ReflectionBlock,
  target: Block,
  columns: number,
  isAdjoint: boolean,
): void {
  const { rows, count, vectors, adjointVectors, factor } = reflections;
  const { width } = field;
  const stride = columns * width;
  const inner = block(new Float64Array(count * stride), 0, stride);
  field.multiplySubtract(inner, block(adjointVectors, 0, rows * width), target, count, rows, columns);
  const middle = isAdjoint ? adjoint({ data: factor, rows: count, columns: count }, field) : factor;
  const turned = block(new Float64Array(count * stride), 0, stride);
  field.multiplySubtract(turned, block(middle, 0, count * width), inner, count, count, columns);
  field.multiplySubtract(target, block(vectors, 0, count * width), turned, rows, count, columns);
}

/**
 * The first columns of H₀ H₁ …, where each reflection acts on the rows from `first` + its number on: what is left of
 * those columns above stays as it is in the identity.
 */
export function productOf(
  field: Field,
  reflectors: readonly Reflector[],
  rows: number,
  columns: number,
  first: number,
): Float64Array {
  const { width } = field;
  const stride = columns * width;
  const result = rectangularIdentity(rows, columns, width);
  const corner = (place: number): Block => block(result, (place + first) * (stride + width), stride);
  if (reflectors.length <= fewReflections) {
    for (const [place, reflector] of [...reflectors.entries()].toReversed()) {
      reflectRows(field, corner(place), columns - first - place, reflector, false);
    }
    return result;
  }
  const last = Math.floor((reflectors.length - 1) / blockSize) * blockSize;
  for (let start = last; start >= 0; start -= blockSize) {
    const part = blockOf(field, reflectors.slice(start, start + blockSize));
    applyBlock(field, part, corner(start), columns - start - first, false);
  }
  return result;
}
