// Implicit tracing: a transformation puts `Traced` values into a function, and sees every primitive that meets them.
import type { Aval, DType, Shape } from "./aval.ts";
import { showAval, sizeOf } from "./aval.ts";
import { inspectKey, textOnly } from "./coercion.ts";
import { AbstractValueError, EscapedValueError, MissingRuleError, showCall } from "./errors.ts";
import { primitives, type ParamsOf, type Primitive, type PrimitiveName, type ResultsOf } from "./primitives.ts";
import type { Backend, NestedList, Scalar, Value } from "./value.ts";

/**
 * A transformation at work. Traces that began later have higher levels; a primitive belongs to the highest of its
 * operands' traces, which hands what it does itself to those below. That keeps nested derivatives apart.
 */
export abstract class Trace {
  readonly level: number;
  #open = true;

  constructor() {
    this.level = nextLevel++;
  }

  /** Deals with a primitive, one of whose operands is of this trace and none of a higher one. */
  abstract process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[];

  /**
   * As `process`, for a primitive with one operand and one result, which may be quicker without a list.
   *
   * @param _type that of the result, where it is known
   */
  processUnary(primitive: Primitive, x: Value, params: object, _type: Aval | null): Value {
    return this.process(primitive, [x], params) as Value;
  }

  /** As `process`, for a primitive with two operands and one result. */
  processBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
    return this.process(primitive, [x, y], params) as Value;
  }

  /** Values of this trace are worth nothing from now on. */
  close(): void {
    this.#open = false;
  }

  /** Whether it is not closed yet. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** What a closed trace says to a primitive. @throws EscapedValueError */
  refuse(primitive: Primitive, operands: readonly Value[]): never {
    throw new EscapedValueError(
      `${showCall(primitive.name, operands)}: an operand was kept from a transformation that has ended; return it from the function instead`,
    );
  }
}

let nextLevel = 1;

/** The trace of the branch that is being traced. */
let branch: Trace | null = null;

/**
 * Runs a branch of a program, whose trace sees also what meets traced values from around the branch alone: it must not
 * happen where the other branch is taken.
 */
export function withinBranch<Result>(trace: Trace, run: () => Result): Result {
  const before = branch;
  branch = trace;
  try {
    return run();
  } finally {
    branch = before;
  }
}

/**
 * A stand-in for an array, which belongs to a trace. Programs make one for each operation: classes `declare` their
 * fields, so that these are written once, and by no constructor of another class.
 */
export abstract class Traced implements Value {
  abstract readonly trace: Trace;
  abstract readonly shape: Shape;
  abstract readonly dtype: DType;
  abstract readonly backend: Backend;
  declare readonly [Symbol.iterator]: () => Iterator<Value>;

  /** The value one level below. @throws AbstractValueError where there is none. */
  abstract below(): Value;

  /** What it is made of: one value or all examples, or null where only its type is known. */
  beneath(): Value | null {
    return this.below();
  }

  get ndim(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  item(): Scalar {
    return this.below().item();
  }

  toList(): NestedList {
    return this.below().toList();
  }

  /** Its type, and the array that it stands for where that is known. */
  toString(): string {
    const type = `Traced<${showAval(this)}>`;
    try {
      return `${type}(${String(concrete(this))})`;
    } catch (error) {
      if (error instanceof AbstractValueError) return type;
      throw error;
    }
  }

  toJSON(): NestedList {
    return this.toList();
  }

  [inspectKey](): string {
    return this.toString();
  }

  static {
    iterateRows(this.prototype);
  }

  /** @throws OperatorError where more than text is wanted. */
  [Symbol.toPrimitive](hint: string): string {
    return textOnly(this, hint);
  }
}

/** Runs a primitive: at once, or through the trace that its operands belong to. */
export function bind<Name extends PrimitiveName>(
  primitive: Primitive<Name>,
  operands: readonly Value[],
  params: ParamsOf<Name>,
): ResultsOf<Name> {
  const top = traceOf(operands);
  if (top === null) return compute(primitive, operands, params) as ResultsOf<Name>;
  const trace = seenBy(top);
  return (
    trace.isOpen ? trace.process(primitive, operands, params) : trace.refuse(primitive, operands)
  ) as ResultsOf<Name>;
}

/**
 * As `bind`, for a primitive with one operand and one result: without a list where nothing is traced.
 *
 * @param type that of the result, where it is known: it is not found out again then
 */
export function bindUnary(primitive: Primitive, x: Value, params: object, type: Aval | null = null): Value {
  if (x.trace !== null) {
    const trace = seenBy(x.trace);
    return trace.isOpen ? trace.processUnary(primitive, x, params, type) : trace.refuse(primitive, [x]);
  }
  const kernel = x.backend.kernels[primitive.index];
  if (kernel === undefined) throw missing(primitive, x.backend);
  return kernel(x, params) as Value;
}

/** As `bind`, for a primitive with two operands and one result: without a list where nothing is traced. */
export function bindBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
  const first = x.trace;
  const second = y.trace;
  const top = first === null || (second !== null && second.level > first.level) ? second : first;
  if (top !== null) {
    const trace = seenBy(top);
    return trace.isOpen ? trace.processBinary(primitive, x, y, params) : trace.refuse(primitive, [x, y]);
  }
  const kernel = x.backend.kernels[primitive.index];
  if (kernel === undefined) throw missing(primitive, x.backend);
  return kernel(x, y, params) as Value;
}

/** Element `place` of the first axis. */
export function rowOf(value: Value, place: number): Value {
  const [, ...rest] = value.shape;
  const start = [place, ...rest.map(() => 0)];
  const row = bindUnary(primitives.slice, value, { start, length: [1, ...rest], step: start.map(() => 1) });
  return bindUnary(primitives.reshape, row, { shape: rest });
}

/** The elements of the first axis, one after the other. */
export function* rowsOf(value: Value): Generator<Value> {
  const [length = 0] = value.shape;
  for (let place = 0; place < length; place++) yield rowOf(value, place);
}

/**
 * Lets arrays of a class be iterated and taken apart, row by row. An array of no axes has no iterator, rather than one
 * that fails: what compares values asks for it.
 */
export function iterateRows(prototype: Value): void {
  Object.defineProperty(prototype, Symbol.iterator, {
    get(this: Value) {
      return this.ndim === 0 ? undefined : () => rowsOf(this);
    },
  });
}

/** The trace that sees a primitive, the highest of whose operands' traces this is. */
function seenBy(top: Trace): Trace {
  return branch !== null && top.level < branch.level ? branch : top;
}

function missing(primitive: Primitive, backend: Backend): MissingRuleError {
  return new MissingRuleError(`${backend.name} can't compute ${primitive.name}`);
}

/** Whether a primitive gave a list of results, as those with several do. */
export function isList(results: Value | readonly Value[]): results is readonly Value[] {
  return Array.isArray(results);
}

function traceOf(operands: readonly Value[]): Trace | null {
  let top: Trace | null = null;
  for (let place = 0; place < operands.length; place++) {
    const trace = operands[place]?.trace ?? null;
    if (trace !== null && (top === null || trace.level > top.level)) top = trace;
  }
  return top;
}

function compute(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
  const first = operands[0];
  if (first === undefined) throw new MissingRuleError(`${primitive.name} has no operands`);
  const kernel = first.backend.kernels[primitive.index];
  if (kernel === undefined) throw missing(primitive, first.backend);
  const { arity } = primitive;
  if (arity === 1) return kernel(first, params);
  if (arity === 2) return kernel(first, operands[1], params);
  if (arity === 3) return kernel(first, operands[1], operands[2], params);
  return kernel(operands, params);
}

/** The array beneath all traces. @throws AbstractValueError where there is none. */
export function concrete(value: Value): Value {
  let each = value;
  while (each instanceof Traced) each = each.below();
  return each;
}
