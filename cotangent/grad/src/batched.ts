// A value that stands for many.
import { AbstractValueError, Traced, type Trace, type Value } from "@cotangent/core";

/** One example, of many that have been put into `value` along its first axis. */
export class Batched extends Traced {
  readonly value: Value;

  constructor(trace: Trace, value: Value) {
    super(trace, value.shape.slice(1), value.dtype, value.backend);
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
