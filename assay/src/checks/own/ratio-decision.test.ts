import { expect, test } from "vitest";
import { estimateRatio, looks, randomNumbers, type RatioEstimate, type Round } from "./ratio-decision.ts";

/** What processes do on a shared machine: a few per cent of noise, now and then far slower, and drifting. */
function machine(seed: number): (cost: number) => number {
  const random = randomNumbers(seed);
  const speed = 0.9 + random() * 0.2;
  const trend = (random() - 0.5) * 0.004;
  let time = 0;
  return (cost) => {
    time += 1;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const stall = random() < 0.05 ? 1 + random() : 1;
    return cost * speed * (1 + trend * time) * Math.exp(0.03 * normal) * stall;
  };
}

function roundOf(run: (cost: number) => number, cost: number): Round {
  const [n1, d1, c1, c2, d2, n2] = [run(cost), run(1), run(1), run(1), run(1), run(cost)];
  return { numerator: [n1, n2], denominator: [d1, d2], control: [c1, c2] };
}

/** What the whole procedure says, look by look. */
function decide(seed: number, cost: number, atMost: number): RatioEstimate["verdict"] {
  const run = machine(seed);
  const rounds: Round[] = [];
  for (const look of looks) {
    while (rounds.length < look) rounds.push(roundOf(run, cost));
    const { verdict } = estimateRatio(rounds, atMost);
    if (verdict !== "undecided") return verdict;
  }
  return "undecided";
}

function share(count: number, cost: number, atMost: number, verdict: RatioEstimate["verdict"]): number {
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  return seeds.filter((seed) => decide(seed, cost, atMost) === verdict).length / count;
}

/** `ASSAY_COMPARISONS=1000` takes a while, and says more. */
const comparisons = Number(process.env["ASSAY_COMPARISONS"] ?? 100);

test("of a hundred comparisons of a thing with itself at most one is called a difference", () => {
  expect(share(comparisons, 1, 1, "above")).toBeLessThanOrEqual(0.01);
});

test("ten per cent more are found nearly always", () => {
  expect(share(comparisons, 1.1, 1, "above")).toBeGreaterThanOrEqual(0.95);
});

test("what is at the limit is hardly ever within it, and what is well below nearly always", () => {
  expect(share(comparisons, 1.1, 1.1, "within")).toBeLessThanOrEqual(0.01);
  expect(share(comparisons, 1, 1.1, "within")).toBeGreaterThanOrEqual(0.95);
});
