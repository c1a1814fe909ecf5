// Transformations of programs with branches, loops, examples and rules of their own.
import {
  CapturedValueError,
  cond,
  evaluate,
  MissingRuleError,
  operations,
  primitives,
  rewrite,
  scan,
  trace,
  whileLoop,
  type ParamsOf,
  type Value,
} from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { expect, test } from "vitest";
import { checkpoint, customJvp, customVjp, grad, jacfwd, jacrev, jvp, vjp, vmap } from "./tiny.ts";

const { add, broadcast, cos, greater, less, minimum, mul, neg, sin, sum } = operations;

const total = (x: Value): Value =>
  sum(
    x,
    x.shape.map((_, axis) => axis),
  );
const close = (expected: readonly number[]) => expected.map((each) => expect.closeTo(each, 12) as number);

test("a branch is differentiated where the predicate leads", () => {
  const f = (x: Value) =>
    cond(
      less(x, 1),
      (y: Value) => sin(y),
      (y: Value) => mul(y, y),
      x,
    );
  expect(grad(f)(array(0.5)).item()).toBeCloseTo(Math.cos(0.5), 15);
  expect(grad(f)(array(3)).item()).toBe(6);
  expect(grad(grad(f))(array(3)).item()).toBe(2);
});

test("each example goes through its own branch", () => {
  const f = (x: Value) =>
    cond(
      less(x, 1),
      (y: Value) => sin(y),
      (y: Value) => mul(y, y),
      x,
    );
  const x = array([0.5, 3]);
  expect(vmap(f)(x).toList()).toEqual(close([Math.sin(0.5), 9]));
  expect(vmap(grad(f))(x).toList()).toEqual(close([Math.cos(0.5), 6]));
  expect(grad((each: Value) => total(vmap(f)(each)))(x).toList()).toEqual(close([Math.cos(0.5), 6]));
});

const untilLarge = (x: Value) =>
  whileLoop(
    (y: Value) => less(y, 100),
    (y: Value) => mul(y, y),
    x,
  );

test("a loop is differentiated as often as it ran", () => {
  // 2.5, 6.25, 39.0625, then 1525.9: three turns, x⁸.
  expect(grad(untilLarge)(array(2.5)).item()).toBeCloseTo(8 * 2.5 ** 7, 9);
  expect(jvp(untilLarge, [array(2.5)], [array(1)])[1].item()).toBeCloseTo(8 * 2.5 ** 7, 9);
});

test("each example runs as often as its own values say", () => {
  const x = array([2.5, 200, 11]);
  expect(vmap(untilLarge)(x).toList()).toEqual([2.5 ** 8, 200, 121]);
  expect(vmap(grad(untilLarge))(x).toList()).toEqual(close([8 * 2.5 ** 7, 1, 22]));
});

const walk = (w: Value, xs: Value): readonly [Value, Value] =>
  scan(
    (state: Value, x: Value): readonly [Value, Value] => {
      const next = sin(add(mul(w, state), x));
      return [next, mul(next, next)];
    },
    mul(w, 0),
    xs,
  );

/** The same, written out. */
function unrolled(w: Value, xs: readonly Value[]): Value {
  let state = mul(w, 0);
  let sumOfSquares = mul(w, 0);
  for (const x of xs) {
    state = sin(add(mul(w, state), x));
    sumOfSquares = add(sumOfSquares, mul(state, state));
  }
  return add(sumOfSquares, state);
}

test("a scan has the derivatives of its steps written out, in every mode and to second order", () => {
  const xs = [0.3, -0.2, 0.9, 0.4];
  const f = (w: Value) => {
    const [last, squares] = walk(w, array(xs));
    return add(total(squares), last);
  };
  const g = (w: Value) =>
    unrolled(
      w,
      xs.map((x) => array(x)),
    );
  const w = array(0.8);
  expect(f(w).item()).toBeCloseTo(Number(g(w).item()), 14);
  expect(grad(f)(w).item()).toBeCloseTo(Number(grad(g)(w).item()), 13);
  expect(grad(grad(f))(w).item()).toBeCloseTo(Number(grad(grad(g))(w).item()), 12);
  expect(jvp(grad(f), [w], [array(1)])[1].item()).toBeCloseTo(Number(grad(grad(g))(w).item()), 12);
});

test("a scan over traced elements, for many examples", () => {
  const f = (xs: Value) => total(walk(array(0.8), xs)[1]);
  const x = [
    [0.3, -0.2],
    [0.9, 0.4],
  ];
  const each = x.map((row) => grad(f)(array(row)).toList() as number[]);
  expect((vmap(grad(f))(array(x)).toList() as number[][]).flat()).toEqual(close(each.flat()));
});

test("derivatives of programs are programs: a gradient is traced with what it does", () => {
  const { graph, value } = trace(grad((x: Value) => mul(sin(x), x)))(array(0.5));
  expect(value.item()).toBeCloseTo(Math.sin(0.5) + 0.5 * Math.cos(0.5), 15);
  expect(graph.equations.map(({ primitive }) => primitive.name)).toContain("cos");
});

test("vmap takes examples from other axes, and shares what is the same for all", () => {
  const f = (x: Value, y: Value) => mul(x, broadcast(sum(y, [0]), x.shape, [0]));
  const x = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const y = array([10, 20]);
  expect(vmap(f, { inAxes: [1, null] })(x, y).toList()).toEqual([
    [30, 120],
    [60, 150],
    [90, 180],
  ]);
  expect(vmap(f, { inAxes: [1, null], outAxes: 1 })(x, y).toList()).toEqual([
    [30, 60, 90],
    [120, 150, 180],
  ]);
  expect(vmap(f, { inAxes: [-1, null], outAxes: -1 })(x, y).shape).toEqual([2, 3]);
});

test("vmap takes an axis for each part of an argument and a result", () => {
  const f = ({ w, b }: { w: Value; b: Value }, x: Value) => ({ scaled: mul(w, x), same: neg(b), first: x });
  const together = vmap(f, { inAxes: [{ w: 1, b: null }, 0], outAxes: { scaled: 0, same: null, first: 0 } });
  const w = array([
    [1, 2],
    [3, 4],
  ]);
  const result = together(
    { w, b: array([5, 6]) },
    array([
      [10, 20],
      [100, 200],
    ]),
  );
  expect(result.scaled.toList()).toEqual([
    [10, 60],
    [200, 800],
  ]);
  expect(result.same.toList()).toEqual([-5, -6]);
  expect(result.first.toList()).toEqual([
    [10, 20],
    [100, 200],
  ]);
});

test("vmap tells what does not fit", () => {
  const f = (x: Value, y: Value) => add(x, y);
  expect(() => vmap(f)(array([1, 2]), array([1, 2, 3]))).toThrow(
    "different numbers of examples: axis 0 of float64[2], axis 0 of float64[3]; see inAxes",
  );
  expect(() => vmap(f, { inAxes: [{ x: 0 }, 0] })(array([1]), array([1]))).toThrow("inAxes has another structure");
  expect(() => vmap(f, { outAxes: [0, 0] })(array([1]), array([1]))).toThrow("outAxes has another structure");
  expect(() => vmap(f, { outAxes: null })(array([1]), array([1]))).toThrow(
    "a result, float64[], differs from example to example; name an axis for it in outAxes",
  );
  expect(() => vmap(f, { inAxes: null })(array([1]), array([2]))).toThrow("no argument has examples");
  expect(() => vmap((x: Value) => (x.item() === 1 ? x : neg(x)))(array([1, 2]))).toThrow(
    "differ from example to example",
  );
});

test("vmap nests", () => {
  const outer = vmap((x: Value) => vmap((y: Value) => mul(x, y))(array([1, 10])));
  expect(outer(array([2, 3])).toList()).toEqual([
    [2, 20],
    [3, 30],
  ]);
});

test("a function that is run again for its derivatives keeps nothing, and has the same derivatives", () => {
  let runs = 0;
  const f = (x: Value) => {
    runs += 1;
    return sin(mul(x, x));
  };
  const saved = checkpoint(f);
  expect(grad(saved)(array(0.7)).item()).toBeCloseTo(1.4 * Math.cos(0.49), 15);
  const before = runs;
  const [, pullback] = vjp(saved, array(0.7));
  expect(runs - before).toBe(1);
  pullback(array(1));
  expect(runs - before).toBe(1);
  expect(jvp(saved, [array(0.7)], [array(1)])[1].item()).toBeCloseTo(1.4 * Math.cos(0.49), 15);
  const second = 2 * Math.cos(0.49) - 4 * 0.49 * Math.sin(0.49);
  expect(grad(grad(saved))(array(0.7)).item()).toBeCloseTo(second, 14);
  expect(vmap(grad(saved))(array([0.7])).toList()).toEqual(close([1.4 * Math.cos(0.49)]));
});

test("a forward rule is used in both modes, for examples, and again for what it computes", () => {
  // The rule says 3 cos where the derivative is cos, so that it can be told apart.
  const f = customJvp(
    (x: Value) => sin(x),
    ([x], [dx]) => [sin(x), mul(mul(cos(x), dx), 3)],
  );
  const expected = 3 * Math.cos(0.5);
  expect(grad(f)(array(0.5)).item()).toBeCloseTo(expected, 15);
  expect(jvp(f, [array(0.5)], [array(2)])[1].item()).toBeCloseTo(2 * expected, 15);
  expect(grad(grad(f))(array(0.5)).item()).toBeCloseTo(-3 * Math.sin(0.5), 15);
  expect(vmap(grad(f))(array([0.5])).toList()).toEqual(close([expected]));
  expect(grad((x: Value) => total(vmap(f)(x)))(array([0.5, 0.5])).toList()).toEqual(close([expected, expected]));
});

test("a reverse rule need not be linear, unless forward mode is asked for", () => {
  const clipped = customVjp((x: Value) => mul(x, 2), {
    forward: (x: Value): readonly [Value, null] => [mul(x, 2), null],
    backward: (_: null, ct: Value): [Value] => [minimum(ct, 0.1)],
  });
  expect(grad((x: Value) => total(clipped(x)))(array([1, 2])).toList()).toEqual([0.1, 0.1]);
  expect(vmap(grad(clipped))(array([1, 2])).toList()).toEqual([0.1, 0.1]);
  expect(grad((x: Value) => total(vmap(clipped)(x)))(array([1, 2])).toList()).toEqual([0.1, 0.1]);
  expect(() => jvp(clipped, [array(1)], [array(1)])).toThrow("minimum");
});

test("forward mode goes through a linear reverse rule", () => {
  const f = customVjp((x: Value) => sin(x), {
    forward: (x: Value): readonly [Value, Value] => [sin(x), x],
    backward: (x: Value, ct: Value): [Value] => [mul(mul(cos(x), ct), 3)],
  });
  expect(jvp(f, [array(0.5)], [array(1)])[1].item()).toBeCloseTo(3 * Math.cos(0.5), 15);
  const jacobians = [jacfwd(f)(array(0.5)), jacrev(f)(array(0.5))] as Value[];
  expect(jacobians.map((each) => each.item())).toEqual(close([3 * Math.cos(0.5), 3 * Math.cos(0.5)]));
});

test("a rule whose results do not look like the function's is told of", () => {
  const f = customJvp((x: Value) => sin(x), (([x]: readonly [Value]) => [
    [x, x],
    [x, x],
  ]) as never);
  expect(() => grad(f)(array(1))).toThrow("its rule returns another structure than the function");
});

test("a function with rules says that what it uses must be an argument", () => {
  const scaled = (x: Value) => {
    const own = { f: (y: Value) => mul(y, x) };
    return [
      customJvp(own.f, ([y], [dy]) => [own.f(y), mul(dy, x)]),
      customVjp(own.f, { forward: (y: Value): readonly [Value, null] => [own.f(y), null], backward: (_, ct) => [ct] }),
    ];
  };
  for (const place of [0, 1]) {
    expect(() => grad((x: Value) => (scaled(x)[place] as (y: Value) => Value)(x))(array(2))).toThrow(
      new CapturedValueError(
        "f: uses a traced float64[] from around it, for which its rule has no derivative; make it an argument",
      ),
    );
  }
});

test("what a program that is run again uses from around it has its derivatives too", () => {
  const outer = (w: Value, x: Value) => {
    const hidden = sin(w);
    const f = checkpoint((y: Value) => mul(mul(y, w), add(hidden, y)));
    return f(f(x));
  };
  const plain = (w: Value, x: Value) => {
    const f = (y: Value) => mul(mul(y, w), add(sin(w), y));
    return f(f(x));
  };
  const [w, x] = [array(0.7), array(0.4)];
  for (const argnums of [0, 1]) {
    const [own, other] = [outer, plain].map((f) => grad(f, { argnums })(w, x).item());
    expect(own).toBeCloseTo(Number(other), 14);
    const [second, expected] = [outer, plain].map((f) => grad((a: Value) => grad(f, { argnums })(a, x))(w).item());
    expect(second).toBeCloseTo(Number(expected), 13);
  }
  const tangents = [outer, plain].map((f) => jvp(f, [w, x], [array(1), array(2)])[1].item());
  expect(tangents[0]).toBeCloseTo(Number(tangents[1]), 14);
  const examples = [outer, plain].map((f) => vmap(grad(f), { inAxes: [0, null] })(array([0.7, 0.1]), x).toList());
  expect(examples[0]).toEqual(close(examples[1] as number[]));
});

test("what is no array goes through a program that is run again as it is", () => {
  const f = checkpoint((x: Value, times: number, { name, by }: { name: string; by: (x: Value) => Value }) => {
    let result = x;
    for (let time = 0; time < times; time++) result = by(result);
    return { result, name, times };
  });
  const g = (x: Value) => {
    const { result, name, times } = f(x, 2, { name: "twice", by: sin });
    expect([name, times]).toEqual(["twice", 2]);
    return result;
  };
  expect(grad(g)(array(0.5)).item()).toBeCloseTo(Math.cos(Math.sin(0.5)) * Math.cos(0.5), 15);
});

test("a program that is run again may be changed, and its derivative is that of what it is then", () => {
  const { graph } = trace(checkpoint((x: Value) => sin(x)))(array(0.5));
  const changed = rewrite(graph, ({ operands, params }, to) => {
    const inner = rewrite((params as ParamsOf<"call">).graph, (each, within) =>
      within.bind(primitives.cos, each.operands, {}),
    );
    return to.bind(primitives.call, operands, { ...(params as ParamsOf<"call">), graph: inner });
  });
  const run = (x: Value) => evaluate(changed, [x])[0] as Value;
  expect(run(array(0.5)).item()).toBe(Math.cos(0.5));
  expect(grad(run)(array(0.5)).item()).toBe(-Math.sin(0.5));
  expect(vmap(grad(run))(array([0.5, 1])).toList()).toEqual(close([-Math.sin(0.5), -Math.sin(1)]));
});

test("rules of a name that the library has none of are told of", () => {
  const { graph } = trace(checkpoint((x: Value) => sin(x)))(array(0.5));
  const changed = rewrite(graph, ({ operands, params }, to) =>
    to.bind(primitives.call, operands, { ...(params as ParamsOf<"call">), name: "f", rules: "pinv" }),
  );
  expect(() => grad((x: Value) => evaluate(changed, [x])[0])(array(0.5))).toThrow(
    new MissingRuleError("f: there are no rules of the name pinv"),
  );
});

test("what only compares has no derivative, and can be read", () => {
  const f = (x: Value) => (greater(x, 0).item() === true ? mul(x, 2) : x);
  expect(grad(f)(array(1)).item()).toBe(2);
});
