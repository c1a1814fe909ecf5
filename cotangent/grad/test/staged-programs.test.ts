// Programs of which only types are known, or that go other ways for other examples, over the tiny backend.
import {
  AbstractValueError,
  checkGraph,
  cond,
  evaluate,
  operations,
  scan,
  trace,
  traceAbstract,
  whileLoop,
  type Value,
} from "@cotangent/core";
import { array, tinyBackend } from "@cotangent/core/testing";
import { describe, expect, test } from "vitest";
import { checkpoint, customVjp, grad, jacfwd, jvp, linearize, transposed, vmap } from "./tiny.ts";

const { add, cos, div, greater, less, log, mul, sin, sum } = operations;

const byType = (f: (x: Value) => Value, x: Value) =>
  checkGraph(traceAbstract((input) => [f(input)], [{ shape: x.shape, dtype: x.dtype }], tinyBackend));
const at = (f: (x: Value) => Value, like: Value) => {
  const graph = byType(f, like);
  return (x: Value) => evaluate(graph, [x])[0]?.toList();
};
const close = (expected: number) => expect.closeTo(expected, 12) as number;
const names = (f: (x: Value) => Value, like: Value) => byType(f, like).equations.map(({ primitive }) => primitive.name);

/** log x times what is around it above 1, x² below. */
const bent = (x: Value) =>
  cond(
    greater(x, 1),
    (y: Value) => mul(log(y), x),
    (y: Value) => mul(y, y),
    x,
  );
const slope = (x: number) => (x > 1 ? Math.log(x) + 1 : 2 * x);
const bend = (x: number) => (x > 1 ? 1 / x : 2);

describe("a branch", () => {
  test("of which it is not known which is taken has the derivatives of that one, to second order", () => {
    const first = at(grad(bent), array(0));
    const second = at(grad(grad(bent)), array(0));
    const mixed = at((x) => jvp(grad(bent), [x], [array(1)])[1], array(0));
    const forward = at((x) => jacfwd(bent)(x), array(0));
    for (const x of [3, -2]) {
      const each = array(x);
      expect([first(each), forward(each)]).toEqual([close(slope(x)), close(slope(x))]);
      expect([second(each), mixed(each)]).toEqual([close(bend(x)), close(bend(x))]);
    }
  });

  test("becomes one for the results and one for the cotangents", () => {
    expect(names(grad(bent), array(0)).filter((name) => name === "cond").length).toBe(2);
  });

  test("whose results do not change has no derivative", () => {
    const flat = (x: Value) =>
      add(
        cond(
          greater(x, 0),
          () => array(2),
          () => array(3),
        ),
        x,
      );
    expect(names(grad(flat), array(0))).not.toContain("mul");
    expect(at(grad(flat), array(0))(array(5))).toBe(1);
  });

  test("that an example does not take has no part in its derivative", () => {
    const f = (x: Value) => cond(greater(x, 0), log, (y: Value) => mul(y, 3), x);
    expect(vmap(grad(f))(array([2, 0, -4, 4])).toList()).toEqual([0.5, 3, 3, 0.25]);
    expect(grad((xs: Value) => sum(vmap(f)(xs), [0]))(array([2, 0, -4, 4])).toList()).toEqual([0.5, 3, 3, 0.25]);
  });

  test("that no example takes is not run", () => {
    const f = (x: Value) =>
      cond(
        greater(x, 0),
        (y: Value) => mul(y, 2),
        (y: Value) => div(1, y),
        x,
      );
    expect(vmap(grad(f))(array([1, 2])).toList()).toEqual([2, 2]);
    expect(at(vmap(grad(f)), array([0, 0]))(array([1, 2]))).toEqual([2, 2]);
    expect(at(vmap(grad(f)), array([0, 0]))(array([1, -2]))).toEqual([2, -0.25]);
  });
});

describe("a walk", () => {
  const walk = (w: Value, xs: Value) =>
    scan((state: Value, x: Value) => [sin(add(mul(w, state), x)), state], mul(w, 0.5), xs);
  const loss = (w: Value) => {
    const [last, all] = walk(w, array([0.3, -0.2, 0.9]));
    return add(last, sum(mul(all, all), [0]));
  };

  test("of which only types are known has the derivatives of its steps", () => {
    for (const f of [grad(loss), grad(grad(loss)), (x: Value) => jvp(grad(loss), [x], [array(2)])[1]]) {
      const of = at(f, array(0));
      for (const w of [0.8, -1.5]) expect(of(array(w))).toEqual(close(Number(f(array(w)).item())));
    }
  });

  test("becomes one walk there, and one back", () => {
    expect(names(grad(loss), array(0)).filter((name) => name === "scan").length).toBe(2);
    expect(names(loss, array(0)).filter((name) => name === "scan").length).toBe(1);
  });

  test("gives what it walked over its own cotangents", () => {
    const f = (xs: Value) => walk(array(0.8), xs)[0];
    const xs = array([0.3, -0.2, 0.9]);
    expect(at(grad(f), xs)(xs)).toEqual((grad(f)(xs).toList() as number[]).map(close));
  });

  test("keeps nothing of steps that are run again, and follows a reverse rule", () => {
    const saved = checkpoint((state: Value, x: Value, w: Value) => sin(add(mul(w, state), x)));
    const doubled = customVjp((x: Value) => sin(x), {
      forward: (x: Value): readonly [Value, Value] => [sin(x), x],
      backward: (x: Value, ct: Value): [Value] => [mul(mul(cos(x), ct), 2)],
    });
    const xs = array([0.3, -0.2, 0.9]);
    const again = (w: Value) => scan((s: Value, x: Value) => [saved(s, x, w), null], array(0.1), xs)[0];
    const twice = (w: Value) => scan((s: Value, x: Value) => [doubled(add(mul(w, s), x)), null], array(0.1), xs)[0];
    for (const f of [grad(again), grad(twice), (w: Value) => jacfwd(twice)(w)]) {
      expect(at(f, array(0))(array(0.8))).toEqual(close(Number(f(array(0.8)).item())));
    }
  });

  test("is transposed as a linear function", () => {
    const f = (x: Value) => {
      const [, linear] = linearize(loss, x);
      return transposed(linear)(array(3))[0];
    };
    expect(at(f, array(0))(array(0.8))).toEqual(close(3 * Number(grad(loss)(array(0.8)).item())));
  });
});

describe("a loop", () => {
  const power = (x: Value) =>
    whileLoop(
      (y: Value) => less(y, 100),
      (y) => mul(y, y),
      x,
    );

  test("has a forward mode where only types are known, and no reverse mode", () => {
    const forward = at((x) => jvp(power, [x], [array(1)])[1], array(0));
    expect([forward(array(11)), forward(array(200))]).toEqual([22, 1]);
    expect(() => byType(grad(power), array(0))).toThrow(AbstractValueError);
    expect(() => byType(grad(power), array(0))).toThrow(/^while\(float64\[\]\): reverse mode .* use scan/);
  });

  test("within a branch or a walk has a forward mode there too, and is followed where values are known", () => {
    const within = (x: Value) => cond(greater(x, 2), power, (y: Value) => mul(y, 3), x);
    const steps = (x: Value) =>
      scan((total: Value, each: Value) => [add(total, power(mul(each, x))), each], array(0), array([1, 2]))[0];
    for (const f of [within, steps]) {
      const tangent = (x: Value) => jvp(f, [x], [array(1)])[1];
      const graph = byType(tangent, array(0));
      for (const x of [1.5, 11]) {
        const expected = Number(grad(f)(array(x)).item());
        expect(evaluate(graph, [array(x)])[0]?.item()).toBeCloseTo(expected, 8);
        expect(trace(grad(f))(array(x)).value.item()).toBe(expected);
      }
      expect(() => byType(grad(f), array(0))).toThrow(AbstractValueError);
    }
  });

  test("a gradient that is traced with values has the turns that they took", () => {
    const { graph } = trace(grad(power))(array(11));
    expect(evaluate(graph, [array(12)])[0]?.item()).toBe(24);
    expect(graph.equations.map(({ primitive }) => primitive.name)).not.toContain("while");
  });

  test("lets examples that are done stay what they are", () => {
    const f = (x: Value) =>
      whileLoop(
        (y: Value) => greater(y, 0),
        (y) => add(mul(y, div(y, y)), -1),
        x,
      );
    expect(vmap(grad(f))(array([2.5, 0, -3])).toList()).toEqual([1, 1, 1].map(close));
  });

  test("of examples runs in a graph as long as one of them goes on", () => {
    const f = (x: Value) =>
      whileLoop(
        (y: Value) => less(y, 10),
        (y) => mul(y, y),
        x,
      );
    expect(at(vmap(f), array([0, 0]))(array([3, 20]))).toEqual([81, 20]);
  });
});
