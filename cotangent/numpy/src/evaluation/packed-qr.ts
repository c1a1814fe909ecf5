// The QR decomposition as LAPACK's geqrf leaves it, for those who apply the reflections themselves.
import { isComplex } from "@cotangent/core";
import { complexField } from "../linear-algebra/complex-field.ts";
import { packReflections } from "../linear-algebra/qr.ts";
import { realField } from "../linear-algebra/real-field.ts";
import type { NDArray } from "../ndarray.ts";
import { doublesOf, fromDoubles } from "./doubles.ts";

/** r and, below it, the reflections' vectors, transposed; and the reflections' factors τ. */
export function packedQR(a: NDArray): readonly [NDArray, NDArray] {
  const field = isComplex(a.dtype) ? complexField : realField;
  const [rows = 0, columns = 0] = a.shape.slice(-2);
  const batch = a.shape.slice(0, -2);
  const count = batch.reduce((product, length) => product * length, 1);
  const inner = Math.min(rows, columns);
  const data = doublesOf(a);
  const size = rows * columns * field.width;
  const factors = new Float64Array(count * inner * field.width);
  for (let index = 0; index < count; index++) {
    const matrix = { data: data.subarray(index * size, (index + 1) * size), rows, columns };
    const { packed, taus } = packReflections(field, matrix);
    matrix.data.set(packed);
    factors.set(taus, index * taus.length);
  }
  return [
    fromDoubles(data, { shape: [...batch, columns, rows], dtype: a.dtype }),
    fromDoubles(factors, { shape: [...batch, inner], dtype: a.dtype }),
  ];
}
