// Memory for arrays that kernels compute in. Nobody frees it: blocks that are gone are looked for.
import type { DType } from "@cotangent/core";
import { dtypeInfo, type TypedArray, type TypedArrayMaker } from "../dtype.ts";
import { Block, opener, SharedBlock } from "./block.ts";
import { Budget, type Limits } from "./budget.ts";
import { Extents, roundedSize } from "./extents.ts";
import { Nursery, type Fates } from "./nursery.ts";
import { nodeCollector, type Collector } from "./reclaim.ts";

const MiB = 2 ** 20;
const page = 2 ** 16;

/** Below this address are the constants of kernels, and a place for operands that are not in the pool. */
const firstAddress = 2 * page;

/** Where kernels find loops (up to 32 axes), operands that are tiny, and room for a tile of a matrix. */
export const scratch = { loop: page, slots: page + 4096, tile: page + 8192 } as const;

/** Searches of all blocks. */
const all: Limits = { least: 64 * MiB, most: 512 * MiB, blocks: 65_536, share: 0.08 };
/** Searches of young blocks: what is handed out before one should fit into the cache. */
const young: Limits = { least: 12 * MiB, most: 64 * MiB, blocks: 2048, share: 0.25 };
/** Smaller blocks than this are pieces of a shared one: there are too many in what fits into the cache to watch each. */
const leastOwn = 4096;
const sharedBytes = 2 ** 15;
/** Shared blocks may live on for the sake of a piece. Once there is so much of such ones, each block is watched. */
const mostShared = 64 * MiB;
/** Blocks after which what weak references keep is let go. */
const releaseInterval = 1024;
/** Where there is no collector, more than this is left to arrays whose memory the engine manages itself. */
const limitWithoutCollector = 256 * MiB;

/** What the pool knows of a block that may be gone. */
class Handle extends WeakRef<Block> {
  readonly pointer: number;
  readonly bytes: number;
  readonly isShared: boolean;

  constructor(block: Block, bytes: number) {
    super(block);
    this.pointer = block.pointer;
    this.bytes = bytes;
    this.isShared = block instanceof SharedBlock;
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
  /** Where the engine collects young objects apart. */
  #nursery: Nursery | null;
  readonly #fates: Fates;
  #blocks: Handle[] = [];
  #bytesInUse = 0;
  /** The block that small ones are pieces of. */
  #shared: SharedBlock | null = null;
  /** Bytes of shared blocks that have lived for long. */
  #sharedForLong = 0;
  readonly #budget = new Budget(all);
  readonly #youngBudget = new Budget(young);
  /** Bytes that were handed out since the last search of all blocks, and of young ones. */
  #written = 0;
  #writtenYoung = 0;

  constructor(memory: WebAssembly.Memory, collector: Collector | null) {
    this.memory = memory;
    this.buffer = memory.buffer;
    this.bytes = new Uint8Array(memory.buffer);
    this.numbers = new Float64Array(memory.buffer);
    this.#collector = collector;
    this.#extents = new Extents(firstAddress, this.buffer.byteLength);
    this.#nursery = collector?.young ? new Nursery(collector.young) : null;
    this.#fates = { gone: (pointer, bytes) => this.#free(pointer, bytes), grown: (...block) => this.#watch(...block) };
  }

  /** A block whose bytes may be anything, or null when there is no room left. */
  allocate(length: number, TypedArray: TypedArrayMaker): Block | null {
    const bytes = roundedSize(length * TypedArray.BYTES_PER_ELEMENT);
    const open = this.#openerOf(TypedArray);
    if (bytes < leastOwn && this.#sharedForLong < mostShared) return this.#piece(bytes, length, open);
    return this.#own(bytes, (pointer) => new Block(pointer, length, open));
  }

  #piece(bytes: number, length: number, open: (block: Block) => TypedArray): Block | null {
    const piece = this.#shared?.piece(bytes, length, open) ?? null;
    if (piece !== null) return piece;
    this.#shared = this.#own(sharedBytes, (pointer) => new SharedBlock(pointer, sharedBytes, neverOpened));
    return this.#shared?.piece(bytes, length, open) ?? null;
  }

  /** A block that is looked after by itself. */
  #own<Kind extends Block>(bytes: number, make: (pointer: number) => Kind): Kind | null {
    this.#makeRoom(bytes);
    const pointer = this.#take(bytes);
    if (pointer === null) return null;
    const block = make(pointer);
    this.#bytesInUse += bytes;
    if (this.#nursery === null || bytes < leastOwn) this.#watch(block, bytes);
    else this.#nursery.add(block, bytes);
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

  /** Looks for blocks that are gone before so many bytes are handed out. */
  #makeRoom(bytes: number): void {
    this.#written += bytes;
    this.#writtenYoung += bytes;
    if (this.#nursery !== null && bytes >= leastOwn) {
      this.#youngBudget.spend(bytes);
      if (this.#youngBudget.isSpent) this.#searchYoung(this.#nursery);
    }
    if (this.#budget.isSpent) this.#search();
  }

  /** Keeps an eye on a block by a weak reference. */
  #watch(block: Block, bytes: number): void {
    this.#blocks.push(new Handle(block, bytes));
    if (block instanceof SharedBlock) this.#sharedForLong += bytes;
    this.#budget.spend(bytes);
    if (this.#blocks.length % releaseInterval === 0) this.#collector?.release();
  }

  #free(pointer: number, bytes: number): void {
    this.#extents.give(pointer, bytes);
    this.#bytesInUse -= bytes;
  }

  #searchYoung(nursery: Nursery): void {
    const start = performance.now();
    if (!nursery.search(this.#fates)) this.#nursery = null;
    this.#youngBudget.renew(start, performance.now(), this.#writtenYoung, 0);
    this.#writtenYoung = 0;
  }

  /** Takes back the blocks that are gone. */
  #search(): void {
    const start = performance.now();
    this.#collector?.release();
    this.#collector?.collect();
    const blocks = this.#blocks;
    this.#blocks = [];
    for (const block of blocks) {
      if (block.deref() !== undefined) this.#blocks.push(block);
      else {
        this.#free(block.pointer, block.bytes);
        if (block.isShared) this.#sharedForLong -= block.bytes;
      }
    }
    if (this.#nursery?.settle(this.#fates) === false) this.#nursery = null;
    this.#budget.renew(start, performance.now(), this.#written, this.#blocks.length);
    this.#written = 0;
  }
}

function neverOpened(): never {
  throw new TypeError("a shared block has no elements of its own");
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
