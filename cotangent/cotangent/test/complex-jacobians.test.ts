// Jacobians in complex arguments: both modes give the same.
import { expect, test } from "vitest";
import { grad, jacfwd, jacrev, np, type Value } from "cotangent";

const z = np.array([
  { re: 1, im: 2 },
  { re: -0.5, im: 0.25 },
]);
const near = (x: Value) =>
  [np.real(x), np.imag(x)].map((part) =>
    (np.reshape(part, [-1]).toList() as number[]).map((each) => expect.closeTo(each, 12) as number),
  );
const parts = (x: Value) => [np.real(x), np.imag(x)].map((part) => np.reshape(part, [-1]).toList());

const functions: readonly (readonly [name: string, f: (x: Value) => Value])[] = [
  ["a magnitude", (x) => np.sum(np.square(np.abs(x)))],
  ["real and imaginary parts", (x) => np.multiply(np.real(x), np.flip(np.imag(x)))],
  ["an angle", (x) => np.angle(np.prod(x))],
  ["a holomorphic function", (x) => np.multiply(np.exp(x), np.sum(x))],
];

test.each(functions)("%s: forward mode gives what reverse mode gives", (_name, f) => {
  expect(parts(jacfwd(f)(z))).toEqual(near(jacrev(f)(z)));
});

test("of a real function it is ∂f/∂a − i ∂f/∂b", () => {
  const f = (x: Value) => np.sum(np.square(np.abs(x)));
  const expected = np.multiply(2, np.conj(z));
  expect(parts(jacfwd(f)(z))).toEqual(near(expected));
  expect(parts(grad(f)(z))).toEqual(near(expected));
});

test("real arguments beside complex ones keep real Jacobians", () => {
  const f = (x: Value, y: Value) => np.multiply(np.abs(x), y);
  const y = np.array([0.5, 1.5]);
  const [ofComplex, ofReal] = jacfwd(f, { argnums: [0, 1] })(z, y) as [Value, Value];
  expect([ofComplex.dtype, ofReal.dtype]).toEqual(["complex128", "float64"]);
  expect(parts(ofComplex)).toEqual(near(jacrev(f)(z, y)));
});
