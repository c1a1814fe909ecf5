import { bytesOf } from "../aval.ts";
import { lastUsesOf } from "../evaluate.ts";
import { avalOf, requireGraph, subgraphs, type Equation, type Graph, type Variable } from "../graph.ts";

/** How long values live, and the memory that they take. */
export interface Liveness {
  /** For each equation the variables that nothing needs after it. */
  readonly lastUses: readonly (readonly Variable[])[];
  /** The bytes of inputs and constants, which whoever runs the graph holds. */
  readonly givenBytes: number;
  /** For each equation the bytes of all that was computed and is alive while it runs, itself included. */
  readonly liveBytes: readonly number[];
  /** The largest of them. */
  readonly peakBytes: number;
  /** The equation with the most; -1 in a graph without any. */
  readonly peakAt: number;
}

/**
 * How long the values of a graph live. Every result counts as memory of its own, also where a backend may share it; an
 * equation with graphs within it takes what the largest of them takes at its peak.
 */
export function liveness(graph: Graph): Liveness {
  requireGraph("liveness", graph);
  const lastUses = lastUsesOf(graph);
  const bytes = (variables: Iterable<Variable>) => {
    let sum = 0;
    for (const variable of variables) sum += bytesOf(avalOf(graph, variable));
    return sum;
  };
  const given = new Set([...graph.inputs, ...graph.constants.keys()]);
  const liveBytes: number[] = [];
  let live = 0;
  for (const [index, equation] of graph.equations.entries()) {
    live += bytes(equation.results);
    liveBytes.push(live + peakWithin(equation));
    live -= bytes((lastUses[index] ?? []).filter((variable) => !given.has(variable)));
  }
  const peakBytes = liveBytes.reduce((most, each) => Math.max(most, each), 0);
  return { lastUses, givenBytes: bytes(given), liveBytes, peakBytes, peakAt: liveBytes.indexOf(peakBytes) };
}

function peakWithin(equation: Equation): number {
  return subgraphs(equation).reduce((most, [, inner]) => Math.max(most, liveness(inner).peakBytes), 0);
}
