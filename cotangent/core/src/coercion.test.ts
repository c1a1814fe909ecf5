import { inspect } from "node:util";
import { expect, test } from "vitest";
import { array, tinyBackend } from "../test/tiny-backend.ts";
import { operations, trace, traceAbstract, OperatorError, type Value } from "./index.ts";

const { add } = operations;

/** What `look` makes of a value while it is traced. */
function whileTraced(look: (x: Value) => string): string {
  const seen: string[] = [];
  trace((x: Value) => {
    seen.push(look(x));
    return add(x, x);
  })(array([1.5, 2]));
  return seen.join();
}

test("a traced value says its type and what it stands for, in templates and when it is logged", () => {
  expect(whileTraced((x) => String(x))).toBe("Traced<float64[2]>([1.5,2])");
  expect(whileTraced((x) => inspect({ x }))).toBe("{ x: Traced<float64[2]>([1.5,2]) }");
  expect(whileTraced((x) => JSON.stringify({ x }))).toBe('{"x":[1.5,2]}');
});

test("where only types are known, the type is all that it says", () => {
  const seen: string[] = [];
  const look = (...inputs: Value[]) => {
    seen.push(...inputs.map(String));
    return inputs;
  };
  traceAbstract(look, [{ dtype: "float64", shape: [3, 2] }], tinyBackend);
  expect(seen).toEqual(["Traced<float64[3,2]>"]);
});

test("an operator is refused, as it would see no number", () => {
  const doubled = (x: Value) => Number(x) * 2;
  expect(() => whileTraced((x) => String(doubled(x)))).toThrow(OperatorError);
  expect(() => whileTraced((x) => String(doubled(x)))).toThrow(
    "an operator or a function of numbers met float64[2]: JavaScript can't compute with arrays; " +
      "call add, multiply, less and so on, or item() for the number in an array of one element",
  );
});
