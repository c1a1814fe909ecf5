import { knownOptions, requireGraph, subgraphs, type Equation, type Graph, type Variable } from "@cotangent/core";
import { nameOf, showConstant, showParams, typedName } from "./show.ts";

/** Settings of `print`. */
export interface PrintOptions {
  /** Say behind each equation where it was called, if the trace noted it. */
  readonly locations?: boolean;
}

/**
 * A graph as text: its inputs, constants, and a line for each equation, with the types of all results. Graphs within it
 * stand indented below their equations.
 */
export function print(graph: Graph, options: PrintOptions = {}): string {
  requireGraph("print", graph);
  return linesOf(graph, knownOptions<PrintOptions>("print", options, { locations: true })).join("\n");
}

/** The lines of `print`, with names of the caller's choice for the graph's own variables. */
export function linesOf(graph: Graph, { locations = false }: PrintOptions, name = nameOf): readonly string[] {
  const list = (variables: readonly Variable[]) => variables.map((each) => typedName(graph, each, name)).join(", ");
  return [
    `graph(${list(graph.inputs)}) {`,
    ...[...graph.constants].map(
      ([variable, value]) => `  ${typedName(graph, variable, name)} = constant ${showConstant(value)}`,
    ),
    ...graph.equations.flatMap((equation) => equationLines(equation, list(equation.results), { locations }, name)),
    `  return ${graph.outputs.map(name).join(", ")}`,
    "}",
  ];
}

function equationLines(
  { primitive, operands, params, location }: Equation,
  results: string,
  { locations = false }: PrintOptions,
  name: (variable: Variable) => string,
): readonly string[] {
  const place = locations && location !== null ? `  // ${location}` : "";
  const call = [primitive.name + showParams(params), ...operands.map(name)].join(" ");
  const inner = subgraphs({ primitive, operands, params, results: [], location }).flatMap(([label, graph]) => {
    const [first = "", ...rest] = linesOf(graph, { locations });
    return [`${label}: ${first}`, ...rest].map((line) => `    ${line}`);
  });
  return [`  ${results} = ${call}${place}`, ...inner];
}
