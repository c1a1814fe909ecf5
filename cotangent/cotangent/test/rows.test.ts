// Arrays taken apart as JavaScript takes lists apart: row by row, known or traced.
import { evaluate, grad, jacfwd, np, scan, trace, vmap, type Value } from "cotangent";
import { expect, test } from "vitest";

const { add, cos, multiply, sin, sum } = np;

test("an array is iterated as NumPy does it", () => {
  const x = np.array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect([...x].map(String)).toEqual(["array([1, 2, 3])", "array([4, 5, 6])"]);
  const [[, second], last] = x as Iterable<Value> as [Value, Value];
  expect([second?.item(), String(last)]).toEqual([2, "array([4, 5, 6])"]);
  const names: string[] = [];
  for (const { dtype, shape } of np.zeros([2, 0], "int8")) names.push(`${dtype}[${shape.join()}]`);
  expect(names).toEqual(["int8[0]", "int8[0]"]);
  expect([...np.zeros([0, 2])]).toEqual([]);
  expect(() => [...np.array(1.5)]).toThrow(TypeError);
});

/** Two coupled oscillators, written with the parts of a state by name. */
function fall(state: Value): Value {
  const [[p = state, q = state] = [], [u = state, v = state] = []] = state;
  return np.stack([np.stack([u, v]), np.stack([multiply(-1, sin(p)), multiply(cos(p), q)])]);
}

test("parts of a traced array have derivatives", () => {
  const energy = (state: Value) => {
    let total: Value = np.array(0.5);
    for (const [place, row] of [...fall(state)].entries()) total = add(total, multiply(place + 1, sum(row)));
    return total;
  };
  const at = np.array([
    [0.5, 1.5],
    [2.5, 3.5],
  ]);
  const slope = [-2 * Math.cos(0.5) - 2 * Math.sin(0.5) * 1.5, 2 * Math.cos(0.5)];
  const expected = np.array([slope, [1, 1]]);
  expect(np.allclose(grad(energy)(at), expected)).toBe(true);
  expect(np.allclose(jacfwd(energy)(at), expected)).toBe(true);
  const { graph } = trace(grad(energy))(np.zeros([2, 2]));
  expect(np.allclose(evaluate(graph, [at])[0] ?? 0, expected)).toBe(true);
});

test("parts of each example, and of the state of a walk", () => {
  const turned = ([x, y]: Iterable<Value>) =>
    x === undefined || y === undefined ? np.zeros(2) : np.stack([y, np.negative(x)]);
  expect(
    vmap(turned)(
      np.array([
        [1, 2],
        [3, 4],
      ]),
    ).toList(),
  ).toEqual([
    [2, -1],
    [4, -3],
  ]);
  const walk = (start: Value) => scan((state: Value) => [turned(state), null], start, np.arange(3))[0];
  expect(walk(np.array([1, 2])).toList()).toEqual([-2, 1]);
  expect(jacfwd(walk)(np.array([1.5, 2.5])).toList()).toEqual([
    [-0, -1],
    [1, 0],
  ]);
});
