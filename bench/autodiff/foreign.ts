/** What another library has: functions, arrays, numbers. Nothing is known of it but that it is named and called. */
export interface Foreign {
  (...operands: unknown[]): Foreign;
  readonly [name: string]: Foreign;
  [Symbol.iterator](): Iterator<Foreign>;
}
