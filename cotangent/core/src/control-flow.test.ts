import { describe, expect, test } from "vitest";
import { array, tinyBackend } from "../test/testing.ts";
import { cond, scan, whileLoop } from "./control-flow.ts";
import { DTypeError, ShapeError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { add, cast, greater, less, mul, neg, reshape, sin, sub, sum } from "./operations.ts";
import { trace, traceAbstract } from "./trace-function.ts";
import type { Value } from "./value.ts";

const scalar = { shape: [], dtype: "float64" } as const;
const run = (f: (...operands: Value[]) => readonly Value[], inputs: readonly Value[]) =>
  evaluate(traceAbstract(f, inputs, tinyBackend), inputs).map((each) => each.toList());

describe("cond", () => {
  const absolute = (x: Value) => cond(less(x, 0), neg, (same: Value) => same, x);

  test("runs the branch that a known predicate chooses, and no other", () => {
    const never = (): Value => {
      throw new Error("this branch does not run");
    };
    expect(cond(true, neg, never, array(2)).item()).toBe(-2);
    expect(cond(less(array(2), 0), never, neg, array(2)).item()).toBe(-2);
  });

  test("stands in the graph of a traced predicate with both branches", () => {
    const { graph, value } = trace(absolute)(array(-3));
    expect(value.item()).toBe(3);
    expect([5, -5].map((x) => evaluate(graph, [array(x)])[0]?.item())).toEqual([5, 5]);
  });

  test("branches may use values from around them, traced or not, each its own", () => {
    const f = (x: Value, y: Value, z: Value) => [
      cond(
        greater(x, 0),
        (a: Value) => add(mul(a, y), array(100)),
        (a: Value) => sub(a, z),
        x,
      ),
    ];
    expect(run(f, [array(2), array(3), array(5)])).toEqual([106]);
    expect(run(f, [array(-2), array(3), array(5)])).toEqual([-7]);
  });

  test("branches may themselves branch over what is around both", () => {
    const f = (x: Value, y: Value) => [
      cond(
        greater(x, 0),
        (a: Value) =>
          cond(
            greater(y, 0),
            (b: Value) => mul(b, y),
            (b: Value) => add(b, x),
            a,
          ),
        neg,
        x,
      ),
    ];
    expect([run(f, [array(2), array(3)]), run(f, [array(2), array(-3)]), run(f, [array(-2), array(3)])]).toEqual([
      [6],
      [4],
      [2],
    ]);
  });

  test("what a branch does with values around it happens in that branch alone", () => {
    const { graph } = trace((x: Value) =>
      cond(
        greater(x, 0),
        () => sin(mul(x, 2)),
        () => neg(x),
      ),
    )(array(1));
    expect(graph.equations.map(({ primitive }) => primitive.name)).toEqual(["greater", "cond"]);
    expect([2, -3].map((x) => evaluate(graph, [array(x)])[0]?.item())).toEqual([Math.sin(4), 3]);
  });

  test("a transformation within a branch sees what is its own", () => {
    const counts: number[] = [];
    const inner = (y: Value) => {
      const { graph, value } = trace((z: Value) => sin(mul(z, 2)))(y);
      counts.push(graph.equations.length);
      return value;
    };
    const { graph } = trace((x: Value) => cond(greater(x, 0), inner, neg, x))(array(1));
    expect([counts, evaluate(graph, [array(2)])[0]?.item()]).toEqual([[2], Math.sin(4)]);
  });

  test("a branch that throws leaves nothing behind", () => {
    const failing = (): Value => {
      throw new RangeError("mine");
    };
    expect(() => trace((x: Value) => cond(greater(x, 0), failing, failing))(array(1))).toThrow("mine");
    const { graph } = trace((x: Value) => sin(x))(array(1));
    expect(graph.equations.length).toBe(1);
  });

  test("what a loop does with values around it alone happens once, outside", () => {
    const f = (x: Value, xs: Value) =>
      scan((state: Value, each: Value) => [add(state, mul(each, sin(x))), null], x, xs)[0];
    const { graph } = trace(f)(array(1), array([1, 2]));
    expect(graph.equations.map(({ primitive }) => primitive.name)).toEqual(["sin", "scan"]);
  });

  test("structures go in and out", () => {
    const f = (x: Value, y: Value) =>
      Object.values(
        cond(
          less(x, y),
          ({ a, b }: { a: Value; b: Value }) => ({ low: a, high: b }),
          ({ a, b }: { a: Value; b: Value }) => ({ high: a, low: b }),
          { a: x, b: y },
        ),
      );
    expect(run(f, [array(1), array(2)])).toEqual([1, 2]);
    expect(run(f, [array(2), array(1)])).toEqual([1, 2]);
  });

  test("a number that a branch returns is an array of the backend", () => {
    expect(
      run(
        (x) => [
          cond(
            less(x, 0),
            () => 1 as unknown as Value,
            (y: Value) => y,
            x,
          ),
        ],
        [array(-1)],
      ),
    ).toEqual([1]);
  });

  test("branches that return different types or structures are refused", () => {
    const branch = (no: (x: Value) => Value) =>
      traceAbstract((x) => [cond(less(x, 0), sin, no, x)], [scalar], tinyBackend);
    expect(() => branch((x) => reshape(x, [1]))).toThrow(ShapeError);
    expect(() => branch((x) => reshape(x, [1]))).toThrow(/branches return \(float64\[\]\) and \(float64\[1\]\)/);
    expect(() => branch((x) => cast(x, "int64"))).toThrow(/\(float64\[\]\) and \(int64\[\]\)/);
    expect(() => branch((x) => [x] as unknown as Value)).toThrow(/different structures/);
    expect(() => branch(() => "no" as unknown as Value)).toThrow(TypeError);
  });

  test("a predicate that is no bool is refused, known or traced", () => {
    expect(() => cond(array(1), neg, neg, array(1))).toThrow(DTypeError);
    expect(() => cond(array([true, true]), neg, neg, array(1))).toThrow(/cond\(bool\[2\]\): .* no single bool/);
    expect(() => cond(1 as unknown as boolean, neg, neg, array(1))).toThrow(/cond: a number/);
    expect(() => run((x) => [cond(x, neg, neg, x)], [array(1)])).toThrow(/the first operand is no bool scalar/);
  });
});

describe("whileLoop", () => {
  const halves = (x: Value) =>
    whileLoop(
      ({ y }) => greater(y, 1),
      ({ y, turns }) => ({ y: mul(y, 0.5), turns: add(turns, 1) }),
      { y: x, turns: array(0) },
    );

  test("runs until the test does not hold", () => {
    const { y, turns } = halves(array(8));
    expect([y.item(), turns.item()]).toEqual([1, 3]);
    expect(halves(array(1)).turns.item()).toBe(0);
  });

  test("stands in a graph that takes as many turns as its inputs need", () => {
    const { graph } = trace(halves)(array(2));
    expect(graph.equations.map(({ primitive }) => primitive.name)).toEqual(["while"]);
    expect(evaluate(graph, [array(64)]).map((each) => each.item())).toEqual([6, 1]);
  });

  test("may use traced values in test and body, from around them", () => {
    const f = (limit: Value, factor: Value) => [
      whileLoop(
        (x: Value) => less(x, limit),
        (x) => mul(x, factor),
        array(1),
      ),
    ];
    expect(run(f, [array(100), array(3)])).toEqual([243]);
  });

  test("a state that comes to be traced by the body is no trap", () => {
    const f = (factor: Value) => [
      whileLoop(
        (x: Value) => less(x, 100),
        (x) => mul(x, factor),
        array(1),
      ),
    ];
    expect(run(f, [array(3)])).toEqual([243]);
    expect(run(f, [array(50)])).toEqual([2500]);
  });

  test("a body that changes the type or structure of the state is refused", () => {
    const f = (body: (x: Value) => Value) => () =>
      traceAbstract((x) => [whileLoop((y: Value) => less(y, 1), body, x)], [scalar], tinyBackend);
    expect(f((x) => cast(x, "int64"))).toThrow(/while\(float64\[\]\): the body returns \(int64\[\]\)/);
    expect(f((x) => [x] as unknown as Value)).toThrow(/whileLoop: the body returns another structure/);
  });

  test("a test that returns no bool is refused", () => {
    expect(() => whileLoop((x: Value) => x, neg, array(1))).toThrow(DTypeError);
    expect(() => run((x) => [whileLoop((y: Value) => y, neg, x)], [array(1)])).toThrow(/does not return one bool/);
  });
});

describe("scan", () => {
  const running = (xs: Value, reverse = false) =>
    scan(
      (total: Value, x: Value) => {
        const next = add(total, x);
        return [next, { next, x }] as const;
      },
      array(0),
      xs,
      { reverse },
    );
  const flat = ([total, { next, x }]: ReturnType<typeof running>) => [total, next, x];

  test("stacks the results along a new first axis", () => {
    expect(flat(running(array([1, 2, 3]))).map((each) => each.toList())).toEqual([6, [1, 3, 6], [1, 2, 3]]);
  });

  test("walks backwards, with results in the order of the elements", () => {
    expect(flat(running(array([1, 2, 3]), true)).map((each) => each.toList())).toEqual([6, [6, 5, 3], [1, 2, 3]]);
  });

  test.each([[false], [true]])("does the same in a graph (reverse: %s)", (reverse) => {
    const elements = array([1, 2, 3]);
    const expected = flat(running(elements, reverse)).map((each) => each.toList());
    expect(run((xs) => flat(running(xs, reverse)), [elements])).toEqual(expected);
  });

  test("walks over rows, and over several arrays at once", () => {
    const f = (a: Value, b: Value) => {
      const [last, products] = scan(
        (state: Value, { x, y }: { x: Value; y: Value }) => [add(state, sum(x, [0])), mul(x, sum(y, [0]))],
        array(0),
        { x: a, y: b },
      );
      return [last, products];
    };
    const operands = [
      array([
        [1, 2],
        [3, 4],
      ]),
      array([[1], [10]]),
    ] as const;
    const expected = [
      10,
      [
        [1, 2],
        [30, 40],
      ],
    ];
    expect(f(...operands).map((each) => each.toList())).toEqual(expected);
    expect(run(f as (...operands: Value[]) => readonly Value[], operands)).toEqual(expected);
  });

  test("the body may use traced values from around it", () => {
    const f = (xs: Value, factor: Value) => [
      ...scan((state: Value, x: Value) => [add(mul(state, factor), x), state], array(1), xs),
    ];
    expect(run(f, [array([1, 2]), array(10)])).toEqual([112, [1, 11]]);
  });

  test("steps over nothing have results of the right type", () => {
    const f = (xs: Value) => [...scan((state: Value, x: Value) => [state, add(x, 1)], array(5), xs)];
    const empty = tinyBackend.full([0, 2], 0, "float64");
    for (const outputs of [f(empty), evaluate(traceAbstract(f, [empty], tinyBackend), [empty])]) {
      expect(outputs.map(({ shape, dtype }) => [shape, dtype])).toEqual([
        [[], "float64"],
        [[0, 2], "float64"],
      ]);
      expect(outputs[0]?.item()).toBe(5);
    }
  });

  test("a length stands in for elements", () => {
    const f = (x: Value) => [scan((state: Value) => [mul(state, 2), null], x, null, { length: 5 })[0]];
    expect(f(array(1))[0]?.item()).toBe(32);
    expect(run(f, [array(1)])).toEqual([32]);
  });

  test("numbers among the results are stacked like arrays", () => {
    const body = (state: Value, x: Value) => [add(state, x), 7 as unknown as Value] as const;
    expect(scan(body, array(0), array([1, 2]))[1].toList()).toEqual([7, 7]);
    expect(run((xs) => [...scan(body, array(0), xs)], [array([1, 2])])).toEqual([3, [7, 7]]);
  });

  test("a number that a walk begins with is stacked in the dtype that the body makes of it", () => {
    const body = (state: Value | number, x: Value): readonly [Value | number, Value | number] => [add(x, state), state];
    const [last, before] = scan(body, 0, array([1.5, 2.5]));
    expect([last, before].map((each) => (each as Value).toList())).toEqual([4, [0, 1.5]]);
    const count = (state: number, _x: Value) => [state + 1, state] as const;
    expect(scan(count, 0, array([1, 2]))[0]).toBe(2);
  });

  test("a walk over what is known stands in the graph as a whole, if its body uses a traced value", () => {
    const f = (w: Value) =>
      scan((state: Value, x: Value) => [add(mul(state, w), x), mul(x, w)], array(1), array([1, 2, 3]));
    const { graph } = trace((w: Value) => [...f(w)])(array(2));
    expect(graph.equations.filter(({ primitive }) => primitive.name === "scan").length).toBe(1);
    for (const w of [2, -3]) {
      const expected = f(array(w)).map((each) => each.toList());
      expect(evaluate(graph, [array(w)]).map((each) => each.toList())).toEqual(expected);
    }
  });

  test("what can't be walked over is refused", () => {
    const body = (state: Value, _x: unknown) => [state, state] as const;
    expect(() => scan(body, array(0), array(1))).toThrow(/scan\(float64\[\]\): a scalar has no rows/);
    expect(() => scan(body, array(0), null)).toThrow(/nothing to walk over; give a length/);
    expect(() => scan(body, array(0), [array([1]), array([1, 2])])).toThrow(/lengths differ: 1, 2/);
    expect(() => scan(body, array(0), array([1, 2]), { length: 3 })).toThrow(/lengths differ: 2, 3/);
    expect(() => scan(body, array(0), [1])).toThrow(TypeError);
    const count = (state: number, _x: unknown) => [state + 1, state] as const;
    expect(() => scan(count, 0, null, { length: 0 })).toThrow("scan: there is no array among the operands");
  });

  test("a body that changes the structure of its state is refused, traced or not", () => {
    const f = (xs: Value) => [...scan((state: Value) => [[state] as unknown as Value, state], array(0), xs)];
    expect(() => f(array([1]))).toThrow(/another structure/);
    expect(() => run(f, [array([1])])).toThrow(/another structure/);
    expect(() =>
      run((xs) => [...scan((state: Value) => state as unknown as [Value, Value], array(0), xs)], [array([1])]),
    ).toThrow(/returns \[state, result\]/);
  });
});
