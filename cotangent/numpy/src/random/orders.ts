// Random orders.
import { sizeOf, type Value } from "@cotangent/core";
import { reshaped } from "../functions/moving.ts";
import { integerArray, takeAlong, takeFlat } from "../functions/rows.ts";
import { moveaxis } from "../functions/shaping.ts";

/** Exchanges each element, from the last on, with one that is not after it. */
export function exchange(list: unknown[], first: number, draw: (last: number) => number): void {
  for (let place = list.length - 1; place >= first; place--) {
    const other = draw(place);
    [list[place], list[other]] = [list[other], list[place]];
  }
}

/** Each row along an axis in an order of its own. `draw` gives a natural number up to another. */
export function eachShuffled(value: Value, axis: number, draw: (last: number) => number): Value {
  const rows = moveaxis(value, axis, -1);
  const length = rows.shape.at(-1) ?? 0;
  const places = new Float64Array(rows.size);
  for (let row = 0; row < sizeOf(rows.shape.slice(0, -1)); row++) {
    const start = row * length;
    const order = Array.from({ length }, (_, place) => start + place);
    exchange(order, 1, draw);
    places.set(order, start);
  }
  return moveaxis(takeFlat(rows, integerArray(places, rows.shape)), -1, axis);
}

/** The rows of an array along an axis in one order for all. */
export function allShuffled(value: Value, axis: number, draw: (last: number) => number): Value {
  const order = Array.from({ length: value.shape[axis] ?? 0 }, (_, place) => place);
  exchange(order, 1, draw);
  return takeAlong(value, integerArray(order), axis);
}

/** The elements in random order. */
export function flatShuffled(value: Value, draw: (last: number) => number): Value {
  return reshaped(allShuffled(reshaped(value, [value.size]), 0, draw), value.shape);
}
