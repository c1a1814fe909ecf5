// Householder's reduction to upper Hessenberg form (Golub & Van Loan, §7.4).
import { block, type Field, type Reflector } from "./matrix.ts";
import { productOf } from "./reflection-blocks.ts";
import { columnOf, reflectRows } from "./reflections.ts";

/** Makes `a` zero below its first subdiagonal, and gives the unitary q with (old a) = q (new a) qᴴ. */
export function toHessenberg(field: Field, a: Float64Array, size: number): Float64Array {
  const { width } = field;
  const stride = size * width;
  const reflectors: Reflector[] = [];
  for (let k = 0; k + 2 < size; k++) {
    const below = block(a, (k + 1) * stride + k * width, stride);
    const reflector = field.reflector(columnOf(below, size - k - 1, width));
    reflectRows(field, block(a, (k + 1) * stride + (k + 1) * width, stride), size - k - 1, reflector, true);
    field.reflectColumns(block(a, (k + 1) * width, stride), size, reflector);
    for (let row = k + 1; row < size; row++) a.fill(0, row * stride + k * width, row * stride + (k + 1) * width);
    a[below.at] = reflector.beta;
    reflectors.push(reflector);
  }
  return productOf(field, reflectors, size, size, 1);
}
