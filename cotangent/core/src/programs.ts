// Programs within programs, as the interpreter runs them: branches, loops and calls.
import { evaluate } from "./evaluate.ts";
import type { ParamsOf, PrimitiveName } from "./primitives.ts";
import { concatenate, reshape } from "./operations.ts";
import type { Value } from "./value.ts";
import { promised } from "./promised.ts";
import { rowOf } from "./trace.ts";

/** Primitives whose parameters are graphs. */
export const programNames = ["cond", "while", "scan", "call", "linearCall"] as const satisfies readonly PrimitiveName[];
export type ProgramName = (typeof programNames)[number];

/** Runs each kind. Operands may be traced, as long as it is known where a branch or a loop goes. */
export const programKernels: {
  readonly [Name in ProgramName]: (operands: readonly Value[], params: ParamsOf<Name>) => readonly Value[];
} = {
  cond([predicate, ...operands], { branches: [yes, no] }) {
    return evaluate(predicate?.item() === true ? yes : no, operands);
  },

  while(operands, { test, body, constants: [forTest, forBody] }) {
    const testConstants = operands.slice(0, forTest);
    const bodyConstants = operands.slice(forTest, forTest + forBody);
    let state: readonly Value[] = operands.slice(forTest + forBody);
    while (evaluate(test, [...testConstants, ...state])[0]?.item() === true) {
      state = evaluate(body, [...bodyConstants, ...state]);
    }
    return state;
  },

  scan(operands, { body, constants, carries, length, reverse }) {
    const shared = operands.slice(0, constants);
    const walked = operands.slice(constants + carries);
    const rows = body.outputs.slice(carries).map(() => [] as Value[]);
    let state: readonly Value[] = operands.slice(constants, constants + carries);
    for (let step = 0; step < length; step++) {
      const place = reverse ? length - 1 - step : step;
      const outputs = evaluate(body, [...shared, ...state, ...walked.map((each) => rowOf(each, place))]);
      state = outputs.slice(0, carries);
      for (const [index, row] of outputs.slice(carries).entries()) rows[index]?.push(row);
    }
    return [
      ...state,
      ...rows.map((each, index) => stack(reverse ? each.toReversed() : each, body, carries + index, operands)),
    ];
  },

  call: (operands, { graph }) => evaluate(graph, operands),

  linearCall: (operands, { forward }) => forward(operands),
};

/** Runs one of them, by its name. */
export function runKernel(name: ProgramName, operands: readonly Value[], params: object): readonly Value[] {
  const kernel = programKernels[name] as (operands: readonly Value[], params: object) => readonly Value[];
  return kernel(operands, params);
}

/** Along a new first axis. A loop of no steps has no row to go by, but for the body's type. */
function stack(
  rows: readonly Value[],
  body: ParamsOf<"scan">["body"],
  output: number,
  operands: readonly Value[],
): Value {
  if (rows.length > 0) {
    return concatenate(
      rows.map((row) => reshape(row, [1, ...row.shape])),
      0,
    );
  }
  const aval = promised(body.avals[body.outputs[output] ?? -1], "the type of a row");
  const { backend } = promised(operands[0], "an operand of scan");
  return backend.full([0, ...aval.shape], 0, aval.dtype);
}
