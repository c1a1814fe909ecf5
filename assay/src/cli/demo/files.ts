// The repository of the demo: what it starts with, what the agent changes, what a verifying test looks like.

/** A small library with one function and a test. */
export const theStart: Readonly<Record<string, string>> = {
  ".gitignore": "node_modules\n",
  "package.json": `${JSON.stringify({ name: "gradients", type: "module", private: true, scripts: { test: "vitest run" }, devDependencies: { vitest: "*" } }, null, 2)}\n`,
  "src/norm.js": `/** The Euclidean norm of a vector. */
export function norm(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
`,
  "src/norm.test.js": `import { expect, test } from "vitest";
import { norm } from "./norm.js";

test("the norm of (3, 4) is 5", () => {
  expect(norm([3, 4])).toBe(5);
});
`,
};

/** The agent's change: right as it is, and verified by nobody. */
export const theChange: Readonly<Record<string, string>> = {
  "src/scale-gradient.js": `import { norm } from "./norm.js";

/** The gradient, shortened to \`maximum\` where it is longer. */
export function scaleGradient(gradient, maximum) {
  const length = norm(gradient);
  if (length <= maximum) return gradient;
  const factor = maximum / length;
  return gradient.map((value) => value * factor);
}
`,
  "src/scale-gradient.test.js": `import { expect, test } from "vitest";
import { scaleGradient } from "./scale-gradient.js";

test("scales a gradient", () => {
  expect(scaleGradient([3, 4], 1)).toHaveLength(2);
});
`,
};

/** A test that stands on both sides of the limit, on it, and on the value itself. */
export const strongTest: Readonly<Record<string, string>> = {
  "src/scale-gradient.test.js": `import { expect, test } from "vitest";
import { scaleGradient } from "./scale-gradient.js";

test("a gradient that is too long keeps its direction and gets the maximum length", () => {
  const [x, y] = scaleGradient([3, 4], 1);
  expect(x).toBeCloseTo(0.6);
  expect(y).toBeCloseTo(0.8);
});

test("a gradient within the maximum is returned as it is", () => {
  const short = [0.3, 0.4];
  expect(scaleGradient(short, 1)).toBe(short);
});

test("a gradient of exactly the maximum length is returned as it is", () => {
  const exact = [3, 4];
  expect(scaleGradient(exact, 5)).toBe(exact);
});
`,
};
