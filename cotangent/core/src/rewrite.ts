// Making a graph from another: equation after equation, each kept or put in other words.
import type { Aval } from "./aval.ts";
import { GraphError } from "./errors.ts";
import { avalOf, GraphBuilder, isGraph, requireGraph, type Equation, type Graph, type Variable } from "./graph.ts";
import type { ParamsOf, Primitive, PrimitiveName } from "./primitives.ts";
import { typesOf } from "./types.ts";
import type { Value } from "./value.ts";
import { promised } from "./promised.ts";

/**
 * What stands for an equation in the new graph: variables of the new graph, one for each of its results; null keeps it.
 *
 * The equation's operands are those of the new graph already.
 */
export type RewriteRule = (equation: RewrittenEquation, to: Rewriting) => readonly Variable[] | null;

/** An equation on its way into a new graph. */
export interface RewrittenEquation extends Omit<Equation, "results"> {
  /** The types of its results. */
  readonly types: readonly Aval[];
}

/** The new graph while it is written. */
export class Rewriting {
  readonly #builder = new GraphBuilder();
  readonly #definitions: (RewrittenEquation | undefined)[] = [];
  readonly #constants: (Value | undefined)[] = [];
  /** Where the equation that is being rewritten was called. */
  location: string | null = null;

  input(aval: Aval): Variable {
    return this.#builder.input(aval);
  }

  constant(value: Value): Variable {
    const variable = this.#builder.constant(value);
    this.#constants[variable] = value;
    return variable;
  }

  /** Adds an equation, whose types are found. */
  bind<Name extends PrimitiveName>(
    primitive: Primitive<Name>,
    operands: readonly Variable[],
    params: ParamsOf<Name>,
  ): readonly Variable[] {
    const avals = operands.map((variable) => this.avalOf(variable));
    return this.keep({
      primitive,
      operands,
      params,
      location: this.location,
      types: typesOf(primitive, avals, params),
    });
  }

  /** As `bind`, of a primitive with one result. */
  single<Name extends PrimitiveName>(
    primitive: Primitive<Name>,
    operands: readonly Variable[],
    params: ParamsOf<Name>,
  ): Variable {
    return promised(this.bind(primitive, operands, params)[0], `the result of ${primitive.name}`);
  }

  /** Adds an equation as it is. */
  keep(equation: RewrittenEquation): readonly Variable[] {
    const results = this.#builder.equation(equation, equation.types);
    for (const variable of results) this.#definitions[variable] = equation;
    return results;
  }

  avalOf(variable: Variable): Aval {
    return this.#builder.avalOf(variable);
  }

  /** The equation of the new graph that defines a variable, if one does. */
  definitionOf(variable: Variable): RewrittenEquation | undefined {
    return this.#definitions[variable];
  }

  constantOf(variable: Variable): Value | undefined {
    return this.#constants[variable];
  }

  /** Adds all that a graph does, put in other words by the rule, to these operands. Its outputs. */
  inline(graph: Graph, operands: readonly Variable[], rule: RewriteRule): readonly Variable[] {
    const renamed: Variable[] = [];
    const rename = (variable: Variable): Variable => {
      const own = renamed[variable];
      if (own === undefined) throw new GraphError(`%${variable} is used before it is defined; see checkGraph`);
      return own;
    };
    for (const [place, variable] of graph.inputs.entries()) renamed[variable] = operands[place] ?? -1;
    for (const [variable, value] of graph.constants) renamed[variable] = this.constant(value);
    for (const { primitive, operands: before, params, results, location } of graph.equations) {
      this.location = location;
      const types = results.map((variable) => avalOf(graph, variable));
      const equation = { primitive, operands: before.map(rename), params, location, types };
      const replaced = rule(equation, this) ?? this.keep(equation);
      for (const [place, variable] of results.entries()) renamed[variable] = replaced[place] ?? -1;
    }
    return graph.outputs.map(rename);
  }

  finish(outputs: readonly Variable[]): Graph {
    return this.#builder.finish(outputs);
  }
}

/** The graph with every equation put in other words by the rule. Inputs and outputs stay what they are. */
export function rewrite(graph: Graph, rule: RewriteRule): Graph {
  requireGraph("rewrite", graph);
  if (typeof rule !== "function") throw new TypeError("rewrite: takes a rule: rewrite(graph, (equation, to) => null)");
  const to = new Rewriting();
  const inputs = graph.inputs.map((variable) => to.input(avalOf(graph, variable)));
  return to.finish(to.inline(graph, inputs, rule));
}

/** The parameters with every graph among them put through a function. */
export function mapSubgraphs<Params extends object>(params: Params, change: (graph: Graph) => Graph): Params {
  const one = (param: unknown): unknown => {
    if (isGraph(param)) return change(param);
    return Array.isArray(param) && param.some(isGraph) ? param.map(one) : param;
  };
  const entries = Object.entries(params);
  const changed = entries.map(([name, param]) => [name, one(param)] as const);
  return changed.every(([, param], place) => param === entries[place]?.[1])
    ? params
    : (Object.fromEntries(changed) as Params);
}

/** The graph with every graph within it put through a function. */
export function mapInner(graph: Graph, change: (inner: Graph) => Graph): Graph {
  const equations = graph.equations.map((equation) => {
    const params = mapSubgraphs(equation.params, change);
    return params === equation.params ? equation : { ...equation, params };
  });
  return equations.every((equation, index) => equation === graph.equations[index]) ? graph : { ...graph, equations };
}

/** The graph with what every call does in place of the call, and within graphs in it. Calls whose derivatives are given
 * stay, unless `all` is asked for. */
export function inlineCalls(graph: Graph, { all = false }: { readonly all?: boolean } = {}): Graph {
  requireGraph("inlineCalls", graph);
  const rule: RewriteRule = (equation, to) => {
    const inner = calledGraph(equation, all);
    if (inner !== null) return to.inline(inner, equation.operands, rule);
    return to.keep({ ...equation, params: mapSubgraphs(equation.params, (each) => inlineCalls(each, { all })) });
  };
  return rewrite(graph, rule);
}

function calledGraph({ primitive, params }: RewrittenEquation, all: boolean): Graph | null {
  if (primitive.name !== "call") return null;
  const { graph, rules } = params as ParamsOf<"call">;
  return rules === null || all ? graph : null;
}
