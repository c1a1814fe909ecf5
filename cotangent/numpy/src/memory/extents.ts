// Which bytes of a memory are free.

interface Extent {
  readonly pointer: number;
  readonly bytes: number;
}

/** Sizes are multiples of this: a line of the cache, so that rows of vectors are aligned. */
const grain = 64;
const stepsPerDoubling = 4;

/** A quarter of the greatest power of two that is not above this size. */
function stepOf(bytes: number): number {
  return ((1 << (31 - Math.clz32(bytes))) >>> 0) / stepsPerDoubling;
}

/** The size that is set aside for `bytes`: one of four between powers of two. */
export function roundedSize(bytes: number): number {
  if (bytes <= grain * stepsPerDoubling) return Math.max(grain, Math.ceil(bytes / grain) * grain);
  const step = stepOf(bytes - 1);
  return Math.ceil(bytes / step) * step;
}

/** The class of extents that have at least this rounded size. */
function classOf(bytes: number): number {
  const doublings = 31 - Math.clz32(bytes);
  const within = Math.floor(bytes / stepOf(bytes)) - stepsPerDoubling;
  return doublings * stepsPerDoubling + within;
}

/** Hands out extents of a range of addresses, those that were given back first. */
export class Extents {
  #end: number;
  readonly #limit: number;
  /** Free extents by classes: the last one given back is the first to go, as it may still be in the cache. */
  readonly #free: Extent[][] = Array.from({ length: 32 * stepsPerDoubling }, () => []);

  constructor(start: number, limit: number) {
    this.#end = start;
    this.#limit = limit;
  }

  /** The address of an extent of this rounded size, or null if there is none. */
  take(bytes: number): number | null {
    // Classes are told by 32 bits.
    if (bytes > this.#limit) return null;
    const first = classOf(bytes);
    const exact = this.#free[first]?.pop();
    if (exact !== undefined) return this.#split(exact, bytes);
    return this.#takeLarger(first + 1, first + stepsPerDoubling, bytes) ?? this.#extend(bytes);
  }

  /** As `take`, from any extent that is large enough, once neighbours have been joined. */
  takeAny(bytes: number): number | null {
    if (bytes > this.#limit) return null;
    this.#join();
    return this.#takeLarger(classOf(bytes), this.#free.length, bytes) ?? this.#extend(bytes);
  }

  give(pointer: number, bytes: number): void {
    this.#free[classOf(bytes)]?.push({ pointer, bytes });
  }

  #extend(bytes: number): number | null {
    if (this.#end + bytes > this.#limit) return null;
    const pointer = this.#end;
    this.#end += bytes;
    return pointer;
  }

  #takeLarger(from: number, to: number, bytes: number): number | null {
    for (let each = from; each < to; each++) {
      const extent = this.#free[each]?.pop();
      if (extent !== undefined) return this.#split(extent, bytes);
    }
    return null;
  }

  #split({ pointer, bytes: all }: Extent, bytes: number): number {
    if (all > bytes) this.give(pointer + bytes, all - bytes);
    return pointer;
  }

  #join(): void {
    const extents = this.#free.flat().toSorted((a, b) => a.pointer - b.pointer);
    for (const list of this.#free) list.length = 0;
    let open: Extent | null = null;
    for (const extent of extents) {
      if (open !== null && open.pointer + open.bytes === extent.pointer) {
        open = { pointer: open.pointer, bytes: open.bytes + extent.bytes };
      } else {
        if (open !== null) this.give(open.pointer, open.bytes);
        open = extent;
      }
    }
    if (open === null) return;
    if (open.pointer + open.bytes === this.#end) this.#end = open.pointer;
    else this.give(open.pointer, open.bytes);
  }
}
