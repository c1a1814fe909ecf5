// The determinant is a polynomial, and has derivatives at singular matrices: those of its expansion by minors.
import { describe, expect, test } from "vitest";
import { evaluate, grad, hessian, hvp, jacfwd, jvp, np, trace, vmap, type Value } from "cotangent";

const { det } = np.linalg;
const floats = (x: unknown) => np.array(x as number[], { dtype: "float64" });

/** By minors of the first row (Laplace), from elements. */
function expansion(a: Value): Value {
  const [size = 0] = a.shape;
  const element = (place: number) => np.take(np.reshape(a, [-1]), place);
  const below = Array.from({ length: size - 1 }, (_, row) => row + 1);
  return Array.from({ length: size }, (_, column) => {
    if (size === 1) return element(0);
    const others = Array.from({ length: size }, (_each, place) => place).filter((place) => place !== column);
    const minor = expansion(np.take(np.take(a, below, { axis: 0 }), others, { axis: 1 }));
    return np.multiply(np.multiply(element(column), minor), column % 2 === 0 ? 1 : -1);
  }).reduce((sum, term) => np.add(sum, term));
}

const random = np.random.default_rng(5);

function ofRank(size: number, rank: number): Value {
  return np.matmul(random.normal(0, 1, [size, rank]), random.normal(0, 1, [rank, size]));
}

const flat = (x: unknown) => [(x as Value).toList()].flat(6);
const near = (x: unknown, digits = 12) => flat(x).map((each) => expect.closeTo(Number(each), digits) as number);

const matrices = [1, 2, 3, 4].flatMap((size) =>
  Array.from({ length: size + 1 }, (_, rank) => [size, rank, ofRank(size, rank)] as const),
);

describe.each(matrices)("a matrix of size %i and rank %i", (_size, _rank, a) => {
  test("has the gradient, the Hessian and the third derivative of the expansion", () => {
    expect(flat(grad(det)(a))).toEqual(near(grad(expansion)(a)));
    expect(flat(hessian(det)(a))).toEqual(near(hessian(expansion)(a), 10));
    expect(flat(jacfwd(hessian(det))(a))).toEqual(near(jacfwd(hessian(expansion))(a), 8));
  });

  test("has the same gradient in a graph that was traced at another matrix", () => {
    const { graph } = trace(grad(det))(np.eye(a.shape[0] ?? 0));
    expect(flat(evaluate(graph, [a])[0])).toEqual(near(grad(expansion)(a)));
  });
});

test("stacks of matrices, some of them singular, have the derivatives of each", () => {
  const stack = np.stack([ofRank(3, 3), ofRank(3, 2), ofRank(3, 1), ofRank(3, 0)]);
  const each = (f: (a: Value) => Value) => np.stack([0, 1, 2, 3].map((place) => f(np.take(stack, place, { axis: 0 }))));
  const expected = each(grad(expansion));
  expect(flat(grad((x: Value) => np.sum(det(x)))(stack))).toEqual(near(expected));
  expect(flat(vmap(grad(det))(stack))).toEqual(near(expected));
  expect(flat(grad((x: Value) => np.sum(vmap(det)(x)))(stack))).toEqual(near(expected));
  expect(flat(vmap(hessian(det))(stack))).toEqual(near(each(hessian(expansion) as typeof det), 10));
});

test("a matrix that is singular but for rounding has the derivatives of a singular one", () => {
  const a = floats([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  expect(det(a).item()).not.toBe(0);
  expect(flat(grad(det)(a))).toEqual(
    near(
      floats([
        [-3, 6, -3],
        [6, -12, 6],
        [-3, 6, -3],
      ]),
    ),
  );
  const direction = ofRank(3, 3);
  expect(flat(hvp(det)(a, direction))).toEqual(near(hvp(expansion)(a, direction), 10));
});

test("between singular and regular nothing is lost", () => {
  const [singular, direction] = [ofRank(4, 2), ofRank(4, 4)];
  for (const distance of [1e-12, 1e-9, 1e-7, 1e-5, 1e-3, 0.1]) {
    const a = np.add(singular, np.multiply(direction, distance));
    expect(flat(grad(det)(a))).toEqual(near(grad(expansion)(a)));
    expect(flat(hvp(det)(a, direction))).toEqual(near(hvp(expansion)(a, direction), 9));
  }
});

test("complex and single-precision matrices have theirs", () => {
  const row = np.array([
    { re: 1, im: 2 },
    { re: 0.5, im: -1 },
    { re: 2, im: 0 },
  ]);
  const a = np.stack([
    row,
    np.multiply(row, { re: 0, im: 2 }),
    np.array([
      { re: 0, im: 1 },
      { re: 3, im: 1 },
      { re: 1, im: 1 },
    ]),
  ]);
  const da = np.reshape(np.add(np.arange(9), np.multiply(np.arange(9), { re: 0, im: 0.5 })), [3, 3]);
  const [, tangent] = jvp(det, [a], [da]);
  const [, expected] = jvp(expansion, [a], [da]);
  expect(flat(np.real(tangent))).toEqual(near(np.real(expected), 10));
  expect(flat(np.imag(tangent))).toEqual(near(np.imag(expected), 10));
  const single = np.astype(ofRank(3, 2), "float32");
  const gradient = grad(det)(single);
  expect(gradient.dtype).toBe("float32");
  expect(flat(gradient)).toEqual(near(grad(expansion)(single), 4));
});

test("with many small singular values the derivatives are zero", () => {
  const a = ofRank(7, 1);
  expect(flat(grad(det)(a))).toEqual(near(np.zeros([7, 7])));
  expect(flat(grad(det)(np.zeros([7, 7])))).toEqual(near(np.zeros([7, 7])));
});
