// Branches and loops under a transformation, where examples may go different ways.
import {
  bind,
  evaluate,
  operations,
  primitives,
  runKernel,
  Traced,
  type ParamsOf,
  type ProgramName,
  type Value,
} from "@cotangent/core";
import { Batched } from "./batched.ts";

const { broadcast, select } = operations;

/**
 * Runs a program with traced operands, step by step.
 *
 * Where a predicate differs from example to example, both branches are run and each example has its own result chosen;
 * a loop runs as long as one example goes on.
 */
export function runProgram(name: ProgramName, operands: readonly Value[], params: object): readonly Value[] {
  if (name === "while") return runLoop(operands, params as ParamsOf<"while">);
  const [predicate, ...others] = operands;
  if (name !== "cond" || predicate === undefined || !varies(predicate)) {
    return runKernel(name, operands, params);
  }
  const { branches } = params as ParamsOf<"cond">;
  return choose(predicate, evaluate(branches[0], others), evaluate(branches[1], others));
}

function runLoop(operands: readonly Value[], { test, body, constants }: ParamsOf<"while">): readonly Value[] {
  const [forTest, forBody] = constants;
  const ofTest = operands.slice(0, forTest);
  const ofBody = operands.slice(forTest, forTest + forBody);
  let state: readonly Value[] = operands.slice(forTest + forBody);
  for (;;) {
    const [holds] = evaluate(test, [...ofTest, ...state]);
    if (holds === undefined || !holdsForSome(holds)) return state;
    const next = evaluate(body, [...ofBody, ...state]);
    state = varies(holds) ? choose(holds, next, state) : next;
  }
}

/** For each example the results of its own branch. */
function choose(predicate: Value, yes: readonly Value[], no: readonly Value[]): readonly Value[] {
  return yes.map((value, place) => {
    const axes = value.shape.map((_, axis) => axis);
    const condition = axes.length === 0 ? predicate : broadcast(predicate, value.shape, axes);
    return select(condition, value, no[place] ?? value);
  });
}

/** Whether a value differs from example to example. */
function varies(value: Value): boolean {
  let each = value;
  while (each instanceof Traced) {
    if (each instanceof Batched) return true;
    each = each.below();
  }
  return false;
}

function holdsForSome(predicate: Value): boolean {
  let each = predicate;
  while (each instanceof Traced) {
    each = each instanceof Batched ? bind(primitives.any, [each.value], { axes: [0] }) : each.below();
  }
  return each.item() === true;
}
