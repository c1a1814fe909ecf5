import { descendants, operations, trace, type Value } from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { expect, test } from "vitest";
import { chain, nested, plain } from "../test/programs.ts";
import { diagramOf } from "./diagram.ts";
import { toDot } from "./dot.ts";
import { layout } from "./layers.ts";
import { toMermaid } from "./mermaid.ts";

const tangents = descendants(plain, [1]);
const isTangent = (variable: number) => tangents.has(variable);

test("DOT has a node for each box and an edge for each operand", () => {
  expect(toDot(plain, { isTangent })).toBe(`digraph {
  node [style=filled, fontname="Helvetica", fontsize=11]
  edge [fontname="Helvetica", fontsize=9]
  g_in0 [label="input 0", shape=ellipse, fillcolor="#dbeafe"]
  g_in1 [label="input 1", shape=ellipse, fillcolor="#fed7aa"]
  g_c3 [label="constant\\n2", shape=note, fillcolor="#dbeafe"]
  g_c5 [label="constant\\n[1, 2, 3]", shape=note, fillcolor="#dbeafe"]
  g_e0 [label="sin", shape=box, fillcolor="#dbeafe"]
  g_e1 [label="mul", shape=box, fillcolor="#dbeafe"]
  g_e2 [label="mul", shape=box, fillcolor="#fed7aa"]
  g_e3 [label="add", shape=box, fillcolor="#fed7aa"]
  g_e4 [label="sum\\naxes=[0]", shape=box, fillcolor="#fed7aa"]
  g_out0 [label="output 0", shape=doublecircle, fillcolor="#fed7aa"]
  g_in0 -> g_e0 [label="%0: float64[3]"]
  g_e0 -> g_e1 [label="%2: float64[3]"]
  g_c3 -> g_e1 [label="%3: float64[]"]
  g_in1 -> g_e2 [label="%1: float64[3]", color="#c2410c"]
  g_c5 -> g_e2 [label="%5: float64[3]"]
  g_e1 -> g_e3 [label="%4: float64[3]"]
  g_e2 -> g_e3 [label="%6: float64[3]", color="#c2410c"]
  g_e3 -> g_e4 [label="%7: float64[3]", color="#c2410c"]
  g_e4 -> g_out0 [label="%8: float64[]", color="#c2410c"]
}
`);
});

test("graphs within are clusters in DOT and subgraphs in Mermaid", () => {
  const dot = toDot(nested);
  expect(dot.match(/subgraph cluster_\w+ \{/g)).toEqual([
    "subgraph cluster_g_e0_0 {",
    "subgraph cluster_g_e0_0_e1_0 {",
    "subgraph cluster_g_e0_0_e1_1 {",
  ]);
  expect(dot.split("{").length).toBe(dot.split("}").length);
  const mermaid = toMermaid(nested);
  expect(mermaid.match(/^ *subgraph .*$/gm)?.map((line) => line.trim())).toEqual([
    'subgraph g_e0_sub0 ["scan body"]',
    'subgraph g_e0_0_e1_sub0 ["cond branches#91;0#93;"]',
    'subgraph g_e0_0_e1_sub1 ["cond branches#91;1#93;"]',
  ]);
  expect(mermaid.match(/^ *end$/gm)?.length).toBe(3);
});

test("Mermaid reads no character of a label as its own", () => {
  const { graph } = trace((x: Value) => operations.sum(x, [0]))(array([1]));
  expect(toMermaid(graph, { isTangent: (variable) => variable === 1 })).toBe(`flowchart TD
  g_in0(["input 0"])
  g_e0["sum axes=#91;0#93;"]
  g_out0(["output 0"])
  g_in0 -->|"#37;0: float64#91;1#93;"| g_e0
  g_e0 -->|"#37;1: float64#91;#93;"| g_out0
  classDef tangent fill:#fed7aa,stroke:#c2410c
  class g_e0,g_out0 tangent
`);
});

test("quotes, backslashes and line breaks of places do not end a label of DOT", () => {
  const { graph } = trace((x: Value) => operations.neg(x))(array([1]));
  const [equation] = graph.equations;
  const odd = equation === undefined ? [] : [{ ...equation, location: 'C:\\a"b.ts:1:2' }];
  expect(toDot({ ...graph, equations: odd })).toContain('tooltip="C:\\\\a\\"b.ts:1:2"');
});

test.each([
  ["plain", plain],
  ["nested", nested],
  ["500 equations", chain(500)],
])("boxes of %s stand below what they need, and none on another", (_, graph) => {
  const diagram = diagramOf(graph);
  const { placed, width, height } = layout(diagram);
  const boxes = [...placed.values()];
  expect(boxes.length).toBe(diagram.boxes.length);
  const isAbove = ({ from, to }: { from: string; to: string }) => (placed.get(from)?.y ?? 0) < (placed.get(to)?.y ?? 0);
  expect(diagram.arrows.filter((arrow) => !isAbove(arrow))).toEqual([]);
  const overlaps = boxes.filter((a, place) =>
    boxes.slice(place + 1).some((b) => a.y === b.y && Math.abs(a.x - b.x) < (a.width + b.width) / 2),
  );
  expect(overlaps).toEqual([]);
  expect(boxes.every(({ x, y, width: own }) => x >= own / 2 && x <= width && y > 0 && y < height)).toBe(true);
});

test("a constant stands right above its first use", () => {
  const { placed } = layout(diagramOf(plain));
  const rows = [...new Set([...placed.values()].map(({ y }) => y))].toSorted((a, b) => a - b);
  const row = (id: string) => rows.indexOf(placed.get(id)?.y ?? -1);
  expect([row("g_c3"), row("g_e1"), row("g_c5"), row("g_e2")]).toEqual([1, 2, 0, 1]);
});
