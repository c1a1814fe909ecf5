// What JavaScript makes of arrays by itself: it has no operators for them, but turns them into text.
import { showAval } from "./aval.ts";
import { OperatorError } from "./errors.ts";
import type { Value } from "./value.ts";

/** What Node.js asks an object for its text by, when it is logged. */
export const inspectKey: unique symbol = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

/**
 * What a value is in an expression: text in a template. An operator would see text or not a number, and tell nobody.
 *
 * @throws OperatorError for every operator, and for functions that want a number.
 */
export function textOnly(value: Value, hint: string): string {
  if (hint === "string") return value.toString();
  throw new OperatorError(
    `an operator or a function of numbers met ${showAval(value)}: JavaScript can't compute with arrays; ` +
      "call add, multiply, less and so on, or item() for the number in an array of one element",
  );
}
