import type { Graph } from "@cotangent/core";
import { askedDiagram, type Box, type Diagram, type DiagramOptions } from "./diagram.ts";

/** A graph for Mermaid, as a flowchart. Graphs within it are its subgraphs. */
export function toMermaid(graph: Graph, options: DiagramOptions = {}): string {
  const diagram = askedDiagram("toMermaid", graph, options);
  const tangents = tangentBoxes(diagram);
  return [
    "flowchart TD",
    ...diagramLines(diagram).map((line) => `  ${line}`),
    "  classDef tangent fill:#fed7aa,stroke:#c2410c",
    ...(tangents.length > 0 ? [`  class ${tangents.join(",")} tangent`] : []),
    "",
  ].join("\n");
}

function diagramLines({ boxes, arrows }: Diagram): readonly string[] {
  return [...boxes.flatMap(boxLines), ...arrows.map(({ from, to, label }) => `${from} -->|${quoted(label)}| ${to}`)];
}

function boxLines({ id, kind, label, detail, inner }: Box): readonly string[] {
  const text = quoted(detail === "" ? label : `${label} ${detail}`);
  const box = kind === "equation" ? `[${text}]` : `([${text}])`;
  return [
    `${id}${box}`,
    ...inner.flatMap(([name, diagram], place) => [
      `subgraph ${id}_sub${place} [${quoted(`${label} ${name}`)}]`,
      ...diagramLines(diagram).map((line) => `  ${line}`),
      "end",
    ]),
  ];
}

function tangentBoxes({ boxes }: Diagram): readonly string[] {
  return boxes.flatMap(({ id, tangent, inner }) => [
    ...(tangent ? [id] : []),
    ...inner.flatMap(([, diagram]) => tangentBoxes(diagram)),
  ]);
}

/** Mermaid reads quotes, brackets and the like as its own; it knows them as numbered characters. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^\w .,:=+-]/g, (character) => `#${character.codePointAt(0)};`)}"`;
}
