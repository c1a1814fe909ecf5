// Programs at random, which are well typed by construction: whatever a pass does, it must do to these.
import * as fc from "fast-check";
import {
  primitives,
  Rewriting,
  sameAval,
  sameShape,
  sizeOf,
  type Aval,
  type Equation,
  type Graph,
  type Primitive,
  type Scalar,
  type Shape,
  type Value,
  type Variable,
} from "../src/index.ts";
import { array, tinyBackend } from "./tiny-backend.ts";

/** A graph and inputs that it takes. */
export interface Program {
  readonly graph: Graph;
  readonly inputs: readonly Value[];
}

const inputAvals: readonly Aval[] = [
  { shape: [], dtype: "float64" },
  { shape: [3], dtype: "float64" },
  { shape: [2, 3], dtype: "float64" },
  { shape: [3], dtype: "bool" },
  { shape: [3], dtype: "int64" },
];

const numbers = fc.oneof(
  fc.double({ min: -4, max: 4 }),
  fc.constantFrom(0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 1e308),
);

/** Programs of up to this many steps, with inputs that have NaN, infinities and zeros of both signs. */
export function randomPrograms(maxSteps = 25): fc.Arbitrary<Program> {
  return fc
    .record({
      choices: fc.array(fc.nat(1_000_000), { minLength: maxSteps * 2, maxLength: maxSteps * 5 }),
      elements: fc.array(numbers, { minLength: 10, maxLength: 10 }),
    })
    .map(({ choices, elements }) => ({
      graph: new Author(choices).program(),
      inputs: inputAvals.map(({ shape, dtype }) =>
        tinyBackend.fromElements(
          Array.from({ length: sizeOf(shape) }, (_, place) => elements[(place + shape.length) % 10] ?? 0),
          { shape, dtype },
        ),
      ),
    }));
}

/** Writes a program down, choice after choice. */
class Author {
  readonly #choices: readonly number[];
  #next = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  program(): Graph {
    return new Writer(this, inputAvals, 0).run(() => !this.isDone);
  }

  get isDone(): boolean {
    return this.#next >= this.#choices.length;
  }

  number(below: number): number {
    const choice = this.#choices[this.#next++] ?? 0;
    return below === 0 ? 0 : choice % below;
  }

  from<Item>(items: readonly Item[]): Item {
    const item = items[this.number(items.length)];
    if (item === undefined) throw new RangeError("there is nothing to choose from");
    return item;
  }
}

const { neg, sin, exp, abs, floor, tanh, stopGradient, square, conj } = primitives;
const unaries = [neg, neg, sin, exp, abs, floor, tanh, stopGradient, square, conj] as const;
const { add, sub, mul, div, maximum, minimum, pow, less, equal, greater } = primitives;
const binaries = [add, sub, mul, div, maximum, minimum, pow] as const;
const comparisons = [less, equal, greater] as const;
const scalars = [0, -0, 1, 1, -1, 2, 0.5, Number.NaN, Infinity];
const shapes: readonly Shape[] = [[3], [1, 3], [3, 1], [2, 3], [3, 2], [6], [1, 6]];

class Writer {
  readonly #author: Author;
  readonly #to = new Rewriting();
  readonly #variables: Variable[] = [];
  readonly #equations: Pick<Equation, "primitive" | "operands" | "params">[] = [];
  readonly #depth: number;

  constructor(author: Author, avals: readonly Aval[], depth: number) {
    this.#author = author;
    this.#depth = depth;
    for (const aval of avals) this.#variables.push(this.#to.input(aval));
  }

  run(goesOn: (steps: number) => boolean): Graph {
    for (let steps = 0; goesOn(steps); steps++) this.#step();
    // What nothing uses is an output, but for some, which is dead code.
    const used = new Set(this.#equations.flatMap(({ operands }) => operands));
    return this.#to.finish(this.#variables.filter((variable) => !used.has(variable) && variable % 5 > 0));
  }

  /** A graph whose first output is of this type. */
  runTo(aval: Aval): Graph {
    const steps = this.#author.number(4);
    for (let step = 0; step < steps; step++) this.#step();
    const fitting = this.#variables.filter((variable) => sameAval(this.#to.avalOf(variable), aval));
    return this.#to.finish([fitting.at(-1) ?? -1, this.#variables.at(-1) ?? -1]);
  }

  #step(): void {
    const steps = [
      () => this.#unary(),
      () => this.#binary(),
      () => this.#withScalar(),
      () => this.#withScalar(),
      () => this.#whole(),
      () => this.#compare(),
      () => this.#logical(),
      () => this.#select(),
      () => this.#cast(),
      () => this.#reshape(),
      () => this.#transpose(),
      () => this.#broadcast(),
      () => this.#slice(),
      () => this.#sum(),
      () => this.#concatenate(),
      () => this.#again(),
      () => this.#constant(),
      ...(this.#depth < 2 ? [() => this.#call(), () => this.#cond(), () => this.#scan()] : []),
    ];
    this.#author.from(steps)();
  }

  #choose(holds: (aval: Aval) => boolean): Variable | null {
    const fitting = this.#variables.filter((variable) => holds(this.#to.avalOf(variable)));
    if (fitting.length === 0) return null;
    // Chains come about where what was just computed is used at once.
    return this.#author.from(this.#author.number(3) === 0 ? fitting : fitting.slice(-2));
  }

  #bind(primitive: Primitive, operands: readonly (Variable | null)[], params: object = {}): void {
    const known = operands.filter((variable) => variable !== null);
    if (known.length < operands.length) return;
    this.#equations.push({ primitive, operands: known, params });
    this.#variables.push(...this.#to.bind(primitive, known, params));
  }

  /** An array of this type: a constant beside what is there, so that scalars among them stay constants. */
  #scalarConstant(element: Scalar, dtype: "float64" | "int64" | "bool"): Variable {
    return this.#to.constant(tinyBackend.scalar(element, dtype));
  }

  #shapeOf(variable: Variable | null): Shape {
    return variable === null ? [] : this.#to.avalOf(variable).shape;
  }

  #pair(dtype: string): readonly (Variable | null)[] {
    const first = this.#choose((aval) => aval.dtype === dtype);
    if (first === null) return [null];
    const aval = this.#to.avalOf(first);
    return [first, this.#choose((each) => sameAval(each, aval))];
  }

  #unary(): void {
    this.#bind(this.#author.from(unaries), [this.#choose(({ dtype }) => dtype === "float64")]);
  }

  #binary(): void {
    this.#bind(this.#author.from(binaries), this.#pair("float64"));
  }

  #withScalar(): void {
    const operands = [
      this.#choose(({ dtype }) => dtype === "float64"),
      this.#scalarConstant(this.#author.from(scalars), "float64"),
    ];
    this.#bind(this.#author.from(binaries), this.#author.number(2) === 0 ? operands : operands.toReversed());
  }

  #whole(): void {
    const x = this.#choose(({ dtype }) => dtype === "int64");
    this.#bind(this.#author.from([add, sub, mul]), [x, this.#scalarConstant(this.#author.from([0, 1, 3]), "int64")]);
  }

  #compare(): void {
    this.#bind(this.#author.from(comparisons), this.#pair("float64"));
  }

  #logical(): void {
    if (this.#author.number(2) === 0) this.#bind(primitives.logicalAnd, this.#pair("bool"));
    else this.#bind(primitives.logicalNot, [this.#choose(({ dtype }) => dtype === "bool")]);
  }

  #select(): void {
    const condition = this.#choose(({ dtype }) => dtype === "bool");
    const shape = this.#shapeOf(condition);
    const fits = (aval: Aval) => aval.dtype === "float64" && sameShape(aval.shape, shape);
    this.#bind(primitives.select, [condition, this.#choose(fits), this.#choose(fits)]);
  }

  #cast(): void {
    const dtype = this.#author.from(["float64", "int64", "bool"] as const);
    this.#bind(primitives.cast, [this.#choose(() => true)], { dtype });
  }

  #reshape(): void {
    const x = this.#choose(({ shape }) => sizeOf(shape) > 1);
    const size = sizeOf(this.#shapeOf(x));
    const fitting = [this.#shapeOf(x), ...shapes.filter((shape) => sizeOf(shape) === size)];
    this.#bind(primitives.reshape, [x], { shape: this.#author.from(fitting) });
  }

  #transpose(): void {
    const x = this.#choose(({ shape }) => shape.length === 2);
    this.#bind(primitives.transpose, [x], {
      permutation: this.#author.from([
        [1, 0],
        [1, 0],
        [0, 1],
      ]),
    });
  }

  #broadcast(): void {
    const x = this.#choose(({ shape }) => shape.length < 3);
    const before = this.#shapeOf(x);
    const shape = [1 + this.#author.number(2), ...before.map((length) => (length === 1 ? 2 : length))];
    if (this.#author.number(4) > 0) this.#bind(primitives.broadcast, [x], { shape, axes: [0] });
    else this.#bind(primitives.broadcast, [x], { shape: before, axes: [] });
  }

  #slice(): void {
    const x = this.#choose(({ shape }) => shape.length > 0);
    const shape = this.#shapeOf(x);
    const backwards = this.#author.number(2) === 0;
    const cut = this.#author.number(2);
    const length = shape.map((each, axis) => (axis === 0 ? Math.max(each - cut, 0) : each));
    this.#bind(primitives.slice, [x], {
      start: length.map((each) => (backwards ? Math.max(each - 1, 0) : 0)),
      length,
      step: shape.map(() => (backwards ? -1 : 1)),
    });
  }

  #sum(): void {
    const x = this.#choose(({ dtype }) => dtype === "float64");
    const axes = this.#shapeOf(x).flatMap((_, axis) => (this.#author.number(2) === 0 ? [axis] : []));
    this.#bind(this.#author.from([primitives.sum, primitives.max]), [x], { axes });
  }

  #concatenate(): void {
    const x = this.#choose(({ shape }) => shape.length > 0);
    this.#bind(primitives.concatenate, this.#author.number(2) === 0 ? [x] : [x, x], { axis: 0 });
  }

  #again(): void {
    if (this.#equations.length === 0) return;
    const { primitive, operands, params } = this.#author.from(this.#equations);
    this.#bind(primitive, primitive.commutative ? operands.toReversed() : operands, { ...params });
  }

  #constant(): void {
    const value = this.#author.from([
      array([1, -0, 2]),
      array([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      array([true, false, true]),
    ]);
    this.#variables.push(this.#to.constant(value));
  }

  /** Operands for a graph within, each of them no scalar constant. */
  #operands(): readonly Variable[] {
    return [this.#author.from(this.#variables), this.#author.from(this.#variables)];
  }

  #inner(avals: readonly Aval[]): Writer {
    return new Writer(this.#author, avals, this.#depth + 1);
  }

  #typesOf(operands: readonly Variable[]): readonly Aval[] {
    return operands.map((variable) => this.#to.avalOf(variable));
  }

  #call(): void {
    const operands = this.#operands();
    const types = this.#typesOf(operands);
    const [first] = types;
    if (first === undefined) return;
    this.#bind(primitives.call, operands, { graph: this.#inner(types).runTo(first), name: "inner", rules: null });
  }

  #cond(): void {
    const known = this.#author.number(3) === 0;
    const predicate = known
      ? this.#scalarConstant(this.#author.number(2) === 0, "bool")
      : this.#choose(({ dtype, shape }) => dtype === "bool" && shape.length === 0);
    const operands = this.#operands();
    const types = this.#typesOf(operands);
    const branch = () => {
      const [first = { shape: [], dtype: "bool" } as const] = types;
      const graph = this.#inner(types).runTo(first);
      return { ...graph, outputs: graph.outputs.slice(0, 1) };
    };
    this.#bind(primitives.cond, [predicate, ...operands], { branches: [branch(), branch()] });
  }

  #scan(): void {
    const [carry = -1, shared = -1] = this.#operands();
    const walked = this.#choose(({ shape }) => (shape[0] ?? 0) > 0);
    if (walked === null) return;
    const [length = 0, ...rest] = this.#shapeOf(walked);
    const [state, constant] = [this.#to.avalOf(carry), this.#to.avalOf(shared)];
    const body = this.#inner([constant, state, { shape: rest, dtype: this.#to.avalOf(walked).dtype }]).runTo(state);
    const reverse = this.#author.number(2) === 0;
    this.#bind(primitives.scan, [shared, carry, walked], { body, constants: 1, carries: 1, length, reverse });
  }
}
