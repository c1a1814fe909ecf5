// Whether a graph keeps its own rules.
import { sameAval, showAval, type Aval } from "./aval.ts";
import { GraphError } from "./errors.ts";
import { requireGraph, showEquation, subgraphs, type Equation, type Graph, type Variable } from "./graph.ts";
import { isAval, paramFault } from "./params.ts";
import { primitives } from "./primitives.ts";
import { Traced } from "./trace.ts";
import { typesOf } from "./types.ts";

/**
 * The graph itself, once it is known to be one: every variable is defined once and before its uses, every equation's
 * results are of the types that its primitive gives, scalars that stand beside arrays are constants, constants are arrays
 * that no trace owns; and the same holds for graphs within it.
 *
 * @throws GraphError that names the equation and the variable.
 */
export function checkGraph(graph: Graph): Graph {
  requireGraph("checkGraph", graph);
  checkWithin(graph, "");
  return graph;
}

function checkWithin(graph: Graph, where: string): void {
  const checker = new Checker(graph, where);
  checker.beginnings();
  for (const [index, equation] of graph.equations.entries()) checker.equation(equation, index);
  checker.end();
}

class Checker {
  readonly #graph: Graph;
  readonly #defined: boolean[];
  /** Where in an outer graph this one is. */
  readonly #where: string;

  constructor(graph: Graph, where: string) {
    this.#graph = graph;
    this.#where = where;
    this.#defined = graph.avals.map(() => false);
  }

  beginnings(): void {
    const { avals, inputs, constants } = this.#graph;
    for (const [variable, aval] of avals.entries()) {
      this.#require(isAval(aval), `%${variable} has no type`);
    }
    for (const variable of inputs) this.#define(variable, "inputs");
    for (const [variable, value] of constants) {
      this.#define(variable, "constants");
      const aval = this.#aval(variable, "constants");
      this.#require(
        sameAval(aval, value),
        `constants: %${variable} is ${showAval(aval)} and its value ${showAval(value)}`,
      );
      this.#require(!(value instanceof Traced), `constants: %${variable} belongs to a trace; close over it`);
    }
  }

  equation(equation: Equation, index: number): void {
    const here = `equation ${index}, ${showEquation(equation)}`;
    const { primitive, operands, params, results } = equation;
    this.#require(primitives[primitive.name] === primitive, `${here}: ${primitive.name} is no primitive`);
    for (const variable of operands) this.#requireDefined(variable, here);
    const fault = paramFault(primitive.name, params);
    this.#require(fault === null, `${here}: ${fault}`);
    for (const [name, inner] of subgraphs(equation)) checkWithin(inner, `${this.#where}${here}, ${name}: `);
    const types = this.#types(equation, here);
    this.#require(types.length === results.length, `${here}: gives ${types.length} results`);
    for (const [place, variable] of results.entries()) {
      this.#define(variable, here);
      const [aval, type] = [this.#aval(variable, here), types[place]];
      this.#require(
        type !== undefined && sameAval(aval, type),
        `${here}: %${variable} is ${showAval(aval)} and should be ${type === undefined ? "nothing" : showAval(type)}`,
      );
    }
    if (primitive.elementwise) this.#checkScalars(equation, here);
  }

  end(): void {
    for (const variable of this.#graph.outputs) this.#requireDefined(variable, "outputs");
    const missing = this.#defined.indexOf(false);
    this.#require(missing < 0, `%${missing} is never defined`);
  }

  #types({ primitive, operands, params }: Equation, here: string): readonly Aval[] {
    const avals = operands.map((variable) => this.#aval(variable, here));
    try {
      return typesOf(primitive, avals, params);
    } catch (error) {
      throw new GraphError(`${this.#where}${here}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  #checkScalars({ operands, results }: Equation, here: string): void {
    const [result = -1] = results;
    if (this.#aval(result, here).shape.length === 0) return;
    for (const variable of operands) {
      const { shape } = this.#aval(variable, here);
      this.#require(
        shape.length > 0 || this.#graph.constants.has(variable),
        `${here}: the scalar %${variable} stands beside arrays and is no constant; broadcast it`,
      );
    }
  }

  #aval(variable: Variable, here: string): Aval {
    const aval = this.#graph.avals[variable];
    if (aval === undefined) throw new GraphError(`${this.#where}${here}: there is no variable %${variable}`);
    return aval;
  }

  #define(variable: Variable, here: string): void {
    this.#aval(variable, here);
    this.#require(this.#defined[variable] === false, `${here}: %${variable} is defined twice`);
    this.#defined[variable] = true;
  }

  #requireDefined(variable: Variable, here: string): void {
    this.#aval(variable, here);
    this.#require(this.#defined[variable] === true, `${here}: %${variable} is used before it is defined`);
  }

  #require(holds: boolean, message: string): asserts holds {
    if (!holds) throw new GraphError(`${this.#where}${message}`);
  }
}
