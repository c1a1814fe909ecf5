// What a program's author may get wrong: each says what was called, with which types, and what to do instead.
import { AbstractValueError, DTypeError, EscapedValueError, ShapeError, traceAbstract } from "@cotangent/core";
import { backend } from "@cotangent/numpy";
import { describe, expect, test } from "vitest";
import {
  checkpoint,
  cond,
  customJvp,
  customVjp,
  grad,
  hvp,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  np,
  scan,
  trace,
  transpose,
  vjp,
  vmap,
  whileLoop,
  type Value,
} from "cotangent";

const floats = (x: number | readonly number[]) => np.array(x, { dtype: "float64" });
const pair = floats([1, 2]);
const whole = np.array([1, 2]);
const same = (x: Value) => x;
/** What a program without types could hand over, in the place of what is expected. */
const wrong = <Expected>(anything: unknown, ...expected: readonly Expected[]) => (expected[0] ?? anything) as Expected;
const byTypes = (f: (x: Value) => unknown) =>
  traceAbstract((x) => [f(x) as Value], [{ shape: [2], dtype: "float64" }], backend);

type Fault = readonly [name: string, run: () => unknown, kind: new (message: string) => Error, message: RegExp];

const faults: readonly Fault[] = [
  [
    "a gradient of a vector",
    () => grad(same)(pair),
    ShapeError,
    /^grad: the function returned float64\[2\].* use jacrev or vjp/,
  ],
  ["a gradient in integers", () => grad(np.sum)(whole), TypeError, /^grad: int64\[2\] has no derivative; convert it/],
  [
    "a gradient of integers",
    () => grad((x: Value) => np.argmax(x))(pair),
    TypeError,
    /returned a int64; only a real result has a gradient; compute a floating-point number/,
  ],
  [
    "a gradient of complex numbers",
    () => grad((x: Value) => np.sum(np.multiply(x, { re: 0, im: 1 })))(pair),
    TypeError,
    /complex128/,
  ],
  [
    "a gradient of nothing",
    () => grad((x: Value) => void x)(pair),
    TypeError,
    /returns one scalar, and it returned undefined/,
  ],
  [
    "a gradient of a list",
    () => grad((x: Value) => [x, x])(pair),
    TypeError,
    /returns one scalar, and it returned a list of 2/,
  ],
  ["a gradient of a promise", () => grad(async (x: Value) => Promise.resolve(x))(pair), TypeError, /a promise/],
  [
    "an auxiliary result that is not there",
    () => grad(np.sum, { hasAux: true })(pair),
    TypeError,
    /returns \[scalar, auxiliary\], and it returned one array/,
  ],
  [
    "an argument that is not there",
    () => grad(np.sum, { argnums: wrong<0>(1) })(pair),
    RangeError,
    /there is no argument 1; the function was given 1/,
  ],
  [
    "an argument that is named twice",
    () => jacrev((x: Value) => x, { argnums: [0, 0] })(pair),
    RangeError,
    /^jacrev: argnums names an argument twice: 0, 0/,
  ],
  [
    "a tangent of another shape",
    () => jvp(same, [pair], [floats([1])]),
    ShapeError,
    /^jvp: float64\[1\] does not belong to float64\[2\]; give it the same shape/,
  ],
  [
    "a tangent of another dtype",
    () => jvp(same, [pair], [whole]),
    DTypeError,
    /^jvp: int64\[2\] does not belong to float64\[2\]; convert it to float64/,
  ],
  [
    "a tangent too few",
    () => jvp((x: Value, y: Value) => np.add(x, y), [pair, pair], wrong([pair])),
    ShapeError,
    /\(float64\[2\]\) for \(float64\[2\], float64\[2\]\)/,
  ],
  ["arguments that are no list", () => jvp(same, wrong(pair), wrong(pair)), TypeError, /jvp\(f, \[x\], \[dx\]\)/],
  [
    "a cotangent of another dtype",
    () => vjp(same, pair)[1](whole),
    DTypeError,
    /^vjp: int64\[2\] does not belong to float64\[2\]/,
  ],
  [
    "a tangent for a linear function",
    () => linearize(same, pair)[1](floats([1])),
    ShapeError,
    /^linearize: float64\[1\]/,
  ],
  [
    "the transpose of any function",
    () => transpose(wrong<Parameters<typeof transpose>[0]>(same)),
    TypeError,
    /takes the linear function that linearize gave/,
  ],
  [
    "a tangent of a Hessian",
    () => hvp(np.sum)(pair, floats([1])),
    ShapeError,
    /float64\[1\] does not belong to float64\[2\]/,
  ],
  ["a Jacobian in integers", () => jacfwd(same)(whole), TypeError, /^jacfwd: int64\[2\]/],
  ["examples along no axis", () => vmap(same)(floats(1)), ShapeError, /^vmap: float64\[\] has no axis 0 for examples/],
  [
    "examples along an axis that is not there",
    () => vmap(same, { inAxes: -3 })(pair),
    ShapeError,
    /^vmap: float64\[2\] has no axis -3/,
  ],
  [
    "axes for other arguments",
    () => vmap((x: Value, y: Value) => np.add(x, y), { inAxes: [0] })(pair, pair),
    ShapeError,
    /inAxes names 1 axes for 2 arguments/,
  ],
  [
    "results along an axis that is not there",
    () => vmap(same, { outAxes: 2 })(pair),
    ShapeError,
    /float64\[2\] with its examples, has no axis 2; see outAxes/,
  ],
  [
    "branches of other dtypes",
    () => byTypes((x) => cond(np.any(x), same, (y: Value) => np.astype(y, "float32"), x)),
    ShapeError,
    /cond\(bool\[\], float64\[2\]\): branches return \(float64\[2\]\) and \(float32\[2\]\); let both return the same/,
  ],
  [
    "a state that becomes a float",
    () => scan((s: Value, x: Value) => [np.add(s, x), null], np.array(0), pair),
    ShapeError,
    /^scan: the body made float64\[\] of a state of int64\[\]; start with the type/,
  ],
  [
    "a state that becomes a float, under a gradient",
    () => grad((xs: Value) => scan((s: Value, x: Value) => [np.add(s, x), null], np.array(0), xs)[0])(pair),
    ShapeError,
    /^scan\(int64\[\], float64\[2\]\): the body returns \(float64\[\]\).*start with the type/,
  ],
  [
    "a state that grows",
    () =>
      whileLoop(
        (s: Value) => np.less(np.sum(s), 9),
        (s) => np.stack([s, s]),
        floats(1),
      ),
    ShapeError,
    /^whileLoop: the body made float64\[2\] of a state of float64\[\]/,
  ],
  [
    "results that differ from step to step",
    () => scan((s: Value, x: Value) => [np.add(s, 1), s.item() === 0 ? pair : x], floats(0), pair),
    ShapeError,
    /^scan: a step returned float64\[2\] and another float64\[\]/,
  ],
  [
    "an element of a value that is not known",
    () => byTypes((x) => (np.sum(x).item() === 0 ? x : np.negative(x))),
    AbstractValueError,
    /float64\[\] are not known .* use cond, scan or whileLoop/,
  ],
  [
    "elements of examples",
    () => vmap((x: Value) => (x.item() === 0 ? x : np.negative(x)))(pair),
    AbstractValueError,
    /differ from example to example of a vmap; use select or cond/,
  ],
  [
    "a cotangent too few of a rule",
    () =>
      grad(
        customVjp((x: Value, y: Value) => np.sum(np.multiply(x, y)), {
          forward: (x, y) => [np.sum(np.multiply(x, y)), null] as const,
          backward: (_, ct) => wrong([ct]),
        }),
      )(pair, pair),
    ShapeError,
    /^customVjp: .*\(float64\[\]\) for \(float64\[2\], float64\[2\]\)/,
  ],
  [
    "a backward rule without a list",
    () =>
      grad(
        customVjp(
          function product(x: Value) {
            return np.prod(x);
          },
          { forward: (x) => [np.prod(x), x] as const, backward: (x, ct) => wrong(np.multiply(x, ct)) },
        ),
      )(pair),
    TypeError,
    /^product: its backward rule returns a list/,
  ],
  [
    "a forward rule without a pair",
    () =>
      grad(
        customVjp((x: Value) => np.prod(x), {
          forward: (x) => wrong<[Value, null]>(np.prod(x)),
          backward: (_, ct): [Value] => [ct],
        }),
      )(pair),
    TypeError,
    /^customVjp: its forward rule returns \[result, residuals\]/,
  ],
  [
    "a tangent alone of a rule",
    () =>
      grad(
        customJvp(
          (x: Value) => np.sum(x),
          (_, [dx]) => wrong(np.sum(dx)),
        ),
      )(pair),
    TypeError,
    /^customJvp: its rule returns \[result, tangent\]/,
  ],
  [
    "a function that is none",
    () => grad(wrong<(x: Value) => Value>(3)),
    TypeError,
    /^grad: takes a function, and was given a number/,
  ],
  [
    "a function that is none, of examples",
    () => vmap(wrong<(x: Value) => Value>(null)),
    TypeError,
    /^vmap: takes a function, and was given null/,
  ],
  [
    "a function that is none, of a Jacobian",
    () => jacrev(wrong<(x: Value) => Value>([])),
    TypeError,
    /^jacrev: takes a function, and was given a list of 0/,
  ],
  [
    "a function that is none, of a product",
    () => hvp(wrong<(x: Value) => Value>({})),
    TypeError,
    /^hvp: takes a function, and was given an object/,
  ],
  [
    "a function that is none, to be run again",
    () => checkpoint(wrong<(x: Value) => Value>("f"))(pair),
    TypeError,
    /^checkpoint: takes a function, and was given a string/,
  ],
];

test.each(faults)("%s is told of", (_name, run, kind, message) => {
  expect(run).toThrow(kind);
  expect(run).toThrow(message);
});

describe("a value that was kept from a transformation that has ended", () => {
  const kept: Value[] = [];
  const keep = (x: Value) => {
    kept.push(x);
    return np.sum(x);
  };
  grad(keep)(pair);
  vmap(keep)(np.stack([pair, pair]));
  trace(keep)(pair);
  trace((x: Value) => cond(np.any(x), keep, np.sum, x))(pair);

  test.each(["grad", "vmap", "trace", "a branch"].map((name, place) => [name, kept[place]] as const))(
    "%s: is refused by functions and by other transformations",
    (_name, value) => {
      if (value === undefined) throw new Error("nothing was kept");
      expect(() => np.add(value, 1)).toThrow(EscapedValueError);
      expect(() => grad((x: Value) => np.sum(np.multiply(x, value)))(pair)).toThrow(
        /return it from the function instead/,
      );
      expect(() => vmap((x: Value) => np.add(x, value))(pair)).toThrow(EscapedValueError);
      expect(() => byTypes((x) => np.multiply(x, value))).toThrow(EscapedValueError);
    },
  );
});

test("a number that a walk or loop starts with is of the dtype that the body makes of it", () => {
  const total = (xs: Value) =>
    np.asarray(scan((s: Value | number, x: Value): readonly [Value | number, null] => [np.add(s, x), null], 0, xs)[0]);
  expect(total(pair).item()).toBe(3);
  expect(grad(total)(pair).toList()).toEqual([1, 1]);
  const start: { readonly s: Value | number; readonly n: Value | number } = { s: 0, n: 0 };
  const doubled = (x: Value) =>
    np.asarray(
      whileLoop(
        ({ s }) => np.less(s, 9),
        ({ s, n }) => ({ s: np.add(s, x), n: np.add(n, 1) }),
        start,
      ).s,
    );
  expect(grad(doubled)(floats(2.5)).item()).toBe(4);
});
