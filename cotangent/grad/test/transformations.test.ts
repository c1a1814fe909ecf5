import { EscapedValueError, MissingRuleError, operations, ShapeError, trace, type Value } from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { expect, test } from "vitest";
import {
  grad,
  hessian,
  hvp,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  stopGradient,
  transposed,
  valueAndGrad,
  vjp,
} from "./tiny.ts";

const { add, cos, div, exp, mul, neg, sin, sub, sum, tanh } = operations;

const total = (x: Value): Value =>
  sum(
    x,
    x.shape.map((_, axis) => axis),
  );

/** The numbers of a result, for comparisons. */
function numbers(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(numbers);
  return (tree as Value).toList();
}

const x0 = 0.7;

test("the gradient of a scalar function", () => {
  expect(grad((x: Value) => sin(x))(array(x0)).item()).toBeCloseTo(Math.cos(x0), 15);
});

test("derivatives nest to any order, in any mixture of modes", () => {
  const f = (x: Value) => mul(sin(x), x);
  const forward = (g: (x: Value) => Value) => (x: Value) => jvp(g, [x], [operations.onesLike(x)])[1];
  const third = -3 * Math.sin(x0) - x0 * Math.cos(x0);
  for (const modes of [
    [grad, grad, grad],
    [forward, grad, grad],
    [grad, forward, grad],
    [grad, grad, forward],
    [forward, forward, grad],
    [forward, grad, forward],
    [forward, forward, forward],
  ]) {
    const derivative = modes.reduce<(x: Value) => Value>((g, mode) => mode(g), f);
    expect(derivative(array(x0)).item()).toBeCloseTo(third, 12);
  }
});

test("an inner derivative does not mix with an outer one", () => {
  // d/dx [x · d/dy (x + y)] = 1 (Siskind and Pearlmutter, 2005).
  const f = (x: Value) => mul(x, grad((y: Value) => add(x, y))(array(1.5)));
  expect(grad(f)(array(x0)).item()).toBe(1);
  const g = (x: Value) => mul(x, jvp((y: Value) => mul(x, y), [array(2.5)], [array(1)])[1]);
  expect(grad(g)(array(x0)).item()).toBeCloseTo(2 * x0, 15);
});

test("the branch of an if is chosen by the value", () => {
  const f = (x: Value) => (Number(x.item()) > 0 ? mul(x, x) : neg(x));
  expect([grad(f)(array(3)).item(), grad(f)(array(-3)).item()]).toEqual([6, -1]);
});

test("a function of a structure has a gradient of the same structure", () => {
  const f = ({ w, bias }: { w: Value[]; bias: Value }) => total(add(mul(w[0] as Value, w[1] as Value), bias));
  const gradient = grad(f)({ w: [array([1, 2]), array([3, 4])], bias: array([5, 6]) });
  expect(numbers([gradient.w[0], gradient.w[1], gradient.bias])).toEqual([
    [3, 4],
    [1, 2],
    [1, 1],
  ]);
});

test("gradients in other arguments, and in several", () => {
  const f = (x: Value, y: Value) => mul(mul(x, x), y);
  const [x, y] = [array(3), array(5)];
  expect(grad(f, { argnums: 1 })(x, y).item()).toBe(9);
  expect(numbers(grad(f, { argnums: [1, 0] })(x, y))).toEqual([9, 30]);
  expect(() => grad(f, { argnums: 2 })(x, y)).toThrow("grad: there is no argument 2; the function was given 2");
});

test("numbers are arguments as well", () => {
  const f = (x: Value | number) => mul(x, 3);
  expect(grad(f)(2).item()).toBe(3);
});

test("the value comes with the gradient, and what a function returns beside its result with both", () => {
  const [value, gradient] = valueAndGrad((x: Value) => mul(x, x))(array(3));
  expect([value.item(), gradient.item()]).toEqual([9, 6]);
  const f = (x: Value): [Value, { seen: Value }] => [mul(x, x), { seen: neg(x) }];
  const [, { seen }] = valueAndGrad(f, { hasAux: true })(array(3))[0];
  expect(seen.item()).toBe(-3);
  const [only, aux] = grad(f, { hasAux: true })(array(3)) as unknown as [Value, { seen: Value }];
  expect([only.item(), aux.seen.item()]).toEqual([6, -3]);
});

test("an argument that the result does not depend on has a gradient of zeros", () => {
  expect(grad((x: Value) => total(stopGradient(x)))(array([1, 2])).toList()).toEqual([0, 0]);
  expect(grad((_x: Value) => array(1))(array([1, 2])).toList()).toEqual([0, 0]);
});

test("only a real scalar result has a gradient", () => {
  expect(() => grad((x: Value) => x)(array([1, 2]))).toThrow(
    "grad: the function returned float64[2], which is no scalar",
  );
  expect(() => grad((x: Value) => [x, x])(array(1))).toThrow("grad: the function returns one scalar");
  expect(() => grad((x: Value) => operations.less(x, 3))(array(1))).toThrow("only a real result has a gradient");
  expect(() => grad((x: Value) => x)(array(1, "int64"))).toThrow("int64[] has no derivative");
});

test("vjp gives the cotangents of all arguments for one of the result", () => {
  const [value, pullback] = vjp(
    (x: Value, y: Value) => ({ product: mul(x, y), left: x }),
    array([1, 2]),
    array([3, 4]),
  );
  expect(numbers([value.product, value.left])).toEqual([
    [3, 8],
    [1, 2],
  ]);
  expect(numbers(pullback({ product: array([1, 10]), left: array([100, 100]) }))).toEqual([
    [103, 140],
    [1, 20],
  ]);
  // It can be called again.
  expect(numbers(pullback({ product: array([0, 0]), left: array([1, 2]) }))).toEqual([
    [1, 2],
    [0, 0],
  ]);
});

test("a tangent or cotangent that does not belong is told of", () => {
  const f = (x: Value) => sin(x);
  expect(() => jvp(f, [array([1, 2])], [array([1, 2, 3])])).toThrow(ShapeError);
  expect(() => jvp(f, [array([1, 2])], [] as never)).toThrow("jvp: has another structure than what it belongs to");
  expect(() => vjp(f, array([1, 2]))[1](array(1))).toThrow("vjp: float64[] does not belong to float64[2]");
});

test("the linear part of a function is a program, which can be run and transposed", () => {
  const [value, linear] = linearize((x: Value) => mul(sin(x), array([2, 3])), array([x0, 1]));
  expect((value.toList() as number[])[0]).toBeCloseTo(2 * Math.sin(x0), 15);
  const row = [2 * Math.cos(x0), 3 * Math.cos(1)];
  expect(linear(array([1, 10])).toList()).toEqual([row[0], 10 * (row[1] as number)]);
  expect(linear.graph.equations.map(({ primitive }) => primitive.name)).toEqual(["mul", "mul"]);
  const back = transposed(linear);
  expect(numbers(back(array([1, 10])))).toEqual([[row[0], 10 * (row[1] as number)]]);
  expect(back.graph.equations.map(({ primitive }) => primitive.name)).toEqual(["mul", "mul"]);
});

test("a program that is not linear can't be transposed", () => {
  const [, linear] = linearize((x: Value) => mul(x, x), array(3));
  const { graph } = trace((x: Value) => exp(x))(array(3));
  const curved = Object.assign((x: Value) => linear(x), { ...linear, graph });
  expect(() => transposed(curved)).toThrow(MissingRuleError);
});

test("Jacobians by forward and by reverse mode are the same", () => {
  const f = (x: Value) => mul(tanh(x), operations.broadcast(sum(exp(x), [0]), x.shape, [0]));
  const x = array([0.1, -0.4, 0.3]);
  const forward = jacfwd(f)(x).toList() as number[][];
  const reverse = jacrev(f)(x).toList() as number[][];
  expect(forward.flat()).toEqual(reverse.flat().map((each) => expect.closeTo(each, 14) as number));
  const expected = (row: number, column: number) => {
    const [at, others] = [
      [0.1, -0.4, 0.3],
      [Math.exp(0.1), Math.exp(-0.4), Math.exp(0.3)],
    ] as const;
    const sumOfAll = others[0] + others[1] + others[2];
    const own = row === column ? (1 - Math.tanh(at[row] ?? 0) ** 2) * sumOfAll : 0;
    return own + Math.tanh(at[row] ?? 0) * (others[column] ?? 0);
  };
  expect(forward).toEqual(
    [0, 1, 2].map((row) => [0, 1, 2].map((column) => expect.closeTo(expected(row, column), 13) as number)),
  );
});

test("a Jacobian has the structures of result and argument", () => {
  const f = ({ a, b }: { a: Value; b: Value }) => [mul(a, b), total(a)];
  const argument = { a: array([1, 2]), b: array([3, 4]) };
  for (const jacobian of [jacfwd(f)(argument), jacrev(f)(argument)]) {
    expect(numbers([jacobian[0]?.a, jacobian[0]?.b, jacobian[1]?.a, jacobian[1]?.b])).toEqual([
      [
        [3, 0],
        [0, 4],
      ],
      [
        [1, 0],
        [0, 2],
      ],
      [1, 1],
      [0, 0],
    ]);
  }
});

test("the Hessian, and its product with a vector", () => {
  const f = (x: Value) => total(mul(mul(x, x), x));
  expect(hessian(f)(array([1, 2])).toList()).toEqual([
    [6, 0],
    [0, 12],
  ]);
  expect(hvp(f)(array([1, 2]), array([1, 10])).toList()).toEqual([6, 120]);
});

test("a value that was kept from a transformation can't be used after it", () => {
  let kept: Value | undefined;
  grad((x: Value) => {
    kept = sin(x);
    return kept;
  })(array(1));
  expect(() => cos(kept as Value)).toThrow(EscapedValueError);
});

test("a primitive without a rule is named", () => {
  expect(() => grad((x: Value) => operations.abs(x))(array(1))).toThrow("abs(float64[]): has no derivative rule");
});

test("what a derivative does not need is not computed backwards", () => {
  const f = (x: Value) => {
    // Not transposable in the tiny tables, but nothing depends on it.
    operations.dot(x, x, [[0], [0]], [[], []]);
    return total(sub(x, div(x, 2)));
  };
  expect(grad(f)(array([1, 2])).toList()).toEqual([0.5, 0.5]);
});
