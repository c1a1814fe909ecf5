// Running a graph: every equation is bound again, so that it can run on arrays or under another transformation.
import { sameAval, showAval, type Aval } from "./aval.ts";
import { ShapeError } from "./errors.ts";
import { avalOf, requireGraph, type Graph, type Variable } from "./graph.ts";
import { bind, isList } from "./trace.ts";
import { isValue } from "./tree.ts";
import type { Value } from "./value.ts";

/**
 * The outputs of a graph for these inputs.
 *
 * A value is let go after its last use, so that its memory can be used again while the graph runs.
 *
 * @throws ShapeError when the inputs are not of the types that the graph was traced with.
 */
export function evaluate(graph: Graph, inputs: readonly Value[]): readonly Value[] {
  requireGraph("evaluate", graph);
  requireInputs("evaluate", graph, inputs);
  const values: (Value | undefined)[] = Array.from({ length: graph.avals.length });
  for (const [variable, value] of graph.constants) values[variable] = value;
  for (const [place, variable] of graph.inputs.entries()) values[variable] = inputs[place];
  const lastUses = lastUsesOf(graph);
  for (const [index, { primitive, operands, params, results }] of graph.equations.entries()) {
    const computed = bind(
      primitive,
      operands.map((variable) => valueOf(values, variable)),
      params,
    );
    for (const [place, variable] of results.entries()) values[variable] = isList(computed) ? computed[place] : computed;
    for (const variable of lastUses[index] ?? []) values[variable] = undefined;
  }
  return graph.outputs.map((variable) => valueOf(values, variable));
}

function valueOf(values: readonly (Value | undefined)[], variable: Variable): Value {
  const value = values[variable];
  if (value === undefined) throw new RangeError(`variable ${variable} is used before it is defined; see checkGraph`);
  return value;
}

/** @throws TypeError for what is no list of arrays; ShapeError where these are not what the graph takes. */
export function requireInputs(name: string, graph: Graph, inputs: readonly Value[]): void {
  if (!Array.isArray(inputs)) throw new TypeError(`${name}: takes a list of arrays: ${name}(graph, [x])`);
  const expected = graph.inputs.map((variable) => avalOf(graph, variable));
  const fits = (input: Value | null | undefined, place: number): boolean => {
    const aval = expected[place];
    return aval !== undefined && input !== undefined && input !== null && sameAval(aval, input);
  };
  if (expected.length === inputs.length && inputs.every(fits)) return;
  const other = inputs.findIndex((input) => !isValue(input));
  if (other >= 0) throw new TypeError(`${name}: input ${other} is no array; make one of it first`);
  throw new ShapeError(`the graph takes (${showAvals(expected)}) and was given (${showAvals(inputs)})`);
}

function showAvals(avals: readonly Aval[]): string {
  return avals.map(showAval).join(", ");
}

const known = new WeakMap<Graph, readonly (readonly Variable[])[]>();

/** The variables that no equation after the one at the same place uses, and no output. */
export function lastUsesOf(graph: Graph): readonly (readonly Variable[])[] {
  const before = known.get(graph);
  if (before !== undefined) return before;
  const seen = new Set<Variable>(graph.outputs);
  const uses = graph.equations.map(() => [] as Variable[]);
  for (let index = graph.equations.length - 1; index >= 0; index--) {
    const { operands = [], results = [] } = graph.equations[index] ?? {};
    for (const variable of [...results, ...operands]) {
      if (seen.has(variable)) continue;
      seen.add(variable);
      uses[index]?.push(variable);
    }
  }
  known.set(graph, uses);
  return uses;
}
