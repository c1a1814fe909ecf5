// Seeds of any length made into the state of a generator, as NumPy's SeedSequence does.

/** A seed: a natural number, or several. */
export type Seed = number | bigint | readonly (number | bigint)[];

const poolSize = 4;

/** Programs without types may give any object. */
function isList(seed: Seed): seed is readonly (number | bigint)[] {
  return Array.isArray(seed);
}

/** A seed as words of 32 bits, the lowest first. */
function wordsOf(seed: Seed): number[] {
  if (isList(seed)) return seed.flatMap((each) => wordsOf(each));
  if (typeof seed !== "bigint" && !Number.isInteger(seed))
    throw new TypeError(`default_rng: a seed is an integer, not ${String(seed)}`);
  if (seed < 0 || (typeof seed === "number" && !Number.isSafeInteger(seed))) {
    throw new RangeError(`default_rng: a seed is a natural number, not ${seed}`);
  }
  const words: number[] = [];
  for (let rest = BigInt(seed); rest > 0n || words.length === 0; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words;
}

/** Mixes values with a constant that changes each time. */
function hasher(start: number, factor: number): (value: number) => number {
  let constant = start;
  return (value) => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, factor) >>> 0;
    const product = Math.imul(mixed, constant) >>> 0;
    return (product ^ (product >>> 16)) >>> 0;
  };
}

function mix(x: number, y: number): number {
  const mixed = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) >>> 0;
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function poolOf(entropy: readonly number[]): readonly number[] {
  const hash = hasher(0x43b0d7e5, 0x931e8875);
  const pool = Array.from({ length: poolSize }, (_, place) => hash(entropy[place] ?? 0));
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) if (from !== to) pool[to] = mix(pool[to] ?? 0, hash(pool[from] ?? 0));
  }
  for (const extra of entropy.slice(poolSize)) {
    for (let to = 0; to < poolSize; to++) pool[to] = mix(pool[to] ?? 0, hash(extra));
  }
  return pool;
}

/** As many words of 32 bits, which a seed determines. */
export function stateWords(seed: Seed, length: number): readonly number[] {
  const pool = poolOf(wordsOf(seed));
  let constant = 0x8b51f9dd;
  return Array.from({ length }, (_, place) => {
    const mixed = (pool[place % poolSize] ?? 0) ^ constant;
    constant = Math.imul(constant, 0x58f38ded) >>> 0;
    const product = Math.imul(mixed, constant) >>> 0;
    return (product ^ (product >>> 16)) >>> 0;
  });
}
