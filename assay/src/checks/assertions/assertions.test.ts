import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { assertionFreeTest } from "../assertion-free-test.ts";
import { contextOf } from "../change/change-of-texts.ts";
import { vacuousAssertion } from "../vacuous-assertion.ts";
import { isHelperModule, isRelative } from "./assertions.ts";

/** Does a test assert something? `setup` stands before it, and `run` is what it tests. */
async function asserts(body: string, { setup = "", args = "", runner = "vitest" } = {}): Promise<boolean> {
  const text = `import { test } from "${runner}";\nimport { run } from "./run.ts";\n${setup}\ntest("adds", async (${args}) => {\n${body}\n});\n`;
  const head = { "run.ts": "export const run = () => 1;\n", "a.test.ts": text };
  return (await assertionFreeTest.inspect(await contextOf({ base: {}, head }))).length === 0;
}

test.each([
  ['import assert from "node:assert";', "assert(run());"],
  ['import * as assert from "node:assert";', "assert.equal(run(), 1);"],
  ['import { equal } from "node:assert/strict";', "equal(run(), 1);"],
  ['import { equal as is } from "node:assert/strict";', "is(run(), 1);"],
  ['import { expect } from "vitest";', "expect(run()).toBe(1);"],
  ['import { expect as wants } from "vitest";', "wants(run()).toBe(1);"],
  ['import { assert } from "vitest";', "assert(run());"],
  ['import * as runner from "vitest";', "runner.expect(run()).toBe(1);"],
  ['import * as runner from "vitest";', "runner.assert(run());"],
  ['import chai from "chai";', "chai.expect(run()).to.equal(1);"],
  ['import chai from "chai";', "chai.assert.equal(run(), 1);"],
  ['import { should } from "chai";', "should().equal(run(), 1);"],
  ['import wants from "expect";', "wants(run()).toBe(1);"],
  ['import * as c from "chai";\nconst wants = c.expect;', "wants(run()).to.equal(1);"],
  ['import * as c from "chai";\nconst { expect: wants } = c;', "wants(run()).to.equal(1);"],
  ['import * as c from "chai";\nconst d = c;\nconst { expect: wants } = d;', "wants(run()).to.equal(1);"],
  ['const a = require("assert");', "a.equal(run(), 1);"],
  ['const { equal } = require("node:assert");', "equal(run(), 1);"],
  ['const { equal: is } = await import("node:assert");', "is(run(), 1);"],
  ['const wants = require("chai").expect;', "wants(run()).to.equal(1);"],
  ['const wants = (await import("chai")).expect;', "wants(run()).to.equal(1);"],
  ['const { expect: wants } = require("vitest");', "wants(run()).toBe(1);"],
  ["const { expect: wants } = this.tools;", "wants(run()).to.equal(1);"],
  ["const { expect: wants } = await this;", "wants(run()).to.equal(1);"],
  ["", "expect(run()).toBe(1);"],
  ["", "assert(run());"],
  ["", "chai.expect(run()).to.equal(1);"],
])("%s %s is of a library", async (setup, body) => {
  expect(await asserts(body, { setup })).toBe(true);
});

test.each([
  ['import * as runner from "vitest";', "runner.vi.fn(run());"],
  ['import { vi } from "vitest";', "vi.fn(run());"],
  ['import { strict } from "tools";', "strict(run());"],
  ['const a = require("asserts");', "a.equal(run(), 1);"],
  ["const a = required('assert');", "a.equal(run(), 1);"],
  ["const { other: wants } = this.tools;", "wants(run());"],
  ["const { other: wants } = await this;", "wants(run());"],
  ["const a = b.c;\nconst b = a.c;", "a.equal(run(), 1);"],
  ["const a = b;\nconst b = a;", "a.equal(run(), 1);"],
  ['const wants = require("vitest").vi;', "wants.fn(run());"],
  ["const wants = require(name).other;", "wants(run());"],
  ["let wants;", "wants(run());"],
  ["", "chair.sit(run());"],
])("%s %s is of none", async (setup, body) => {
  expect(await asserts(body, { setup })).toBe(false);
});

test.each([
  ["t", "t.is(run(), 1);"],
  ["t", "t.assert.equal(run(), 1);"],
  ["T", "T.ok(run());"],
  ["ctx", "ctx.equal(run(), 1);"],
  ["whatever", "whatever.equal(run(), 1);"],
  ["t", "for (const each of run()) t.is(each, 1);"],
  ["t", "check(t);\nfunction check(t) { t.equal(run(), 1); }"],
  ["t", "check(t);\nfunction check(atest) { atest.equal(run(), 1); }"],
])("the context (%s) of a test asserts: %s", async (args, body) => {
  expect(await asserts(body, { args })).toBe(true);
});

test.each([
  ["t", "t.log(run());"],
  ["t", "t.mock.fn(run);"],
  ["t", "t.diagnostic(run());"],
  ["whatever", "whatever.log(run());"],
  ["", "run().map((row) => row.is(1));"],
  ["", "run().map((subtests) => subtests.equal(1));"],
  ["", "run().map((contexts) => contexts.equal(1));"],
  ["", "run().map(({ t }) => t.at(1));"],
])("(%s) %s is no assertion of a context", async (args, body) => {
  expect(await asserts(body, { args })).toBe(false);
});

test.each([
  ["done", "run(done);"],
  ["done", "run(() => done());"],
  ["cb", "run(() => { cb(); });"],
  ["next", "run().then(() => next());"],
  ["", "await new Promise((resolve, reject) => run(reject));"],
  ["", "await new Promise((resolve, reject) => { if (run()) reject(); });"],
])("a test (%s) that ends by a callback waits for it: %s", async (args, body) => {
  expect(await asserts(body, { args })).toBe(true);
});

test.each([
  ["done", "run();\ndone();"],
  ["undone", "run(undone);"],
  ["nextItem", "run(nextItem);"],
  ["", "const done = run();\nrun(done);"],
  ["", "await new Promise((resolve) => run(resolve));"],
  ["", "run((done) => done());"],
])("a test (%s) that goes on waits for nothing: %s", async (args, body) => {
  expect(await asserts(body, { args })).toBe(false);
});

test.each([
  "process.exit(1);",
  "process.exit(run());",
  "fail('no');",
  "cy.get('a');",
  "verifyCart(run());",
  "expectCart(run());",
  "run().verify();",
  "run().shouldBeEmpty();",
  "run().toMatchSnapshot();",
  "screen.getByText('a');",
  "await screen.findAllByRole('a');",
  "assertSql`select`;",
  "new Cart().expectTotal(1);",
  "if (run() !== 1) throw new Error('no');",
  "run() satisfies number;",
  "run().testSql((tester) => tester('pg', 'select'));",
  "const query = { testSql() {} };\nquery.testSql((tester) => tester('pg', 'select'));",
  "run().testSql((tester) => { run(); tester('pg', 'select'); });",
  "[1].forEach(checkRow);\nfunction checkRow(row) { expect(row).toBe(1); }",
  "const helper = () => verifyCart(run());\nhelper();",
  "const again = (n) => { if (n) again(n - 1); expect(run()).toBe(1); };\nagain(1);",
])("%s may fail the test", async (body) => {
  expect(await asserts(body)).toBe(true);
});

test.each([
  "process.exit(0);",
  "process.exit();",
  "program.exit(1);",
  "failing(run());",
  "cycle.get('a');",
  "verifyCart;",
  "run().find(1);",
  "console.assertive(run());",
  "run().testSql((tester) => { run(); });",
  "run().testSql('select');",
  "run().testSql(({ tester }) => tester('pg'));",
  "run().testSql();",
  "run().testing((tester) => tester('pg'));",
  "run().contestA((tester) => tester('pg'));",
  "const again = (n) => { if (n) again(n - 1); };\nagain(1);",
  "() => { expect(run()).toBe(1); };",
  "const helper = () => { expect(run()).toBe(1); };\nrun();",
  "[1].forEach(logRow);\nfunction logRow(row) { console.log(row); }",
])("%s does not", async (body) => {
  expect(await asserts(body)).toBe(false);
});

test.each([
  "function is<T>(value: T): void {}",
  "function is<T>(value: T): T { return value; }",
  "const is = <T>(value: T) => value;",
  "const is = <T>(value: unknown) => value as T;",
  "const is: <T>(value: T) => void = () => {};",
])("%s asserts when types are checked", async (setup) => {
  expect(await asserts("is<number>(run());", { setup })).toBe(true);
});

test.each([
  "function is(value: number): void {}",
  "function is<T>(value: T): void { console.log(value); }",
  "function is<T>(value: T): T { return value; return value; }",
  "const is = <T>(value: T) => run(value);",
  "const is = <T>(value: T) => [value];",
  "const is: Is = () => {};",
  "declare function is<T>(value: T): void;",
])("%s asserts nothing", async (setup) => {
  expect(await asserts("is<number>(run());", { setup })).toBe(false);
});

test.each([
  ['import assume from "assume";', "assume(run()).equals(1);", true],
  ['import assume from "assume";', 'assume(run()).is.a("number");', true],
  ['const assume = require("assume");', "assume(run()).to.equal(1);", true],
  ['import assume from "assume";', "assume(run());", false],
  ['import assume from "assume";', "assume(run()).log(1);", false],
  ['import assume from "assume";', "assume(run(), 2).equals(1);", false],
  ['import assume from "assume";', "const is = assume(run()).equals(1);", false],
  ['import assume from "./assume.ts";', "assume(run()).equals(1);", false],
  ["const assume = run;", "assume(run()).equals(1);", false],
])("%s %s claims something by a package's words: %s", async (setup, body, is) => {
  expect(await asserts(body, { setup })).toBe(is);
});

test.each([
  [".", true],
  ["..", true],
  ["./cart", true],
  ["../cart.ts", true],
  ["#cart", true],
  ["#/cart", true],
  ["~/cart", true],
  ["@/cart", true],
  ["cart", false],
  ["@shop/cart", false],
  ["node:assert", false],
  [".cart", false],
  ["...", false],
  ["cart/./item", false],
  ["c#cart", false],
])("%s is of the repository: %s", (specifier, is) => {
  expect(isRelative(specifier)).toBe(is);
});

test.each([
  ["./helpers.ts", true],
  ["../Support/cart", true],
  ["@/testing", true],
  ["./cart-fixtures", true],
  ["./cart", false],
  ["test-helpers", false],
])("%s helps tests: %s", (specifier, is) => {
  expect(isHelperModule(specifier)).toBe(is);
});

const modules = (text: string): readonly string[] => text.trim().split(/\s+/);

test.each(
  modules(
    "assert node:assert assert/strict node:assert/strict uvu/assert chai power-assert should unexpected expect expect-type tsd earl @japa/assert @vitest/expect @jest/expect @std/assert @std/expect jsr:@std/assert jsr:@std/assert@1 jsr:@std/expect",
  ),
)("all functions of %s assert", async (module) => {
  expect(await asserts("same(run(), 1);", { setup: `import { same } from "${module}";` })).toBe(true);
});

test.each(
  modules(
    "assertive my-assert node:assert/lax chai-things unexpectedly earls uvu tsd-lite @std/asserts jsr:@std/fs my/@std/assert",
  ),
)("those of %s need not", async (module) => {
  expect(await asserts("same(run(), 1);", { setup: `import { same } from "${module}";` })).toBe(false);
});

test.each(
  modules(
    "getByText getAllByText findByRole findAllByRole waitForSelector waitForURL verify verifyAll matchSnapshot snapshot toMatchImage done shouldFit mustFit",
  ),
)("a method that is called %s asserts", async (method) => {
  expect(await asserts(`run().${method}("a");`)).toBe(true);
});

test.each(
  modules(
    "forgetByText getByte findBytes waitForLoadState waitForTimeout awaitForAll reverify snapshots undone doneAt match",
  ),
)("one that is called %s need not", async (method) => {
  expect(await asserts(`run().${method}("a");`)).toBe(false);
});

test.each([
  ["to equal", true],
  ["not to equal", true],
  ["when called with", true],
  ["with", true],
  ["was called", true],
  ["has size", true],
  ["to", true],
  ["together", false],
  ["adds to", false],
  ["nothing to", false],
  ["washes", false],
])("%j is a sentence that asserts: %s", (words, is) => {
  const text = `import expect from "unexpected";\ntest("adds", () => { expect(run(), ${JSON.stringify(words)}, 1); });\n`;
  expect([...vacuousAssertion.inspect(parseSource(repoPath("a.test.ts"), text))].length === 0).toBe(is);
});
