/** exp(−2πi k/n) for k from 0 to before `count`, as pairs of doubles. Angles are taken from the nearest axis. */
export function rootsOfUnity(n: number, count: number): Float64Array {
  const roots = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    // The nearest quarter of a turn, and the angle from there.
    const quarter = Math.round((4 * k) / n);
    const angle = ((Math.PI / 2) * (4 * k - quarter * n)) / n;
    const cos = Math.cos(angle);
    const sin = -Math.sin(angle);
    const [re, im] = quarterTurned(cos, sin, quarter % 4);
    roots[2 * k] = re;
    roots[2 * k + 1] = im;
  }
  return roots;
}

/** Multiplied by (−i) to this power. */
function quarterTurned(re: number, im: number, quarters: number): readonly [number, number] {
  if (quarters === 0) return [re, im];
  if (quarters === 1) return [im, -re];
  return quarters === 2 ? [-re, -im] : [-im, re];
}
