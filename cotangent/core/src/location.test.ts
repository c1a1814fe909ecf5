import { expect, test } from "vitest";
import { array } from "../test/testing.ts";
import { cond, scan } from "./control-flow.ts";
import { subgraphs, type Graph } from "./graph.ts";
import { callerLocation } from "./location.ts";
import { add, less, mul, neg, sin } from "./operations.ts";
import { trace } from "./trace-function.ts";
import type { Value } from "./value.ts";

test("the nearest frame outside the library is told", () => {
  expect(callerLocation()).toMatch(/location\.test\.ts:11:10$/);
});

test("deep calls hide nothing", () => {
  const call = (depth: number): string | null => (depth === 0 ? callerLocation() : call(depth - 1));
  expect(call(20)).toMatch(/location\.test\.ts:\d+:\d+$/);
});

test("how much of the stack others see stays what it was", () => {
  const before = Error.stackTraceLimit;
  callerLocation();
  expect(Error.stackTraceLimit).toBe(before);
});

/** The primitives of a graph and of the graphs in it, with the lines that they were called on. */
function linesOf(graph: Graph): readonly string[] {
  return graph.equations.flatMap((equation) => [
    `${equation.primitive.name} ${/location\.test\.ts:(\d+):\d+$/.exec(equation.location ?? "")?.[1] ?? "nowhere"}`,
    ...subgraphs(equation).flatMap(([, inner]) => linesOf(inner)),
  ]);
}

const walked = (x: Value) =>
  scan(
    (state: Value, each: Value) => {
      const next = add(state, each);
      return [mul(next, state), cond(less(next, 0), sin, neg, next)];
    },
    array(1),
    x,
  );

const places = ["scan 34", "add 36", "mul 37", "less 37", "cond 37", "sin 37", "neg 37"];

test("what branches and bodies do has its place too, if that is noted", () => {
  expect(linesOf(trace(walked, { locations: true })(array([1, 2])).graph)).toEqual(places);
  const nowhere = places.map((each) => each.replace(/\d+/, "nowhere"));
  expect(linesOf(trace(walked)(array([1, 2])).graph)).toEqual(nowhere);
});

test("a trace within another notes places if it is told to itself, and the other goes on", () => {
  const inner: Graph[] = [];
  const outer = trace(
    (x: Value) => {
      inner.push(trace(walked)(x).graph);
      return walked(x);
    },
    { locations: true },
  );
  expect(linesOf(outer(array([1, 2])).graph)).toContain("add 36");
  expect(inner.flatMap(linesOf).filter((each) => !each.endsWith("nowhere"))).toEqual([]);
  const failing = () => {
    throw new Error("an author's");
  };
  expect(() => trace(failing, { locations: true })()).toThrow("an author's");
  expect(linesOf(trace(walked)(array([1, 2])).graph)).toContain("add nowhere");
});
