// Branches and loops under a transformation, followed step by step.
import {
  AbstractValueError,
  evaluate,
  runKernel,
  showCall,
  type ParamsOf,
  type ProgramName,
  type Value,
  promised,
} from "@cotangent/core";
import { choose, guarded, holdsFor, runBoth } from "./per-example.ts";
import { isAbstract, varies } from "./staging.ts";

/**
 * Runs a program with traced operands, step by step.
 *
 * Where a predicate differs from example to example, both branches are run and each example has its own result chosen;
 * a loop runs as long as one example goes on.
 */
export function runProgram(name: ProgramName, operands: readonly Value[], params: object): readonly Value[] {
  if (name === "while") return runLoop(operands, params as ParamsOf<"while">);
  const [predicate, ...others] = operands;
  if (name !== "cond" || predicate === undefined || !varies(predicate)) return runKernel(name, operands, params);
  const { branches } = params as ParamsOf<"cond">;
  return runBoth(
    predicate,
    (own) => evaluate(branches[0], own),
    (own) => evaluate(branches[1], own),
    others,
  );
}

function runLoop(operands: readonly Value[], { test, body, constants }: ParamsOf<"while">): readonly Value[] {
  const [forTest, forBody] = constants;
  const ofTest = operands.slice(0, forTest);
  const ofBody = operands.slice(forTest, forTest + forBody);
  let state: readonly Value[] = operands.slice(forTest + forBody);
  for (;;) {
    const holds = promised(evaluate(test, [...ofTest, ...state])[0], "the result of a loop's test");
    if (isAbstract(holds)) {
      throw new AbstractValueError(
        `${showCall("while", operands)}: reverse mode has to know how often a loop runs, and here only types are known; use scan, which has a length, or forward mode`,
      );
    }
    if (!holdsFor(holds, "any")) return state;
    state = holdsFor(holds, "all")
      ? evaluate(body, [...ofBody, ...state])
      : choose(holds, evaluate(body, guarded([...ofBody, ...state], holds)), state);
  }
}
