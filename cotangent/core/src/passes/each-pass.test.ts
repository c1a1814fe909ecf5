// What each pass does, on programs of a few lines.
import { expect, test } from "vitest";
import { array, tinyBackend } from "../../test/testing.ts";
import { checkGraph } from "../check-graph.ts";
import { cond, whileLoop } from "../control-flow.ts";
import { evaluate } from "../evaluate.ts";
import { subgraphs, type Graph } from "../graph.ts";
import * as o from "../operations.ts";
import { trace, traceAbstract } from "../trace-function.ts";
import type { Value } from "../value.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";
import { deadCode } from "./dead-code.ts";
import { foldConstants } from "./fold-constants.ts";
import { fuse } from "./fuse.ts";
import { liveness } from "./liveness.ts";
import { optimize } from "./optimize.ts";

const names = (graph: Graph) => graph.equations.map(({ primitive }) => primitive.name).join(" ");
const graphOf = (f: (x: Value, y: Value) => readonly Value[], shape: readonly number[] = [3]) =>
  traceAbstract(
    f,
    [
      { shape, dtype: "float64" },
      { shape, dtype: "float64" },
    ],
    tinyBackend,
  );

test("dead code goes with its constants, and inputs stay", () => {
  const after = deadCode(
    graphOf((x, y) => {
      o.mul(y, array([1, 2, 3]));
      return [o.sin(x)];
    }),
  );
  expect([names(after), after.inputs.length, after.constants.size, after.avals.length]).toEqual(["sin", 2, 0, 3]);
});

test("dead code within branches goes", () => {
  const graph = graphOf((x, y) => {
    const branch = (z: Value) => {
      o.exp(z);
      return o.sin(z);
    };
    return [cond(o.less(x, y), branch, o.neg, x)];
  }, []);
  expect(
    deadCode(graph)
      .equations.flatMap(subgraphs)
      .map(([, inner]) => names(inner)),
  ).toEqual(["sin", "neg"]);
});

test("what depends on constants alone becomes one", () => {
  // Traced abstractly, a shaped constant that is an argument of a call stays in the graph.
  const inner = graphOf((x, y) => [o.add(o.mul(x, y), o.exp(x))]);
  const folded = foldConstants({
    ...inner,
    inputs: [],
    constants: new Map([
      [0, array([1, 2, 3])],
      [1, array([4, 5, 6])],
    ]),
  });
  expect(names(checkGraph(folded))).toBe("");
  expect(evaluate(folded, [])[0]?.toList()).toEqual([4 + Math.exp(1), 10 + Math.exp(2), 18 + Math.exp(3)]);
});

/** A graph whose inputs are known. */
const known = (graph: Graph, ...values: readonly Value[]): Graph => ({
  ...graph,
  inputs: graph.inputs.slice(values.length),
  constants: new Map([
    ...graph.constants,
    ...values.map((value, place) => [graph.inputs[place] ?? -1, value] as const),
  ]),
});

test("a constant that would take much memory is left to be computed", () => {
  const graph = known(
    graphOf((x, y) => [o.broadcast(x, [100, 100], [0, 1]), y], []),
    array(1),
    array(2),
  );
  expect(names(foldConstants(graph))).toBe("broadcast");
  expect(names(foldConstants(graph, { maxSize: 10_000 }))).toBe("");
});

test("the branch that a constant chooses stands in the place of cond", () => {
  const graph = graphOf((x, y) => [cond(o.less(x, y), o.sin, o.cos, x)], []);
  expect(names(graph)).toBe("less cond");
  expect(names(foldConstants(known(graph, array(1), array(2))))).toBe("");
  const open = graphOf((x, y) => [cond(o.less(x, 0), o.sin, o.cos, y)], []);
  expect(names(foldConstants(known(open, array(1))))).toBe("cos");
});

test("loops are not run, and what throws is left", () => {
  const endless = graphOf(
    (x, y) => [
      whileLoop(
        () => o.less(y, 1),
        (z: Value) => z,
        x,
      ),
    ],
    [],
  );
  expect(names(foldConstants(known(endless, array(0), array(0))))).toBe("while");
  // The tiny backend has no inverse.
  const failing = graphOf((x) => [o.inv(x)], [1, 1]);
  expect(names(foldConstants(known(failing, array([[1]]))))).toBe("inv");
});

test("equal equations are computed once, whichever way round", () => {
  const graph = graphOf((x, y) => [o.add(o.sin(o.mul(x, y)), o.sin(o.mul(y, x))), o.sub(x, y), o.sub(y, x)]);
  expect(names(deadCode(commonSubexpressions(graph)))).toBe("mul sin add sub sub");
});

test("equal scalars are one, but for 0 and -0, and for their dtypes", () => {
  const graph = graphOf((x) => [
    o.mul(x, 2),
    o.mul(x, 2),
    o.mul(x, 0),
    o.mul(x, -0),
    o.mul(x, Number.NaN),
    o.mul(x, Number.NaN),
  ]);
  const after = deadCode(commonSubexpressions(graph));
  expect([names(after), after.constants.size]).toEqual(["mul mul mul mul", 4]);
});

test("equations with other parameters are others", () => {
  const graph = graphOf(
    (x) => [o.sum(x, [0]), o.sum(x, [1]), o.sum(x, [0]), o.cast(x, "bool"), o.cast(x, "int64")],
    [2, 2],
  );
  expect(names(deadCode(commonSubexpressions(graph)))).toBe("sum sum cast cast");
});

test("parameters that agree in their lower 32 bits are others", () => {
  const graph = graphOf(
    (x) => [
      o.sinc(x, 1),
      o.sinc(x, 1 + 2 ** 32),
      o.slice(x, [0, 0], [0, 2], [1, 1]),
      o.slice(x, [2 ** 32, 0], [0, 2], [1, 1]),
    ],
    [2, 2],
  );
  expect(names(deadCode(commonSubexpressions(graph)))).toBe("sinc sinc slice slice");
});

test("a call of many equations is at the place of the first, and has scalar constants within it", () => {
  const { graph } = trace((x: Value) => o.sin(o.mul(x, 2)), { locations: true })(array([1, 2]));
  const [call] = fuse(graph).equations;
  expect(call?.primitive.name).toBe("call");
  expect(call?.location).toBe(graph.equations[0]?.location);
  expect(call?.operands).toEqual([0]);
});

test("what a group needs comes before it in the order of the graph", () => {
  const graph = graphOf(
    (x) => {
      const wide = (scalar: Value) => o.broadcast(scalar, [2], [0]);
      const first = o.neg(wide(o.sum(x, [0])));
      return [o.add(o.add(first, wide(o.min(x, [0]))), wide(o.max(x, [0])))];
    },
    [2],
  );
  expect(names(fuse(graph))).toBe("sum broadcast min broadcast max broadcast call");
});

test("a graph that uses what it has not defined is not fused", () => {
  const { graph } = trace((x: Value) => o.sin(o.mul(x, x)))(array([1, 2]));
  const backwards = { ...graph, equations: graph.equations.toReversed() };
  expect(() => fuse(backwards)).toThrow(RangeError);
  expect(() => fuse(backwards)).toThrow("is used before it is defined; see checkGraph");
});

test("elementwise equations of one shape become one call", () => {
  const fused = fuse(graphOf((x, y) => [o.add(o.mul(o.sin(x), 2), y)]));
  expect(names(checkGraph(fused))).toBe("call");
  expect(fused.equations.flatMap(subgraphs).map(([, inner]) => names(inner))).toEqual(["sin mul add"]);
  expect(fused.equations[0]?.params).toMatchObject({ name: "fused", rules: null });
});

test("a value that leaves a group and comes back keeps it apart", () => {
  // add needs what is computed with sin, and its sum: it can't be computed in the same call.
  const fused = fuse(
    graphOf((x) => {
      const y = o.exp(o.sin(x));
      return [o.add(o.mul(y, y), o.broadcast(o.sum(y, [0]), [3], [0]))];
    }),
  );
  expect(names(checkGraph(fused))).toBe("call sum broadcast add");
});

test("what is used outside of a group is a result of its call, and no other", () => {
  const fused = fuse(
    graphOf((x) => {
      const y = o.sin(x);
      const z = o.exp(y);
      return [o.neg(z), o.sum(y, [0])];
    }),
  );
  expect([names(fused), fused.equations[0]?.results.length]).toEqual(["call sum", 2]);
});

test("equations that feed nothing of their kind stay as they are", () => {
  expect(names(fuse(graphOf((x, y) => [o.sin(x), o.cos(y), o.sum(x, [0])])))).toBe("sin cos sum");
});

test("memory is counted from where a value arises to its last use", () => {
  const { graph } = trace((x: Value) => {
    const y = o.sin(x);
    const z = o.sum(y, [0]);
    return o.add(z, o.exp(z));
  })(array([1, 2, 3, 4]));
  expect(liveness(graph)).toEqual({
    lastUses: [[0], [1], [], [2, 3]],
    givenBytes: 32,
    // sin; sin and its sum; the sum and exp; both and what is added.
    liveBytes: [32, 40, 16, 24],
    peakBytes: 40,
    peakAt: 1,
  });
});

test("a graph within takes memory while it runs", () => {
  const graph = graphOf(
    (x, y) => [cond(o.less(x, y), (z: Value) => o.sum(o.broadcast(z, [100], [0]), [0]), o.neg, x)],
    [],
  );
  expect(liveness(graph).liveBytes).toEqual([1, 1 + 8 + 808]);
  expect(liveness(graphOf((x) => [x]))).toMatchObject({ peakBytes: 0, peakAt: -1 });
});

test("optimize tells of every pass, and looks for equal equations only where there are many", () => {
  const graph = graphOf((x) => [o.add(o.sin(x), o.mul(o.sin(x), 1))]);
  const seen: string[] = [];
  const onPass = (name: string) => seen.push(name);
  expect(names(optimize(graph, { onPass }))).toBe("sin sin add");
  expect(seen).toEqual(["deadCode", "foldConstants", "simplify", "deadCode"]);
  expect(names(optimize(graph, { commonSubexpressions: 4 }))).toBe("sin add");
  expect(names(optimize(graph, { commonSubexpressions: true, fuse: true }))).toBe("call");
  expect(names(optimize(graph, { commonSubexpressions: false }))).toBe("sin sin add");
});

test("large groups, and groups that need many others, are found at once", () => {
  const long = graphOf((x, y) => {
    let state = x;
    for (let step = 0; step < 5000; step++) state = o.add(o.sin(state), y);
    return [state];
  });
  expect(names(fuse(long))).toBe("call");
  const wide = graphOf((x) => {
    let state = o.sum(x, [0]);
    for (let step = 0; step < 500; step++) state = o.add(state, o.sum(o.mul(x, step), [0]));
    return [state];
  });
  expect(
    names(checkGraph(fuse(wide)))
      .split(" ")
      .filter((name) => name === "call"),
  ).toEqual(["call"]);
});

test("a thousand equal equations are found at once", () => {
  const graph = graphOf((x, y) => Array.from({ length: 1000 }, () => o.mul(x, y)));
  expect(names(optimize(graph))).toBe("mul");
});
