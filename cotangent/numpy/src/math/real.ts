// Functions of numbers that JavaScript has not, or has otherwise than NumPy.

/** The quotient rounded down, as NumPy's `floor_divide`: it fits `remainder`. */
export function floorDivide(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  const quotient = (x - rest) / y - (rest !== 0 && y < 0 !== rest < 0 ? 1 : 0);
  if (quotient === 0) return copysign(0, x / y);
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** The rest of `floorDivide`, with the sign of the divisor. */
export function remainder(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return copysign(0, y);
  return y < 0 !== rest < 0 ? rest + y : rest;
}

/** As `floorDivide`, for integers: 0 where the divisor is 0. */
export function integerFloorDivide(x: number, y: number): number {
  return y === 0 ? 0 : Math.floor(x / y);
}

export function integerRemainder(x: number, y: number): number {
  if (y === 0) return 0;
  const rest = x % y;
  return rest !== 0 && y < 0 !== rest < 0 ? rest + y : rest;
}

export function bigFloorDivide(x: bigint, y: bigint): bigint {
  if (y === 0n) return 0n;
  const rest = x % y;
  return x / y - (rest !== 0n && y < 0n !== rest < 0n ? 1n : 0n);
}

export function bigRemainder(x: bigint, y: bigint): bigint {
  if (y === 0n) return 0n;
  const rest = x % y;
  return rest !== 0n && y < 0n !== rest < 0n ? rest + y : rest;
}

/** C's `pow`, which differs from JavaScript's where the base is 1 or the exponent infinite. */
export function pow(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

/** The power of an integer of up to 32 bits, modulo 2³². @throws RangeError when the exponent is negative. */
export function integerPow(x: number, y: number): number {
  if (y < 0) throw new RangeError("power: integers to negative integer powers are not allowed");
  let result = 1;
  for (let base = x, left = y; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

/** The power of an integer modulo 2⁶⁴. @throws RangeError when the exponent is negative. */
export function bigPow(x: bigint, y: bigint): bigint {
  if (y < 0n) throw new RangeError("power: integers to negative integer powers are not allowed");
  let result = 1n;
  for (let base = x, left = y; left > 0n; left >>= 1n) {
    if (left & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
}

export function copysign(magnitude: number, sign: number): number {
  const negative = sign < 0 || Object.is(sign, -0);
  return negative ? -Math.abs(magnitude) : Math.abs(magnitude);
}

/** The nearest integer, the even one of two. */
export function rint(x: number): number {
  if (!(Math.abs(x) < 2 ** 52)) return x;
  // Adding and taking away 2^52 leaves no room for a fraction.
  return copysign(Math.abs(x) + 2 ** 52 - 2 ** 52, x);
}

/** The greater one; NaN only where both are. */
export function fmax(x: number, y: number): number {
  return x > y || Number.isNaN(y) ? x : y;
}

export function fmin(x: number, y: number): number {
  return x < y || Number.isNaN(y) ? x : y;
}

/** log(exp(x) + exp(y)). */
export function logaddexp(x: number, y: number): number {
  if (x === y) return x + Math.LN2;
  const difference = x - y;
  if (difference > 0) return x + Math.log1p(Math.exp(-difference));
  return difference <= 0 ? y + Math.log1p(Math.exp(difference)) : difference;
}

/** log2(2^x + 2^y). */
export function logaddexp2(x: number, y: number): number {
  if (x === y) return x + 1;
  const difference = x - y;
  if (difference > 0) return x + Math.LOG2E * Math.log1p(2 ** -difference);
  return difference <= 0 ? y + Math.LOG2E * Math.log1p(2 ** difference) : difference;
}

export function heaviside(x: number, atZero: number): number {
  if (Number.isNaN(x)) return x;
  return x === 0 ? atZero : x < 0 ? 0 : 1;
}

/** The neighbour of `x` towards `y`, for float64. */
export function nextafter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return copysign(5e-324, y);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x < y === x > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** The neighbour of `x` towards `y`, for float32. */
export function nextafter32(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return copysign(2 ** -149, y);
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, x);
  view.setInt32(0, view.getInt32(0) + (x < y === x > 0 ? 1 : -1));
  return view.getFloat32(0);
}

/** The distance to the neighbour that is farther from 0, with the sign of `x`. */
export function spacing(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const distance = nextafter(Math.abs(x), Infinity) - Math.abs(x);
  return x < 0 ? -distance : distance;
}

export function spacing32(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const distance = nextafter32(Math.abs(x), Infinity) - Math.abs(x);
  return x < 0 ? -distance : distance;
}

export function gcd(x: number, y: number): number {
  let [a, b] = [Math.abs(x), Math.abs(y)];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** The least common multiple modulo 2³². */
export function lcm(x: number, y: number): number {
  const divisor = gcd(x, y);
  return divisor === 0 ? 0 : Math.imul(Math.abs(x) / divisor, Math.abs(y));
}

export function bigGcd(x: bigint, y: bigint): bigint {
  let [a, b] = [x < 0n ? -x : x, y < 0n ? -y : y];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export function bigLcm(x: bigint, y: bigint): bigint {
  const divisor = bigGcd(x, y);
  const multiple = divisor === 0n ? 0n : (x / divisor) * y;
  return multiple < 0n ? -multiple : multiple;
}

/** The number of ones among the bits of the absolute value. */
export function bitCount(x: number): number {
  let count = 0;
  for (let left = Math.abs(x); left > 0; left = Math.floor(left / 2)) count += left % 2;
  return count;
}

export function bigBitCount(x: bigint): bigint {
  let count = 0n;
  for (let left = x < 0n ? -x : x; left > 0n; left >>= 1n) count += left & 1n;
  return count;
}
