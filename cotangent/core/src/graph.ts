// A program as a value: equations in single static assignment form. Everything here can be read by anyone.
import type { Aval } from "./aval.ts";
import type { ParamsOf, Primitive, PrimitiveName } from "./primitives.ts";
import type { Value } from "./value.ts";

/** A variable: its place in `Graph.avals`. */
export type Variable = number;

/** One use of a primitive. */
export interface Equation<Name extends PrimitiveName = PrimitiveName> {
  readonly primitive: Primitive<Name>;
  readonly operands: readonly Variable[];
  readonly params: ParamsOf<Name>;
  readonly results: readonly Variable[];
  /** Where in the author's program, as `file:line:column`, if the trace was asked to note it. */
  readonly location: string | null;
}

/**
 * A program. Each variable is defined once: as an input, as a constant, or by an equation that comes before its uses.
 * `checkGraph` says whether that and the types hold.
 */
export interface Graph {
  readonly inputs: readonly Variable[];
  readonly outputs: readonly Variable[];
  readonly equations: readonly Equation[];
  /** The type of each variable. */
  readonly avals: readonly Aval[];
  /** Values that were there when the program was traced. */
  readonly constants: ReadonlyMap<Variable, Value>;
}

/** The type of a variable. @throws RangeError when the graph has no such variable. */
export function avalOf(graph: Graph, variable: Variable): Aval {
  const aval = graph.avals[variable];
  if (aval === undefined) throw new RangeError(`the graph has no variable ${variable}`);
  return aval;
}

/** Graphs within the parameters of an equation, by the names of their parameters. */
export function subgraphs(equation: Equation): readonly (readonly [string, Graph])[] {
  return Object.entries(equation.params).flatMap(([name, param]) => {
    const list: readonly unknown[] = Array.isArray(param) ? param : [param];
    return list.flatMap((each, index) =>
      isGraph(each) ? [[list.length > 1 ? `${name}[${index}]` : name, each] as const] : [],
    );
  });
}

/** `%4 = add(%1, %2)`, for messages. */
export function showEquation({ primitive, operands, results }: Equation): string {
  return `${listed(results)} = ${primitive.name}(${listed(operands)})`;
}

function listed(variables: readonly Variable[]): string {
  return variables.map((variable) => `%${variable}`).join(", ");
}

/** Whether something is a graph, by the looks of it. */
export function isGraph(value: unknown): value is Graph {
  return typeof value === "object" && value !== null && "equations" in value && "avals" in value;
}

/** @throws TypeError for what is no graph, such as all that `trace` gives. */
export function requireGraph(name: string, graph: unknown): asserts graph is Graph {
  if (!isGraph(graph)) throw new TypeError(`${name}: takes a graph, as \`trace(f)(x).graph\` is one`);
}

/** Writes a graph down, equation after equation. */
export class GraphBuilder {
  readonly #avals: Aval[] = [];
  readonly #inputs: Variable[] = [];
  readonly #equations: Equation[] = [];
  readonly #constants = new Map<Variable, Value>();
  readonly #variableOf = new Map<Value, Variable>();

  /** A new input. */
  input(aval: Aval): Variable {
    const variable = this.#define(aval);
    this.#inputs.push(variable);
    return variable;
  }

  /** The variable of a constant, which is the same for the same array. */
  constant(value: Value): Variable {
    const known = this.#variableOf.get(value);
    if (known !== undefined) return known;
    const variable = this.#define(value);
    this.#constants.set(variable, value);
    this.#variableOf.set(value, variable);
    return variable;
  }

  /** A new equation, and the variables of its results. */
  equation(
    { primitive, operands, params, location }: Omit<Equation, "results">,
    types: readonly Aval[],
  ): readonly Variable[] {
    const [only] = types;
    const results =
      types.length === 1 && only !== undefined ? [this.#define(only)] : types.map((aval) => this.#define(aval));
    this.#equations.push({ primitive, operands, params, results, location });
    return results;
  }

  /** The type of a variable that was defined before. */
  avalOf(variable: Variable): Aval {
    const aval = this.#avals[variable];
    if (aval === undefined) throw new RangeError(`the graph has no variable ${variable}`);
    return aval;
  }

  finish(outputs: readonly Variable[]): Graph {
    return {
      inputs: this.#inputs,
      outputs,
      equations: this.#equations,
      avals: this.#avals,
      constants: this.#constants,
    };
  }

  /** Keeps the type alone: what is given may be an array, which a graph must not keep alive. */
  #define({ shape, dtype }: Aval): Variable {
    const last = this.#avals.at(-1);
    const isAlike = last !== undefined && last.shape === shape && last.dtype === dtype;
    return this.#avals.push(isAlike ? last : { shape, dtype }) - 1;
  }
}
