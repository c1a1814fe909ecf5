// Branches and loops of which only types are known, and that go other ways for other examples, against the same
// programs where they are followed.
import { AbstractValueError, checkGraph, fromJSON, optimize, toJSON, traceAbstract } from "@cotangent/core";
import { backend } from "@cotangent/numpy";
import { describe, expect, test } from "vitest";
import {
  checkpoint,
  cond,
  customJvp,
  customVjp,
  evaluate,
  grad,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  np,
  scan,
  trace,
  transpose,
  vmap,
  whileLoop,
  type Value,
} from "cotangent";

type Scalar = (x: Value) => Value;

const floats = (x: number | readonly number[]) => np.array(x, { dtype: "float64" });
const first = (x: Value) => np.take(x, 0);
const last = (x: Value) => np.take(x, -1);
const step = (w: Value, state: Value, x: Value) => np.tanh(np.add(np.multiply(w, state), x));

const saved = checkpoint(step);
const doubled = customVjp((x: Value) => np.sin(x), {
  forward: (x: Value): readonly [Value, Value] => [np.sin(x), x],
  backward: (x: Value, ct: Value): [Value] => [np.multiply(np.multiply(np.cos(x), ct), 2)],
});
const tripled = customJvp(
  (x: Value) => np.sin(x),
  ([x], [dx]) => [np.sin(x), np.multiply(np.multiply(np.cos(x), dx), 3)],
);

/** A walk with a weight that is the last element. */
const walked =
  (turn: typeof step, reverse = false): Scalar =>
  (x) => {
    const w = last(x);
    const [state, all] = scan(
      (before: Value, each: Value) => {
        const next = turn(w, before, each);
        return [next, np.square(next)] as const;
      },
      np.array(0.1),
      x,
      { reverse },
    );
    return np.add(np.prod(all), state);
  };

/** Functions of three numbers, all of which meet both signs of the first. */
const programs: Readonly<Record<string, Scalar>> = {
  "a branch that is infinite where it is not taken": (x) =>
    cond(
      np.greater(first(x), 0),
      (y: Value) => np.sum(np.multiply(np.sqrt(first(y)), y)),
      (y: Value) => np.sum(np.power(y, 3)),
      x,
    ),
  "branches over what is around them": (x) =>
    cond(
      np.greater(first(x), 0),
      () => np.multiply(last(x), np.log(first(x))),
      () => np.sum(np.exp(x)),
    ),
  "a branch that does not depend on anything": (x) =>
    cond(
      np.greater(first(x), 0),
      (y: Value) => np.multiply(first(y), 2),
      () => floats(5),
      x,
    ),
  "a branch within a branch": (x) =>
    cond(
      np.greater(first(x), 0),
      (y: Value) =>
        cond(
          np.greater(last(y), 0.5),
          (z: Value) => np.sum(np.log(np.abs(z))),
          (z: Value) => np.prod(np.sin(z)),
          y,
        ),
      (y: Value) => np.sum(np.square(y)),
      x,
    ),
  "a walk": walked(step),
  "a walk backwards": walked(step, true),
  "a walk whose steps are run again": walked(saved),
  "a walk with a reverse rule": walked((w, state, x) => doubled(np.add(np.multiply(w, state), x))),
  "a branch with a forward rule": (x) =>
    cond(
      np.greater(first(x), 0),
      (y: Value) => tripled(np.prod(y)),
      (y: Value) => doubled(np.sum(y)),
      x,
    ),
  "a walk that branches": (x) => {
    const [, all] = scan(
      (state: Value, each: Value) => {
        const next = cond(
          np.greater(each, 0),
          (y: Value) => np.multiply(np.sqrt(each), y),
          (y: Value) => np.add(np.sin(y), each),
          state,
        );
        return [next, next] as const;
      },
      first(x),
      x,
    );
    return np.sum(np.square(all));
  },
  "a branch that walks": (x) => cond(np.greater(first(x), 0), walked(step), walked(step, true), x),
  "a walk within a walk": (x) =>
    scan(
      (state: Value, each: Value) => [
        scan((inner: Value, y: Value) => [np.sin(np.add(np.multiply(inner, y), each)), null], state, x)[0],
        null,
      ],
      np.array(0.3),
      x,
    )[0],
  "a walk that counts, and of which not all is used": (x) => {
    const [{ sum }] = scan(
      ({ sum, turn, root }: { sum: Value; turn: Value; root: Value }, each: Value) => [
        {
          sum: np.add(sum, np.multiply(each, np.sqrt(np.add(np.astype(turn, "float64"), root)))),
          turn: np.add(turn, 1),
          root,
        },
        // Its derivative is infinite.
        np.sqrt(np.multiply(each, 0)),
      ],
      { sum: np.array(0.5), turn: np.array(0), root: np.array(0.25) },
      x,
    );
    return np.square(sum);
  },
  "a walk over nothing": (x) =>
    np.sum(scan((state: Value) => [np.multiply(state, x), state], x, null, { length: 0 })[0]),
};

const one = np.array([0.7, -1.2, 0.4]);
const direction = np.array([0.3, 0.8, -0.5]);
const samples = [one, np.array([-0.6, 0.9, 1.1]), np.array([0, 0.2, -0.9]), np.array([1.3, 0.5, 0.8])] as const;
const batch = np.stack([...samples]);

/** What is done with a function of three numbers, each at a point. */
const derivatives: Readonly<Record<string, (f: Scalar) => (x: Value) => Value>> = {
  value: (f) => f,
  gradient: (f) => grad(f),
  tangent: (f) => (x) => jvp(f, [x], [direction])[1],
  "gradient of a tangent": (f) => grad((x: Value) => jvp(f, [x], [direction])[1]),
  "tangent of a gradient": (f) => (x) => jvp(grad(f), [x], [direction])[1],
  "forward over reverse": (f) => (x) => jacfwd(grad(f))(x),
  "reverse over reverse": (f) => (x) => jacrev(grad(f))(x),
  "a linear function and its transpose": (f) => (x) => {
    const [, linear] = linearize(f, x);
    return np.multiply(linear(direction), transpose(linear)(floats(1))[0]);
  },
};

const flat = (x: Value | undefined) => [x?.toList()].flat(4);
const closeTo = (x: Value) => flat(x).map((each) => expect.closeTo(Number(each), 10) as number);
const byType = (f: (x: Value) => Value, x: Value) =>
  checkGraph(traceAbstract((input) => [f(input)], [{ shape: x.shape, dtype: x.dtype }], backend));

describe.each(Object.entries(programs))("%s", (_name, f) => {
  test.each(Object.entries(derivatives))("%s: by types alone as by values", (_mode, of) => {
    const graph = byType(of(f), one);
    const shorter = optimize(graph);
    for (const x of samples) {
      const expected = closeTo(of(f)(x));
      expect(flat(evaluate(graph, [x])[0])).toEqual(expected);
      expect(flat(evaluate(shorter, [x])[0])).toEqual(expected);
    }
  });

  test.each(Object.entries(derivatives))("%s: for all examples as for each", (_mode, of) => {
    const each = closeTo(np.stack(samples.map((x) => of(f)(x))));
    const all = (x: Value) => vmap(of(f))(x);
    expect(flat(all(batch))).toEqual(each);
    expect(flat(evaluate(byType(all, batch), [batch])[0])).toEqual(each);
  });

  test("the gradient of all examples together is that of each", () => {
    const each = closeTo(np.stack(samples.map((x) => grad(f)(x))));
    const together = grad((xs: Value) => np.sum(vmap(f)(xs)));
    expect(flat(together(batch))).toEqual(each);
    expect(flat(evaluate(byType(together, batch), [batch])[0])).toEqual(each);
  });

  test("examples of examples", () => {
    const each = closeTo(np.stack(samples.map((x) => grad(f)(x))));
    const pairs = np.reshape(batch, [2, 2, 3]);
    const all = (x: Value) => vmap(vmap(grad(f)))(x);
    expect(flat(all(pairs))).toEqual(each);
    expect(flat(evaluate(byType(all, pairs), [pairs])[0])).toEqual(each);
  });

  test("a gradient that was traced with values is that of other values", () => {
    const { graph } = trace(grad(f))(one);
    for (const x of samples) expect(flat(evaluate(graph, [x])[0])).toEqual(closeTo(grad(f)(x)));
  });
});

test("a gradient with branches and walks goes through a file", () => {
  const f = programs["a branch that walks"];
  if (f === undefined) throw new Error("there is no such program");
  const graph = byType(grad(f), one);
  const again = fromJSON(JSON.parse(JSON.stringify(toJSON(graph))), backend);
  for (const x of samples) expect(flat(evaluate(again, [x])[0])).toEqual(closeTo(grad(f)(x)));
});

test("a traced gradient is as long for many steps as for few", () => {
  const f = (x: Value) => scan((state: Value, each: Value) => [step(each, state, each), null], np.array(0.1), x)[0];
  const lengths = [3, 300].map((length) => byType(grad(f), np.linspace(0, 1, length)).equations.length);
  expect(lengths[0]).toBe(lengths[1]);
});

test("so is that of a recurrent network, whose weights alone are traced", () => {
  const loss = (w: Value, xs: Value) =>
    np.sum(scan((h: Value, x: Value) => [np.tanh(np.add(np.matmul(h, w), x)), h], np.zeros(2), xs)[0]);
  const of = (length: number) => {
    const xs = np.reshape(np.linspace(-1, 1, 2 * length), [length, 2]);
    return { xs, graph: trace((w: Value) => grad(loss)(w, xs))(np.eye(2)).graph };
  };
  const [short, long] = [of(3), of(40)];
  expect(short.graph.equations.length).toBe(long.graph.equations.length);
  const w = floats([0.3, -0.8, 0.5, 0.9]);
  const square = np.reshape(w, [2, 2]);
  expect(flat(evaluate(long.graph, [square])[0])).toEqual(closeTo(grad(loss)(square, long.xs)));
});

describe("a weight that all examples share", () => {
  const f = (w: Value, x: Value) =>
    cond(
      np.greater(x, 0),
      () => np.multiply(w, np.sqrt(x)),
      () => np.multiply(w, np.sqrt(np.subtract(0, x))),
    );
  const xs = floats([4, -9, 1]);

  test("has no part in what an example does not do", () => {
    const loss = (w: Value) => np.sum(vmap(f, { inAxes: [null, 0] })(w, xs));
    expect(grad(loss)(np.array(0.5)).item()).toBe(6);
    expect(vmap(grad(f), { inAxes: [null, 0] })(np.array(0.5), xs).toList()).toEqual([2, 3, 1]);
    expect(vmap(grad(f, { argnums: 1 }), { inAxes: [null, 0] })(np.array(6.0001), xs).toList()).toEqual(
      [1.500025, -1.00001667, 3.00005].map((each) => expect.closeTo(each, 7) as number),
    );
  });

  test("an infinite derivative stays with the example that has it", () => {
    const gradients = vmap(grad(f, { argnums: 1 }), { inAxes: [null, 0] })(np.array(0.5), floats([0, 4]));
    expect(gradients.toList()).toEqual([-Infinity, 0.125]);
  });
});

describe("a loop of no known length", () => {
  const untilLarge = (x: Value) =>
    whileLoop(
      ({ y }) => np.less(y, 100),
      ({ y, turns }) => ({ y: np.square(y), turns: np.add(turns, 1) }),
      { y: x, turns: np.array(0) },
    ).y;
  const xs = np.array([2.5, 200, 11]);
  const slopes = [8 * 2.5 ** 7, 1, 22].map((each) => expect.closeTo(each, 9) as number);

  test("has a forward mode where only types are known", () => {
    const graph = byType((x) => jvp(untilLarge, [x], [floats(1)])[1], np.array(2.5));
    expect([2.5, 200.5, 11].map((x) => evaluate(graph, [floats(x)])[0]?.item())).toEqual(slopes);
    expect(graph.equations.map(({ primitive }) => primitive.name)).toEqual(["while"]);
  });

  test("has no reverse mode where only types are known, and says what has", () => {
    const reverse = () => byType(grad(untilLarge), np.array(2.5));
    expect(reverse).toThrow(AbstractValueError);
    expect(reverse).toThrow(
      /while\(int64\[\], float64\[\]\): reverse mode has to know how often a loop runs.* use scan, which has a length/,
    );
    const within = (x: Value) => cond(np.greater(x, 3), untilLarge, np.sin, x);
    expect(() => byType(grad(within), np.array(2.5))).toThrow(/use scan/);
  });

  test("that counts what is known is followed", () => {
    const power = (x: Value) =>
      whileLoop(
        ({ turn }) => np.less(turn, 3),
        ({ y, turn }) => ({ y: np.multiply(y, x), turn: np.add(turn, 1) }),
        { y: x, turn: np.array(0) },
      ).y;
    expect(evaluate(byType(grad(power), np.array(2.5)), [np.array(2.5)])[0]?.item()).toBeCloseTo(4 * 2.5 ** 3, 12);
  });

  test("runs for each example as long as its own values say, with values and with types", () => {
    expect(vmap(grad(untilLarge))(xs).toList()).toEqual(slopes);
    expect(grad((x: Value) => np.sum(vmap(untilLarge)(x)))(xs).toList()).toEqual(slopes);
    const graph = byType((x) => vmap((each: Value) => jvp(untilLarge, [each], [np.ones([])])[1])(x), xs);
    expect(evaluate(graph, [xs])[0]?.toList()).toEqual(slopes);
  });

  test("within a branch that some examples take is differentiated for these", () => {
    const f = (x: Value) => cond(np.less(x, 100), untilLarge, (y: Value) => np.sqrt(np.subtract(y, 100)), x);
    const expected = [8 * 2.5 ** 7, 0.05, 22].map((each) => expect.closeTo(each, 9) as number);
    expect(vmap(grad(f))(xs).toList()).toEqual(expected);
  });

  test("an example that is done does not spoil the others", () => {
    // Where the first is done, one turn more would divide by 0.
    const f = (x: Value) =>
      whileLoop(
        (y: Value) => np.greater(y, 0),
        (y: Value) => np.subtract(np.multiply(np.sqrt(y), np.sqrt(y)), 1),
        x,
      );
    expect(vmap(grad(f))(np.array([1.5, 3.5, -4])).toList()).toEqual(
      [1, 1, 1].map((each) => expect.closeTo(each, 12) as number),
    );
  });

  test("a gradient that is traced with values has as many turns as they took", () => {
    const { graph, value } = trace(grad(untilLarge))(np.array(2.5));
    expect(value.item()).toBeCloseTo(8 * 2.5 ** 7, 9);
    expect(graph.equations.map(({ primitive }) => primitive.name)).not.toContain("while");
  });
});
