/**
 * A value that something else promises to be there: checked graphs, numbers of operands and results.
 *
 * @throws RangeError where it is not, which is a fault of the library's.
 */
export function promised<Each>(value: Each | undefined, what: string): Each {
  if (value === undefined) throw new RangeError(`${what} is missing, which is a fault of cotangent's`);
  return value;
}
