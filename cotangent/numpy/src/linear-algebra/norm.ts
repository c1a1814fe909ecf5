/** The Euclidean norm of the entries from `start` to before `end`, without overflow or underflow on the way. */
export function norm(entries: ArrayLike<number>, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += Number(entries[index]) * Number(entries[index]);
  if (sum > 1e-280 && sum < 1e300) return Math.sqrt(sum);
  return scaledNorm(entries, start, end);
}

function scaledNorm(entries: ArrayLike<number>, start: number, end: number): number {
  let largest = 0;
  for (let index = start; index < end; index++) {
    const size = Math.abs(Number(entries[index]));
    if (size > largest || Number.isNaN(size)) largest = size;
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let index = start; index < end; index++) sum += (Number(entries[index]) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** What is shorter loses digits to underflow: it is to be multiplied by `lengthening` first. */
export const tooShort = 2 ** -960;
export const lengthening = 2 ** 200;

/** √(x² + y²). */
export function hypotenuse(x: number, y: number): number {
  const sum = x * x + y * y;
  return sum > 1e-280 && sum < 1e300 ? Math.sqrt(sum) : Math.hypot(x, y);
}
