// The functions that the generated modules are made of. Each comes with its own meaning as a closure, so that a
// generated test can state what the generated code must give.

/**
 * @typedef {object} Fn
 * @property {string} name
 * @property {string} code Formatted as the repository's formatter would.
 * @property {(value: number) => unknown} meaning
 * @property {"number" | "string" | "promise"} gives
 * @property {readonly number[]} samples Inputs worth a test, one a branch.
 */

/** @typedef {(name: string, random: import("./random.mjs").Random, used: Fn | undefined) => Fn} Template */

/** @type {readonly Template[]} */
const templates = [scaled, clamped, classified, summed, labelled, loaded, stepped];

/**
 * @param {string} name
 * @param {number} index
 * @param {import("./random.mjs").Random} random
 * @param {Fn | undefined} used A function of another module that gives a number, to be called.
 */
export function makeFunction(name, index, random, used) {
  if (used !== undefined) return combined(name, random, used);
  return templates[index % templates.length](name, random, undefined);
}

/** @type {Template} */
function scaled(name, random) {
  const [factor, offset] = [2 + random.below(9), random.below(50)];
  return {
    name,
    gives: "number",
    samples: [-3, 0, 12],
    meaning: (value) => (value < 0 ? 0 : value * factor + offset),
    code: `/** Scales by a fixed rate; nothing below zero counts. */
export function ${name}(value: number): number {
  if (value < 0) return 0;
  return value * ${factor} + ${offset};
}`,
  };
}

/** @type {Template} */
function clamped(name, random) {
  const low = random.below(20);
  const high = low + 10 + random.below(60);
  return {
    name,
    gives: "number",
    samples: [low - 1, low + 3, high + 5],
    meaning: (value) => Math.min(Math.max(value, low), high),
    code: `/** Keeps a value between ${low} and ${high}. */
export function ${name}(value: number): number {
  const low = ${low};
  const high = ${high};
  if (value < low) return low;
  return value > high ? high : value;
}`,
  };
}

/** @type {Template} */
function classified(name, random) {
  const first = 5 + random.below(20);
  const second = first + 5 + random.below(30);
  return {
    name,
    gives: "string",
    samples: [first - 1, first, second],
    meaning: (value) => (value < first ? "low" : value < second ? "middle" : "high"),
    code: `/** Sorts a value into one of three classes. */
export function ${name}(value: number): "low" | "middle" | "high" {
  if (value < ${first}) return "low";
  if (value < ${second}) return "middle";
  return "high";
}`,
  };
}

/** @type {Template} */
function summed(name, random) {
  const weights = [1 + random.below(9), 1 + random.below(9), 1 + random.below(9)];
  return {
    name,
    gives: "number",
    samples: [0, 2, 7],
    meaning: (value) => weights.reduce((sum, weight, index) => sum + weight * (value + index), 0),
    code: `/** Sums three entries, each with its weight. */
export function ${name}(value: number): number {
  const weights = [${weights.join(", ")}];
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    total += weight * (value + index);
  }
  return total;
}`,
  };
}

/** @type {Template} */
function labelled(name, random) {
  const unit = random.pick(["kg", "pcs", "min", "pt"]);
  return {
    name,
    gives: "string",
    samples: [0, 1, 24],
    meaning: (value) => (value === 0 ? "none" : `${value} ${unit}`),
    code: `/** What a person reads. */
export function ${name}(value: number): string {
  if (value === 0) return "none";
  return \`\${value} ${unit}\`;
}`,
  };
}

/** @type {Template} */
function loaded(name, random) {
  const step = 1 + random.below(12);
  return {
    name,
    gives: "promise",
    samples: [1, 4],
    meaning: (value) => value + step,
    code: `/** Stands for something that is fetched. */
export async function ${name}(value: number): Promise<number> {
  const fetched = await Promise.resolve(value);
  return fetched + ${step};
}`,
  };
}

/** @type {Template} */
function stepped(name, random) {
  const limit = 3 + random.below(5);
  return {
    name,
    gives: "number",
    samples: [1, limit, limit + 4],
    meaning: (value) => {
      let [left, count] = [value, 0];
      while (left > limit) [left, count] = [left - limit, count + 1];
      return count * 10 + left;
    },
    code: `/** Counts whole steps of ${limit} and keeps what is left. */
export function ${name}(value: number): number {
  let left = value;
  let count = 0;
  while (left > ${limit}) {
    left -= ${limit};
    count += 1;
  }
  return count * 10 + left;
}`,
  };
}

/** @type {(name: string, random: import("./random.mjs").Random, used: Fn) => Fn} */
function combined(name, random, used) {
  const offset = 1 + random.below(90);
  const meaning = (/** @type {number} */ value) => Number(used.meaning(value)) + offset;
  return {
    name,
    gives: "number",
    samples: [0, 6],
    meaning,
    code: `/** Builds on what another module says. */
export function ${name}(value: number): number {
  return ${used.name}(value) + ${offset};
}`,
  };
}
