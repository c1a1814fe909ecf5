// Arguments and options that no function knows, as programs without types hand them over: none is passed over in silence.
import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import {
  cond,
  customJvp,
  customVjp,
  evaluate,
  grad,
  graphs,
  inspect,
  jacfwd,
  jacrev,
  np,
  scan,
  trace,
  vmap,
  type Graph,
  type Value,
} from "cotangent";

const pair = np.array([1.5, 2.5]);
const table = np.ones([2, 3]);
type ReverseRule = Parameters<typeof customVjp<[Value], Value, Value>>[1];
/** What a program without types could hand over, in the place of what is expected. */
const wrong = <Expected>(anything: unknown, ...expected: readonly Expected[]) => (expected[0] ?? anything) as Expected;

const faults: readonly (readonly [name: string, run: () => unknown, message: string])[] = [
  [
    "an option that is misspelt",
    () => np.sum(table, wrong({ axes: 0 })),
    'sum: there is no option "axes"; there are axis, keepdims, where, initial, dtype',
  ],
  [
    "an option in another case",
    () => np.mean(table, 0, wrong({ keepDims: true })),
    'mean: there is no option "keepDims"; there are axis, keepdims, dtype, where',
  ],
  [
    "keepdims by place",
    () => np.max(table, 0, wrong(true)),
    "max: options are an object with axis, keepdims, where, initial, not true",
  ],
  ["options in a list", () => np.max(table, 0, wrong([true])), "not a list"],
  ["options that are null", () => np.max(table, 0, wrong(null)), "not null"],
  [
    "a dtype of a function of elements",
    () => np.add(1, 2, wrong({ dtype: "float32" })),
    'add: there is no option "dtype"',
  ],
  ["an option of running sums", () => np.cumulative_sum(pair, wrong({ initial: 1 })), 'no option "initial"'],
  ["an option of a reduction by a ufunc", () => np.add.reduce(table, wrong({ axes: 0 })), "add.reduce: there is no"],
  ["an option of a variance", () => np.var(table, wrong({ axes: 0 })), 'var: there is no option "axes"'],
  [
    "an option of shifted frequencies",
    () => np.fft.fftshift(table, wrong({ axis: 0 })),
    "fftshift: there is no option",
  ],
  ["an option of elements put in", () => np.insert(table, 0, 1, wrong({ axes: 0 })), "insert: there is no option"],
  ["axes that are text", () => np.sum(table, wrong("0")), "sum: axes are a number or a list of such, not 0"],
  ["axes one by one", () => np.transpose(table, wrong(1)), "transpose: axes are a list, such as [1, 0], not 1"],
  ["an operand that is missing", () => np.add(pair, wrong(undefined)), "add: undefined is not an array"],
  ["an operand of one that is text", () => np.sin(wrong("a")), "sin: a string is not an array"],
  ["an operand of a comparison", () => np.less(wrong(null), 1), "less: null is not an array"],
  ["an operand of a reduction", () => np.sum(wrong(new Map())), "sum: an object of Map is not an array"],
  ["an operand of a sum of products", () => np.einsum("i->", wrong(undefined)), "einsum: undefined is not an array"],
  [
    "one of two choices",
    () => wrong<(a: Value, b: Value) => unknown>(np.where)(np.less(pair, 2), pair),
    "where: takes",
  ],
  ["a seed that is text", () => np.random.default_rng(wrong("a")), "default_rng: a seed is an integer, not a"],
  [
    "argnums in the singular",
    () => grad(np.sum, wrong<{ argnums: 0 }>({ argnum: 0 })),
    'grad: there is no option "argnum"',
  ],
  [
    "argnums by place",
    () => grad(np.sum, wrong<{ argnums: 0 }>(0)),
    "grad: options are an object with argnums, hasAux, not 0",
  ],
  [
    "an auxiliary result of a Jacobian",
    () => jacfwd(np.sin, wrong<{ argnums: 0 }>({ hasAux: true })),
    'jacfwd: there is no option "hasAux"; there are argnums',
  ],
  [
    "options of jacrev",
    () => jacrev(np.sin, wrong<{ argnums: 0 }>(1)),
    "jacrev: options are an object with argnums, not 1",
  ],
  ["axes in snake case", () => vmap(np.sin, wrong({ in_axes: 0 })), 'vmap: there is no option "in_axes"'],
  ["axes by place", () => vmap(np.sin, wrong([0])), "vmap: options are an object with inAxes, outAxes, not a list"],
  ["branches that are no functions", () => cond(true, wrong(pair), wrong(pair)), "cond: takes two functions"],
  [
    "a step that returns its state alone",
    () => scan((s: Value) => wrong<readonly [Value, null]>(s), pair, pair),
    "scan: the body returns [state, result]",
  ],
  ["a function that is none, to be traced", () => trace(wrong<() => Value>(pair)), "trace: takes a function"],
  [
    "a trace in the place of a graph",
    () => evaluate(wrong<Graph>(trace(np.sin)(pair)), [pair]),
    "evaluate: takes a graph",
  ],
  ["a trace that is printed", () => inspect.print(wrong<Graph>(trace(np.sin)(pair))), "print: takes a graph"],
  ["a trace that is drawn", () => inspect.toDot(wrong<Graph>(trace(np.sin)(pair))), "toDot: takes a graph"],
  ["a trace that is shown", () => inspect.toHTML(wrong<Graph>(trace(np.sin)(pair))), "toHTML: takes a graph"],
  ["a trace that is rewritten", () => graphs.simplify(wrong<Graph>(trace(np.sin)(pair))), "simplify: takes a graph"],
  ["an operand that is no list", () => inspect.checkGrads(np.sin, wrong(pair)), "checkGrads: takes a list of operands"],
  ["a rule that is missing", () => customJvp(np.sin, wrong(undefined)), "its rule: takes a function"],
  ["a rule in one piece", () => customVjp((x: Value) => x, wrong<ReverseRule>(np.sin)), "forward: takes a function"],
];

test.each(faults)("%s is told of", (_name, run, message) => {
  expect(run).toThrow(message);
  expect(run).toThrow(
    expect.toSatisfy((error) => error instanceof TypeError || error instanceof RangeError, "a typed error"),
  );
});

test("what integers lack is told with the way out", () => {
  expect(() => grad(np.sum)(np.array([1.0, 2.0]))).toThrow(
    "grad: int64[2] has no derivative; convert it to a floating-point dtype (1.0 is the integer 1 in JavaScript: name the dtype)",
  );
});

test("errors of shapes and dtypes stay what they are", () => {
  expect(() => np.add(pair, np.ones(3))).toThrow(ShapeError);
  expect(() => np.negative([true])).toThrow(DTypeError);
});
