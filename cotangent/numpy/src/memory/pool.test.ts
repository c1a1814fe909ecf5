import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { SharedBlock } from "./block.ts";
import { Extents, roundedSize } from "./extents.ts";
import { Pool } from "./pool.ts";
import { nodeCollector } from "./reclaim.ts";

const MiB = 2 ** 20;

function smallPool(collector: ReturnType<typeof nodeCollector>): Pool {
  return new Pool(new WebAssembly.Memory({ initial: 256, maximum: 256 }), collector);
}

test("sizes are rounded up by at most a quarter, but to a line of the cache", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (bytes) => {
      const size = roundedSize(bytes);
      expect(size).toBeGreaterThanOrEqual(bytes);
      expect(size).toBeLessThanOrEqual(Math.max(1.25 * bytes, bytes + 63));
      expect(size % 64).toBe(0);
      expect(roundedSize(size)).toBe(size);
    }),
  );
});

/** An extent in use. */
interface Used {
  readonly pointer: number;
  readonly bytes: number;
}

function overlap(a: Used, b: Used): boolean {
  return a.pointer < b.pointer + b.bytes && b.pointer < a.pointer + a.bytes;
}

test("extents that are in use never overlap, and all of them are there again in the end", () => {
  const requests = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5000 })), { maxLength: 200 });
  fc.assert(
    fc.property(requests, (steps) => {
      const extents = new Extents(64, 64 + 2 ** 16);
      const used: Used[] = [];
      let overlaps = 0;
      for (const [isTake, number] of steps) {
        const bytes = roundedSize(number);
        const pointer = isTake ? (extents.take(bytes) ?? extents.takeAny(bytes)) : null;
        const [back] = pointer === null && used.length > 0 ? used.splice(number % used.length, 1) : [];
        if (back !== undefined) extents.give(back.pointer, back.bytes);
        if (pointer === null) continue;
        overlaps += used.filter((each) => overlap(each, { pointer, bytes })).length;
        used.push({ pointer, bytes });
      }
      for (const each of used) extents.give(each.pointer, each.bytes);
      expect([overlaps, extents.takeAny(2 ** 16)]).toEqual([0, 64]);
    }),
  );
});

test("blocks that are gone are used again within one synchronous loop", () => {
  const pool = smallPool(nodeCollector());
  const kept = pool.allocate(MiB / 8, Float64Array);
  kept?.data.fill(7 as never);
  for (let each = 0; each < 200; each++) expect(pool.allocate(MiB / 8, Float64Array)).not.toBe(null);
  expect(kept?.data.every((value) => value === 7)).toBe(true);
});

test("a typed array keeps its block", () => {
  const pool = smallPool(nodeCollector());
  const data = pool.allocate(MiB / 8, Float64Array)?.data;
  data?.fill(7 as never);
  for (let each = 0; each < 200; each++) pool.allocate(MiB / 8, Float64Array)?.data.fill(0 as never);
  expect(data?.every((value) => value === 7)).toBe(true);
});

test("a pool that is full has no block to give", () => {
  const pool = smallPool(null);
  const blocks = Array.from({ length: 20 }, () => pool.allocate(MiB / 8, Float64Array));
  expect(blocks.filter((each) => each !== null).length).toBe(15);
  expect(pool.bytesInUse).toBe(15 * MiB);
});

test("borrowed bytes are there again once they are given back", () => {
  const pool = smallPool(null);
  for (let each = 0; each < 100; each++) {
    const pointer = pool.borrow(8 * MiB);
    expect(pointer).not.toBe(null);
    pool.giveBack(pointer ?? 0, 8 * MiB);
  }
});

test("free extents become one where they touch, and stay apart where they don't", () => {
  const extents = new Extents(0, 320);
  const [a = 0, b = 0, c = 0, d = 0] = Array.from({ length: 4 }, () => extents.take(64) ?? -1);
  expect([a, b, c, d]).toEqual([0, 64, 128, 192]);
  extents.give(a, 64);
  extents.give(c, 64);
  // What is left at the end is too short, and what is free in between does not touch.
  expect(extents.takeAny(128)).toBe(null);
  extents.give(b, 64);
  expect(extents.takeAny(192)).toBe(0);
  extents.give(d, 64);
  expect(extents.takeAny(128)).toBe(192);
});

test("without a collector arrays hold at most 256 MiB, so that those that are gone can't fill the memory", () => {
  const memory = new WebAssembly.Memory({ initial: 6144, maximum: 6144 });
  const pool = new Pool(memory, null);
  expect(pool.allocate(32 * MiB, Float64Array)).not.toBe(null);
  expect(pool.allocate(8, Float64Array)).toBe(null);
  expect(pool.bytesInUse).toBe(256 * MiB);
});

test("where there are no modules of Node, or they are forbidden, there is no collector", () => {
  const withProcess = (process: unknown) => {
    vi.stubGlobal("process", process);
    try {
      return nodeCollector();
    } finally {
      vi.unstubAllGlobals();
    }
  };
  expect(withProcess(undefined)).toBe(null);
  expect(withProcess({})).toBe(null);
  expect(withProcess({ getBuiltinModule: () => undefined })).toBe(null);
  const forbidden = (): never => {
    throw new Error("access denied");
  };
  expect(withProcess({ getBuiltinModule: forbidden })).toBe(null);
  expect(withProcess({ getBuiltinModule: (id: string) => without(id) })).toBe(null);
});

/** A module of Node's, but that there is no function for collecting. */
function without(id: string): unknown {
  const modules: Readonly<Record<string, unknown>> = {
    "node:v8": { setFlagsFromString: () => undefined },
    "node:vm": { createContext: () => ({}), runInNewContext: () => undefined, Script: Object },
    "node:util": {},
  };
  return modules[id];
}

test("more than there is memory is never a smaller extent that happens to be free", () => {
  const extents = new Extents(0, 2 ** 32);
  const freed = extents.take(2 ** 30) ?? 0;
  extents.give(freed, 2 ** 30);
  expect([extents.take(5 * 2 ** 30), extents.takeAny(5 * 2 ** 30), extents.take(2 ** 30)]).toEqual([null, null, freed]);
});

test("small blocks are pieces of one, and never share a byte", () => {
  const pool = smallPool(nodeCollector());
  const pieces = Array.from({ length: 100 }, (_, each) => pool.allocate(each + 1, Float64Array));
  expect(pool.bytesInUse).toBe(2 ** 16);
  for (const [each, piece] of pieces.entries()) piece?.data.fill(each as never);
  for (const [each, piece] of pieces.entries()) {
    expect([piece?.data.length, piece?.data.every((value) => value === each)]).toEqual([each + 1, true]);
  }
});

test("small blocks that are gone are used again, and one that is left keeps its neighbours' bytes", () => {
  const pool = smallPool(nodeCollector());
  const kept = pool.allocate(10, Float64Array);
  kept?.data.fill(7 as never);
  let given = 0;
  for (let each = 0; each < 40_000; each++) {
    const piece = pool.allocate(125, Float64Array);
    piece?.data.fill(0 as never);
    if (piece !== null) given++;
  }
  expect([given, kept?.data.every((value) => value === 7)]).toEqual([40_000, true]);
});

/** Pieces of shared blocks, until these are all that there may be. */
function piecesOfAll(pool: Pool): unknown[] {
  const kept = [];
  while (pool.bytesInUse < 64 * MiB) kept.push(pool.allocate(400, Float64Array));
  return kept;
}

test("where the pieces that are left keep too much, small blocks are their own", () => {
  const pool = new Pool(new WebAssembly.Memory({ initial: 1600, maximum: 1600 }), null);
  expect(piecesOfAll(pool).length).toBe(2047 * 9 + 1);
  pool.allocate(10, Float64Array);
  expect(pool.bytesInUse).toBe(64 * MiB + 128);
});

test("once they are gone, small blocks are pieces again", () => {
  const collector = nodeCollector();
  if (collector === null) throw new Error("this engine has no collector");
  const pool = new Pool(new WebAssembly.Memory({ initial: 3200, maximum: 3200 }), { ...collector, young: null });
  piecesOfAll(pool);
  expect(pool.allocate(10, Float64Array)?.whole).toBe(null);
  for (let each = 0; each < 100; each++) pool.allocate(MiB / 8, Float64Array);
  expect(pool.allocate(10, Float64Array)?.whole).toBeInstanceOf(SharedBlock);
});
