import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { strengthOf, type Strength } from "./assertion-strength.ts";
import { eachAssertion, type StatedAssertion } from "./stated-assertions.ts";

function assertionsIn(text: string): readonly StatedAssertion[] {
  const found: StatedAssertion[] = [];
  eachAssertion(parseSource(repoPath("src/x.test.ts"), text), (assertion) => found.push(assertion));
  return found;
}

const read: readonly (readonly [text: string, subject: string, matcher: string])[] = [
  ["expect(sum(1)).toBe(2)", "sum(1)", "toBe"],
  ["expect(sum(1)).not.toBe(2)", "sum(1)", "toBe"],
  ["await expect(load()).resolves.toEqual({})", "load()", "resolves.toEqual"],
  ["expect.soft(a).toBe(1)", "a", "toBe"],
  ["expect(a).to.be.true", "a", "to.be.true"],
  ["expect(a).to.deep.equal(b)", "a", "to.deep.equal"],
  ["a.b.should.equal(1)", "a.b.should", "equal"],
  ["assert(a === b)", "a===b", "ok"],
  ["assert.equal(a, b)", "a", "equal"],
  ["t.is(a, b)", "a", "is"],
  ["import { strictEqual as same } from 'node:assert';\nsame(a, b)", "a", "strictEqual"],
  ["expectUser(a, 'Ada')", "a", "expectUser"],
  ["assertThat(a).isEqual(1)", "a", "assertThat"],
  ["expectTypeOf(a).toEqualTypeOf(b)", "a", "toEqualTypeOf"],
  ['expect(a)["toBe"](1)', "a", "toBe"],
  ["cy.get('li').should('have.length', 1)", 'cy.get("li")', "have.length"],
  ["sinon.assert.calledWith(heard, 1)", "heard", "calledWith"],
  ["request(app).get('/').expect(200)", 'request(app).get("/")', "expect"],
];

for (const [text, subject, matcher] of read) {
  test(`${text} asserts \`${matcher}\` of ${subject}`, () => {
    expect(assertionsIn(text).map((each) => [each.subjectText, each.matcher])).toEqual([[subject, matcher]]);
  });
}

test.each(["t.plan(2)", "t.end()", "expect.assertions(2)", "load(1)", "jest.fn()", "expect(a)"])(
  "%s asserts nothing",
  (text) => {
    expect(assertionsIn(text)).toEqual([]);
  },
);

test("with a context that a test makes for itself the same is said as with the one it is given", () => {
  const made = 'import { tspl } from "@matteo.collina/tspl";\nconst plan = tspl(t, { plan: 1 });\n';
  const [stated] = assertionsIn(`${made}plan.equal(a.code, "E");`);
  const [given] = assertionsIn('t.equal(a.code, "E");');
  expect([stated?.subjectText, stated?.matcher, stated?.text]).toEqual(["a.code", "equal", given?.text]);
  expect(assertionsIn(`${made}plan.end(); await plan.completed;`)).toEqual([]);
  expect(assertionsIn('const plan = make(t, { plan: 1 });\nplan.equal(a.code, "E");')).toEqual([]);
});

test("links of Cypress assert of what stands in front of them, also in the middle of a chain", () => {
  const found = assertionsIn("cy.get('li').should('have.length', 1).and('not.have.class', 'done').click()");
  expect(found.map(({ subjectText, matcher, negated }) => [subjectText, matcher, negated])).toEqual([
    ['cy.get("li")', "have.class", true],
    ['cy.get("li")', "have.length", false],
  ]);
  expect(found.map(({ args }) => args.map((each) => (each.type === "Literal" ? each.value : each.type)))).toEqual([
    ["done"],
    [1],
  ]);
});

test.each([
  ["assert.notEqual(a, b)", "equal", true],
  ["assert.notStrictEqual(a, b)", "strictEqual", true],
  ["assert.notDeepEqual(a, b)", "deepEqual", true],
  ["assert.notDeepStrictEqual(a, b)", "deepStrictEqual", true],
  ["assert.doesNotMatch(a, /b/)", "match", true],
  ["assert.notInclude(a, b)", "include", true],
  ["assert.cannotEqual(a, b)", "cannotEqual", false],
  ["assert.notEqualTo(a, b)", "notEqualTo", false],
  ["assert.doesNotThrow(a)", "doesNotThrow", false],
])("%s is `%s`, turned round: %j", (text, matcher, negated) => {
  expect(assertionsIn(text).map((each) => [each.matcher, each.negated])).toEqual([[matcher, negated]]);
});

test.each([
  ['expect(a, "to equal", b);', "a", "to equal", false, ["b"]],
  ['expect(a, "not to equal", b);', "a", "to equal", true, ["b"]],
  ['expect(a, "to be ok");', "a", "to be ok", false, []],
])("a sentence says it: %s", (text, subject, matcher, negated, args) => {
  const found = assertionsIn(text);
  expect(found.map((each) => [each.subjectText, each.matcher, each.negated])).toEqual([[subject, matcher, negated]]);
  expect(found.flatMap(({ args: given }) => given.map((each) => each.type === "Identifier" && each.name))).toEqual(
    args,
  );
});

test.each(['expect(a, "adds");', 'load(a, "to equal", b);', "expect(a, words, b);"])("%s is no sentence", (text) => {
  expect(assertionsIn(text)).toEqual([]);
});

test.each([
  ["should.fail();", "fail"],
  ["expect.fail();", "fail"],
  ["assert.fail();", "fail"],
])("%s fails by itself", (text, matcher) => {
  expect(assertionsIn(text).map((each) => [each.matcher, each.style])).toEqual([[matcher, "assert"]]);
});

test.each(["load.fail();", "sinon.calledWith(heard, 1);", "heard.assert.called.later(1);", "list.soft(a).toBe(1);"])(
  "%s is not of a library",
  (text) => {
    expect(assertionsIn(text)).toEqual([]);
  },
);

test("of a call that asserts by its name all arguments are looked at, and of others those after the subject", () => {
  const given = (text: string): readonly unknown[] =>
    assertionsIn(text).flatMap(({ args }) => args.map((each) => each.type === "Identifier" && each.name));
  expect(given("expectUser(a, b);")).toEqual(["a", "b"]);
  expect(given("page.expectUser(a, b);")).toEqual(["a", "b"]);
  expect(given("sinon.assert.calledWith(a, b);")).toEqual(["b"]);
  expect(given("assert.equal(a, b);")).toEqual(["b"]);
});

test("layout does not count", () => {
  const [first, second] = assertionsIn("expect(f('a', 1)).toBe(2);\nexpect(\n  f(\"a\", 1,),\n).toBe(2)");
  expect(first?.text).toBe(second?.text);
});

const strengths: readonly (readonly [text: string, strength: Strength])[] = [
  ["expect(a).toBe(1)", 3],
  ["expect(a).toBeNull()", 3],
  ["expect(a).toBeCloseTo(1.5)", 3],
  ["expect(a).toBeCloseTo(1.5, -2)", 2],
  ["expect(f).toThrow('no')", 3],
  ["expect(f).toThrow()", 2],
  ["expect(a).toHaveProperty('b', 1)", 3],
  ["expect(a).toHaveProperty('b')", 2],
  ["expect(a).toMatchObject({})", 2],
  ["expect(a).toContain(1)", 2],
  ["expect([1, 2]).toContain(a)", 1],
  ["expect(a).toBeDefined()", 1],
  ["expect(a).not.toBe(1)", 1],
  ["expect(a).resolves.toBeUndefined()", 1],
  ["expect(a).resolves.toBe(1).catch(ignore)", 1],
  ["expect(a === 1).toBe(true)", 3],
  ["expect(a > 1).toBe(true)", 2],
  ["expect(a !== null).toBe(true)", 1],
  ["expect(a === 1 || a === 2).toBe(true)", 1],
  ["expect(typeof a).toBe('string')", 1],
  ["expect(typeof a === 'string').toBe(true)", 1],
  ["expect(!!a).toBe(true)", 1],
  ["expect(Array.isArray(a)).toBe(true)", 1],
  ["expect(isOdd(a)).toBe(true)", 3],
  ["assert.ok(a)", 1],
  ["assert(a === 1)", 3],
  ["expectUser(a)", 3],
];

for (const [text, strength] of strengths) {
  test(`${text} has strength ${strength}`, () => {
    expect(assertionsIn(text).map(strengthOf)).toEqual([strength]);
  });
}
