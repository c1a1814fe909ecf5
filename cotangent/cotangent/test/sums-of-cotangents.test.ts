// Cotangents of a value that is used several times are summed, in place where nobody else has the sum.
import { expect, test } from "vitest";
import { grad, jvp, np, vjp, type Value } from "../src/index.ts";

/** from, from + 1, … */
const ramp = (length: number, from: number): Value => np.add(np.arange(length), np.array(from, { dtype: "float64" }));

const total = (...parts: readonly Value[]): Value => parts.map((part) => np.sum(part)).reduce((a, b) => np.add(a, b));

test.each([3, 40])("a sum that two operands share stays what it is when one of them gets more (%d elements)", (n) => {
  const [a, b, c, d] = [ramp(n, 1), ramp(n, 2), ramp(n, 3), ramp(n, 4)];
  const f = ([x, y]: readonly [Value, Value]) => {
    const [early, late] = [np.multiply(x, d), np.multiply(x, c)];
    const z = np.add(x, y);
    return total(early, late, np.multiply(z, a), np.multiply(z, b), np.multiply(z, c));
  };
  const [forX, forY] = grad(f)([ramp(n, 0), ramp(n, 0)]);
  const ofBoth = np.add(np.add(a, b), c);
  expect(forY.toList()).toEqual(ofBoth.toList());
  expect(forX.toList()).toEqual(np.add(np.add(ofBoth, c), d).toList());
});

test("a pullback that is called again gives the same, and leaves what it was given", () => {
  const x = ramp(20, 1);
  const [, pullback] = vjp((each: Value) => np.add(np.multiply(each, each), np.add(each, each)), x);
  const cotangent = ramp(20, 5);
  const before = cotangent.toList();
  const [first] = pullback(cotangent);
  const kept = first.toList();
  const [second] = pullback(cotangent);
  expect([second.toList(), first.toList(), cotangent.toList()]).toEqual([kept, kept, before]);
});

test("cotangents that are views, and of complex values, are summed", () => {
  const z = np.add(ramp(12, 0), np.multiply(ramp(12, 1), { re: 0, im: 1 }));
  const f = (each: Value) => {
    const rows = np.reshape(each, [3, 4]);
    return np.sum(np.real(np.add(np.add(np.multiply(rows, 2), rows), np.add(np.transpose(np.transpose(rows)), rows))));
  };
  const [pulled] = vjp(f, z)[1](1 as unknown as Value);
  expect(pulled.toList()).toEqual(Array.from({ length: 12 }, () => ({ re: 5, im: 0 })));
});

test("sums are added to in place under another transformation as well", () => {
  const cubes = (x: Value) => total(np.multiply(x, np.multiply(x, x)), np.multiply(x, x), x, np.multiply(x, 2));
  const x = ramp(10, 1);
  const [slope, bend] = jvp(grad(cubes), [x], [np.ones(10)]);
  const expected = (f: (each: number) => number) => (x.toList() as readonly number[]).map(f);
  expect(slope.toList()).toEqual(expected((each) => 3 * each ** 2 + 2 * each + 3));
  expect(bend.toList()).toEqual(expected((each) => 6 * each + 2));
});

test.each([3, 40])("differences and negations keep their signs, whatever comes together (%d elements)", (n) => {
  const [a, b, c, d] = [ramp(n, 1), ramp(n, 9), ramp(n, 3), ramp(n, 4)];
  const f = ([x, y]: readonly [Value, Value]) => {
    const difference = np.subtract(x, y);
    const opposite = np.negative(difference);
    return np.subtract(
      total(np.multiply(opposite, b), np.multiply(difference, a), np.multiply(y, d)),
      total(np.multiply(difference, c), np.multiply(np.negative(opposite), d), x),
    );
  };
  const [forX, forY] = grad(f)([ramp(n, 0), ramp(n, 0)]);
  const slopes = np.subtract(np.subtract(np.subtract(a, b), c), d);
  expect(forX.toList()).toEqual(np.subtract(slopes, 1).toList());
  expect(forY.toList()).toEqual(np.subtract(d, slopes).toList());
});
