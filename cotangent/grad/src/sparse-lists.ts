// Lists of which some places are empty: tangents of operands that do not move, cotangents that nothing reached.

/** What is there, in order. */
export function present<Each>(values: readonly (Each | null)[]): readonly Each[] {
  return values.filter((value) => value !== null);
}

/** Those that are marked. */
export function keep<Each>(values: readonly Each[], isKept: readonly boolean[]): readonly Each[] {
  return values.filter((_, place) => isKept[place] === true);
}

/** One of the values for each mark, in order, and null between them. */
export function spreadOver<Each>(isThere: readonly boolean[], values: readonly Each[]): readonly (Each | null)[] {
  let next = 0;
  return isThere.map((there) => (there ? (values[next++] ?? null) : null));
}
