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

test.each([2, 20])("products of one matrix with many are added up, with their signs (%d rows)", (n) => {
  const matrix = (from: number): Value => np.reshape(ramp(n * n, from), [n, n]);
  const factors = [1, 3, 2, 5].map(matrix);
  const f = (w: Value) => {
    const [a = w, b = w, c = w, d = w] = factors;
    const both = total(np.matmul(a, w), np.matmul(w, b), np.matmul(np.transpose(w), c), np.matmul(w, a));
    return np.subtract(both, np.sum(np.matmul(d, w)));
  };
  const ones = np.ones([n, n]);
  const [a = ones, b = ones, c = ones, d = ones] = factors;
  const left = (x: Value): Value => np.matmul(np.transpose(x), ones);
  const right = (x: Value): Value => np.matmul(ones, np.transpose(x));
  const expected = np.subtract(np.add(np.add(left(a), right(b)), np.add(np.matmul(c, ones), right(a))), left(d));
  expect(grad(f)(matrix(1)).toList()).toEqual(expected.toList());
});

test.each([4, 60])("parts of an array that overlap are added up, with their signs (%d elements)", (n) => {
  const f = (x: Value) => {
    const part = (from: number, to: number | null, step = 1): Value => np.getitem(x, np.slice(from, to, step));
    const plus = total(part(0, -1), np.multiply(part(1, null), 2), np.multiply(part(0, null, 2), 4), part(2, null));
    return np.subtract(plus, total(np.multiply(part(1, -1), 8), part(3, null)));
  };
  const expected = Array.from({ length: n }, (_, place) => {
    const inside = place > 0 && place < n - 1;
    const parts = [place < n - 1, place > 0 && 2, place % 2 === 0 && 4, place > 1, inside && -8, place > 2 && -1];
    return parts.reduce<number>((sum, each) => sum + Number(each), 0);
  });
  expect(grad(f)(ramp(n, 0)).toList()).toEqual(expected);
});

test("what a pullback gave is not added to by the next one", () => {
  const [, pullback] = vjp(
    (x: Value) => np.matmul(x, np.reshape(ramp(100, 1), [10, 10])),
    np.reshape(ramp(100, 0), [10, 10]),
  );
  const [first] = pullback(np.ones([10, 10]));
  const before = first.toList();
  pullback(np.ones([10, 10]));
  expect(first.toList()).toEqual(before);
});
