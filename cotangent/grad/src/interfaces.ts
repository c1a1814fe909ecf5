// The same program behind other inputs and outputs.
import { avalOf, type Aval, type Backend, type Graph, promised } from "@cotangent/core";

/** The numbers from `start` on, `count` of them. */
export function places(count: number, start = 0): readonly number[] {
  return Array.from({ length: count }, (_, place) => start + place);
}

/** The type alone of a value or type: a graph must not keep an array alive. */
export function typeOf({ shape, dtype }: Aval): Aval {
  return { shape, dtype };
}

/** Takes its inputs in another order. A number is the place of an input; a type is that of one that nothing looks at. */
export function withInputs(graph: Graph, order: readonly (number | Aval)[]): Graph {
  const avals = [...graph.avals];
  const inputs = order.map((each) => {
    if (typeof each !== "number") return avals.push(typeOf(each)) - 1;
    return variableAt(graph.inputs, each);
  });
  return { ...graph, avals, inputs };
}

/** Gives its outputs in another order. A number is the place of an output; a type is that of zeros. */
export function withOutputs(graph: Graph, order: readonly (number | Aval)[], backend: Backend): Graph {
  const avals = [...graph.avals];
  const constants = new Map(graph.constants);
  const outputs = order.map((each) => {
    if (typeof each === "number") return variableAt(graph.outputs, each);
    const variable = avals.push(typeOf(each)) - 1;
    constants.set(variable, backend.full(each.shape, 0, each.dtype));
    return variable;
  });
  return { ...graph, avals, constants, outputs };
}

/** The types of a graph's inputs. */
export function inputTypes(graph: Graph): readonly Aval[] {
  return graph.inputs.map((variable) => avalOf(graph, variable));
}

function variableAt(variables: readonly number[], place: number): number {
  return promised(variables[place], `variable ${place}`);
}
