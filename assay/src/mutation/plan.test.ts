import { expect, test } from "vitest";
import type { FilePair } from "../model/check.ts";
import type { ListedMutant } from "../model/mutant.ts";
import { repoPath } from "../model/paths.ts";
import { parseScript, parseSource } from "../source/parse.ts";
import { bearingOf } from "./bearing.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { renumbering, toKeptPlan } from "./kept-plan.ts";
import { defaultMutators } from "./mutators/index.ts";
import { planMutation, type Choice, type MutationPlan } from "./plan.ts";
import { pairOf } from "./testing/project.ts";

const usual: Choice = {
  maxMutants: 100,
  mutators: defaultMutators,
  listed: null,
  support: new Set(),
  replay: null,
  overlooked: new Set(),
  doubted: new Set(),
};
const [aTs, bTs] = [repoPath("src/a.ts"), repoPath("src/b.ts")];

function planOf(pairs: readonly FilePair[], choice: Partial<Choice> = {}): MutationPlan {
  return planMutation("/repo", pairs, { ...usual, ...choice }, parseScript);
}

/** `src/a.ts:1 b - c` */
function edits({ mutants }: MutationPlan): readonly string[] {
  return mutants.map(({ path, line, replacement }) => `${path}:${line} ${replacement}`);
}

const sum = "export const sum = (b, c) => b + c;\n";
const loops = "export function go(n) {\n  while (n > 1) n--;\n}\n";

test("files are in order of their paths, and probes and loops are numbered over all of them", () => {
  const plan = planOf([
    pairOf("src/b.ts", null, loops + loops.replace("go", "again")),
    pairOf("src/a.ts", null, loops),
  ]);
  expect(Object.keys(plan.sources)).toEqual(["/repo/src/a.ts", "/repo/src/b.ts"]);
  expect(plan.loops).toEqual([aTs, bTs, bTs]);
  const probes = plan.lines.flatMap((line) => line.probes);
  expect(probes).toEqual(probes.map((_, index) => index));
  expect(plan.lines.map(({ path, line }) => `${path}:${line}`)).toEqual(["src/a.ts:2", "src/b.ts:2", "src/b.ts:5"]);
  for (const number of probes) expect(Object.values(plan.sources).join("")).toContain(`.at(${number})`);
  for (const number of [0, 1, 2]) expect(Object.values(plan.sources).join("")).toContain(`.loop(${number})`);
  expect(
    plan.mutants.map((_, number) => Object.values(plan.sources).join("").includes(`.is(${number})`)),
  ).not.toContain(false);
});

test("of a component the script is mutated, and the rest of it stays as it is", () => {
  const component = (script: string): string =>
    `<template>\n  <p v-if="a < b">{{ sum(1, 2) }}</p>\n</template>\n\n<script setup lang="ts">\n${script}</script>\n`;
  const script = "const props = defineProps<{ a: number }>();\nconst sum = (b: number) => (b as number) + props.a;\n";
  const plan = planOf([pairOf("src/A.vue", null, component(script)), pairOf("src/B.vue", null, component("if (\n"))]);
  expect(edits(plan)).toEqual(["src/A.vue:7 (b as number) - props.a"]);
  expect([plan.unusable, Object.keys(plan.sources)]).toEqual([[], ["/repo/src/A.vue"]]);
  const text = plan.sources["/repo/src/A.vue"] ?? "";
  expect(text.startsWith(component("").replace("</script>\n", ""))).toBe(true);
  expect(text).toContain(".is(0)?((b as number) - props.a):");
  expect(text).toContain("const props = defineProps<{ a: number }>();\n");
});

test("a component's script may hold JSX where it says so", () => {
  const component = (lang: string): string =>
    `<script lang="${lang}">\nexport const a = (b) => <p>{b + 1}</p>;\n</script>\n`;
  expect(edits(planOf([pairOf("src/A.vue", null, component("tsx"))]))).not.toEqual([]);
  expect(edits(planOf([pairOf("src/A.vue", null, component("ts"))]))).toEqual([]);
});

test("what takes the place of a component's code is a part of the fingerprint", () => {
  const pair = pairOf("src/A.svelte", null, "<script setup>\nconst f = (a, b) => a < b;\n</script>\n");
  const [mutant] = planOf([pair]).mutants;
  if (!mutant || !pair.head) throw new Error("there is a comparison");
  const fingerprintOf = fingerprintsOf(pair.head, parseScript);
  const fingerprints = ["a >= b", "a > b", "(a > b)"].map((replacement) => fingerprintOf({ ...mutant, replacement }));
  expect(fingerprints[0]).not.toBe(fingerprints[1]);
  expect(fingerprints[2]).toBe(fingerprints[1]);
});

test("every mutant has a fingerprint, and what mutants are in is named", () => {
  const plan = planOf([
    pairOf("src/a.ts", null, `${sum}export const nothing = [];\n`),
    pairOf("src/b.ts", null, loops),
  ]);
  expect(plan.fingerprints).toHaveLength(plan.mutants.length);
  for (const fingerprint of plan.fingerprints) expect(fingerprint).toMatch(/^[0-9a-f]{10}$/);
  expect(plan.subjects).toEqual(["sum", "go"]);
});

test("nothing is planned where the program did not change, or can not be parsed", () => {
  const pairs = [
    pairOf("src/a.test.ts", null, sum),
    pairOf("src/b.ts", null, "if ("),
    pairOf("src/c.ts", sum, sum, []),
    pairOf("src/d.ts", sum, null),
  ];
  const { mutants, lines, sources, unusable, candidates } = planOf(pairs);
  expect([mutants, lines, sources, unusable, candidates]).toEqual([[], [], {}, [], 0]);
});

test("a file that can not be parsed once switches are in it is left as it is, and named", () => {
  const parse: typeof parseSource = (path, text) => parseSource(path, text.includes("__assay$") ? "if (" : text);
  const plan = planMutation("/repo", [pairOf("src/a.ts", null, sum)], usual, parse);
  expect([plan.unusable, plan.sources]).toEqual([[aTs], {}]);
});

test("what is there for tests is counted and not mutated, and nobody asks whether its lines are executed", () => {
  const plan = planOf([pairOf("src/a.ts", null, sum), pairOf("src/b.ts", null, "export const nothing = 1n;\n")], {
    support: new Set([aTs, bTs]),
  });
  expect([plan.mutants, plan.lines, [...plan.arid]]).toEqual([[], [], [["test-support", 1]]]);
});

test("what is left out is counted over all files", () => {
  const code = "export const f = (b, c) => console.log(b + c);\n";
  const { arid, candidates } = planOf([pairOf("src/a.ts", null, code), pairOf("src/b.ts", null, code + sum)]);
  expect([arid.get("logging"), candidates]).toEqual([4, 1]);
});

test("at most so many mutants are chosen, in files that tests load first", () => {
  const pairs = [pairOf("src/a.ts", null, sum), pairOf("src/b.ts", null, sum)];
  expect(edits(planOf(pairs, { maxMutants: 1 }))).toEqual(["src/a.ts:1 b - c"]);
  expect(edits(planOf(pairs, { maxMutants: 1, overlooked: new Set([aTs]) }))).toEqual(["src/b.ts:1 b - c"]);
});

test("fallbacks that the compiler may have asked for are chosen last where it asks for them", () => {
  const code = "export const f = (b, i) => {\n  g(b[i] ?? 5);\n  h(b.c ?? 6);\n};\n";
  const linesOf = (choice: Partial<Choice>): readonly number[] =>
    planOf([pairOf("src/a.ts", null, code)], { maxMutants: 2, ...choice }).mutants.map(({ line }) => line);
  expect(linesOf({ mutators: defaultMutators.filter(({ id }) => id === "number-constant"), maxMutants: 1 })).toEqual([
    2,
  ]);
  const doubted = new Set([aTs]);
  expect(
    linesOf({ mutators: defaultMutators.filter(({ id }) => id === "number-constant"), maxMutants: 1, doubted }),
  ).toEqual([3]);
});

test("a replay is about the mutants that it names, not about lines, and brings texts of its own", () => {
  const pairs = [pairOf("src/a.ts", null, sum), pairOf("src/b.ts", null, sum)];
  const texts = { "/repo/src/a.test.ts": "test();\n" };
  const only = new Set([`${bTs}:arithmetic:1`]);
  const plan = planOf(pairs, { replay: { texts, only, isSample: false } });
  expect([edits(plan), plan.lines, plan.sources["/repo/src/a.test.ts"]]).toEqual([
    ["src/b.ts:1 b - c"],
    [],
    "test();\n",
  ]);
  expect(edits(planOf(pairs, { replay: { texts, only: null, isSample: true } }))).toHaveLength(2);
});

test("mutants of a list are the only ones, and those without a place, or that make no code, are named", () => {
  const listed = (id: string, path: string, column: number, replacement: string, length = 5): ListedMutant => ({
    id,
    path: repoPath(path),
    mutator: "Any",
    start: { line: 1, column },
    end: { line: 1, column: column + length },
    replacement,
  });
  const all = [
    listed("1", "src/a.ts", 30, "b * c"),
    listed("2", "src/a.ts", 30, "b +* c"),
    listed("3", "src/a.ts", 3, "x"),
    listed("4", "src/c.ts", 30, "b"),
    listed("5", "src/b.ts", 30, "c"),
    // A parameter is no value.
    listed("6", "src/a.ts", 21, "x", 1),
  ];
  const plan = planOf([pairOf("src/a.ts", null, sum), pairOf("src/b.ts", null, sum)], { listed: all });
  expect(edits(plan)).toEqual(["src/a.ts:1 b * c", "src/b.ts:1 c"]);
  expect([plan.unplaced.map(({ id }) => id), plan.candidates, [...plan.arid]]).toEqual([["2", "3", "4", "6"], 6, []]);
  expect(plan.lines.map(({ isAskedFor }) => isAskedFor)).toEqual([false, false]);
});

test("a test is asked for that executes a line, unless nothing on it is worth an edit", () => {
  const code = "export const f = (b, c) => {\n  console.log(b + c);\n  return b + c;\n};\n";
  const { lines } = planOf([pairOf("src/a.ts", null, code)]);
  expect(lines.map(({ line, isAskedFor }) => [line, isAskedFor])).toEqual([
    [1, true],
    [2, false],
    [3, true],
  ]);
});

test("a test file bears on the mutants and lines of what it loads", () => {
  const plan = planOf([pairOf("src/a.ts", null, sum), pairOf("src/b.ts", null, loops)]);
  const ofB = plan.mutants.flatMap(({ path }, number) => (path === bTs ? [number] : []));
  const loads = new Map([
    [repoPath("b.test.ts"), new Set([repoPath("src/other.ts"), bTs])],
    [repoPath("c.test.ts"), new Set<typeof aTs>()],
  ]);
  expect(bearingOf({ root: "/repo", loads }, plan)).toEqual({
    sources: [
      { mutants: [0], probes: plan.lines.filter(({ path }) => path === aTs).flatMap(({ probes }) => probes) },
      { mutants: ofB, probes: plan.lines.filter(({ path }) => path === bTs).flatMap(({ probes }) => probes) },
    ],
    loads: { "/repo/b.test.ts": [1], "/repo/c.test.ts": [] },
  });
  expect(bearingOf({ root: "/repo", loads: null }, plan)).toBe(null);
});

test("what an earlier plan numbered is found again where the text of a file is the same", () => {
  const before = planOf([pairOf("src/b.ts", null, loops)]);
  const now = planOf([pairOf("src/a.ts", null, loops + sum), pairOf("src/b.ts", null, loops)]);
  const found = renumbering(toKeptPlan(before), now);
  const first = now.mutants.findIndex(({ path }) => path === bTs);
  expect(before.mutants.map((_, number) => found.mutant(number))).toEqual(
    before.mutants.map((_, number) => first + number),
  );
  expect(found.mutant(before.mutants.length)).toBeUndefined();
  const probesOf = ({ lines }: MutationPlan): readonly number[] =>
    lines.filter(({ path }) => path === bTs).flatMap((line) => line.probes);
  expect([found.probes(probesOf(before).slice(0, 1)), found.probes([])]).toEqual([probesOf(now), []]);
  expect(Object.entries(found.rounds([7]))).toEqual([["1", 7]]);
  expect(Object.entries(found.rounds([null, 3]))).toEqual([["1", undefined]]);
  expect([[...found.unknown], found.isSame]).toEqual([[aTs], false]);
});

test("loops of one file are told apart by their order", () => {
  const two = pairOf("src/b.ts", null, loops + loops.replace("go", "again"));
  const [before, now] = [planOf([two]), planOf([pairOf("src/a.ts", null, loops), two])];
  expect(Object.entries(renumbering(toKeptPlan(before), now).rounds([7, 9]))).toEqual([
    ["1", 7],
    ["2", 9],
  ]);
});

test("a plan is the same one when nothing was added to it, and nothing is missing", () => {
  const [one, both] = [
    planOf([pairOf("src/b.ts", null, loops)]),
    planOf([pairOf("src/b.ts", null, loops), pairOf("src/c.ts", null, "export const nothing = g;\n")]),
  ];
  const isSame = (before: MutationPlan, now: MutationPlan): boolean => renumbering(toKeptPlan(before), now).isSame;
  expect([isSame(one, one), isSame(one, both), isSame(both, one)]).toEqual([true, false, false]);
  const fewer = planOf([pairOf("src/b.ts", null, loops)], { maxMutants: 1 });
  expect([isSame(one, fewer), isSame(fewer, one), [...renumbering(toKeptPlan(fewer), one).unknown]]).toEqual([
    false,
    false,
    [bTs],
  ]);
});
