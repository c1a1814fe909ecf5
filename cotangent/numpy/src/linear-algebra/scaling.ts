/**
 * A power of two that brings entries, if they are very large or very small, to where their squares neither overflow nor
 * underflow: 1 for usual matrices. Eigenvalues and singular values are to be divided by it.
 */
export function scaleFor(data: Float64Array): number {
  let largest = 0;
  for (const entry of data) {
    const size = Math.abs(entry);
    if (size > largest) largest = size;
  }
  if (largest === 0 || largest === Infinity || (largest > 2 ** -300 && largest < 2 ** 300)) return 1;
  return 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
}

export function scaled(data: Float64Array, factor: number): Float64Array {
  return factor === 1 ? data : data.map((entry) => entry * factor);
}
