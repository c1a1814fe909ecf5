// The check is checked: right rules pass, and each kind of wrong rule is found.
import { cond, operations, Traced, type Value } from "@cotangent/core";
import { createTransformations, type Rules } from "@cotangent/grad";
import { backend } from "@cotangent/numpy";
import { expect, test } from "vitest";
import { checkGrads, GradientError, type CheckGradsOptions } from "./check-grads.ts";

const { add, broadcast, cast, conj, cos, exp, less, mul, neg, real, reshape, sin, stopGradient, sum, take } =
  operations;

const right: Rules = {
  jvps: {
    add: "linear",
    neg: "linear",
    sum: "linear",
    reshape: "linear",
    broadcast: "linear",
    real: "linear",
    conj: "linear",
    cast: "linear",
    less: "constant",
    stopGradient: "constant",
    mul: [(dx, [, y]) => mul(dx, y), (dy, [x]) => mul(x, dy)],
    sin: [(dx, [x]) => mul(dx, cos(x))],
    cos: [(dx, [x]) => neg(mul(dx, sin(x)))],
    exp: [(dx, _, y) => mul(dx, y)],
    take: [(dx, [, rows]) => take(dx, rows), null],
  },
  transposes: {
    add: [(ct) => ct, (ct) => ct],
    neg: [(ct) => neg(ct)],
    mul: [(ct, [, y]) => mul(ct, y), (ct, [x]) => mul(x, ct)],
    sum: [(ct, [x], { axes }) => broadcast(ct, x.shape, axes)],
    broadcast: [(ct, [x], { axes }) => reshape(sum(ct, axes), x.shape)],
    reshape: [(ct, [x]) => reshape(ct, x.shape)],
    real: [(ct, [x]) => cast(ct, x.dtype)],
    conj: [(ct) => conj(ct)],
    cast: [(ct, [x]) => cast(x.dtype === "float64" ? real(ct) : ct, x.dtype)],
    take: [(ct, [x, rows]) => operations.scatterAdd(ct, rows, x.shape[0] ?? 0), null],
  },
  batches: {},
  calls: {},
};

const array = (elements: readonly number[]): Value =>
  backend.fromElements(elements, { shape: [elements.length], dtype: "float64" });
const x = array([0.5, -1.25, 2]);
const y = array([1.5, 0.25, -0.75]);
const f = (a: Value, b: Value) => [mul(sin(a), b), sum(exp(mul(a, b)), [0])];

/** What the check says. */
function verdict(
  rules: Rules,
  options: CheckGradsOptions = {},
  g: (...operands: readonly Value[]) => unknown = f,
  operands = [x, y],
): string {
  try {
    checkGrads(createTransformations(backend, rules), g, operands, options);
    return "right";
  } catch (error) {
    return error instanceof GradientError ? error.message : String(error);
  }
}

const withJvp = (jvps: Rules["jvps"]): Rules => ({ ...right, jvps: { ...right.jvps, ...jvps } });
const withTranspose = (transposes: Rules["transposes"]): Rules => ({
  ...right,
  transposes: { ...right.transposes, ...transposes },
});

test("right rules pass at every order, and along other directions", () => {
  expect([1, 2, 3].map((order) => verdict(right, { order }))).toEqual(["right", "right", "right"]);
  expect([2, 3, 4].map((seed) => verdict(right, { seed }))).toEqual(["right", "right", "right"]);
});

test("a wrong sign is found in forward mode", () => {
  expect(verdict(withJvp({ sin: [(dx, [x]) => neg(mul(dx, cos(x)))] }))).toMatch(
    /^forward mode: element 0 of the tangent of result 0 is \S+, but finite differences give \S+$/,
  );
});

test("a derivative that is off by a thousandth of a percent is found", () => {
  expect(verdict(withJvp({ exp: [(dx, _, y) => mul(mul(dx, y), 1.00001)] }))).toMatch(/^forward mode: .* result 1 /);
});

test("a derivative that is missing in one operand is found", () => {
  expect(verdict(withJvp({ mul: [(dx, [, y]) => mul(dx, y), null] }))).toMatch(/^forward mode/);
});

test("a wrong adjoint is found in reverse mode", () => {
  expect(verdict(withTranspose({ neg: [(ct) => ct] }), {}, (a) => neg(a), [x])).toMatch(
    /^reverse mode: ⟨Jᵀu, v⟩ is \S+, but ⟨u, Jv⟩ is \S+$/,
  );
  expect(verdict(withTranspose({ mul: [(ct, [, y]) => mul(ct, y), (ct) => ct] }))).toMatch(/^reverse mode/);
});

test("a derivative that is right at a point, but not its own derivative, is found one order up", () => {
  const rules = withJvp({ sin: [(dx, [x]) => mul(dx, stopGradient(cos(x)))] });
  expect(verdict(rules, { order: 1 })).toBe("right");
  expect(verdict(rules, { order: 2 })).toMatch(/^the derivative of forward mode: forward mode: /);
  expect(verdict(rules, { order: 2, modes: ["reverse"] })).toMatch(/^the derivative of reverse mode: reverse mode: /);
  const third = withJvp({
    sin: [(dx, [x]) => mul(dx, cos(x))],
    cos: [(dx, [x]) => neg(mul(dx, stopGradient(sin(x))))],
  });
  expect(verdict(third, { order: 2 })).toBe("right");
  expect(verdict(third, { order: 3 })).toMatch(/^the derivative of forward mode: the derivative of forward mode: /);
});

test("a tangent or cotangent of another shape is found", () => {
  const tangent = withJvp({ sin: [(dx, [x]) => sum(mul(dx, cos(x)), [0])] });
  expect(verdict(tangent, { order: 1 }, (a) => sin(a), [x])).toBe("forward mode: gives (float64[]) for (float64[3])");
  const cotangent = withTranspose({ sum: [(ct) => reshape(ct, [1])] });
  expect(verdict(cotangent, { order: 1 }, (a) => sum(a, [0]), [x])).toBe(
    "reverse mode: gives (float64[1]) for (float64[3])",
  );
});

test("reverse mode alone is compared with differences", () => {
  const noForward = { ...right };
  expect(verdict(noForward, { modes: ["reverse"] })).toBe("right");
  expect(verdict(withTranspose({ mul: [(ct) => ct, (ct) => ct] }), { modes: ["reverse"], order: 1 })).toMatch(
    /^reverse mode/,
  );
  expect(verdict(withTranspose({ mul: [(ct) => ct, (ct) => ct] }), { modes: ["forward"] })).toBe("right");
});

test("NaN is no derivative", () => {
  expect(verdict(withJvp({ sin: [(dx, [x]) => mul(mul(dx, cos(x)), Number.NaN)] }))).toMatch(
    /is NaN, but finite differences/,
  );
});

test("complex functions are checked in both parts", () => {
  const z = backend.fromElements(
    [
      { re: 0.5, im: -1 },
      { re: 1.25, im: 0.75 },
    ],
    { shape: [2], dtype: "complex128" },
  );
  const g = (a: Value) => [mul(conj(a), a), exp(mul(a, a)), real(sin(a))];
  expect(verdict(right, {}, g as never, [z])).toBe("right");
  expect(verdict(withJvp({ conj: [(dx) => dx] }), {}, g as never, [z])).toMatch(/^forward mode: .* result 0 /);
  // The adjoint of conj for ⟨u, v⟩ = Re Σ u v is conj: without, only the imaginary part is wrong.
  expect(verdict(withTranspose({ conj: [(ct) => ct] }), {}, g as never, [z])).toMatch(/^reverse mode/);
});

test("whole numbers among operands and results are held fast", () => {
  const rows = backend.fromElements([2, 0, 2], { shape: [3], dtype: "int64" });
  const g = (at: Value, a: Value) => [take(a, at), less(a, y), at];
  expect(verdict(right, {}, g as never, [rows, x])).toBe("right");
  expect(verdict(right, {}, (at) => at, [rows])).toBe("TypeError: checkGrads: no operand can have a derivative");
});

test("single precision is compared as closely as it is computed", () => {
  const single = backend.fromElements([0.5, -1.25, 2], { shape: [3], dtype: "float32" });
  expect(verdict(right, {}, (a) => mul(sin(a), a), [single])).toBe("right");
  expect(verdict(withJvp({ sin: [(dx, [x]) => mul(mul(dx, cos(x)), 1.01)] }), {}, (a) => sin(a), [single])).toMatch(
    /^forward mode/,
  );
});

test("branches are followed", () => {
  const g = (a: Value) => cond(less(sum(a, [0]), 0), sin, (b: Value) => mul(b, b), a);
  expect([verdict(right, {}, g, [x]), verdict(right, {}, g, [neg(x)])]).toEqual(["right", "right"]);
});

test("errors that are no verdict on derivatives pass", () => {
  expect(
    verdict(right, {}, () => {
      throw new RangeError("mine");
    }),
  ).toBe("RangeError: mine");
  expect(verdict(right, {}, (a) => add(operations.tanh(a), 1), [x])).toMatch(/^MissingRuleError: tanh/);
});

test("a function with more results at a point nearby can't be compared", () => {
  const isThere = (a: Value) => a === x || a instanceof Traced;
  const g = (a: Value) => (isThere(a) ? [sin(a)] : [sin(a), cos(a)]);
  expect(verdict(right, {}, (...operands) => g(operands[0] ?? x), [x])).toContain(
    "there are more results at a point nearby",
  );
});

test("what the function itself throws comes through as it is", () => {
  const g = (): Value => {
    throw new RangeError("no such value");
  };
  expect(verdict(right, {}, g, [x])).toBe("RangeError: no such value");
});
