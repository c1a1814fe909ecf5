import { sameShape } from "../aval.ts";
import { avalOf, GraphBuilder, requireGraph, type Equation, type Graph, type Variable } from "../graph.ts";
import { primitives } from "../primitives.ts";
import { usesOf } from "../query.ts";
import { mapInner } from "../rewrite.ts";
import { promised } from "../promised.ts";

/**
 * Puts elementwise equations of one shape that feed each other into one `call`, named "fused", which a backend may compile
 * into a single loop. What the calls give and what evaluates them stays the same.
 *
 * No value leaves a group and comes back into it, so that the calls can stand in an order.
 */
export function fuse(graph: Graph): Graph {
  requireGraph("fuse", graph);
  return new Fusion(mapInner(graph, fuse)).run();
}

/** Equations that become one, by their places. */
type Group = readonly number[];

class Fusion {
  readonly #graph: Graph;
  /** Which equation defines a variable. */
  readonly #producers: (number | undefined)[] = [];
  readonly #outer: Scope;
  readonly #emitted = new Set<Group>();

  constructor(graph: Graph) {
    this.#graph = graph;
    for (const [index, { results }] of graph.equations.entries()) {
      for (const variable of results) this.#producers[variable] = index;
    }
    this.#outer = new Scope(graph);
  }

  run(): Graph {
    const { inputs, outputs, constants, equations } = this.#graph;
    for (const variable of inputs) this.#outer.input(variable);
    for (const variable of constants.keys()) this.#outer.constant(variable);
    const groups = this.#groups();
    for (const index of equations.keys()) this.#emit(groups, index);
    return this.#outer.finish(outputs);
  }

  /** For each equation its group. */
  #groups(): readonly Group[] {
    const stages = this.#stages();
    const leaders = this.#graph.equations.map((_, index) => index);
    const leaderOf = (index: number): number => {
      let each = index;
      while (leaders[each] !== each) each = leaders[each] ?? each;
      leaders[index] = each;
      return each;
    };
    for (const [index, equation] of this.#graph.equations.entries()) {
      for (const producer of this.#producersOf(equation)) {
        if (this.#fits(producer, index) && stages[producer] === stages[index]) {
          leaders[leaderOf(index)] = leaderOf(producer);
        }
      }
    }
    const members: number[][] = leaders.map(() => []);
    for (const index of leaders.keys()) members[leaderOf(index)]?.push(index);
    return leaders.map((_, index) => members[leaderOf(index)] ?? [index]);
  }

  /**
   * How often a value on its way to an equation passes between equations that do not fit together. A path that leaves a
   * group can only lead to later stages, never back.
   */
  #stages(): readonly number[] {
    const stages: number[] = [];
    for (const [index, equation] of this.#graph.equations.entries()) {
      let stage = 0;
      for (const producer of this.#producersOf(equation)) {
        stage = Math.max(stage, (stages[producer] ?? 0) + (this.#fits(producer, index) ? 0 : 1));
      }
      stages.push(stage);
    }
    return stages;
  }

  #fits(producer: number, consumer: number): boolean {
    const [a, b] = [this.#graph.equations[producer], this.#graph.equations[consumer]];
    if (a === undefined || b === undefined || !a.primitive.elementwise || !b.primitive.elementwise) return false;
    return sameShape(this.#shapeOf(a), this.#shapeOf(b));
  }

  #shapeOf({ results: [result = -1] }: Equation) {
    return avalOf(this.#graph, result).shape;
  }

  #producersOf({ operands }: Equation): readonly number[] {
    return operands.flatMap((variable) => this.#producers[variable] ?? []);
  }

  /** Writes the group of an equation down, after the groups that it needs. */
  #emit(groups: readonly Group[], first: number): void {
    const waiting = [first];
    for (let index = waiting.at(-1); index !== undefined; index = waiting.at(-1)) {
      const group = groups[index] ?? [];
      const missing = this.#emitted.has(group) ? [] : this.#missing(groups, group);
      if (missing.length > 0) {
        waiting.push(...missing.toReversed());
        continue;
      }
      waiting.pop();
      if (this.#emitted.has(group)) continue;
      this.#emitted.add(group);
      if (group.length === 1) this.#outer.equation(this.#equation(index));
      else
        this.#outer.call(
          group.map((member) => this.#equation(member)),
          this.#neededOutside(group),
        );
    }
  }

  /** One equation of each group that a group needs and that is not written down yet. */
  #missing(groups: readonly Group[], group: Group): readonly number[] {
    const missing = new Map<Group, number>();
    for (const member of group) {
      for (const producer of this.#producersOf(this.#equation(member))) {
        const other = groups[producer];
        if (other !== undefined && other !== group && !this.#emitted.has(other)) missing.set(other, producer);
      }
    }
    return [...missing.values()];
  }

  #equation(index: number): Equation {
    return promised(this.#graph.equations[index], `equation ${index}`);
  }

  /** Results of a group that others use. */
  #neededOutside(group: Group): readonly Variable[] {
    const within = new Set(group);
    const isUsed = (variable: Variable) =>
      usesOf(this.#graph, variable).some((use) => use.kind === "output" || !within.has(use.index));
    return group.flatMap((index) => this.#equation(index).results).filter(isUsed);
  }
}

/** A graph that is written with the variables of another. */
class Scope {
  readonly #from: Graph;
  readonly #builder = new GraphBuilder();
  readonly #renamed: (Variable | undefined)[] = [];

  constructor(from: Graph) {
    this.#from = from;
  }

  input(variable: Variable): void {
    this.#renamed[variable] = this.#builder.input(avalOf(this.#from, variable));
  }

  constant(variable: Variable): void {
    const value = this.#from.constants.get(variable);
    if (value !== undefined) this.#renamed[variable] = this.#builder.constant(value);
  }

  equation(equation: Equation): void {
    const types = equation.results.map((variable) => avalOf(this.#from, variable));
    const operands = equation.operands.map((variable) => this.#rename(variable));
    this.#define(equation.results, this.#builder.equation({ ...equation, operands }, types));
  }

  /** The equations as one call. Scalar constants stay constants within it, since they may stand beside arrays. */
  call(equations: readonly Equation[], outputs: readonly Variable[]): void {
    if (outputs.length === 0) return;
    const inner = new Scope(this.#from);
    const own = new Set(equations.flatMap(({ results }) => results));
    const outside = new Set(equations.flatMap(({ operands }) => operands).filter((variable) => !own.has(variable)));
    const inputs = [...outside].filter((variable) => !this.#isScalarConstant(variable));
    for (const variable of inputs) inner.input(variable);
    for (const variable of outside) if (this.#isScalarConstant(variable)) inner.constant(variable);
    for (const equation of equations) inner.equation(equation);
    const graph = inner.finish(outputs);
    const operands = inputs.map((variable) => this.#rename(variable));
    const location = equations.find((equation) => equation.location !== null)?.location ?? null;
    const types = outputs.map((variable) => avalOf(this.#from, variable));
    const call = { primitive: primitives.call, operands, params: { graph, name: "fused", rules: null }, location };
    this.#define(outputs, this.#builder.equation(call, types));
  }

  finish(outputs: readonly Variable[]): Graph {
    return this.#builder.finish(outputs.map((variable) => this.#rename(variable)));
  }

  #isScalarConstant(variable: Variable): boolean {
    return this.#from.constants.has(variable) && avalOf(this.#from, variable).shape.length === 0;
  }

  #rename(variable: Variable): Variable {
    const own = this.#renamed[variable];
    if (own === undefined) throw new RangeError(`%${variable} is used before it is defined; see checkGraph`);
    return own;
  }

  #define(variables: readonly Variable[], own: readonly Variable[]): void {
    for (const [place, variable] of variables.entries()) this.#renamed[variable] = own[place];
  }
}
