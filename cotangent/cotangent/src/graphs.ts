// Programs as values: questions to them, passes over them, and how they are stored.
import { fromJSON as graphFrom, type Graph } from "@cotangent/core";
import { backend } from "@cotangent/numpy";

export {
  ancestors,
  checkGraph,
  commonSubexpressions,
  deadCode,
  definitionOf,
  descendants,
  foldConstants,
  fuse,
  inlineCalls,
  liveness,
  optimize,
  rewrite,
  simplify,
  sliceGraph,
  toJSON,
  usesOf,
} from "@cotangent/core";
export type { Equation, FoldOptions, GraphDocument, Liveness, OptimizeOptions, RewriteRule } from "@cotangent/core";

/** The program that `toJSON` stored, with its constants as arrays. @throws GraphError for a document that is none. */
export function fromJSON(document: unknown): Graph {
  return graphFrom(document, backend);
}
