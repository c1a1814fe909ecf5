import { requireGraph, type Graph } from "../graph.ts";
import { sliceGraph } from "../query.ts";
import { mapInner } from "../rewrite.ts";

/**
 * Leaves out equations and constants that no output needs, here and in graphs within the graph.
 *
 * Inputs stay, also those that nothing uses: the graph takes what it took before.
 */
export function deadCode(graph: Graph): Graph {
  requireGraph("deadCode", graph);
  return sliceGraph(mapInner(graph, deadCode), graph.outputs);
}
