// Householder reflections on matrices.
import { block, type Block, type Field, type Reflector } from "./matrix.ts";
import { lengthening } from "./norm.ts";

/** The reflection of a vector that is too short for its digits to be reckoned with. */
export function reflectorOfShort(field: Field, vector: Float64Array): Reflector {
  const reflector = field.reflector(vector.map((entry) => entry * lengthening));
  return { ...reflector, beta: reflector.beta / lengthening };
}

/** The vector in a column of the block, as entries one after the other. */
export function columnOf({ data, at, stride }: Block, rows: number, width: 1 | 2): Float64Array {
  const column = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    column[row * width] = Number(data[at + row * stride]);
    if (width === 2) column[row * width + 1] = Number(data[at + row * stride + 1]);
  }
  return column;
}

/** block := (I − τ v vᴴ) block, or with τ conjugated (the adjoint). */
export function reflectRows(
  field: Field,
  target: Block,
  columns: number,
  reflector: Reflector,
  isAdjoint: boolean,
): void {
  const { vector, tauRe, tauIm } = reflector;
  if ((tauRe === 0 && tauIm === 0) || columns === 0) return;
  const { width } = field;
  const rows = vector.length / width;
  const conjugated = vector.slice();
  field.conjugate(conjugated, 0, rows);
  // −vᴴ block, and −τ v.
  const row = new Float64Array(columns * width);
  const sums = block(row, 0, row.length);
  field.multiplySubtract(sums, block(conjugated, 0, conjugated.length), target, 1, rows, columns);
  const factors = new Float64Array(vector.length);
  const tau = width === 1 ? [tauRe] : [tauRe, isAdjoint ? -tauIm : tauIm];
  field.multiplySubtract(
    block(factors, 0, width),
    block(vector, 0, width),
    block(Float64Array.from(tau), 0, width),
    rows,
    1,
    1,
  );
  field.multiplySubtract(target, block(factors, 0, width), sums, rows, 1, columns);
}
