// Products of matrices by plain loops: for small ones, and where kernels have no room.
import { isBig, kindOf, type BigArray, type NumberArray } from "../dtype.ts";
import type { MatrixLayout } from "../kernels/multiply.ts";
import { eachRow, loopOver } from "../layout.ts";

/** What is needed of matrices to compute one element. */
interface Walk {
  readonly sum: number;
  readonly aStep: number;
  readonly bStep: number;
}

/** c = a b. */
export function multiplyPlainly(c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): void {
  const element = elementOf(c, a, b, { sum: a.columns, aStep: a.columnStride, bStep: b.rowStride });
  const loop = loopOver(c.batch, [c.batchStrides, a.batchStrides, b.batchStrides]);
  const length = loop.lengths.at(-1) ?? 0;
  const [step = 0, aStep = 0, bStep = 0] = loop.strides.map((each) => each.at(-1) ?? 0);
  eachRow(loop, [c.array.offset, a.array.offset, b.array.offset], ([to = 0, left = 0, right = 0]) => {
    for (let batch = 0; batch < length; batch++) {
      eachElement(c, a, b, to + batch * step, left + batch * aStep, right + batch * bStep, element);
    }
  });
}

type Element = (to: number, a: number, b: number) => void;

function eachElement(
  c: MatrixLayout,
  a: MatrixLayout,
  b: MatrixLayout,
  to: number,
  left: number,
  right: number,
  element: Element,
): void {
  for (let row = 0; row < c.rows; row++) {
    for (let column = 0; column < c.columns; column++) {
      element(
        to + row * c.rowStride + column * c.columnStride,
        left + row * a.rowStride,
        right + column * b.columnStride,
      );
    }
  }
}

/** Computes one element of c from a row of a and a column of b. */
function elementOf(c: MatrixLayout, a: MatrixLayout, b: MatrixLayout, walk: Walk): Element {
  const { dtype } = c.array;
  if (isBig(dtype)) return ofBigs(c.array.data as BigArray, a.array.data as BigArray, b.array.data as BigArray, walk);
  const [to, x, y] = [c, a, b].map((each) => each.array.data as NumberArray) as [NumberArray, NumberArray, NumberArray];
  if (kindOf(dtype) === "complex") return ofComplex(to, x, y, walk);
  return kindOf(dtype) === "float" ? ofFloats(to, x, y, walk) : ofIntegers(to, x, y, walk);
}

function ofFloats(to: NumberArray, x: NumberArray, y: NumberArray, { sum, aStep, bStep }: Walk): Element {
  return (place, a, b) => {
    let total = 0;
    for (let k = 0; k < sum; k++) total += (x[a + k * aStep] ?? 0) * (y[b + k * bStep] ?? 0);
    to[place] = total;
  };
}

function ofIntegers(to: NumberArray, x: NumberArray, y: NumberArray, { sum, aStep, bStep }: Walk): Element {
  return (place, a, b) => {
    let total = 0;
    for (let k = 0; k < sum; k++) total = (total + Math.imul(x[a + k * aStep] ?? 0, y[b + k * bStep] ?? 0)) | 0;
    to[place] = total;
  };
}

function ofBigs(to: BigArray, x: BigArray, y: BigArray, { sum, aStep, bStep }: Walk): Element {
  return (place, a, b) => {
    let total = 0n;
    for (let k = 0; k < sum; k++) total += (x[a + k * aStep] ?? 0n) * (y[b + k * bStep] ?? 0n);
    to[place] = total;
  };
}

function ofComplex(to: NumberArray, x: NumberArray, y: NumberArray, { sum, aStep, bStep }: Walk): Element {
  return (place, a, b) => {
    let [re, im] = [0, 0];
    for (let k = 0; k < sum; k++) {
      const [left, right] = [2 * (a + k * aStep), 2 * (b + k * bStep)];
      const [xRe, xIm, yRe, yIm] = [x[left] ?? 0, x[left + 1] ?? 0, y[right] ?? 0, y[right + 1] ?? 0];
      re += xRe * yRe - xIm * yIm;
      im += xRe * yIm + xIm * yRe;
    }
    to[2 * place] = re;
    to[2 * place + 1] = im;
  };
}
