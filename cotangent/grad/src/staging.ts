// Which way a program goes may not be known yet, or may differ from example to example.
import { Recorded, subgraphs, Traced, type Graph, type Value } from "@cotangent/core";
import { Batched } from "./batched.ts";

/** What stands below a value, one layer after the other. Tangents don't count. */
function* layers(value: Value): Generator<Value> {
  for (let each = value; ;) {
    yield each;
    if (each instanceof Batched) each = each.value;
    else if (each instanceof Recorded && each.known === null) return;
    else if (each instanceof Traced) each = each.below();
    else return;
  }
}

function hasLayer(value: Value, is: (layer: Value) => boolean): boolean {
  if (!(value instanceof Traced)) return false;
  for (const layer of layers(value)) if (is(layer)) return true;
  return false;
}

/** Whether a value differs from example to example. */
export function varies(value: Value): boolean {
  return hasLayer(value, (layer) => layer instanceof Batched);
}

/** Whether a value is written down, so that what is done with it may be run again on another. */
export function isRecorded(value: Value): boolean {
  return hasLayer(value, (layer) => layer instanceof Recorded);
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
