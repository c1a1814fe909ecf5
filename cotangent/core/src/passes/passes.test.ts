// What holds for every pass, over random programs.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomPrograms } from "../../test/random-graphs.ts";
import { checkGraph } from "../check-graph.ts";
import { evaluate } from "../evaluate.ts";
import type { Graph } from "../graph.ts";
import { inlineCalls } from "../rewrite.ts";
import type { Value } from "../value.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";
import { deadCode } from "./dead-code.ts";
import { foldConstants } from "./fold-constants.ts";
import { fuse } from "./fuse.ts";
import { liveness } from "./liveness.ts";
import { optimize } from "./optimize.ts";
import { simplify } from "./simplify.ts";

const seed = 20261126;

const passes = {
  deadCode,
  foldConstants,
  simplify,
  commonSubexpressions,
  fuse,
  inlineCalls,
  optimize: (graph: Graph) => optimize(graph, { commonSubexpressions: true, fuse: true }),
};

/** The values to the last bit, with the signs of zeros. */
const exact = (outputs: readonly Value[]) =>
  outputs.map(({ shape, dtype, backend }, place) => ({
    shape,
    dtype,
    elements: backend.elements(outputs[place] as Value),
  }));

describe.each(Object.entries(passes))("%s", (_, pass) => {
  test("leaves every value as it is, and gives a graph that checks", () => {
    fc.assert(
      fc.property(randomPrograms(), ({ graph, inputs }) => {
        checkGraph(graph);
        const after = checkGraph(pass(graph));
        expect(exact(evaluate(after, inputs))).toEqual(exact(evaluate(graph, inputs)));
      }),
      { numRuns: 100, seed },
    );
  });

  test("leaves the graph that it was given as it is", () => {
    fc.assert(
      fc.property(randomPrograms(10), ({ graph }) => {
        const before = JSON.stringify([graph.equations, graph.avals, graph.inputs, graph.outputs]);
        pass(graph);
        expect(JSON.stringify([graph.equations, graph.avals, graph.inputs, graph.outputs])).toBe(before);
      }),
      { numRuns: 30, seed },
    );
  });

  test("finds nothing to do a second time", () => {
    fc.assert(
      fc.property(randomPrograms(12), ({ graph }) => {
        const once = pass(graph);
        expect(pass(once).equations.length).toBeLessThanOrEqual(once.equations.length);
      }),
      { numRuns: 50, seed },
    );
  });
});

test("the memory that is alive is never more than at the peak, and never less than what an equation gives", () => {
  fc.assert(
    fc.property(randomPrograms(), ({ graph }) => {
      const { liveBytes, peakBytes, peakAt } = liveness(graph);
      expect(liveBytes.every((bytes) => bytes <= peakBytes)).toBe(true);
      expect(liveBytes[peakAt] ?? 0).toBe(peakBytes);
    }),
    { seed },
  );
});
