// Blocks that were made lately. Most are gone soon, and which ones takes little time to find out: engines collect young
// objects apart from the others. So memory is used again while it is in the cache.
import { Block } from "./block.ts";
import type { YoungCollector } from "./reclaim.ts";

/** What is known of a young block without keeping it. */
interface Birth {
  readonly pointer: number;
  readonly bytes: number;
}

/** What becomes of young blocks. */
export interface Fates {
  /** Nobody has the block: its bytes are free. */
  readonly gone: (pointer: number, bytes: number) => void;
  /** The block is no longer looked after here. */
  readonly grown: (block: Block, bytes: number) => void;
}

export class Nursery {
  readonly #collector: YoungCollector;
  readonly #blocks = new WeakSet<Block>();
  #births: Birth[] = [];
  /** Those before the last search. The engine too takes what is left after two of its own for old. */
  #earlier: readonly Birth[] = [];

  constructor(collector: YoungCollector) {
    this.#collector = collector;
  }

  add(block: Block, bytes: number): void {
    this.#blocks.add(block);
    this.#births.push({ pointer: block.pointer, bytes });
  }

  /** Collects young garbage, then settles. */
  search(fates: Fates): boolean {
    this.#collector.collect();
    return this.settle(fates);
  }

  /** Decides on each block by what the engine knows. False where it doesn't say: blocks are then never used again. */
  settle({ gone, grown }: Fates): boolean {
    const present = this.#collector.present(this.#blocks);
    if (present === null) return false;
    const left = new Map(present.filter((each) => each instanceof Block).map((block) => [block.pointer, block]));
    for (const { pointer, bytes } of this.#earlier) {
      const block = left.get(pointer);
      if (block === undefined) gone(pointer, bytes);
      else {
        this.#blocks.delete(block);
        grown(block, bytes);
      }
    }
    const births = this.#births;
    this.#births = [];
    this.#earlier = births.filter(({ pointer, bytes }) => {
      const isLeft = left.has(pointer);
      if (!isLeft) gone(pointer, bytes);
      return isLeft;
    });
    return true;
  }
}
