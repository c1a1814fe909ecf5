// What a trace leaves behind must not keep arrays alive that nobody holds.
import { setFlagsFromString } from "node:v8";
import { createContext, runInNewContext, Script } from "node:vm";
import { expect, test } from "vitest";
import {
  bind,
  evaluate,
  operations,
  primitives,
  ProgramTrace,
  Recording,
  scan,
  trace,
  type Graph,
  type Value,
} from "../src/index.ts";
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
      const program = new ProgramTrace();
      f(program.inputOf(x));
      return program.graph([]).equations.length;
    }),
  ).toBe(true);
});

/** Lets go, within a job, of what was looked at through a weak reference, and collects garbage. */
function collectNow(): void {
  new Script("0").runInContext(createContext({}, { microtaskMode: "afterEvaluate" }));
  collect();
}

/** A value that nobody holds but the graph that runs, and whether it is gone when a later equation runs. */
function watch() {
  let watched: WeakRef<Value> | null = null;
  const seen: boolean[] = [];
  const call = (name: string, x: Value, forward: (operands: readonly Value[]) => readonly Value[]): Value => {
    const params = {
      name,
      types: [{ shape: [3], dtype: "float64" as const }],
      residuals: 0,
      forward,
      pullback: () => [],
    };
    return bind(primitives.linearCall, [x], params)[0] as Value;
  };
  return {
    make: (x: Value) =>
      call("make", x, () => {
        const made = array([1, 2, 3]);
        watched = new WeakRef(made);
        return [made];
      }),
    look: (x: Value) =>
      call("look", x, (operands) => {
        collectNow();
        seen.push(watched?.deref() === undefined);
        return operands;
      }),
    seen,
  };
}

function run(f: (x: Value) => Value): void {
  const recording = new Recording();
  const input = recording.abstractInput({ shape: [3], dtype: "float64" }, array([0]).backend);
  const graph: Graph = recording.graph([f(input)]);
  expect(evaluate(graph, [array([4, 5, 6])])[0]?.shape).toEqual([3]);
}

test("a value is gone while its graph runs, once no later equation needs it", () => {
  const { make, look, seen } = watch();
  run((x) => look(sin(look(sin(make(x))))));
  expect(seen).toEqual([true, true]);
});

test("what a program lets go is gone while it is still traced, and what it keeps is not", () => {
  const { make, look, seen } = watch();
  const letGo = (x: Value) => sin(make(x));
  trace((x: Value) => look(letGo(x)))(array([4, 5, 6]));
  trace((x: Value) => {
    const kept = make(x);
    return add(look(sin(kept)), kept);
  })(array([4, 5, 6]));
  expect(seen).toEqual([true, false]);
});

test("a value stays while a later equation needs it, or the result is made of it", () => {
  const later = watch();
  run((x) => {
    const made = later.make(x);
    return add(later.look(x), made);
  });
  const output = watch();
  run((x) => {
    const made = output.make(x);
    output.look(x);
    return made;
  });
  expect([later.seen, output.seen]).toEqual([[false], [false]]);
});

test("a value that nothing needs is gone with the next equation", () => {
  const { make, look, seen } = watch();
  run((x) => {
    make(x);
    return look(sin(x));
  });
  expect(seen).toEqual([true]);
});

test("what a step of a walk computed is gone in the same step, and its state in the next", () => {
  const within = watch();
  run((x) => scan((state: Value) => [within.look(sin(within.make(state))), null], x, null, { length: 2 })[0]);
  const state = watch();
  run((x) => scan((before: Value) => [state.make(state.look(before)), null], x, null, { length: 3 })[0]);
  expect([within.seen, state.seen]).toEqual([
    [true, true],
    [true, false, false],
  ]);
});
