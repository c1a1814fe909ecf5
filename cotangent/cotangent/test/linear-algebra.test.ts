// Derivatives of functions that are composed of primitives on matrices and spectra, against differences.
import { isComplex, MissingRuleError, type Value } from "@cotangent/core";
import { grad, jvp, np, vjp, vmap } from "cotangent";
import { describe, expect, test } from "vitest";
import { elementsOf } from "../../numpy/test/matching.ts";

type Function = (x: Value) => Value | readonly Value[];

/** Numbers between -1 and 1 that are the same in each run. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

function random(shape: readonly number[], hasParts: boolean, seed: number): Value {
  const size = shape.reduce((product, length) => product * length, 1);
  const re = np.reshape(np.asarray(numbers(size, 2 * seed)), shape);
  if (!hasParts) return re;
  return np.add(re, np.multiply({ re: 0, im: 1 }, np.reshape(np.asarray(numbers(size, 2 * seed + 1)), shape)));
}

const { linalg, fft } = np;

function adjoint(a: Value): Value {
  return np.conj(linalg.matrix_transpose(a));
}

function hermitian(a: Value): Value {
  return np.add(a, adjoint(a));
}

function positive(a: Value): Value {
  return np.add(np.matmul(a, adjoint(a)), np.eye(a.shape.at(-1) ?? 0));
}

/** u f(values) v, which doesn't depend on the signs or phases of vectors. */
function joined(u: Value, values: Value, v: Value): Value {
  return np.matmul(np.multiply(u, np.expand_dims(np.exp(values), -2)), v);
}

const cube = [2, 3, 3];
const cases: readonly (readonly [name: string, f: Function, ...shapes: readonly (readonly number[])[]])[] = [
  ["inv", linalg.inv, [3, 3], cube],
  ["det", linalg.det, [3, 3], cube],
  ["slogdet", linalg.slogdet, [3, 3], cube],
  ["solve", (x) => linalg.solve(x, np.sin(x)), [3, 3], cube],
  ["cholesky", (x) => linalg.cholesky(positive(x)), [3, 3], cube],
  ["cholesky of the upper half", (x) => linalg.cholesky(positive(x), { upper: true }), [3, 3]],
  ["eigvalsh", (x) => linalg.eigvalsh(hermitian(x), "U"), cube],
  [
    "eigh",
    (x) => {
      const [w, v] = linalg.eigh(hermitian(x));
      return joined(v, w, adjoint(v));
    },
    cube,
  ],
  ["svdvals", linalg.svdvals, [4, 2], [2, 4], cube],
  [
    "svd",
    (x) => {
      const [u, s, vh] = linalg.svd(x, { full_matrices: false });
      return joined(u, s, vh);
    },
    [4, 2],
    [2, 4],
    cube,
  ],
  ["pinv", linalg.pinv, [4, 2], [2, 4], cube],
  ["pinv near equal singular values", (x) => linalg.pinv(np.add(np.multiply(x, 1e-3), np.eye(3))), [3, 3]],
  ["pinv of rank 1", (x) => linalg.pinv(np.outer(x, x)), [3]],
  ["lstsq", (x) => linalg.lstsq(x, np.sum(np.sin(x), 1)).slice(0, 2), [4, 2]],
  ["qr", (x) => linalg.qr(x), [4, 2], [2, 4], cube],
  ["complete qr with one column more", (x) => linalg.qr(np.real(x), "complete"), [3, 2], [2, 4, 3], [2, 3], cube],
  ["full svd with one vector more", (x) => linalg.svd(np.real(x)), [3, 2], [2, 2, 3], cube],
  ["a power", (x) => linalg.matrix_power(x, -3), [3, 3]],
  ["the nuclear norm", (x) => linalg.norm(x, "nuc", { axis: [-2, -1] }), cube],
  ["the spectral norm", (x) => linalg.norm(x, 2, { axis: [-2, -1], keepdims: true }), cube],
  ["a norm of order 3", (x) => linalg.norm(x, 3, { axis: -1 }), [2, 4]],
  ["cond", (x) => linalg.cond(x), cube],
  ["cond of order 1", (x) => linalg.cond(x, 1), [3, 3]],
  ["multi_dot", (x) => linalg.multi_dot([x, linalg.matrix_transpose(x), np.cos(x)]), [2, 4]],
  ["tensorinv", (x) => linalg.tensorinv(x, 1), [4, 2, 2]],
  ["kron", (x) => np.kron(x, np.sin(x)), [2, 2]],
  ["cross", (x) => np.cross(x, np.sin(x)), [3], [4, 2]],
  ["matmul with broadcast batches", (x) => np.matmul(x, np.sin(np.squeeze(x, 1))), [2, 1, 3, 3]],
  ["einsum of diagonals", (x) => np.einsum("iij,jk->k", x, np.sum(x, 0)), [3, 3, 3]],
  ["einsum of three", (x) => np.einsum("...ij,...jk,...ki->...", x, x, x), cube],
  ["fft", (x) => fft.fft(x, { n: 5, axis: 0, norm: "ortho" }), [3, 2], [7, 2]],
  ["irfft", (x) => fft.irfft(x), [2, 4]],
  ["hfft", (x) => fft.hfft(x, 5), [2, 4]],
  ["irfftn", (x) => fft.irfftn(x, { s: [2, 5], axes: [0, 1] }), [3, 4]],
  ["fftshift", (x) => fft.fftshift(x), [2, 3]],
];

test("vectors that complete a basis in no unique way have no derivative, and say what has", () => {
  const tall = random([4, 2], false, 3);
  const of = (f: (x: Value) => readonly Value[], x: Value) => () => jvp(f, [x], [x]);
  expect(of((x) => linalg.qr(x, "complete"), tall)).toThrow(
    /qr\(float64\[4,2\]\): the last columns of q complete a basis.* use mode "reduced"/,
  );
  expect(of((x) => linalg.svd(x), tall)).toThrow(/the last columns of u .* use full_matrices: false, or compute_uv/);
  expect(of((x) => linalg.svd(x), linalg.matrix_transpose(tall))).toThrow(/the last rows of vh/);
  const phase = random([3, 2], true, 3);
  expect(of((x) => linalg.qr(x, "complete"), phase)).toThrow(MissingRuleError);
  expect(of((x) => linalg.svd(x), phase)).toThrow(MissingRuleError);
  const gradient = grad((x: Value) => np.sum(linalg.svd(x, { compute_uv: false })))(tall);
  expect(gradient.shape).toEqual([4, 2]);
});

function listOf(result: Value | readonly Value[]): readonly Value[] {
  return "shape" in result ? [result] : result;
}

/** All real and imaginary parts. */
function partsOf(values: readonly Value[]): readonly number[] {
  return values.flatMap((value) => {
    const parts = isComplex(value.dtype) ? [np.real(value), np.imag(value)] : [value];
    return parts.flatMap((part) => elementsOf(part).map(Number));
  });
}

/** Relative to the largest, or infinite where there are more of one than of the other. */
function distance(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) return Infinity;
  const scale = Math.max(0.01, ...y.map(Math.abs));
  return Math.max(0, ...x.map((part, place) => Math.abs(part - (y[place] ?? NaN)) / scale));
}

/** The derivative of f at 0, from differences whose errors cancel up to the sixth order. */
function differences(f: (step: number) => readonly number[]): readonly number[] {
  const central = (step: number): readonly number[] => {
    const low = f(-step);
    return f(step).map((part, place) => (part - (low[place] ?? NaN)) / (2 * step));
  };
  const [a, b, c] = [central(2e-3), central(1e-3), central(5e-4)];
  return c.map((part, place) => (64 * part - 20 * (b[place] ?? NaN) + (a[place] ?? NaN)) / 45);
}

function inner(x: readonly Value[], y: readonly Value[]): number {
  return x.reduce((sum, each, place) => {
    return sum + Number(np.sum(np.real(np.multiply(each, y[place] ?? 0))).item());
  }, 0);
}

for (const hasParts of [false, true]) {
  describe(`of ${hasParts ? "complex" : "real"} matrices`, () => {
    for (const [name, f, ...shapes] of cases) {
      test(`${name}: both modes, the second order and vmap agree with differences`, () => {
        const flat = (x: Value): readonly Value[] => listOf(f(x));
        for (const shape of shapes) {
          const [x, dx] = [random(shape, hasParts, 3), random(shape, hasParts, 5)];
          const along = (step: number): Value => np.add(x, np.multiply(dx, step));
          const tangentAt = (at: Value): readonly Value[] => jvp(flat, [at], [dx])[1];
          const tangents = tangentAt(x);
          expect(
            distance(
              partsOf(tangents),
              differences((step) => partsOf(flat(along(step)))),
            ),
          ).toBeLessThan(1e-6);

          const [results, pull] = vjp(flat, x);
          const weights = results.map((each, place) => random(each.shape, isComplex(each.dtype), 7 + place));
          expect(inner(pull(weights), [dx])).toBeCloseTo(inner(weights, tangents), 7);

          const second = jvp(tangentAt, [x], [dx])[1];
          expect(
            distance(
              partsOf(second),
              differences((step) => partsOf(tangentAt(along(step)))),
            ),
          ).toBeLessThan(1e-5);

          const pairs = flat(x).map((each, place) => np.stack([each, flat(dx)[place] ?? each]));
          expect(distance(partsOf(vmap(flat)(np.stack([x, dx]))), partsOf(pairs))).toBeLessThan(1e-9);
        }
      });
    }
  });
}
