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
    along(jacfwd(grad(f))(x) as Value),
    along(jacrev(grad(f))(x) as Value),
  ];
  expect(all).toEqual(all.map(() => [0, 0]));
});
