// What a trace leaves behind must not keep arrays alive that nobody holds.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { operations, Recording, trace, type Value } from "../src/index.ts";
import { array } from "./testing.ts";

const { add, mul, sin, sum } = operations;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Whether an array that only this function held is collected, while what it gives back is held. */
async function isCollected(make: (value: Value) => unknown): Promise<boolean> {
  let value: Value | null = array([1, 2, 3]);
  const watched = new WeakRef(value);
  const held = make(value);
  value = null;
  // A WeakRef keeps its target until the current job ends.
  for (let turn = 0; turn < 5 && watched.deref() !== undefined; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
  }
  // What is held is used here, so that it lives until now.
  return watched.deref() === undefined && held !== null;
}

const f = (x: Value) => sum(mul(sin(x), x), [0]);

test("an argument is not kept by the graph that was traced with it", async () => {
  expect(await isCollected((x) => trace(f)(x).graph)).toBe(true);
});

test("values on the way are not kept by the graph", async () => {
  let between: WeakRef<Value> | null = null;
  const graph = trace((x: Value) => {
    const y = sin(add(x, x));
    between = new WeakRef((y as unknown as { known: Value }).known);
    return sum(y, [0]);
  })(array([1, 2, 3])).graph;
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect();
  }
  const watched = between as WeakRef<Value> | null;
  expect([watched === null, watched?.deref(), graph.equations.length]).toEqual([false, undefined, 3]);
});

test("a constant is kept by the graph, and goes with it", async () => {
  const traceWith = (c: Value) => trace((x: Value) => add(x, c))(array([4, 5, 6])).graph;
  expect(await isCollected(traceWith)).toBe(false);
  expect(await isCollected((c) => traceWith(c).equations.length)).toBe(true);
});

test("a recording that nobody holds keeps nothing", async () => {
  expect(
    await isCollected((x) => {
      const recording = new Recording({ eager: true });
      f(recording.inputOf(x));
      return recording.entries.length;
    }),
  ).toBe(true);
});
