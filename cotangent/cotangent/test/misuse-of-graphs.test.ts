// What is no graph, and inputs that are none, as programs without types hand them over.
import { expect, test } from "vitest";
import {
  AbstractValueError,
  evaluate,
  grad,
  graphs,
  inspect,
  np,
  stopGradient,
  trace,
  vmap,
  type Graph,
} from "cotangent";
import type { Value } from "cotangent";

const x = np.array([1.5, 2.5]);
const traced = trace(np.sin)(x);
const { graph } = traced;
/** What a program without types could hand over, in the place of what is expected. */
const wrong = <Expected>(anything: unknown, ...expected: readonly Expected[]) => (expected[0] ?? anything) as Expected;

const takers: Readonly<Record<string, (each: Graph) => unknown>> = {
  ancestors: (each) => graphs.ancestors(each, [1]),
  checkGraph: graphs.checkGraph,
  commonSubexpressions: graphs.commonSubexpressions,
  deadCode: graphs.deadCode,
  definitionOf: (each) => graphs.definitionOf(each, 1),
  descendants: (each) => graphs.descendants(each, [0]),
  evaluate: (each) => evaluate(each, [x]),
  firstNaN: (each) => inspect.firstNaN(each, [x]),
  foldConstants: (each) => graphs.foldConstants(each),
  fuse: graphs.fuse,
  inlineCalls: (each) => graphs.inlineCalls(each),
  liveness: graphs.liveness,
  optimize: (each) => graphs.optimize(each),
  rewrite: (each) => graphs.rewrite(each, () => null),
  simplify: graphs.simplify,
  sliceGraph: (each) => graphs.sliceGraph(each, [1]),
  toJSON: graphs.toJSON,
  usesOf: (each) => graphs.usesOf(each, 0),
};

test.each(Object.entries(takers))("%s takes a graph, and says so", (name, take) => {
  for (const other of [traced, graphs.toJSON(graph), null, undefined, 3]) {
    expect(() => take(wrong<Graph>(other))).toThrow(
      new TypeError(`${name}: takes a graph, as \`trace(f)(x).graph\` is one`),
    );
  }
  expect(() => take(graph)).not.toThrow();
});

test("a difference is one of two graphs", () => {
  for (const pair of [
    [traced, graph],
    [graph, traced],
  ] as const) {
    expect(() => inspect.diff(wrong<Graph>(pair[0]), wrong<Graph>(pair[1]))).toThrow("diff: takes a graph");
  }
});

test("a graph runs on a list of arrays", () => {
  const runs = { evaluate, firstNaN: inspect.firstNaN };
  for (const [name, run] of Object.entries(runs)) {
    for (const other of [x, undefined, 1.5]) {
      expect(() => run(graph, wrong<readonly Value[]>(other))).toThrow(
        new TypeError(`${name}: takes a list of arrays: ${name}(graph, [x])`),
      );
    }
    for (const other of [1.5, [1.5, 2.5], null, undefined]) {
      expect(() => run(graph, [wrong<Value>(other)])).toThrow(
        new TypeError(`${name}: input 0 is no array; make one of it first`),
      );
    }
    expect(() => run(graph, [x, wrong<Value>("x")])).toThrow(`${name}: input 1 is no array`);
    expect(() => run(graph, [x, x])).toThrow("the graph takes (float64[2]) and was given (float64[2], float64[2])");
    expect(() => run(graph, [])).toThrow("the graph takes (float64[2]) and was given ()");
  }
});

test("a rewriting has a rule", () => {
  expect(() => graphs.rewrite(graph, wrong(undefined))).toThrow(
    new TypeError("rewrite: takes a rule: rewrite(graph, (equation, to) => null)"),
  );
});

const draws: Readonly<Record<string, (generator: np.random.Generator, p: Value) => Value>> = {
  "normal: scale": (generator, p) => generator.normal(0, p),
  "gamma: shape": (generator, p) => generator.gamma(p),
  "binomial: p": (generator, p) => generator.binomial(3, p),
  "choice: p": (generator, p) => generator.choice(2, { p: np.stack([p, np.subtract(1, p)]) }),
  "dirichlet: alpha": (generator, p) => generator.dirichlet(np.stack([p, p])),
  "multinomial: pvals": (generator, p) => generator.multinomial(3, np.stack([p, np.subtract(1, p)])),
};

test.each(Object.entries(draws))("%s is not traced: what is drawn would have no derivative in it", (name, draw) => {
  const f = (p: Value) => np.sum(np.multiply(1.5, draw(np.random.default_rng(7), p)));
  const message = `${name} is traced, and what is drawn would have no derivative in it; draw without it and compute with what was drawn, as add(loc, multiply(scale, x)) does, or read it with item() or toList()`;
  for (const transformed of [grad(f), trace(f), (p: Value) => vmap(f)(np.stack([p]))]) {
    expect(() => transformed(np.array(0.25))).toThrow(new AbstractValueError(message));
  }
  expect(grad((p: Value) => np.multiply(p, f(stopGradient(p))))(np.array(0.25)).item()).toBe(f(np.array(0.25)).item());
});

test("what is computed with numbers that were drawn has a derivative", () => {
  const sample = (loc: Value, scale: Value) =>
    np.sum(np.add(loc, np.multiply(scale, np.random.default_rng(3).normal(0, 1, [4]))));
  const [byLoc, byScale] = grad(sample, { argnums: [0, 1] })(np.array(1.5), np.array(0.5));
  expect(byLoc.item()).toBe(4);
  expect(byScale.item()).toBe(np.sum(np.random.default_rng(3).normal(0, 1, [4])).item());
});
