import { requireGraph, type Graph } from "../graph.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";
import { deadCode } from "./dead-code.ts";
import { foldConstants } from "./fold-constants.ts";
import { fuse } from "./fuse.ts";
import { simplify } from "./simplify.ts";
import { knownOptions, type OptionNames } from "../options.ts";

/** Settings of `optimize`. */
export interface OptimizeOptions {
  /** Compute equal equations once: `true`, `false`, or from this number of equations on, since looking takes time: 512. */
  readonly commonSubexpressions?: boolean | number;
  /** Group elementwise equations, for a backend that compiles calls: no. */
  readonly fuse?: boolean;
  /** Is told of every pass, with the graph before and after it. */
  readonly onPass?: (name: string, before: Graph, after: Graph) => void;
}

const names: OptionNames<OptimizeOptions> = { commonSubexpressions: true, fuse: true, onPass: true };

/** The passes that leave every value as it is, one after the other. */
export function optimize(graph: Graph, options: OptimizeOptions = {}): Graph {
  requireGraph("optimize", graph);
  const { commonSubexpressions: common = 512, fuse: fused = false, onPass } = knownOptions("optimize", options, names);
  const isWorthIt = typeof common === "boolean" ? common : graph.equations.length >= common;
  const passes: readonly (readonly [string, (graph: Graph) => Graph])[] = [
    ["deadCode", deadCode],
    ["foldConstants", foldConstants],
    ["simplify", simplify],
    ...(isWorthIt ? [["commonSubexpressions", commonSubexpressions] as const] : []),
    ["deadCode", deadCode],
    ...(fused ? [["fuse", fuse] as const] : []),
  ];
  return passes.reduce((before, [name, pass]) => {
    const after = pass(before);
    onPass?.(name, before, after);
    return after;
  }, graph);
}
