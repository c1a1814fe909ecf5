// What the face adds to the packages behind it.
import { customJvp, evaluate, graphs, inspect, np, trace, type Value } from "cotangent";
import { expect, test } from "vitest";

test("a stored program comes back with its constants as arrays, and computes the same", () => {
  const weights = np.array([0.5, 2]);
  const { graph } = trace((x: Value) => np.multiply(np.exp(x), weights))(np.array([0, 1], "float64"));
  const again = graphs.fromJSON(JSON.parse(JSON.stringify(graphs.toJSON(graph))));
  const [result] = evaluate(again, [np.array([0, 2], "float64")]);
  expect(String(result)).toBe("array([ 0.5      , 14.7781122])");
  expect(() => graphs.fromJSON({ version: 0 })).toThrow(TypeError);
});

test("derivatives that are wrong by a factor are found without handing over transformations", () => {
  const wrong = customJvp(
    (x: Value) => np.square(x),
    ([x], [change]) => [np.square(x), np.multiply(x, change)],
  );
  const point = [np.array([1.5, 2.5])];
  expect(() => inspect.checkGrads(wrong, point)).toThrow(inspect.GradientError);
  expect(() => inspect.checkGrads(np.square, point)).not.toThrow();
});
