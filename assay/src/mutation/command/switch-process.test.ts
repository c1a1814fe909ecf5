// What instrumented code tells from within a process, and what is read of it.
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { readFacts, type Control, type Facts } from "./facts.ts";
import { open, type Switch } from "./switch-process.ts";

interface Opened {
  readonly folder: string;
  readonly calls: Switch;
  readonly facts: () => Facts;
}

function openWith(control: Partial<Control> = {}): Opened {
  const folder = temporaryFolder("assay-switch-");
  const file = join(temporaryFolder("assay-control-"), "control.json");
  writeFileSync(file, JSON.stringify({ mutant: null, facts: folder, rounds: {}, ...control } satisfies Control));
  return { folder, calls: open(file)(0), facts: () => readFacts(folder) };
}

const nothing: Facts = {
  loaded: new Set([0]),
  reached: new Set(),
  executed: new Set(),
  hit: false,
  stopped: false,
  rounds: {},
};

function linesIn(folder: string): readonly string[] {
  const texts = readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.join("").trimEnd().split("\n");
}

test("without a mutant it is told what is loaded, reached and executed, and no mutant is on", () => {
  const { calls, facts } = openWith();
  expect([calls.is(3), calls.is(4), calls.is(3)]).toEqual([false, false, false]);
  for (const probe of [7, 8, 7]) calls.at(probe);
  expect(facts()).toEqual({ ...nothing, reached: new Set([3, 4]), executed: new Set([7, 8]) });
});

test("with a mutant on it is told whether that is executed, and which others are reached", () => {
  const { calls, facts } = openWith({ mutant: 3 });
  expect([calls.is(4), facts().hit]).toEqual([false, false]);
  expect([calls.is(3), calls.is(3)]).toEqual([true, true]);
  expect(facts()).toEqual({ ...nothing, reached: new Set([4]), hit: true });
});

test("each is told once, at once", () => {
  const { calls, folder, facts } = openWith({ mutant: 3 });
  for (let count = 0; count < 3; count++) {
    calls.is(3);
    calls.is(4);
    calls.at(7);
  }
  expect(facts().hit).toBe(true);
  appendFileSync(join(folder, "other"), "loaded 1\n");
  expect([...facts().loaded].toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(linesIn(folder)).toEqual(["loaded 0", "hit", "reached 4", "executed 7", "loaded 1"]);
});

test("rounds of a loop are told once there are many, each time with room to spare", () => {
  const { calls, facts } = openWith();
  const go = (number: number, rounds: number): void => {
    for (let round = 0; round < rounds; round++) calls.loop(number);
  };
  go(0, 1023);
  expect(facts().rounds).toEqual({});
  go(0, 1);
  go(1, 3000);
  expect(facts().rounds).toEqual({ 0: 2048, 1: 4096 });
});

test("a loop that goes round a hundred times as often with a mutant on is stopped, and that is told", () => {
  const { calls, facts } = openWith({ mutant: 3, rounds: { 1: 2000 } });
  const go = (number: number, rounds: number): void => {
    for (let round = 0; round < rounds; round++) calls.loop(number);
  };
  go(0, 100_000);
  go(1, 200_000);
  expect([facts().stopped, facts().rounds]).toEqual([false, {}]);
  expect(() => calls.loop(0)).toThrow("A loop was still going after 100001 rounds");
  expect(facts().stopped).toBe(true);
  expect(() => calls.loop(1)).toThrow("A loop was still going after 200001 rounds");
});

test("without a mutant no loop is stopped", () => {
  const { calls, facts } = openWith();
  for (let round = 0; round < 100_002; round++) calls.loop(0);
  expect(facts().stopped).toBe(false);
});

test("of several processes all is read, of rounds the most, and of a line that was cut nothing", () => {
  const folder = temporaryFolder("assay-facts-");
  writeFileSync(join(folder, "1-0"), "loaded 0\nrounds 1 2048\nrounds 1 4096\nreached 2\nexecuted 1");
  writeFileSync(join(folder, "2-0"), "rounds 1 2048\nreached 4\nhit");
  const expected = { ...nothing, reached: new Set([2, 4]), rounds: { 1: 4096 } };
  expect(readFacts(folder)).toEqual(expected);
  writeFileSync(join(folder, "3-0"), "hit\nstopped\n");
  expect(readFacts(folder)).toEqual({ ...expected, hit: true, stopped: true });
});

test("where no process has told anything there is nothing", () => {
  const folder = join(temporaryFolder("assay-facts-"), "none");
  expect(readFacts(folder)).toEqual({ ...nothing, loaded: new Set() });
});
