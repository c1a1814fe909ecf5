// What is measured, and how quick it ought to be.

/**
 * @typedef {object} Row
 * @property {string} title
 * @property {string} name Of the case, in every library.
 * @property {"float64" | "float32"} dtype
 * @property {number} [per] Operations in one call; times are given for one of them.
 * @property {string} [over] The case that the row is a multiple of.
 * @property {number} [at_most] Microseconds, or, beside `over`, the multiple.
 * @property {number} [at_most_numpy] A multiple of NumPy's time.
 *
 * @typedef {{ readonly title: string, readonly what: string, readonly rows: readonly Row[] }} Section
 */

const wholeNames = ["row add", "row add, out", "m + m.T", "sum axis 0", "sum axis 1", "cumsum 1e6", "sort 1e6"];
const productNames = ["matmul 64", "matmul 512", "matmul 1024"];
const workloads = ["mlp", "lse1e5", "chain1000", "ros100", "rnn50"];

/** The goals that concern gradients. @type {Readonly<Record<string, number>>} */
const gradientGoals = { mlp: 800, lse1e5: 1000, chain1000: 300, rnn50: 2000 };

/** @param {"float64" | "float32"} dtype @returns {readonly Row[]} */
function workloadRows(dtype) {
  const goals = dtype === "float64";
  return workloads.flatMap((name) => [
    { title: `${name}, forward`, name: `${name} forward`, dtype },
    {
      title: `${name}, gradient`,
      name: `${name} gradient`,
      dtype,
      ...(goals && name in gradientGoals ? { at_most: gradientGoals[name] } : {}),
    },
    {
      title: `${name}, gradient over forward`,
      name: `${name} gradient`,
      over: `${name} forward`,
      dtype,
      ...(goals ? { at_most: 5 } : {}),
    },
  ]);
}

/** @param {"float64" | "float32"} dtype @returns {readonly Row[]} */
function arrayRows(dtype) {
  /** @type {Readonly<Record<string, Partial<Row>>>} */
  const goals =
    dtype === "float64"
      ? { "add 1e6": { at_most_numpy: 1.3 }, "row add": { at_most: 600 }, "matmul 1024": { at_most: 100_000 } }
      : {};
  const names = [
    ...["1e3", "1e6"].flatMap((size) => ["add", "mul", "exp", "sum"].map((name) => `${name} ${size}`)),
    "add 1e6, out",
    "mul 1e6, out",
    ...wholeNames,
    ...productNames,
  ];
  return names.map((name) => Object.assign({ title: name, name, dtype }, goals[name]));
}

/** @type {readonly Section[]} */
export const sections = [
  {
    title: "The cost of an operation",
    what: "A chain of 1000 sines of a scalar, for one of them; two vectors of 3 elements.",
    rows: [
      { title: "trace and evaluate", name: "chain1000 trace", per: 1000, dtype: "float64", at_most: 0.15 },
      { title: "evaluate", name: "chain1000 forward", per: 1000, dtype: "float64" },
      { title: "gradient", name: "chain1000 gradient", per: 1000, dtype: "float64" },
      { title: "gradient over trace", name: "chain1000 gradient", over: "chain1000 trace", dtype: "float64" },
      { title: "vec3 add", name: "vec3 add", dtype: "float64", at_most: 0.15 },
      { title: "evaluate", name: "chain1000 forward", per: 1000, dtype: "float32" },
      { title: "vec3 add", name: "vec3 add", dtype: "float32" },
    ],
  },
  {
    title: "Derivatives, float64",
    what:
      "mlp: 64 vectors of 256, 128 hidden units with tanh, 10 classes, cross-entropy. lse1e5: log-sum-exp of 100,000. " +
      "chain1000: 1000 sines of a scalar. ros100: Rosenbrock of 100 variables. rnn50: 50 steps of tanh(h[16,64] W + b).",
    rows: [
      ...workloadRows("float64"),
      { title: "ros100, Hessian", name: "ros100 hessian", dtype: "float64", at_most: 1000 },
    ],
  },
  {
    title: "Derivatives, float32",
    what: "The same, in the only floating-point dtype of tfjs.",
    rows: [...workloadRows("float32"), { title: "ros100, Hessian", name: "ros100 hessian", dtype: "float32" }],
  },
  {
    title: "Arrays, float64",
    what:
      "1e3 and 1e6 elements; a matrix of 1000 × 1000 and a row (row add), and its transpose (m + m.T); cumsum 1e6 and " +
      "sort 1e6 of a vector; products of square matrices. Rows with `out` write into an array that is there. jax-js, " +
      "tfjs and numpy-ts are told by `dispose` that a result is not wanted any more.",
    rows: arrayRows("float64"),
  },
  { title: "Arrays, float32", what: "The same in float32.", rows: arrayRows("float32") },
];
