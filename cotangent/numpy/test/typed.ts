import { isValue, showAval } from "@cotangent/core";

/**
 * What a function returned, as a test writes it down: arrays as their dtype and elements, or as text where they have no
 * elements. With `digits`, real numbers are rounded to as many.
 */
export function typed(result: unknown, digits?: number): unknown {
  if (isValue(result)) return result.size === 0 ? showAval(result) : [result.dtype, rounded(result.toList(), digits)];
  return Array.isArray(result) ? result.map((each) => typed(each, digits)) : result;
}

function rounded(element: unknown, digits: number | undefined): unknown {
  if (digits === undefined) return element;
  if (Array.isArray(element)) return element.map((each) => rounded(each, digits));
  if (typeof element === "number") return Number(element.toPrecision(digits));
  if (typeof element !== "object" || element === null) return element;
  return Object.fromEntries(Object.entries(element).map(([part, each]) => [part, rounded(each, digits)]));
}
