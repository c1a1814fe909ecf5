// What polynomials are made of. Coefficients lie in memory: engines make constants anew wherever they are used.

// a b + c
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function fma4(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The float64 of this number in a table, twice. */
// @ts-ignore: decorator
@inline
export function at(table: usize, index: i32): v128 {
  return v128.load64_splat(table + index * 8);
}

/** The float32 of this number in a table, four times. */
// @ts-ignore: decorator
@inline
export function at4(table: usize, index: i32): v128 {
  return v128.load32_splat(table + index * 4);
}

/** Adding and taking away rounds to an integer, which is left in the lowest bits. */
const ROUND = memory.data<f64>([6755399441055744]);
const ROUND4 = memory.data<f32>([12582912]);

// @ts-ignore: decorator
@inline
export function whole(): v128 {
  return v128.load64_splat(ROUND);
}

// @ts-ignore: decorator
@inline
export function whole4(): v128 {
  return v128.load32_splat(ROUND4);
}
