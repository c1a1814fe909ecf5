// Pieces of the pool.
import type { TypedArray, TypedArrayMaker } from "../dtype.ts";
import { Member } from "./roll-call.ts";

/**
 * A piece of WebAssembly memory that arrays share. The pool keeps no reference to it, and hands its bytes out again
 * once no array, and no typed array over it, is left.
 */
export class Block extends Member {
  // Declared: fields are written once, by the constructor.
  /** The address of the first byte. */
  declare readonly pointer: number;
  /** Entries of the typed array. */
  declare readonly length: number;
  /** The block that this is a piece of: it is there as long as this is. */
  declare readonly whole: SharedBlock | null;
  declare private readonly open: (block: Block) => TypedArray;
  declare private opened: TypedArray | null;

  /** `open` gives the typed array over the block. */
  constructor(pointer: number, length: number, open: (block: Block) => TypedArray, whole: SharedBlock | null = null) {
    super();
    this.pointer = pointer;
    this.length = length;
    this.whole = whole;
    this.open = open;
    this.opened = null;
  }

  /** The entries. They know their block, which lives as long as they do. */
  get data(): TypedArray {
    return (this.opened ??= Object.defineProperty(this.open(this), "block", { value: this }));
  }
}

/** A block that is handed out in pieces, which are too many to keep an eye on each. */
export class SharedBlock extends Block {
  #used = 0;

  /** A piece of so many bytes, or null if that is more than is left. */
  piece(bytes: number, length: number, open: (block: Block) => TypedArray): Block | null {
    const pointer = this.pointer + this.#used;
    if (this.#used + bytes > this.length) return null;
    this.#used += bytes;
    return new Block(pointer, length, open, this);
  }
}

/** How blocks of a kind of typed array are opened. */
export function opener(buffer: ArrayBuffer, TypedArray: TypedArrayMaker): (block: Block) => TypedArray {
  return ({ pointer, length }) => new TypedArray(buffer, pointer, length);
}
