// How much memory is handed out before blocks that are gone are looked for.

/** What quick operations write. */
const bytesPerMillisecond = 1e7;

export interface Limits {
  /** Bytes between two searches. */
  readonly least: number;
  readonly most: number;
  /** Blocks, likewise: they take room outside the pool too. */
  readonly blocks: number;
  /** The time that searches may take, beside that of operations. */
  readonly share: number;
}

export class Budget {
  readonly #limits: Limits;
  #bytes: number;
  #bytesLeft: number;
  #blocksLeft: number;
  #lastSearch = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#bytes = limits.least;
    this.#bytesLeft = limits.least;
    this.#blocksLeft = limits.blocks;
  }

  spend(bytes: number): void {
    this.#bytesLeft -= bytes;
    this.#blocksLeft--;
  }

  get isSpent(): boolean {
    return this.#bytesLeft < 0 || this.#blocksLeft < 0;
  }

  /**
   * Begins anew after a search that began at `start`. Searches become rarer if they take too large a part of the time,
   * not counting that in which others than `written` bytes were at work, and come as often as at first if they don't.
   */
  renew(start: number, end: number, written: number, left: number): void {
    const { least, most, blocks, share } = this.#limits;
    const between = Math.min(start - this.#lastSearch, written / bytesPerMillisecond);
    const isDear = end - start > share * between;
    this.#bytes = isDear ? Math.min(this.#bytes * 2, most) : Math.max(this.#bytes / 2, least);
    this.#lastSearch = end;
    this.#bytesLeft = this.#bytes;
    // Many blocks that live on must not be looked at too often.
    this.#blocksLeft = blocks + left;
  }
}
