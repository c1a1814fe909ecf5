// Tangents of elementwise primitives that take more than a line.
import { isComplex, operations, type Value } from "@cotangent/core";

const { add, broadcast, cast, conj, div, equal, imag, isinf, log, logicalAnd, mul, pow, real, select, sign, sub, sum } =
  operations;

/** x/y, but 0 where y is 0, and so are the derivatives there: nothing is divided by 0, not even what is thrown away. */
export function quotientOrZero(x: Value, y: Value): Value {
  const isZero = equal(y, 0);
  return select(isZero, 0, div(x, select(isZero, 1, y)));
}

/** The value, but 0 where it is infinite, so that ∞ − ∞ does not arise. */
export function untilInfinity(x: Value): Value {
  return select(isinf(x), 0, x);
}

/** |x|: the part of the change along x, which at 0 is none. */
export function magnitudeTangent(dx: Value, [x]: readonly [Value]): Value {
  return isComplex(x.dtype) ? real(mul(conj(sign(x)), dx)) : mul(dx, sign(x));
}

/** x/|x|, which only turns: the part of the change across x, over |x|. */
export function signTangent(dx: Value, [x]: readonly [Value], s: Value): Value | null {
  if (!isComplex(x.dtype)) return null;
  const size = cast(operations.abs(x), x.dtype);
  const across = sub(dx, mul(s, cast(real(mul(conj(s), dx)), x.dtype)));
  return quotientOrZero(across, size);
}

/** The imaginary part of dx/x, which has no value at 0. */
export function angleTangent(dx: Value, [x]: readonly [Value]): Value | null {
  return isComplex(x.dtype) ? div(imag(mul(conj(x), dx)), real(mul(x, conj(x)))) : null;
}

/** d(xʸ)/dx = y xʸ⁻¹, which is 0 for y = 0 whatever x is; where x is not 0, its own derivative in y is not. */
export function powTangent(dx: Value, [x, y]: readonly [Value, Value]): Value {
  const isZero = logicalAnd(equal(x, 0), equal(y, 0));
  const exponent = select(isZero, 1, sub(y, 1));
  return mul(dx, mul(y, pow(x, exponent)));
}

/** d(xʸ)/dy = log(x) xʸ, which is taken as 0 for x = 0. */
export function powExponentTangent(dy: Value, [x]: readonly [Value, Value], z: Value): Value {
  return mul(dy, mul(log(select(equal(x, 0), 1, x)), z));
}

/** The share of x in max(x, y) = z or the like: all, none, or half of it where both are z. */
export function tieShare(x: Value, y: Value, z: Value): Value {
  const share = (each: Value) => cast(equal(each, z), z.dtype);
  return div(share(x), add(cast(equal(x, y), z.dtype), 1));
}

/** Each of several largest (or smallest) elements has the same share. */
export function extremumTangent(
  dx: Value,
  [x]: readonly [Value],
  z: Value,
  { axes }: { readonly axes: readonly number[] },
): Value {
  const chosen = cast(equal(x, broadcast(z, x.shape, axes)), x.dtype);
  return div(sum(mul(dx, chosen), axes), sum(chosen, axes));
}
