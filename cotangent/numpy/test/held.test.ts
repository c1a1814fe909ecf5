// Memory that is used again is never that of an array which somebody has.
import { expect, test } from "vitest";
import * as np from "../src/index.ts";

interface Held {
  readonly array: np.NDArray;
  readonly fill: number;
}

test("arrays that are kept for a while keep their elements, whatever is made and dropped meanwhile", () => {
  const draw = np.random.default_rng(7);
  const below = (limit: number): number => Number(draw.integers(limit).item());
  const held: Held[] = [];
  const damaged: number[] = [];
  for (let round = 0; round < 3000; round++) {
    const length = 2 ** (6 + below(12)) + below(64);
    const array = np.add(np.full([length], round), 0.5) as np.NDArray;
    if (held.length < 100) held.push({ array, fill: round + 0.5 });
    else if (below(3) === 0) {
      const [checked] = held.splice(below(100), 1, { array, fill: round + 0.5 });
      if (checked !== undefined && !isFilled(checked)) damaged.push(checked.fill);
    }
  }
  for (const each of held) if (!isFilled(each)) damaged.push(each.fill);
  expect(damaged).toEqual([]);
});

function isFilled({ array, fill }: Held): boolean {
  return array.data.every((element) => Number(element) === fill);
}
