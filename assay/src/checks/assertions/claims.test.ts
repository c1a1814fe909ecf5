import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { isFunction } from "../../source/functions.ts";
import { descendants } from "../../source/walk.ts";
import { assertionsOf } from "./assertions.ts";
import { claimOf } from "./claims.ts";

const imports = [
  'import assert, { equal, deepEqual as same } from "node:assert/strict";',
  'import * as vitest from "vitest";',
  'import { expect, test, assert as check } from "vitest";',
  'import chai, { expect as should } from "chai";',
  'import { assertEquals } from "@std/assert";',
  'import { verifyCart, load } from "./cart.ts";',
  'import { checkCart } from "./helpers.ts";',
  'import assume from "assume";',
  'const strict = require("node:assert");',
  'const { expect: claim } = require("chai");',
  "const local = (a) => { expect(a).toBe(1); };",
  "const silent = (a) => a;",
].join("\n");

/** What is asserted in a test, in the words of `expect`: `not toBe(x, 1)`. */
function claims(body: string, params = "t"): readonly string[] {
  const file = parseSource(repoPath("cart.test.ts"), `${imports}\ntest("a", async (${params}) => {\n${body}\n});\n`);
  const run = [...descendants(file.program)].findLast(
    (node) => isFunction(node) && node.params.length === (params === "" ? 0 : params.split(", ").length) && node.async,
  );
  if (!isFunction(run)) throw new Error(`no test: ${body}`);
  const textOf = ({ start, end }: { readonly start: number; readonly end: number }) => file.text.slice(start, end);
  return assertionsOf(file)
    .in(run)
    .map((assertion) => {
      const made = claimOf(assertion);
      if (made === undefined) return assertion.kind;
      const { subject, matcher, negated, settles, args, isCalled } = made;
      const given = [...(subject ? [subject] : []), ...args].map(textOf).join(", ");
      return [settles, negated && "not", `${matcher ?? "nothing"}(${given})`, !isCalled && "uncalled"]
        .filter(Boolean)
        .join(" ");
    });
}

test.each([
  ["expect(x).toBe(1);", "toBe(x, 1)"],
  ["expect(x).not.toBe(1);", "not toBe(x, 1)"],
  ["expect(x).toStrictEqual(1);", "toEqual(x, 1)"],
  ["expect(x).toThrowError('a');", "toThrow(x, 'a')"],
  ["await expect(x).resolves.toBe(1);", "resolves toBe(x, 1)"],
  ["await expect(x).rejects.toThrow();", "rejects toThrow(x)"],
  ["await expect(x).resolves.toBe(1).catch(f);", "resolves toBe(x, 1)"],
  ["await expect(x).resolves.toBe(1).finally(f);", "resolves toBe(x, 1)"],
  ["expect(x);", "nothing(x) uncalled"],
  ["expect(x).not;", "not nothing(x) uncalled"],
  ["expect(x).toBe;", "toBe(x) uncalled"],
  ["expect.soft(x).toBe(1);", "toBe(x, 1)"],
  ["await expect.poll(x).toBe(1);", "toBe(x, 1)"],
  ["await expect.element(x).toBeVisible();", "toBeVisible(x)"],
  ["vitest.expect(x).toBe(1);", "toBe(x, 1)"],
  ["should(x).to.be.true;", "toBeTrue(x)"],
  ["should(x).to.not.be.false;", "not toBeFalse(x)"],
  ["should(x).to.exist;", "toBeDefined(x)"],
  ["should(x).to.be.null;", "toBeNull(x)"],
  ["should(x).to.be.undefined;", "toBeUndefined(x)"],
  ["should(x).to.be.ok;", "toBeTruthy(x)"],
  ["should(x).to.equal(1);", "toBe(x, 1)"],
  ["should(x).to.deep.equal(1);", "toBe(x, 1)"],
  ["should(x).to.eql(1);", "toEqual(x, 1)"],
  ["should(x).to.be.above(1);", "toBeGreaterThan(x, 1)"],
  ["should(x).to.be.gte(1);", "toBeGreaterThanOrEqual(x, 1)"],
  ["should(x).to.be.at.least(1);", "toBeGreaterThanOrEqual(x, 1)"],
  ["should(x).to.throw();", "toThrow(x)"],
  ["should(x).to.equal;", "toBe(x) uncalled"],
  ["claim(x).to.equal(1);", "toBe(x, 1)"],
  ["chai.expect(x).to.equal(1);", "toBe(x, 1)"],
  ["chai.assert.equal(x, 1);", "toBe(x, 1)"],
  ["assert(x);", "toBeTruthy(x)"],
  ["assert.ok(x);", "toBeTruthy(x)"],
  ["assert.equal(x, 1);", "toBe(x, 1)"],
  ["assert.strictEqual(x, 1);", "toBe(x, 1)"],
  ["assert.notStrictEqual(x, 1);", "not toBe(x, 1)"],
  ["assert.deepStrictEqual(x, 1);", "toEqual(x, 1)"],
  ["assert.doesNotThrow(x);", "not toThrow(x)"],
  ["assert.throws(x);", "toThrow(x)"],
  ["assert.strict.equal(x, 1);", "toBe(x, 1)"],
  ["strict.equal(x, 1);", "toBe(x, 1)"],
  ["equal(x, 1);", "toBe(x, 1)"],
  ["check.isTrue(x);", "toBeTrue(x)"],
  ["check.isNotNull(x);", "not toBeNull(x)"],
  ["assertEquals(x, 1);", "toBe(x, 1)"],
  ["t.is(x, 1);", "toBe(x, 1)"],
  ["t.assert.ok(x);", "toBeTruthy(x)"],
  ["t.assert.is(x, 1);", "toBe(x, 1)"],
  ["t.same(x, 1);", "toEqual(x, 1)"],
  ["t.true(x);", "toBeTrue(x)"],
  ["t.truthy(x);", "toBeTruthy(x)"],
  ["t.notThrows(x);", "not toThrow(x)"],
])("%s claims %s", (body, expected) => {
  expect(claims(body)).toEqual([expected]);
});

test.each(
  "equal equals eq eql eqls throw throws above gt gte greaterThan below lt lte lessThan least most within match matches property members key keys string closeTo oneOf satisfy satisfies instanceof instanceOf calledWith calledWithExactly".split(
    " ",
  ),
)("chai's %s says nothing until it is called", (word) => {
  expect(claims(`should(x).to.be.${word};`)).toEqual([expect.stringMatching(/ uncalled$/)]);
  expect(claims(`should(x).to.be.${word}(1);`)).toEqual([expect.stringMatching(/^\w+\(x, 1\)$/)]);
});

test.each("empty NaN finite extensible sealed called calledOnce matched outmost".split(" "))(
  "chai's %s says something by itself",
  (word) => {
    expect(claims(`should(x).to.be.${word};`)).toEqual([`${word}(x)`]);
  },
);

test.each([
  ["throw new Error('a');"],
  ["expect.assertions(1);", "expect"],
  ["expect.fail();", "expect"],
  ["checkCart(x);"],
  ["local(x);"],
  ["rows.forEach(local);"],
  ["assume(x).equals(1);"],
  ["process.exit(1);"],
  ["fail('a');"],
  ["cy.get('a').should('exist');"],
  ["screen.getByText('a');"],
  ["await page.waitForSelector('a');"],
  ["cart.expectTotal(1);"],
  ["cart.toMatchGolden();"],
  ["x satisfies Cart;"],
])("%s fails a test otherwise", (body, kind = "other") => {
  expect(claims(body)).toEqual([kind]);
});

test.each([
  "silent(x);",
  "rows.forEach(silent);",
  "load(x);",
  "verifyCart(x);",
  "process.exit(0);",
  "process.exit();",
  "console.assert(x);",
  "const y = assume(x).equals(1);",
  "assume(x).a.b();",
  "await page.waitForTimeout(1);",
  "await page.waitForLoadState();",
  "t.log(x);",
  "t.after(x);",
  "const f = () => { expect(x).toBe(1); };",
  "function f() { expect(x).toBe(1); }",
])("%s asserts nothing", (body) => {
  expect(claims(body)).toEqual([]);
});

test("the callback that ends a test is an assertion from inside of another", () => {
  expect(claims("load(() => { done(); });", "done")).toEqual(["other"]);
  expect(claims("load(done);", "done")).toEqual(["other"]);
  expect(claims("done();", "done")).toEqual([]);
  expect(claims("await new Promise((resolve, reject) => load(reject));")).toEqual(["other"]);
  expect(claims("await new Promise((resolve, reject) => load(resolve));")).toEqual([]);
});
