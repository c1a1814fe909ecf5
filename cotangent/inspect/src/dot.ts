import type { Graph } from "@cotangent/core";
import { askedDiagram, type Box, type Diagram, type DiagramOptions } from "./diagram.ts";

const shapes = { input: "ellipse", constant: "note", equation: "box", output: "doublecircle" } as const;
const colours = { primal: "#dbeafe", tangent: "#fed7aa" } as const;

/** A graph for Graphviz. Graphs within it are clusters. */
export function toDot(graph: Graph, options: DiagramOptions = {}): string {
  return [
    "digraph {",
    '  node [style=filled, fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=9]',
    ...diagramLines(askedDiagram("toDot", graph, options)).map((line) => `  ${line}`),
    "}",
    "",
  ].join("\n");
}

function diagramLines({ boxes, arrows }: Diagram): readonly string[] {
  return [
    ...boxes.flatMap(boxLines),
    ...arrows.map(
      ({ from, to, label, tangent }) =>
        `${from} -> ${to} [label=${quoted(label)}${tangent ? ', color="#c2410c"' : ""}]`,
    ),
  ];
}

function boxLines({ id, kind, label, detail, location, tangent, inner }: Box): readonly string[] {
  const text = detail === "" ? label : `${label}\n${detail}`;
  const colour = tangent ? colours.tangent : colours.primal;
  const tooltip = location === null ? "" : `, tooltip=${quoted(location)}`;
  return [
    `${id} [label=${quoted(text)}, shape=${shapes[kind]}, fillcolor="${colour}"${tooltip}]`,
    ...inner.flatMap(([name, diagram], place) => [
      `subgraph cluster_${id}_${place} {`,
      `  label=${quoted(`${label} ${name}`)}`,
      ...diagramLines(diagram).map((line) => `  ${line}`),
      "}",
    ]),
  ];
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
