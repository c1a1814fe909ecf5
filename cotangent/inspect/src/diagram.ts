// A graph as boxes and arrows, for whatever draws them.
import {
  requireGraph,
  showAval,
  subgraphs,
  knownOptions,
  type Equation,
  type Graph,
  type Variable,
  type OptionNames,
} from "@cotangent/core";
import { nameOf, showConstant, showParams } from "./show.ts";

/** Settings of every drawing. */
export interface DiagramOptions {
  /** Whether a variable belongs to the tangent part, which is coloured; `graph` is the one that it is of. */
  readonly isTangent?: (variable: Variable, graph: Graph) => boolean;
}

/** A box: an input, a constant, an equation, or an output. */
export interface Box {
  /** Unlike all others of the diagram, also within. Letters, digits and underscores. */
  readonly id: string;
  readonly kind: "input" | "constant" | "equation" | "output";
  readonly label: string;
  /** Parameters, or a constant's elements. */
  readonly detail: string;
  readonly location: string | null;
  readonly tangent: boolean;
  /** Graphs within an equation, by the names of their parameters. */
  readonly inner: readonly (readonly [string, Diagram])[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** `%3: float64[2]` */
  readonly label: string;
  readonly tangent: boolean;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export const diagramOptions: OptionNames<DiagramOptions> = { isTangent: true };

/** The diagram that a caller asked for. @throws TypeError for what is no graph, and for options that there are not. */
export function askedDiagram(name: string, graph: Graph, options: DiagramOptions): Diagram {
  requireGraph(name, graph);
  return diagramOf(graph, knownOptions(name, options, diagramOptions));
}

/** The boxes of a graph in the order of its equations, and the arrows between them. */
export function diagramOf(graph: Graph, options: DiagramOptions = {}, prefix = "g"): Diagram {
  const boxes: Box[] = [];
  const arrows: Arrow[] = [];
  const sources: string[] = [];
  const isTangent = (variable: Variable) => options.isTangent?.(variable, graph) ?? false;
  const plain = { detail: "", location: null, inner: [] };
  const connect = (variable: Variable, to: string) => {
    const aval = graph.avals[variable];
    const label = `${nameOf(variable)}: ${aval === undefined ? "?" : showAval(aval)}`;
    arrows.push({ from: sources[variable] ?? "", to, label, tangent: isTangent(variable) });
  };
  for (const [place, variable] of graph.inputs.entries()) {
    const id = `${prefix}_in${place}`;
    boxes.push({ ...plain, id, kind: "input", label: `input ${place}`, tangent: isTangent(variable) });
    sources[variable] = id;
  }
  for (const [variable, value] of graph.constants) {
    const id = `${prefix}_c${variable}`;
    const detail = showConstant(value);
    boxes.push({ ...plain, id, kind: "constant", label: "constant", detail, tangent: isTangent(variable) });
    sources[variable] = id;
  }
  for (const [index, equation] of graph.equations.entries()) {
    const id = `${prefix}_e${index}`;
    boxes.push(equationBox(equation, id, options, equation.results.some(isTangent)));
    for (const variable of equation.operands) connect(variable, id);
    for (const variable of equation.results) sources[variable] = id;
  }
  for (const [place, variable] of graph.outputs.entries()) {
    const id = `${prefix}_out${place}`;
    boxes.push({ ...plain, id, kind: "output", label: `output ${place}`, tangent: isTangent(variable) });
    connect(variable, id);
  }
  return { boxes, arrows };
}

function equationBox(equation: Equation, id: string, options: DiagramOptions, tangent: boolean): Box {
  const { primitive, params, location } = equation;
  return {
    id,
    kind: "equation",
    label: primitive.name,
    detail: showParams(params).trim(),
    location,
    tangent,
    inner: subgraphs(equation).map(
      ([name, graph], place) => [name, diagramOf(graph, options, `${id}_${place}`)] as const,
    ),
  };
}
