// Transformations of functions with several results, of examples along other axes, and of arguments that are no arrays.
import { expect, test } from "vitest";
import { customJvp, grad, jacfwd, jacrev, jvp, np, ShapeError, vmap, whileLoop, type Value } from "../src/index.ts";

const table = np.array([
  [0.5, 1, 2],
  [3, 4, 5],
]);

function lists(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(lists);
  const value = tree as Value | Readonly<Record<string, unknown>>;
  if ("toList" in value && typeof value.toList === "function") return (value as Value).toList();
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, lists(each)]));
}

test("each of several results has its examples along an axis of its own", () => {
  const f = (x: Value) => [[np.add(x, 1)], { twice: np.multiply(x, 2) }] as const;
  expect(lists(vmap(f, { outAxes: [1, 0] })(table))).toEqual([
    [
      [
        [1.5, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    {
      twice: [
        [1, 2, 4],
        [6, 8, 10],
      ],
    },
  ]);
  expect(lists(vmap((x: Value) => np.negative(x), { outAxes: [1] })(table))).toEqual([
    [-0.5, -3],
    [-1, -4],
    [-2, -5],
  ]);
});

test("examples along an axis that an argument doesn't have are refused, whichever argument it is", () => {
  const sum = (x: Value, y: Value) => np.add(x, y);
  for (const inAxes of [
    [2, 0],
    [0, 2],
    [-3, 0],
  ]) {
    expect(() => vmap(sum, { inAxes })(table, table)).toThrow(ShapeError);
    expect(() => vmap(sum, { inAxes })(table, table)).toThrow(/vmap: float64\[2,3\] has no axis (?:2|-3)/u);
  }
  expect(() => vmap(sum, { inAxes: [0, 1] })(table, table)).toThrow(
    "different numbers of examples: axis 0 of float64[2,3], axis 1 of float64[2,3]",
  );
});

test("a loop runs for each example until its own condition fails, and has the derivative of so many turns", () => {
  const doubled = (x: Value): Value =>
    whileLoop(
      (state: Value) => np.less(state, 10),
      (state: Value) => np.multiply(state, 2),
      x,
    );
  const starts = np.array([1.5, 3.5, 20.5]);
  expect(vmap(doubled)(starts).toList()).toEqual([12, 14, 20.5]);
  expect(lists(vmap(grad(doubled))(starts))).toEqual([8, 4, 1]);
});

test("cotangents of elements that examples take by numbers of their own go back to those elements", () => {
  const x = np.array([1.5, 2.5, 3.5]);
  const gradientAt = (places: Value) => grad((y: Value) => np.sum(np.square(np.take(y, places))))(x);
  const places = np.array([
    [0, 1],
    [2, 2],
  ]);
  expect(lists(vmap(gradientAt)(places))).toEqual([
    [3, 5, 0],
    [0, 0, 14],
  ]);
});

test("typed arrays are arguments like arrays, and what is no array is named", () => {
  const f = (x: Value) => np.sum(np.square(x));
  const gradient = grad(f) as (x: unknown) => unknown;
  expect(lists(gradient(new Float64Array([1, 2])))).toEqual([2, 4]);
  expect(() => gradient("text")).toThrow(TypeError);
  expect(() => gradient("text")).toThrow(
    "grad: a string among the arguments or results is no array; make one of it first",
  );
  expect(() => gradient(true)).toThrow("grad: bool[] has no derivative; convert it to a floating-point dtype");
});

test("a function with a forward rule of its own is itself without a transformation, and its rule in each", () => {
  // A rule that is wrong on purpose, to be told from the right one.
  const f = customJvp(
    (x: Value) => np.sin(x),
    ([x], [dx]) => [np.sin(x), np.multiply(dx, 7)],
  );
  const at = np.array(0.5);
  expect(f(at).item()).toBe(Math.sin(0.5));
  expect(lists(jvp(f, [at], [np.array(0.25)]))).toEqual([Math.sin(0.5), 1.75]);
  expect(lists(grad(f)(at))).toBe(7);
  expect(lists(vmap(grad(f))(np.array([0.5, 1.5])))).toEqual([7, 7]);
});

test("Jacobians have the structure of the results, and in each the structure of the argument", () => {
  const reverse = jacrev((x: Value) => ({ squares: np.multiply(x, x), sum: np.sum(x) }));
  expect(lists(reverse(np.array([1.5, 2.5])))).toEqual({
    squares: [
      [3, 0],
      [0, 5],
    ],
    sum: [1, 1],
  });
  const forward = jacfwd(({ p, q }: { p: Value; q: Value }) => [np.multiply(p, q), np.sum(p)] as const);
  expect(lists(forward({ p: np.array([1.5, 2.5]), q: np.array(3.5) }))).toEqual([
    {
      p: [
        [3.5, 0],
        [0, 3.5],
      ],
      q: [1.5, 2.5],
    },
    { p: [1, 1], q: 0 },
  ]);
});

test("products of no factor are 1 and do not change", () => {
  const [value, change] = jvp((x: Value) => np.prod(x, 1), [np.ones([2, 0])], [np.ones([2, 0])]);
  expect(lists([value, change])).toEqual([
    [1, 1],
    [0, 0],
  ]);
});
