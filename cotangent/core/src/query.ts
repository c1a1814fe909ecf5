// Questions about a graph: where a variable comes from, who uses it, and what depends on what.
import type { Aval } from "./aval.ts";
import { GraphError } from "./errors.ts";
import { avalOf, GraphBuilder, requireGraph, type Equation, type Graph, type Variable } from "./graph.ts";
import type { Value } from "./value.ts";

/** Where a variable gets its value. */
export type Definition =
  | { readonly kind: "input"; readonly place: number }
  | { readonly kind: "constant"; readonly value: Value }
  | { readonly kind: "equation"; readonly equation: Equation; readonly index: number; readonly place: number };

/** A use of a variable: as an operand of an equation, or as an output. */
export type Use =
  | { readonly kind: "equation"; readonly equation: Equation; readonly index: number; readonly place: number }
  | { readonly kind: "output"; readonly place: number };

/** Definitions and uses of all variables, which are found once for each graph. */
class Index {
  readonly definitions: (Definition | undefined)[];
  readonly uses: Use[][];

  constructor({ avals, inputs, outputs, constants, equations }: Graph) {
    this.definitions = avals.map(() => undefined);
    this.uses = avals.map(() => []);
    for (const [place, variable] of inputs.entries()) this.definitions[variable] = { kind: "input", place };
    for (const [variable, value] of constants) this.definitions[variable] = { kind: "constant", value };
    for (const [index, equation] of equations.entries()) {
      for (const [place, variable] of equation.results.entries()) {
        this.definitions[variable] = { kind: "equation", equation, index, place };
      }
      for (const [place, variable] of equation.operands.entries()) {
        this.uses[variable]?.push({ kind: "equation", equation, index, place });
      }
    }
    for (const [place, variable] of outputs.entries()) this.uses[variable]?.push({ kind: "output", place });
  }
}

const indices = new WeakMap<Graph, Index>();

function indexOf(graph: Graph): Index {
  const known = indices.get(graph);
  if (known !== undefined) return known;
  const index = new Index(graph);
  indices.set(graph, index);
  return index;
}

/** Where a variable comes from. @throws GraphError for a variable that nothing defines. */
export function definitionOf(graph: Graph, variable: Variable): Definition {
  requireGraph("definitionOf", graph);
  const definition = indexOf(graph).definitions[variable];
  if (definition === undefined) throw new GraphError(`nothing defines %${variable}`);
  return definition;
}

/** Where a variable is used, in the order of equations, outputs last. */
export function usesOf(graph: Graph, variable: Variable): readonly Use[] {
  requireGraph("usesOf", graph);
  return indexOf(graph).uses[variable] ?? [];
}

/** Variables that these depend on, and these. */
export function ancestors(graph: Graph, variables: Iterable<Variable>): ReadonlySet<Variable> {
  requireGraph("ancestors", graph);
  const needed = new Set(variables);
  for (const { operands, results } of graph.equations.toReversed()) {
    if (results.some((variable) => needed.has(variable))) for (const variable of operands) needed.add(variable);
  }
  return needed;
}

/** Variables that depend on these, and these. */
export function descendants(graph: Graph, variables: Iterable<Variable>): ReadonlySet<Variable> {
  requireGraph("descendants", graph);
  const reached = new Set(variables);
  for (const { operands, results } of graph.equations) {
    if (operands.some((variable) => reached.has(variable))) for (const variable of results) reached.add(variable);
  }
  return reached;
}

/** The types of a graph's inputs. */
export function inputTypes(graph: Graph): readonly Aval[] {
  return graph.inputs.map((variable) => avalOf(graph, variable));
}

/**
 * The part of a graph that leads from some variables to others: from its inputs, unless others are given, which may be
 * any variables. It takes one input for each, needed or not.
 *
 * @throws GraphError when an output needs an input that is not given.
 */
export function sliceGraph(graph: Graph, outputs: readonly Variable[], from?: readonly Variable[]): Graph {
  requireGraph("sliceGraph", graph);
  const inputs = from ?? graph.inputs;
  const builder = new GraphBuilder();
  const renamed: Variable[] = [];
  for (const variable of inputs) renamed[variable] = builder.input(avalOf(graph, variable));
  const needed = neededFor(graph, outputs, new Set(inputs));
  for (const [variable, value] of graph.constants) {
    if (needed.has(variable)) renamed[variable] ??= builder.constant(value);
  }
  const rename = (variable: Variable): Variable => {
    const own = renamed[variable];
    if (own === undefined) throw new GraphError(`the outputs need %${variable}, which is not among the inputs`);
    return own;
  };
  for (const equation of graph.equations) {
    const { operands, results } = equation;
    if (results.every((variable) => renamed[variable] !== undefined || !needed.has(variable))) continue;
    const types = results.map((variable) => avalOf(graph, variable));
    const defined = builder.equation({ ...equation, operands: operands.map(rename) }, types);
    for (const [place, variable] of results.entries()) renamed[variable] ??= defined[place] ?? -1;
  }
  return builder.finish(outputs.map(rename));
}

/** As `ancestors`, but not beyond variables whose values are given. */
function neededFor(graph: Graph, outputs: readonly Variable[], given: ReadonlySet<Variable>): ReadonlySet<Variable> {
  const needed = new Set(outputs);
  for (const { operands, results } of graph.equations.toReversed()) {
    if (!results.some((variable) => needed.has(variable) && !given.has(variable))) continue;
    for (const variable of operands) needed.add(variable);
  }
  return needed;
}
