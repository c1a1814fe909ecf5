// Where a function has a kink its derivatives are chosen: the same in every mixture of modes.
import { expect, test } from "vitest";
import { grad, hvp, jacfwd, jacrev, jvp, np, type Value } from "cotangent";

const floats = (x: readonly number[]) => np.array(x, { dtype: "float64" });

const functions: readonly (readonly [name: string, f: (x: Value) => Value, at: Value])[] = [
  ["hypot", (x) => np.hypot(np.take(x, 0), np.take(x, 1)), floats([0, 0])],
  [
    "the magnitude of a complex number",
    (x) => np.abs(np.add(np.take(x, 0), np.multiply(np.take(x, 1), { re: 0, im: 1 }))),
    floats([0, 0]),
  ],
  [
    "the direction of a complex number",
    (x) => np.real(np.sign(np.add(np.take(x, 0), np.multiply(np.take(x, 1), { re: 0, im: 1 })))),
    floats([0, 0]),
  ],
];

test.each(functions)("%s: every mixture of modes gives the same second derivative", (_name, f, x) => {
  const direction = floats([1, 2]);
  const along = (h: Value) => np.matmul(h, direction).toList();
  const all = [
    hvp(f)(x, direction).toList(),
    grad((y: Value) => jvp(f, [y], [direction])[1])(x).toList(),
    grad((y: Value) => np.sum(np.multiply(grad(f)(y), direction)))(x).toList(),
    along(jacfwd(grad(f))(x)),
    along(jacrev(grad(f))(x)),
  ];
  expect(all).toEqual(all.map(() => [0, 0]));
});

test("a power with an exponent of 0 has its mixed derivative, whichever is taken first", () => {
  const base = floats([2, 3, 0.5]);
  const inBase = (y: Value) => grad((x: Value) => np.sum(np.power(x, y)))(base);
  const inExponent = (x: Value) => grad((y: Value) => np.sum(np.power(x, y)))(np.zeros(3));
  const diagonal = (jacobian: unknown) => np.diagonal(jacobian as Value).toList();
  expect(diagonal(jacrev(inBase)(np.zeros(3)))).toEqual([0.5, 1 / 3, 2]);
  expect(diagonal(jacfwd(inBase)(np.zeros(3)))).toEqual([0.5, 1 / 3, 2]);
  expect(diagonal(jacfwd(inExponent)(base))).toEqual([0.5, 1 / 3, 2]);
  expect(grad((x: Value) => np.sum(np.power(x, 0)))(floats([0, 2])).toList()).toEqual([0, 0]);
});
