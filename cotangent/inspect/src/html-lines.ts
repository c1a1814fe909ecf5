// The program of a page: a line for each equation, in which every variable can be followed.
import { showAval, subgraphs, type Equation, type Graph, type Variable } from "@cotangent/core";
import type { DiagramOptions } from "./diagram.ts";
import { escaped } from "./html-text.ts";
import { nameOf, showConstant, showParams } from "./show.ts";

/** The lines of a graph. `prefix` is that of the ids of its boxes. */
export function programLines(graph: Graph, options: DiagramOptions, prefix = "g"): string {
  return new Lines(graph, options, prefix).all();
}

class Lines {
  readonly #graph: Graph;
  readonly #options: DiagramOptions;
  readonly #prefix: string;

  constructor(graph: Graph, options: DiagramOptions, prefix: string) {
    this.#graph = graph;
    this.#options = options;
    this.#prefix = prefix;
  }

  all(): string {
    const { inputs, outputs, constants, equations } = this.#graph;
    return [
      ...inputs.map((variable, place) =>
        this.#line(`in${place}`, [variable], `${this.#typed(variable)} <span class="word">input ${place}</span>`),
      ),
      ...[...constants].map(([variable, value]) =>
        this.#line(
          `c${variable}`,
          [variable],
          `${this.#typed(variable)} = <span class="word">constant</span> <span class="params">${escaped(showConstant(value))}</span>`,
        ),
      ),
      ...equations.map((equation, index) => this.#equation(equation, index)),
      ...outputs.map((variable, place) =>
        this.#line(`out${place}`, [variable], `<span class="word">output ${place}</span> ${this.#name(variable)}`),
      ),
    ].join("\n");
  }

  #equation(equation: Equation, index: number): string {
    const { primitive, operands, params, results, location } = equation;
    const shown = showParams(params).trim();
    const parts = [
      results.map((variable) => this.#typed(variable)).join(", "),
      "=",
      `<b>${escaped(primitive.name)}</b>`,
      ...(shown === "" ? [] : [`<span class="params">${escaped(shown)}</span>`]),
      ...operands.map((variable) => this.#name(variable)),
      ...(location === null
        ? []
        : [`<span class="location" title="${escaped(location)}">${escaped(shortPlace(location))}</span>`]),
    ];
    const inner = subgraphs(equation).map(([name, graph], place) => {
      const count = graph.equations.length === 1 ? "1 equation" : `${graph.equations.length} equations`;
      const lines = programLines(graph, this.#options, `${this.#prefix}_e${index}_${place}`);
      return `<details class="scope"><summary>${escaped(primitive.name)} ${escaped(name)} · ${count}</summary>\n${lines}\n</details>`;
    });
    return [this.#line(`e${index}`, results, parts.join(" ")), ...inner].join("\n");
  }

  #line(id: string, variables: readonly Variable[], content: string): string {
    const side = variables.some((variable) => this.#isTangent(variable)) ? "tangent" : "primal";
    return `<div class="line ${side}" id="${this.#prefix}_${id}">${content}</div>`;
  }

  #typed(variable: Variable): string {
    const aval = this.#graph.avals[variable];
    return `${this.#name(variable)}<span class="type">${aval === undefined ? "?" : showAval(aval)}</span>`;
  }

  #name(variable: Variable): string {
    const side = this.#isTangent(variable) ? " tangent" : "";
    return `<span class="variable${side}" data-variable="${this.#prefix}:${variable}">${nameOf(variable)}</span>`;
  }

  #isTangent(variable: Variable): boolean {
    return this.#options.isTangent?.(variable, this.#graph) ?? false;
  }
}

/** The file's own name, line and column. */
function shortPlace(location: string): string {
  return location.slice(location.lastIndexOf("/") + 1);
}
