// The types of programs within programs.
import { showAval, type Aval } from "./aval.ts";
import { avalOf, type Graph } from "./graph.ts";
import type { PrimitiveName } from "./primitives.ts";
import { at, isNatural, requires, type TypeRule } from "./type-rules.ts";

const subprogram = (graph: Graph): readonly Aval[] => graph.outputs.map((variable) => avalOf(graph, variable));

function requireInputs(graph: Graph, operands: readonly Aval[], name: string): void {
  requires(
    graph.inputs.length === operands.length &&
      graph.inputs.every((variable, place) => showAval(avalOf(graph, variable)) === showAval(at(operands, place))),
    () => `operands do not fit the inputs of its ${name}`,
  );
}

export const programTypes = {
  cond: ([predicate, ...operands], { branches }) => {
    requires(predicate?.dtype === "bool" && predicate.shape.length === 0, "the first operand is no bool scalar");
    const [first, second] = branches.map(subprogram);
    for (const branch of branches) requireInputs(branch, operands, "branches");
    requires(
      JSON.stringify(first?.map(showAval)) === JSON.stringify(second?.map(showAval)),
      () =>
        `branches return (${first?.map(showAval).join(", ")}) and (${second?.map(showAval).join(", ")}); let both return the same`,
    );
    return first ?? [];
  },
  while: (operands, { test, body, constants }) => {
    const state = operands.slice(constants[0] + constants[1]);
    requireInputs(test, [...operands.slice(0, constants[0]), ...state], "test");
    requireInputs(body, [...operands.slice(constants[0], constants[0] + constants[1]), ...state], "body");
    const [holds, ...others] = subprogram(test);
    requires(
      others.length === 0 && holds?.dtype === "bool" && holds.shape.length === 0,
      "the test does not return one bool",
    );
    const next = subprogram(body);
    requires(
      JSON.stringify(next.map(showAval)) === JSON.stringify(state.map(showAval)),
      () =>
        `the body returns (${next.map(showAval).join(", ")}), which is not the type of the state; start with the type that the body returns`,
    );
    return next;
  },
  scan: (operands, { body, constants, carries, length }) => {
    const walked = operands.slice(constants + carries);
    requires(isNatural(length), () => `${length} is no number of steps`);
    requires(
      walked.every(({ shape }) => shape[0] === length),
      () => `what it walks over is not ${length} long`,
    );
    const elements = walked.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }));
    requireInputs(body, [...operands.slice(0, constants + carries), ...elements], "body");
    const outputs = subprogram(body);
    const state = operands.slice(constants, constants + carries);
    requires(
      JSON.stringify(outputs.slice(0, carries).map(showAval)) === JSON.stringify(state.map(showAval)),
      () =>
        `the body returns (${outputs.map(showAval).join(", ")}), which does not begin with the type of the state; start with the type that the body returns`,
    );
    const stacked = outputs.slice(carries).map(({ shape, dtype }) => ({ shape: [length, ...shape], dtype }));
    return [...outputs.slice(0, carries), ...stacked];
  },
  call: (operands, { graph }) => {
    requireInputs(graph, operands, "graph");
    return subprogram(graph);
  },
  linearCall: (_operands, { types }) => types,
} satisfies { readonly [Name in PrimitiveName]?: TypeRule<Name> };
