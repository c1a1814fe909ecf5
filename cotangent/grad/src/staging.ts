// Which way a program goes may not be known yet, or may differ from example to example.
import { Recorded, subgraphs, Traced, type Graph, type Value } from "@cotangent/core";
import { Batched } from "./batched.ts";

function hasLayer(value: Value, is: (layer: Value) => boolean): boolean {
  let each: Value | null = value;
  while (each instanceof Traced) {
    if (is(each)) return true;
    each = each.beneath();
  }
  return false;
}

/** Whether a value differs from example to example. */
export function varies(value: Value): boolean {
  return hasLayer(value, (layer) => layer instanceof Batched);
}

/** Whether only the type of a value is known. */
export function isAbstract(value: Value): boolean {
  return hasLayer(value, (layer) => layer instanceof Recorded && layer.known === null);
}

const known = new WeakMap<Graph, boolean>();

/** Whether a graph has a loop in it, of which it is not known how often it runs. */
export function hasLoop(graph: Graph): boolean {
  const before = known.get(graph);
  if (before !== undefined) return before;
  const found = graph.equations.some(
    (equation) => equation.primitive.name === "while" || subgraphs(equation).some(([, inner]) => hasLoop(inner)),
  );
  known.set(graph, found);
  return found;
}
