// Forward mode: values that carry their tangents.
import {
  bind,
  bindBinary,
  bindUnary,
  isInexact,
  MissingRuleError,
  operations,
  showCall,
  Trace,
  Traced,
  type Aval,
  type Backend,
  type DType,
  type ParamsOf,
  type Primitive,
  type ProgramName,
  type Recording,
  type Shape,
  type Value,
} from "@cotangent/core";
import { callTangents } from "./custom-call.ts";
import type { IndexedRules, LooseJoint, LoosePart } from "./rule-lookup.ts";
import { programTangents } from "./program-tangents.ts";

const { add, mul, zerosLike } = operations;

/** A value and its tangent, which has the same type. */
export class Dual extends Traced {
  declare readonly trace: JvpTrace;
  declare readonly shape: Shape;
  declare readonly dtype: DType;
  declare readonly backend: Backend;
  declare readonly primal: Value;
  declare readonly tangent: Value;

  constructor(trace: JvpTrace, primal: Value, tangent: Value) {
    super();
    this.trace = trace;
    this.shape = primal.shape;
    this.dtype = primal.dtype;
    this.backend = primal.backend;
    this.primal = primal;
    this.tangent = tangent;
  }

  override below(): Value {
    return this.primal;
  }
}

/** Gives every result its tangent, by the rule of its primitive. What no tangent reaches stays a plain value. */
export class JvpTrace extends Trace {
  readonly rules: IndexedRules;
  readonly #recording: Recording | null;

  /** @param linear where the tangents are written down, if a function is made linear */
  constructor(rules: IndexedRules, linear: Recording | null = null) {
    super();
    this.rules = rules;
    this.#recording = linear;
  }

  /** Whether a function is made linear, so that what is done to tangents needs a transpose. */
  get isLinear(): boolean {
    return this.#recording !== null;
  }

  /** Another trace by the same rules. */
  alike(linear: Recording | null = null): JvpTrace {
    return new JvpTrace(this.rules, linear);
  }

  /** A value with a tangent. What is no number that can change has none. */
  dual(primal: Value, tangent: Value): Value {
    return isInexact(primal.dtype) ? new Dual(this, primal, tangent) : primal;
  }

  owns(value: Value): value is Dual {
    return value.trace === this;
  }

  primalOf(value: Value): Value {
    return this.owns(value) ? value.primal : value;
  }

  tangentOf(value: Value): Value | null {
    return this.owns(value) ? value.tangent : null;
  }

  override processUnary(primitive: Primitive, x: Value, params: object, type: Aval | null): Value {
    const rule = this.rules.jvps[primitive.index];
    const isUsual = rule !== undefined && (rule.kind === "each" || rule.kind === "linear") && this.owns(x);
    if (!isUsual) return super.processUnary(primitive, x, params, type);
    const { primal, tangent } = x;
    const result = bindUnary(primitive, primal, params, type);
    if (rule.kind === "linear") return new Dual(this, result, bindUnary(primitive, tangent, params, result));
    const part = rule.parts[0] ?? null;
    if (part === null) return result;
    const change =
      typeof part === "function"
        ? part(tangent, [primal], result, params)
        : this.#times(tangent, part.derivative(primal, result, params));
    return change === null ? result : new Dual(this, result, change);
  }

  override processBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
    const rule = this.rules.jvps[primitive.index];
    if (rule?.kind !== "each") return super.processBinary(primitive, x, y, params);
    const primals = [this.primalOf(x), this.primalOf(y)] as const;
    const result = bindBinary(primitive, primals[0], primals[1], params);
    const left = this.owns(x) ? this.#change(rule.parts[0], x.tangent, primals, result, params) : null;
    const right = this.owns(y) ? this.#change(rule.parts[1], y.tangent, primals, result, params) : null;
    const change = left === null ? right : right === null ? left : add(left, right);
    return change === null ? result : new Dual(this, result, change);
  }

  /** What a tangent of one operand is in the result. */
  #change(
    part: LoosePart | undefined,
    tangent: Value,
    primals: readonly Value[],
    result: Value,
    params: object,
  ): Value | null {
    if (typeof part === "function") return part(tangent, primals, result, params);
    if (part === null || part === undefined) return null;
    const [x, y] = primals;
    // By themselves, which is quicker than to spread a list.
    const derivative = y === undefined ? part.derivative(x, result, params) : part.derivative(x, y, result, params);
    return this.#times(tangent, derivative);
  }

  /** A tangent times what is known: where a function is made linear, most of what is written down. */
  #times(tangent: Value, derivative: Value): Value {
    return this.#recording?.product(tangent, derivative) ?? mul(tangent, derivative);
  }

  override process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    if (primitive.results === "many") return this.#program(primitive, operands, params);
    const rule = this.rules.jvps[primitive.index];
    if (rule === undefined) throw new MissingRuleError(`${showCall(primitive.name, operands)}: has no derivative rule`);
    const primals = operands.map((operand) => this.primalOf(operand));
    const result = bind(primitive, primals, params);
    if (rule.kind === "each") return this.#each(rule.parts, operands, primals, result as Value, params);
    if (rule.kind === "constant") return result;
    if (rule.kind === "linear") return this.#linear(primitive, operands, params, result as Value);
    return this.#joint(rule.joint, operands, primals, result, params);
  }

  #each(
    parts: readonly LoosePart[],
    operands: readonly Value[],
    primals: readonly Value[],
    result: Value,
    params: object,
  ): Value {
    let sum: Value | null = null;
    for (let place = 0; place < operands.length; place++) {
      const operand = operands[place];
      if (operand === undefined || !this.owns(operand)) continue;
      const part = this.#change(parts[place], operand.tangent, primals, result, params);
      if (part !== null) sum = sum === null ? part : add(sum, part);
    }
    return sum === null ? result : new Dual(this, result, sum);
  }

  #linear(primitive: Primitive, operands: readonly Value[], params: object, result: Value): Value {
    const tangents = operands.map((operand) => this.tangentOf(operand) ?? zerosLike(operand));
    return new Dual(this, result, bind(primitive, tangents, params) as Value);
  }

  #joint(
    rule: LooseJoint,
    operands: readonly Value[],
    primals: readonly Value[],
    result: Value | readonly Value[],
    params: object,
  ): Value | readonly Value[] {
    const several = Array.isArray(result);
    const results = several ? (result as readonly Value[]) : [result as Value];
    const tangents = rule(
      operands.map((operand) => this.tangentOf(operand)),
      primals,
      results,
      params,
    );
    const duals = this.pair(results, tangents);
    return several ? duals : (duals[0] as Value);
  }

  /** Results with the tangents that they have. */
  pair(results: readonly Value[], tangents: readonly (Value | null)[]): readonly Value[] {
    return results.map((primal, place) => {
      const tangent = tangents[place] ?? null;
      return tangent === null ? primal : this.dual(primal, tangent);
    });
  }

  /** Calls whose derivatives are given have those. */
  #program(primitive: Primitive, operands: readonly Value[], params: object): readonly Value[] {
    if (primitive.name === "call") {
      const call = params as ParamsOf<"call">;
      if (call.rules !== null) return callTangents(this, { ...call, rules: call.rules }, operands);
    }
    return programTangents(this, primitive.name as ProgramName, operands, params);
  }
}
