// Why a goal is missed, or another library quicker: each reason names the rows of the same run that show it.

/** @typedef {{ readonly rows: RegExp, readonly why: string }} Reason */

const arithmetic =
  "the arithmetic, not what is around it: NumPy's products and exponentials use registers of 256 bits and fused " +
  "multiply-adds, WebAssembly has 128 bits and none (matmul, exp).";

/** By title of a row; the first that fits. @type {readonly Reason[]} */
const reasons = [
  {
    rows: /^chain1000, gradient over forward$/,
    why:
      "forward is not recorded where nothing is traced, and a sine costs less than recording one (evaluate beside trace " +
      "and evaluate). Of what is recorded the gradient is the multiple in the row `gradient over trace`.",
  },
  { rows: /^gradient over forward, geometric mean$/, why: "the rows of it that are above their own goal, see there." },
  {
    rows: /^(?:add|mul|cumsum) 1e6|^row add/,
    why:
      "the memory of the result. What nobody holds is found when garbage is collected, so that results go through more " +
      "memory than caches hold; the others count references, or are told by `dispose`. With `out` the memory is there: " +
      "see the rows `out`.",
  },
  {
    rows: /^trace and evaluate$/,
    why:
      "memory: a traced operation makes an array, a value and an equation with its lists, and here garbage is collected " +
      'beside arrays of a million. By itself (`--only "The cost of an operation"`) the section has met the goal. The sine is ' +
      "the row evaluate.",
  },
  { rows: /^(?:mlp|lse1e5|rnn50), (?:forward|gradient)$/, why: arithmetic },
];

/** @param {string} title Of a row, or what a goal is about. */
export function reasonFor(title) {
  return reasons.find(({ rows }) => rows.test(title))?.why ?? "not known.";
}
