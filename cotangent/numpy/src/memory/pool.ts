// Memory for arrays that kernels compute in. Nobody frees it: blocks that are gone are found by weak references.
import type { DType } from "@cotangent/core";
import { dtypeInfo, type TypedArray, type TypedArrayMaker } from "../dtype.ts";
import { Block, opener } from "./block.ts";
import { Extents, roundedSize } from "./extents.ts";
import { nodeCollector, type Collector } from "./reclaim.ts";

const MiB = 2 ** 20;
const page = 2 ** 16;

/** Below this address are the constants of kernels, and a place for operands that are not in the pool. */
const firstAddress = 2 * page;

/** Where kernels find loops (up to 32 axes), and operands that are tiny. */
export const scratch = { loop: page, slots: page + 4096 } as const;

/** Bytes to hand out between two searches for blocks that are gone. */
const budgets = { least: 64 * MiB, most: 512 * MiB };
/** Blocks to hand out, likewise: they take room outside the pool too. */
const mostBlocks = 65_536;
/** Blocks after which what weak references keep is let go. */
const releaseInterval = 1024;
/** The time that searches may take, beside that of operations. */
const share = 0.08;
/** What quick operations write. */
const bytesPerMillisecond = 1e7;
/** Where there is no collector, more than this is left to arrays whose memory the engine manages itself. */
const limitWithoutCollector = 256 * MiB;

/** What the pool knows of a block that may be gone. */
class Handle extends WeakRef<Block> {
  readonly pointer: number;
  readonly bytes: number;

  constructor(block: Block, bytes: number) {
    super(block);
    this.pointer = block.pointer;
    this.bytes = bytes;
  }
}

export class Pool {
  readonly memory: WebAssembly.Memory;
  readonly buffer: ArrayBuffer;
  /** The whole memory. */
  readonly bytes: Uint8Array;
  /** The whole memory as float64. */
  readonly numbers: Float64Array;
  readonly #views: { [Name in DType]?: TypedArray } = {};
  readonly #openers = new Map<TypedArrayMaker, (block: Block) => TypedArray>();
  readonly #extents: Extents;
  readonly #collector: Collector | null;
  #blocks: Handle[] = [];
  #bytesInUse = 0;
  #budget = budgets.least;
  #bytesLeft = budgets.least;
  #blocksLeft = mostBlocks;
  #lastSearch = 0;

  constructor(memory: WebAssembly.Memory, collector: Collector | null) {
    this.memory = memory;
    this.buffer = memory.buffer;
    this.bytes = new Uint8Array(memory.buffer);
    this.numbers = new Float64Array(memory.buffer);
    this.#collector = collector;
    this.#extents = new Extents(firstAddress, this.buffer.byteLength);
  }

  /** A block whose bytes may be anything, or null when there is no room left. */
  allocate(length: number, TypedArray: TypedArrayMaker): Block | null {
    const bytes = roundedSize(length * TypedArray.BYTES_PER_ELEMENT);
    this.#bytesLeft -= bytes;
    this.#blocksLeft--;
    if (this.#bytesLeft < 0 || this.#blocksLeft < 0) this.#search();
    else if (this.#blocksLeft % releaseInterval === 0) this.#collector?.release();
    const pointer = this.#take(bytes);
    if (pointer === null) return null;
    const block = new Block(pointer, length, this.#openerOf(TypedArray));
    this.#blocks.push(new Handle(block, bytes));
    this.#bytesInUse += bytes;
    return block;
  }

  /** The address of some bytes until they are given back, or null if there is no room. */
  borrow(bytes: number): number | null {
    return this.#extents.take(roundedSize(bytes));
  }

  giveBack(pointer: number, bytes: number): void {
    this.#extents.give(pointer, roundedSize(bytes));
  }

  /** Makes a block's entries 0. */
  clear({ pointer, length }: Block, TypedArray: TypedArrayMaker): void {
    this.bytes.fill(0, pointer, pointer + length * TypedArray.BYTES_PER_ELEMENT);
  }

  #openerOf(TypedArray: TypedArrayMaker): (block: Block) => TypedArray {
    const known = this.#openers.get(TypedArray);
    if (known !== undefined) return known;
    const open = opener(this.buffer, TypedArray);
    this.#openers.set(TypedArray, open);
    return open;
  }

  /** The whole memory as elements of a dtype. */
  as(dtype: DType): TypedArray {
    return (this.#views[dtype] ??= new dtypeInfo[dtype].TypedArray(
      this.buffer,
      0,
      this.buffer.byteLength / dtypeInfo[dtype].TypedArray.BYTES_PER_ELEMENT,
    ));
  }

  /** What arrays hold, as far as is known. */
  get bytesInUse(): number {
    return this.#bytesInUse;
  }

  #take(bytes: number): number | null {
    if (this.#collector === null && this.#bytesInUse + bytes > limitWithoutCollector) return null;
    const pointer = this.#extents.take(bytes);
    if (pointer !== null) return pointer;
    // Everything has been handed out once.
    this.#search();
    return this.#extents.takeAny(bytes);
  }

  /** Takes back the blocks that are gone. */
  #search(): void {
    const start = performance.now();
    this.#collector?.release();
    this.#collector?.collect();
    const blocks: Handle[] = [];
    for (const block of this.#blocks) {
      if (block.deref() === undefined) {
        this.#extents.give(block.pointer, block.bytes);
        this.#bytesInUse -= block.bytes;
      } else blocks.push(block);
    }
    this.#blocks = blocks;
    this.#adapt(start, performance.now());
  }

  /** Searches less often if they take too large a part of the time, not counting that in which others were at work. */
  #adapt(start: number, end: number): void {
    const atMost = (this.#budget - this.#bytesLeft) / bytesPerMillisecond;
    const between = Math.min(start - this.#lastSearch, atMost);
    if (end - start > share * between) this.#budget = Math.min(this.#budget * 2, budgets.most);
    this.#lastSearch = end;
    this.#bytesLeft = this.#budget;
    // Many blocks that live on must not be looked at too often.
    this.#blocksLeft = mostBlocks + this.#blocks.length;
  }
}

let pool: Pool | null = null;

/** The pool of this thread. */
export function thePool(): Pool {
  pool ??= new Pool(newMemory(), nodeCollector());
  return pool;
}

/**
 * A memory that never grows, so that typed arrays over it stay valid. Only what is used takes up memory; what can't
 * even be reserved is asked for again in smaller size.
 */
function newMemory(): WebAssembly.Memory {
  for (const bytes of [2048 * MiB, 512 * MiB, 128 * MiB]) {
    try {
      return new WebAssembly.Memory({ initial: bytes / page, maximum: bytes / page });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return new WebAssembly.Memory({ initial: 256, maximum: 256 });
}

/** Entries for an array: a block, or (few of them, or where there is no room) a typed array of its own. */
export function entriesFor(length: number, TypedArray: TypedArrayMaker): TypedArray | Block {
  if (length * TypedArray.BYTES_PER_ELEMENT <= tinyBytes) return new TypedArray(length);
  return thePool().allocate(length, TypedArray) ?? new TypedArray(length);
}

/** Typed arrays of up to this size are cheap: engines keep them among their objects. */
export const tinyBytes = 64;
