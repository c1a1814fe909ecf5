import { expect, test } from "vitest";
import { Block } from "./block.ts";
import { Budget } from "./budget.ts";
import { Nursery, type Fates } from "./nursery.ts";
import { Pool } from "./pool.ts";
import { nodeCollector } from "./reclaim.ts";
import { Member, rollCall } from "./roll-call.ts";

const MiB = 2 ** 20;

function block(pointer: number): Block {
  return new Block(pointer, 1, () => new Uint8Array(1));
}

/** A nursery over an engine that says what the test wants, and what it did with its blocks. */
function watched(present: () => readonly Member[] | null): { nursery: Nursery; fates: Fates; events: string[] } {
  const events: string[] = [];
  const fates = {
    gone: (pointer: number, bytes: number) => void events.push(`gone ${pointer} ${bytes}`),
    grown: ({ pointer }: Block, bytes: number) => void events.push(`grown ${pointer} ${bytes}`),
  };
  return { nursery: new Nursery({ collect: () => void events.push("collect"), present }), fates, events };
}

test("a block is free once it is gone, and grown up after two searches", () => {
  let present = [block(64), block(128)];
  const { nursery, fates, events } = watched(() => present);
  for (const each of present) nursery.add(each, 32);
  nursery.add(block(192), 16);
  expect(nursery.search(fates)).toBe(true);
  expect(events.splice(0)).toEqual(["collect", "gone 192 16"]);
  present = present.slice(0, 1);
  nursery.search(fates);
  expect(events.splice(0)).toEqual(["collect", "grown 64 32", "gone 128 32"]);
  nursery.search(fates);
  expect(events).toEqual(["collect"]);
});

test("where the engine doesn't say which blocks are left, none is used again", () => {
  const { nursery, fates, events } = watched(() => null);
  nursery.add(block(64), 32);
  expect(nursery.settle(fates)).toBe(false);
  expect(events).toEqual([]);
});

test("a roll call without the witness is none", () => {
  const members = new WeakSet<Member>();
  const [present, witness] = [new Member(), new Member()];
  members.add(present);
  const answers = (value: unknown, { present: found }: { readonly present?: Member[] }): string => {
    expect(value).toBe(members);
    found?.push(present);
    return "";
  };
  expect(rollCall({ inspect: answers }, members, witness)).toBe(null);
  const all = (_: unknown, options: { readonly present?: Member[] }): string => {
    options.present?.push(witness, present);
    return "";
  };
  expect(rollCall({ inspect: all }, members, witness)).toEqual([present]);
});

test("arrays that are dropped one after the other share memory without a collection of all garbage", () => {
  const collector = nodeCollector();
  if (!collector?.young) throw new Error("this engine collects no young objects apart");
  let collections = 0;
  const counting = { ...collector, collect: () => void collections++ };
  const pool = new Pool(new WebAssembly.Memory({ initial: 1600, maximum: 1600 }), counting);
  const given = Array.from({ length: 300 }, () => pool.allocate(MiB / 8, Float64Array) !== null);
  expect([given.includes(false), collections]).toEqual([false, 0]);
});

test("where searches take too much time, more is handed out between them, up to a limit", () => {
  const budget = new Budget({ least: 100, most: 400, blocks: 10, share: 0.1 });
  const spent = (): number => {
    let bytes = 0;
    for (; !budget.isSpent; bytes += 50) budget.spend(50);
    return bytes;
  };
  expect(spent()).toBe(150);
  const written = 1e8;
  for (const [start, end, expected] of [
    [100, 100.5, 150],
    [101, 106, 250],
    [107, 112, 450],
    [113, 118, 450],
    [218, 219, 250],
    [318, 319, 150],
  ] as const) {
    budget.renew(start, end, written, 0);
    expect(spent()).toBe(expected);
  }
});

test("many small blocks are as good a reason to search as large ones", () => {
  const budget = new Budget({ least: 1000, most: 1000, blocks: 3, share: 1 });
  for (let each = 0; each < 3; each++) budget.spend(1);
  expect(budget.isSpent).toBe(false);
  budget.spend(1);
  expect(budget.isSpent).toBe(true);
  budget.renew(0, 1, 4, 2);
  for (let each = 0; each < 5; each++) budget.spend(1);
  expect(budget.isSpent).toBe(false);
});
