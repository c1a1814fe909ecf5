import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { optionOf, titleOf } from "./test-arguments.ts";
import { testCalls } from "./test-calls.ts";
import { testsOf } from "./test-functions.ts";

const parse = (code: string) => parseSource(repoPath("a.test.ts"), code);

/** `title: what it runs` of each test. */
function tests(code: string): readonly string[] {
  const file = parse(code);
  return testsOf(file).map(({ title, run, runsNothing }) => {
    const text = run ? file.text.slice(run.start, run.end) : runsNothing ? "nothing" : "unknown";
    return `${title}: ${text}`;
  });
}

test.each<[string, readonly string[]]>([
  ["test('a', () => 1);", ["a: () => 1"]],
  ["test('a' + 1, () => 1);", ["a1: () => 1"]],
  ["test(`a ${b}`, () => 1);", ["`a ${b}`: () => 1"]],
  ["test(name,   () => 1);", ["name: () => 1"]],
  ["test('a', { timeout: 1 }, () => 1);", ["a: () => 1"]],
  ["test('a', () => 1, 5000);", ["a: () => 1"]],
  ["test.each([1])('a', () => 1);", ["a: () => 1"]],
  ["test.concurrent('a', () => 1); test.skipIf(b)('c', () => 2);", ["a: () => 1", "c: () => 2"]],
  ["const run = () => 1;\ntest('a', run);", ["a: () => 1"]],
  ["function run() {}\ntest('a', run);", ["a: function run() {}"]],
  ["const run = (t, b) => 1;\ntest('a', run, () => 2);", ["a: (t, b) => 1"]],
  ["test('a', wrap(() => 1));", ["a: () => 1"]],
  ["test('a', wrap(run));", ["a: unknown"]],
  ["test('a', run);", ["a: unknown"]],
  ["test('a');", ["a: nothing"]],
  ["test(name);", ["name: unknown"]],
  ["const a = test('a');", ["a: unknown"]],
  ["Deno.test({ name: 'a', fn() { return 1; } });", ["'a': () { return 1; }"]],
  ["Deno.test({ name: 'a', fn: () => 1 });", ["'a': () => 1"]],
  ["Deno.test(function a() {});", ["a: function a() {}"]],
  ["Deno.test(() => {});", [": () => {}"]],
  ["test('a', () => { test('b', () => 1); });", ["b: () => 1"]],
  ["describe('a', () => { it('b', () => 1); });", ["b: () => 1"]],
  ["test.skip('a', () => 1); xit('b', () => 1); test.todo('c'); test();", []],
  ["test.beforeEach(() => 1); test.step('a', () => 1); test.describe('a', () => 1);", []],
])("%s declares %j", (code, expected) => {
  expect(tests(code)).toEqual(expected);
});

test.each([
  ["test('a', { only: true });", true],
  ["test('a', { 'only': 1 });", true],
  ["test('a', { ['only']: true });", false],
  ["test('a', { only: false });", false],
  ["test('a', { only: process.env.ONLY });", false],
  ["test('a', { other: true });", false],
  ["test('a', only);", false],
  ["test({ ...only });", false],
])("%s is switched on: %s", (code, is) => {
  const [call] = testCalls(parse(code));
  expect(call && optionOf(call, "only")).toBe(is);
});

test("a title is known again however it is laid out", () => {
  const file = parse("test(`a\n  ${b}`, () => 1);");
  const [call] = testCalls(file);
  expect(call && titleOf(file, call)).toBe("`a ${b}`");
});
