// From a function to its graph.
import type { Aval } from "./aval.ts";
import type { Graph, Variable } from "./graph.ts";
import { areLocationsNoted, notingLocations } from "./location.ts";
import { ProgramTrace, type ProgramTraceOptions } from "./program-trace.ts";
import { LocatedRecording, Recording } from "./record.ts";
import { Traced, withinBranch, type Trace } from "./trace.ts";
import { flatten, isValue, unflatten, type TreeShape } from "./tree.ts";
import type { Backend, Value } from "./value.ts";
import { knownOptions } from "./options.ts";

/** What a trace gives: the program, and what the function returned. */
export interface TraceResult<Output> {
  readonly graph: Graph;
  /** The result for the arguments that it was traced with. */
  readonly value: Output;
  /** The structure of the result, whose leaves are the graph's outputs. */
  readonly outputShape: TreeShape;
}

/**
 * Runs a function of arrays and writes down what it did: one input for each array in the arguments.
 *
 * The graph holds what happened for these arguments: a branch of `if` that was not taken is not in it.
 */
export function trace<Arguments extends readonly unknown[], Output>(
  f: (...arguments_: Arguments) => Output,
  options: ProgramTraceOptions = {},
): (...arguments_: Arguments) => TraceResult<Output> {
  if (typeof f !== "function") throw new TypeError("trace: takes a function, and gives one: trace(f)(x)");
  const { locations = false } = knownOptions<ProgramTraceOptions>("trace", options, { locations: true });
  return (...arguments_) => {
    const { leaves, shape } = flatten(arguments_);
    const program = new ProgramTrace({ locations });
    const traced = leaves.map((leaf) => (isValue(leaf) ? program.inputOf(leaf) : leaf));
    const run = () => flatten(f(...(unflatten(shape, traced) as Arguments)));
    const output = closing(program, () => notingLocations(locations, run));
    const graph = program.graph(output.leaves.filter(isValue));
    const below = output.leaves.map((leaf) => (isValue(leaf) && program.owns(leaf) ? leaf.below() : leaf));
    return { graph, value: unflatten(output.shape, below) as Output, outputShape: output.shape };
  };
}

/**
 * The graph of a flat function, from the types of its arguments alone. What it does with traced values from around it
 * alone happens outside of the graph, once, unless the graph is that of a branch.
 */
export function traceAbstract(
  f: (...operands: Value[]) => readonly Value[],
  avals: readonly Aval[],
  backend: Backend,
  { isBranch = false }: { readonly isBranch?: boolean } = {},
): Graph {
  const recording = areLocationsNoted() ? new LocatedRecording() : new Recording();
  const inputs = avals.map((aval) => recording.abstractInput(aval, backend));
  const run = () => f(...inputs);
  return recording.graph(closing(recording, isBranch ? () => withinBranch(recording, run) : run));
}

/** What a function gives that runs under a trace, which ends with it, however it ends. */
function closing<Result>(trace: Trace, run: () => Result): Result {
  try {
    return run();
  } finally {
    trace.close();
  }
}

/** A graph without constants that belong to a trace: they are its first inputs, and are given beside it. */
export function closeOver(graph: Graph): { readonly graph: Graph; readonly captured: readonly Value[] } {
  const captured = [...graph.constants].filter(([, value]) => value instanceof Traced);
  if (captured.length === 0) return { graph, captured: [] };
  const lifted = new Set<Variable>(captured.map(([variable]) => variable));
  return {
    graph: {
      ...graph,
      inputs: [...lifted, ...graph.inputs],
      constants: new Map([...graph.constants].filter(([variable]) => !lifted.has(variable))),
    },
    captured: captured.map(([, value]) => value),
  };
}
