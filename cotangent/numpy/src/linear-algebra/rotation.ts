import { hypotenuse, lengthening, tooShort } from "./norm.ts";

/** A plane rotation with c x + s y = r and c y − s x = 0. */
export interface Rotation {
  readonly c: number;
  readonly s: number;
  readonly r: number;
}

/** As LAPACK's lartg. */
export function rotationOf(x: number, y: number): Rotation {
  if (y === 0) return { c: 1, s: 0, r: x };
  if (x === 0) return { c: 0, s: Math.sign(y), r: Math.abs(y) };
  const length = hypotenuse(x, y);
  if (length < tooShort) {
    const { c, s, r } = rotationOf(x * lengthening, y * lengthening);
    return { c, s, r: r / lengthening };
  }
  const r = x > 0 ? length : -length;
  return { c: x / r, s: y / r, r };
}
