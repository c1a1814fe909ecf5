import {
  commonSubexpressions,
  cond,
  deadCode,
  operations,
  optimize,
  simplify,
  trace,
  type Value,
} from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { expect, test } from "vitest";
import { nested, plain } from "../test/programs.ts";
import { diff, diffLines } from "./diff.ts";

const { add, less, mul, neg, sin } = operations;

test("a graph does not differ from itself", () => {
  for (const graph of [plain, nested]) {
    expect(diffLines(graph, graph).every(({ kind }) => kind === "both")).toBe(true);
  }
});

test("what both graphs have goes by the names of the first", () => {
  const { graph } = trace((x: Value) => add(sin(x), neg(neg(mul(x, 2)))))(array([1]));
  expect(diff(graph, optimize(graph))).toBe(`  graph(%0: float64[1]) {
    %2: float64[] = constant 2
    %1: float64[1] = sin %0
    %3: float64[1] = mul %0 %2
-   %4: float64[1] = neg %3
-   %5: float64[1] = neg %4
-   %6: float64[1] = add %1 %5
-   return %6
+   %4': float64[1] = add %1 %3
+   return %4'
  }`);
});

test("equal equations that became one are missing once", () => {
  const { graph } = trace((x: Value) => add(sin(x), sin(x)))(array([1]));
  const lines = diffLines(graph, commonSubexpressions(graph)).filter(({ kind }) => kind !== "both");
  expect(lines.map(({ kind, text }) => `${kind}: ${text.trim()}`)).toEqual([
    "before: %2: float64[1] = sin %0",
    "before: %3: float64[1] = add %1 %2",
    "before: return %3",
    "after: %2': float64[1] = add %1 %1",
    "after: return %2'",
  ]);
});

test("equal constants are told apart", () => {
  const { graph } = trace((x: Value) => {
    neg(x);
    return less(mul(x, 1), 1);
  })(array([1]));
  const lines = diffLines(graph, deadCode(graph)).filter(({ kind }) => kind !== "both");
  expect(lines).toEqual([{ kind: "before", text: "  %1: float64[1] = neg %0" }]);
});

test("what changed within a graph is shown within it", () => {
  const { graph } = trace((x: Value) => cond(less(x, 0), (y: Value) => mul(y, 1), neg, x))(array(1));
  const lines = diffLines(graph, simplify(graph)).filter(({ text }) => text.includes("mul"));
  expect(lines).toEqual([{ kind: "before", text: "      %2: float64[] = mul %0 %1" }]);
});

test("equal equations are told apart", () => {
  const { graph } = trace((x: Value) => add(sin(x), sin(x)))(array([1]));
  expect(diffLines(graph, graph).filter(({ kind }) => kind !== "both")).toEqual([]);
});
