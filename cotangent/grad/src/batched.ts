// A value that stands for many.
import {
  AbstractValueError,
  Traced,
  type Backend,
  type DType,
  type Shape,
  type Trace,
  type Value,
} from "@cotangent/core";

/** One example, of many that have been put into `value` along its first axis. */
export class Batched extends Traced {
  declare readonly trace: Trace;
  declare readonly shape: Shape;
  declare readonly dtype: DType;
  declare readonly backend: Backend;
  declare readonly value: Value;

  constructor(trace: Trace, value: Value) {
    super();
    this.trace = trace;
    this.shape = value.shape.slice(1);
    this.dtype = value.dtype;
    this.backend = value.backend;
    this.value = value;
  }

  override beneath(): Value {
    return this.value;
  }

  /** The elements of one example are not one thing; only values that all examples share can be read. */
  override below(): Value {
    throw new AbstractValueError(
      `the elements of ${this.dtype}[${this.shape.join(",")}] differ from example to example of a vmap; use select or cond`,
    );
  }
}
