// Windows for signals.
import { operations, type Value } from "@cotangent/core";
import { asInteger, asValue } from "./arguments.ts";
import { progression } from "./progression.ts";
import { i0 } from "./elementwise.ts";

const { add, sub, mul, div, cos } = operations;

/** A window of as many points: 1 for a single one. `f` gets 1 - m, 3 - m, …, m - 1. */
function windowOf(name: string, given: number, f: (n: Value, m: number) => Value): Value {
  const points = asInteger(name, given);
  if (points < 1) return asValue([]);
  if (points === 1) return asValue([1], "float64");
  return f(progression(points, 1 - points, 2, "float64"), points - 1);
}

export function bartlett(points: number): Value {
  return windowOf("bartlett", points, (n, m) => {
    const slope = div(n, m);
    return operations.select(operations.lessEqual(n, 0), add(slope, 1), sub(1, slope));
  });
}

export function hanning(points: number): Value {
  return windowOf("hanning", points, (n, m) => add(mul(cos(div(mul(n, Math.PI), m)), 0.5), 0.5));
}

export function hamming(points: number): Value {
  return windowOf("hamming", points, (n, m) => add(mul(cos(div(mul(n, Math.PI), m)), 0.46), 0.54));
}

export function blackman(points: number): Value {
  return windowOf("blackman", points, (n, m) => {
    const first = mul(cos(div(mul(n, Math.PI), m)), 0.5);
    const second = mul(cos(div(mul(n, 2 * Math.PI), m)), 0.08);
    return add(add(first, 0.42), second);
  });
}

/** The Kaiser window: `beta` is the product of π and its half width. */
export function kaiser(points: number, beta: number): Value {
  return windowOf("kaiser", points, (_, m) => {
    const place = div(sub(progression(points, 0, 1, "float64"), m / 2), m / 2);
    const root = operations.sqrt(operations.maximum(sub(1, operations.square(place)), 0));
    return div(i0(mul(root, beta)), i0(beta));
  });
}
