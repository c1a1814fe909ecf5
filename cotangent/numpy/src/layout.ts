// Strides: where elements lie, and how loops run over them.
import type { Shape } from "@cotangent/core";

const none: readonly number[] = [];
const one: readonly number[] = [1];

/** Strides of elements in row-major order. */
export function rowMajor(shape: Shape): readonly number[] {
  const ndim = shape.length;
  if (ndim === 0) return none;
  if (ndim === 1) return one;
  if (ndim === 2) return [shape[1] ?? 1, 1];
  const strides: number[] = shape.map(() => 1);
  let stride = 1;
  for (let axis = ndim - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] ?? 1;
  }
  return strides;
}

/** Whether these strides are those of row-major order; axes of length 1 don't matter. */
export function isRowMajor(shape: Shape, strides: readonly number[]): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    if (length === 0) return true;
    if (length === 1) continue;
    if (strides[axis] !== stride) return false;
    stride *= length;
  }
  return true;
}

/** What a loop must know of an operand. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Strides of the operand as if it had this shape, to which it can be broadcast. */
export function broadcastStrides(operand: Layout, shape: Shape): readonly number[] {
  if (operand.shape === shape) return operand.strides;
  const shift = shape.length - operand.shape.length;
  return shape.map((length, axis) => {
    const own = axis - shift;
    return own < 0 || (operand.shape[own] === 1 && length !== 1) ? 0 : (operand.strides[own] ?? 0);
  });
}

/** A loop: the lengths of its axes from the outermost in, and each operand's strides along them. */
export interface Loop {
  readonly lengths: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** The loop over `shape` with as few axes as its operands' strides allow. */
export function loopOver(shape: Shape, operands: readonly (readonly number[])[]): Loop {
  const lengths: number[] = [];
  const strides: number[][] = operands.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis] ?? 1;
    if (length === 1) continue;
    const last = lengths.length - 1;
    const joins = last >= 0 && canJoin(operands, strides, axis, last, length);
    if (joins) lengths[last] = (lengths[last] ?? 1) * length;
    else lengths.push(length);
    for (let which = 0; which < operands.length; which++) {
      const list = strides[which];
      if (list !== undefined) list[joins ? last : lengths.length - 1] = operands[which]?.[axis] ?? 0;
    }
  }
  if (lengths.length === 0) {
    lengths.push(1);
    for (const list of strides) list.push(0);
  }
  return { lengths, strides };
}

/** Whether an axis of the operands goes on where the last one of the loop ends. */
function canJoin(
  operands: readonly (readonly number[])[],
  strides: readonly (readonly number[])[],
  axis: number,
  last: number,
  length: number,
): boolean {
  for (let which = 0; which < operands.length; which++) {
    if ((strides[which]?.[last] ?? 0) !== (operands[which]?.[axis] ?? 0) * length) return false;
  }
  return true;
}

/**
 * Calls `visit` for each row of the loop (its innermost axis) with the places where the operands' rows start, in an
 * array that is used again.
 */
export function eachRow(loop: Loop, offsets: readonly number[], visit: (places: readonly number[]) => void): void {
  const { lengths, strides } = loop;
  if (lengths.includes(0)) return;
  const places = [...offsets];
  const outer = lengths.length - 1;
  const counters = lengths.map(() => 0);
  for (;;) {
    visit(places);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      const length = lengths[axis] ?? 1;
      const counter = (counters[axis] ?? 0) + 1;
      const back = counter === length;
      counters[axis] = back ? 0 : counter;
      for (let which = 0; which < places.length; which++) {
        const stride = strides[which]?.[axis] ?? 0;
        places[which] = (places[which] ?? 0) + (back ? -stride * (length - 1) : stride);
      }
      if (!back) break;
    }
    if (axis < 0) return;
  }
}
