import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { testCalls } from "./test-calls.ts";

/** Every call that declares a test: `it.skipIf(a).each("title")`, with what it stands under a condition. */
function declared(code: string, path = "a.test.ts"): readonly string[] {
  const file = parseSource(repoPath(path), code);
  const text = ({ start, end }: { readonly start: number; readonly end: number }) => file.text.slice(start, end);
  return testCalls(file).map(({ name, modifiers, args, conditional }) => {
    const chain = modifiers.map((each) => `.${each.name}${each.args ? `(${each.args.map(text).join(", ")})` : ""}`);
    const [title] = args;
    return `${name}${chain.join("")} ${title ? text(title) : "nothing"}${conditional ? " perhaps" : ""}`;
  });
}

test.each<[string, readonly string[]]>([
  ["test('a', run);", ["test 'a'"]],
  ["it('a', run); specify('b', run);", ["it 'a'", "specify 'b'"]],
  ["describe('a', () => { it('b', run); });", ["describe 'a'", "it 'b'"]],
  ["context('a', run); suite('b', run);", ["context 'a'", "suite 'b'"]],
  [
    "fit('a', run); xit('b', run); fdescribe('c', run); xtest('d', run);",
    ["fit 'a'", "xit 'b'", "fdescribe 'c'", "xtest 'd'"],
  ],
  ["test.only('a', run);", ["test.only 'a'"]],
  ["test['skip']('a', run); test[`todo`]('b');", ["test.skip 'a'", "test.todo 'b'"]],
  ["test.concurrent.each([1])('a', run);", ["test.concurrent.each([1]) 'a'"]],
  ["test.each`a ${1}`('b', run);", ["test.each 'b'"]],
  [
    "test.skipIf(win)('a', run); test.runIf(mac).each([1])('b', run);",
    ["test.skipIf(win) 'a'", "test.runIf(mac).each([1]) 'b'"],
  ],
  [
    "test?.only('a', run); test!.only('b', run); (test as any)('c', run);",
    ["test.only 'a'", "test.only 'b'", "test 'c'"],
  ],
  ["(0, test)('a', run);", ["test 'a'"]],
  ["Deno.test('a', run); QUnit.test('b', run); Deno.serve(run);", ["test 'a'", "test 'b'"]],
  ["test();", ["test nothing"]],
  ["test[name]('a', run); tests('b', run); my.test('c', run);", []],
])("%s declares %j", (code, expected) => {
  expect(declared(code)).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  ["import { test as spec } from 'vitest'; spec('a', run);", ["test 'a'"]],
  ["import { 'it' as spec } from 'vitest'; spec('a', run);", ["it 'a'"]],
  ["import spec from 'ava'; spec('a', run);", ["test 'a'"]],
  ["import * as t from 'node:test'; t.describe('a', run); t.run('b');", ["describe 'a'"]],
  ["import { describe as it } from 'mocha'; it('a', run);", ["describe 'a'"]],
  ["const spec = test; spec('a', run);", ["test 'a'"]],
  ["const only = test.only; only('a', run);", ["test.only 'a'"]],
  ["const { only } = test; only('a', run);", ["test.only 'a'"]],
  ["const { only: one } = test; one('a', run);", ["test.only 'a'"]],
  ["const { it: spec } = import.meta.vitest; spec('a', run);", ["it 'a'"]],
  ["import.meta.vitest.test('a', run); import.meta.env.test('b', run);", ["test 'a'"]],
  ["const spec = require('node:test'); spec('a', run); spec.only('b', run);", ["test 'a'", "test.only 'b'"]],
  ["const { it: spec } = require('node:test'); spec('a', run);", ["it 'a'"]],
  ["const { mock: it2 } = require('node:test'); it2('a', run);", []],
  ["const spec = require('./node:test'); spec('a', run);", []],
  ["const spec = load('node:test'); spec('a', run);", []],
  ["import { suite } from 'uvu'; const range = suite('range'); range('a', run);", ["suite 'range'", "test 'a'"]],
  ["import { suite } from 'vitest'; const range = suite('range'); range('a', run);", ["suite 'range'"]],
  ["const spec = full ? it : it.skip; spec('a', run);", ["it.runIf(full) 'a'"]],
  ["const spec = full ? it.skip : it; spec('a', run);", ["it.skipIf(full) 'a'"]],
  ["const spec = full ? it : it.todo; spec('a', run);", ["it.runIf(full) 'a'"]],
  ["const spec = full ? it.fixme : it; spec('a', run);", ["it.skipIf(full) 'a'"]],
  ["const spec = full ? it.only : it; spec('a', run);", ["it.only 'a'"]],
  ["const spec = full ? it : test; spec('a', run);", []],
  ["const spec = full ? it : other; spec('a', run);", []],
  ["(full ? it : it.skip)('a', run);", ["it.runIf(full) 'a'"]],
])("what has another name is found by what it stands for: %s", (code, expected) => {
  expect(declared(code)).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  ["import { context } from './graph.ts'; context('a', run);", []],
  ["import { suite } from 'cards'; suite('a', run);", []],
  ["const context = make(); context('a', run);", []],
  ["import { test } from './fixtures.ts'; test('a', run);", ["test 'a'"]],
  ["import { fit } from './regression.ts'; fit(line, points);", []],
  ["import { fit } from './regression.ts'; fit(1); fit('a', run); fit(`b`, run);", ["fit 'a'", "fit `b`"]],
  ["import { fit } from 'vitest'; fit(title, run);", ["fit title"]],
  ["rows.map((it) => it.skip('a'));", []],
  ["rows.map((it) => it('a'));", []],
  ["test('a', (test) => { test('b', run); });", ["test 'a'"]],
  ["describe('a', (it) => { it('b', run); });", ["describe 'a'", "it 'b'"]],
  ["test('a', (t) => { t.test('b', run); t.plan(1); });", ["test 'a'", "test 'b'"]],
  [
    "test('a', async function (t) { await t.test('b', (u) => u.test('c', run)); });",
    ["test 'a'", "test 'b'", "test 'c'"],
  ],
  ["test('a', ({ test }) => { test.skip('b'); });", ["test 'a'", "test.skip 'b'"]],
  ["rows.forEach((t) => { t.test('b'); });", []],
  ["function go(it) { it('a', run); }", []],
])("names that are something else declare nothing: %s", (code, expected) => {
  expect(declared(code)).toEqual(expected);
});

test.each([
  ["if (win) test('a', run);", true],
  ["if (win) {} else test('a', run);", true],
  ["if (win) { test('a', run); }", true],
  ["win && test('a', run);", true],
  ["win ? test('a', run) : 0;", true],
  ["win ? 0 : test('a', run);", true],
  ["switch (os) { case 1: test('a', run); }", true],
  ["try { go(); } catch { test('a', run); }", true],
  ["if (true) test('a', run);", false],
  ["true && test('a', run);", false],
  ["test('a', run) && win;", false],
  ["if (test('a', run)) go();", false],
  ["test('a', run) ? 1 : 2;", false],
  ["try { test('a', run); } finally {}", false],
  ["for (const a of b) test('a', run);", false],
  ["if (win) go(() => { test('a', run); });", false],
])("whether `%s` is under a condition: %s", (code, is) => {
  expect(declared(code)).toEqual([is ? "test 'a' perhaps" : "test 'a'"]);
});

test.each([
  ["import { test } from 'vitest';", true],
  ["import 'vitest';", true],
  ["import test from 'tape';", true],
  ["import { test } from 'bun:test';", true],
  ["import { test } from '@jest/globals';", true],
  ["import { test } from '@playwright/test';", true],
  ["import { test } from '@japa/runner';", true],
  ["import { test } from '@rstest/core';", true],
  ["import { it as test } from '@std/testing/bdd';", true],
  ["import { it as test } from 'jsr:@std/testing@1/bdd';", true],
  ["import { test } from 'vite-plus/test';", true],
  ["import { test } from 'uvu';", true],
  ["import { test } from 'tap';", true],
  ["import { test } from 'mocha';", true],
  ["if (import.meta.vitest)", true],
  ["import { test } from 'vitest-mock';", false],
  ["import { test } from 'my-vitest';", false],
  ["import { test } from './test.ts';", false],
  ["if (import.meta.env)", false],
  ["if (import.meta[vitest])", false],
  ["", false],
])("a file of the program with %j has tests: %s", (before, is) => {
  expect(declared(`${before}\ntest('a', run);`, "src/a.ts")).toHaveLength(is ? 1 : 0);
});
