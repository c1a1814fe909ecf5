// Laws of derivatives, on programs that are made up.
import * as fc from "fast-check";
import { evaluate, grad, jvp, linearize, np, trace, transpose, vjp, vmap, type Value } from "cotangent";
import { expect, test } from "vitest";

type Step = (values: readonly Value[], x: number, y: number) => Value;

const size = 3;
const turn = np.array([
  [0.5, -0.25, 1],
  [0.75, 0.5, -1],
  [0.25, 1, 0.5],
]);
const at = (values: readonly Value[], place: number): Value => values[place % values.length] as Value;

/** What a step of a program may do with values that are there. All are smooth, and stay small. */
const steps: readonly Step[] = [
  (values, x, y) => np.add(at(values, x), at(values, y)),
  (values, x, y) => np.subtract(at(values, x), at(values, y)),
  (values, x, y) => np.multiply(at(values, x), np.sin(at(values, y))),
  (values, x, y) => np.divide(at(values, x), np.add(2, np.square(at(values, y)))),
  (values, x) => np.tanh(at(values, x)),
  (values, x) => np.cos(at(values, x)),
  (values, x) => np.exp(np.negative(np.square(at(values, x)))),
  (values, x) => np.matmul(turn, at(values, x)),
  (values, x) => np.multiply(at(values, x), np.mean(at(values, x))),
  (values, x) => np.getitem(at(values, x), "::-1"),
  (values, x) => np.cumsum(np.multiply(at(values, x), 0.5)),
  (values, x, y) => np.concatenate([np.getitem(at(values, x), ":1"), np.getitem(at(values, y), "1:")]),
  (values, x) => np.logaddexp(at(values, x), 0),
];

/** A function of a vector, from numbers that say which steps it has. */
function programOf(plan: readonly (readonly [number, number, number])[]): (x: Value) => Value {
  return (x) => {
    const values = [x];
    for (const [kind, first, second] of plan) {
      values.push((steps[kind % steps.length] as Step)(values, first, second));
    }
    return values.at(-1) as Value;
  };
}

const runs = { seed: 7, numRuns: 100 };
const number = fc.integer({ min: 0, max: 30 });
const program = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 8 }).map(programOf);
const vector = fc
  .array(fc.integer({ min: -16, max: 16 }), { minLength: size, maxLength: size })
  .map((elements) => np.array(elements.map((each) => each / 16 + 1 / 64)));

const numbersOf = (value: Value): readonly number[] =>
  (value.toList() as readonly unknown[]).flat(Infinity).map(Number);
const product = (u: Value, v: Value): number => Number(np.sum(np.multiply(u, v)).item());

/** How far values are from what they should be, relative to the largest of them. */
function distance(actual: Value, expected: Value): number {
  const scale = Math.max(1, ...numbersOf(expected).map(Math.abs));
  return Math.max(...numbersOf(np.subtract(actual, expected)).map((each) => Math.abs(each) / scale));
}

const tangentOf = (f: (x: Value) => Value, x: Value, dx: Value): Value => jvp(f, [x], [dx])[1];

test("a tangent is linear in the change", () => {
  fc.assert(
    fc.property(program, vector, vector, vector, (f, x, u, v) => {
      const sum = np.add(np.multiply(tangentOf(f, x, u), 3), tangentOf(f, x, v));
      expect(distance(tangentOf(f, x, np.add(np.multiply(u, 3), v)), sum)).toBeLessThan(1e-12);
    }),
    runs,
  );
});

test("the tangent of a composition is the tangent of the outer function along that of the inner", () => {
  fc.assert(
    fc.property(program, program, vector, vector, (f, g, x, dx) => {
      const [y, dy] = jvp(f, [x], [dx]);
      expect(
        distance(
          tangentOf((each) => g(f(each)), x, dx),
          tangentOf(g, y, dy),
        ),
      ).toBeLessThan(1e-12);
    }),
    runs,
  );
});

test("reverse mode is the adjoint of forward mode: ⟨u, Jv⟩ = ⟨Jᵀu, v⟩", () => {
  fc.assert(
    fc.property(program, vector, vector, vector, (f, x, u, v) => {
      const forward = product(u, tangentOf(f, x, v));
      const reverse = product(vjp(f, x)[1](u)[0], v);
      expect(Math.abs(forward - reverse)).toBeLessThan(1e-12 * Math.max(1, Math.abs(forward)));
    }),
    runs,
  );
});

test("second derivatives are symmetric, and the same in every mixture of modes", () => {
  fc.assert(
    fc.property(program, vector, vector, vector, (f, x, u, v) => {
      const scalar = (each: Value) => np.sum(f(each));
      const along = (direction: Value) => product(tangentOf(grad(scalar), x, direction), direction === u ? v : u);
      const forward = Number(tangentOf((each) => tangentOf(scalar, each, u), x, v).item());
      const reverse = product(grad((each: Value) => np.sum(np.multiply(grad(scalar)(each), u)))(x), v);
      for (const each of [along(v), forward, reverse]) {
        expect(Math.abs(along(u) - each)).toBeLessThan(1e-10 * Math.max(1, Math.abs(each)));
      }
    }),
    runs,
  );
});

test("many examples at once are the same as one after the other", () => {
  fc.assert(
    fc.property(program, vector, vector, (f, x, y) => {
      expect(distance(vmap(f)(np.stack([x, y])), np.stack([f(x), f(y)]))).toBeLessThan(1e-12);
      const slope = grad((each: Value) => np.sum(f(each)));
      expect(distance(vmap(slope)(np.stack([x, y])), np.stack([slope(x), slope(y)]))).toBeLessThan(1e-12);
    }),
    runs,
  );
});

test("a linear part that is transposed twice is itself", () => {
  fc.assert(
    fc.property(program, vector, vector, (f, x, v) => {
      const [, linear] = linearize(f, x);
      expect(distance(transpose(transpose(linear))([v])[0], linear(v))).toBeLessThan(1e-12);
    }),
    runs,
  );
});

test("a program that is traced computes what the function does, for other values too", () => {
  fc.assert(
    fc.property(program, vector, vector, (f, x, y) => {
      const { graph } = trace(f)(x);
      expect(distance(evaluate(graph, [y])[0] as Value, f(y))).toBeLessThan(1e-12);
    }),
    runs,
  );
});
