import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { vacuousAssertion } from "../vacuous-assertion.ts";

/** Does the test assert only that there is an answer? */
function isWeak(
  body: string,
  { title = "loads the items of a cart", path = "cart.test.ts", setup = "" } = {},
): boolean {
  const code = `import { expect, test } from "vitest";\nimport { Cart, find, isEven } from "./cart.ts";\n${setup}\ntest(${JSON.stringify(title)}, async () => {\n${body}\n});\n`;
  return [...vacuousAssertion.inspect(parseSource(repoPath(path), code))].some(({ message }) =>
    message.startsWith("this test asserts only that there is an answer"),
  );
}

const found = "const found = find(1);\n";

test.each([
  "expect(find(1)).toBeDefined();",
  "expect(find(1)).toBeTruthy();",
  "expect(find(1)).not.toBeUndefined();",
  "expect(find(1)).not.toBeNull();",
  "expect(find(1)).not.toBeNil();",
  "expect(find(1)).not.toBeNullable();",
  "expect(find(1)).not.toBeFalsy();",
  "expect(find(1)).not.toBe(null);",
  "expect(find(1)).not.toBe(undefined);",
  "expect(find(1)).toEqual(expect.anything());",
  "expect(find(1)).toEqual(expect.any(Object));",
  "expect(typeof find(1)).toBe('object');",
  "expect(find(1) !== undefined).toBe(true);",
  "expect(find(1) != null).toBeTruthy();",
  "expect(!!find(1)).toBe(true);",
  "expect(!!find(1)).toBeTruthy();",
  "expect(find(1)).toBeInstanceOf(Object);",
  "expect(find(1)).toBeInstanceOf(Array);",
  "expect(find(1)).toBeInstanceOf(Function);",
  "expect(find(1)).to.be.an('object');",
  "expect(find(1)).to.be.a('function');",
  "expect(await find(1)).toBeDefined();",
  "expect(find(1)!).toBeDefined();",
  "expect(find(1) as Item).toBeDefined();",
  "expect(find(1)?.name).toBeDefined();",
  "expect(find(1).items[0].name).toBeDefined();",
  `${found}expect(found).toBeDefined();`,
  `${found}expect(found.name).toBeDefined();`,
  `${found}expect(found).toBeDefined();\nexpect(found.name).not.toBeNull();`,
  "expect(new Cart()).toBeDefined();",
  "expect(new Cart().find(1)).toBeTruthy();",
  "const cart = new Cart();\nexpect(cart.find(1)).toBeDefined();",
  "const cart = new Cart();\nconst item = await cart.find(1);\nexpect(item).toBeDefined();",
  "const cart = module.get(Cart);\nexpect(cart.find(1)).toBeDefined();",
  "const cart = TestBed.inject(Cart);\nexpect(cart.find(1)).toBeDefined();",
  "const cart = module.child().get(Cart);\nexpect(cart.find(1)).toBeDefined();",
  "expect(find).toBeDefined();",
  "expect((find(1) satisfies Item)).toBeDefined();",
  "expect(found = find(1)).toBeDefined();",
  "const found = (await find(1)) as Item;\nexpect(found).toBeDefined();",
  "const cart = new Cart();\nconst items = cart.items();\nconst item = items.first();\nexpect(item.price()).toBeDefined();",
])("%s says only that there is an answer", (body) => {
  expect(isWeak(body)).toBe(true);
});

test.each([
  "expect(find(1)).toBe(1);",
  "expect(find(1)).toBeDefined();\nexpect(find(1).name).toBe('a');",
  "expect(find(1)).toBeUndefined();",
  "expect(find(1)).not.toBeDefined();",
  "expect(find(1)).not.toBe(2);",
  "expect(find(1)).toBeNull();",
  "expect(!find(1)).toBe(true);",
  "expect(!-find(1)).toBe(true);",
  "expect(find(1) !== 2).toBe(true);",
  "expect(find(1) === undefined).toBe(true);",
  "expect(find(1)).toBeInstanceOf(Cart);",
  "expect(typeof find(1)).toBe(typeof find(2));",
  "expect(find(1)).not.toBeInstanceOf(Object);",
  "expect(find(1)).to.be.a('string');",
  "expect(find(1)).to.not.be.an('object');",
  "expect(find(1)).toEqual(expect.objectContaining({ a: 1 }));",
  "expect(find(1)).toEqual(my.anything());",
  "expect(isEven(2)).toBeTruthy();",
  "const isFound = find(1);\nexpect(isFound).toBeTruthy();",
  "expect(new Cart().has(1)).toBeTruthy();",
  "expect(new Cart().items.includes(1)).toBeTruthy();",
  `${found}expect(found.done).toBeTruthy();`,
  "let found = find(1);\nfound = find(2);\nexpect(found).toBeDefined();",
  "const found = JSON.parse('{}');\nexpect(found).toBeDefined();",
  "const [found] = find(1);\nexpect(found).toBeDefined();",
  "expect(other(1)).toBeDefined();",
  "expect(find.name).toBeDefined();",
  "expect(new Map()).toHaveLength(2);",
  "expect(find(1)).toBeInstanceOf(ObjectId);",
  "expect(find(1)).toBeInstanceOf(TypedArray);",
  "expect(find(1)).to.be.an('arraybuffer');",
  "expect(find(1)).to.be.a('typedarray');",
  "const cart = module.get(isEven);\nexpect(cart.find(1)).toBeDefined();",
  "const cart = module.getAll(Cart);\nexpect(cart.find(1)).toBeDefined();",
  "const cart = budget(Cart);\nexpect(cart.find(1)).toBeDefined();",
  "const one = other.find(1);\nconst other = one.find(1);\nexpect(one.name).toBeDefined();",
  "const item = isBig ? find(1) : other;\nexpect(item).toBeDefined();",
])("%s says more, or of something else", (body) => {
  expect(isWeak(body)).toBe(false);
});

test.each([
  "exports find",
  "is defined",
  "exists",
  "renders",
  "finds an item",
  "registers itself",
  "accepts null",
  "smoke test",
  "throws no error",
  "works without options",
  "an optional field",
  "is available",
])("under the title %j that is the point", (title) => {
  expect(isWeak("expect(find(1)).toBeDefined();", { title })).toBe(false);
});

/** Texts with one of the words that stand in for `_`. */
const withEach = (words: string): readonly string[] => words.split(" ").map((word) => word.replaceAll("_", " "));

test.each(
  withEach(
    "export exports exported expose exposes exposed define defined exist exists existing available provide provides truthy instantiates instantiation constructs constructor render renders mount mounts find finds found present presence register registers registered import imports imported importable matches accept accepts undefined null nullish entrypoint entry_points without missing optional smoke throw throws crash crashes",
  ),
)("a title with the word %j asks for no more than existence", (word) => {
  expect(isWeak("expect(find(1)).toBeDefined();", { title: `cart: ${word} it` })).toBe(false);
  expect(isWeak("expect(find(1)).toBeDefined();", { title: `cart: ${word.toUpperCase()} it` })).toBe(false);
});

test.each(
  withEach("transports predefined founder refound representation withoutness unpresent overthrow commissioned"),
)("the word %j has one of them inside, and does not", (word) => {
  expect(isWeak("expect(find(1)).toBeDefined();", { title: `cart: ${word} it` })).toBe(true);
});

test.each(
  withEach(
    "is has have can should are was were does did do contain contains include includes match matches test every some start starts end ends equal equals exist exists valid validate check checks satisfy satisfies support supports deep shallow same eq gt lt gte lte intersects subset allow allows accept accepts enabled called compare compares safe safely",
  ),
)("a function that is called %s answers yes or no", (name) => {
  expect(isWeak(`expect(new Cart().${name}(1)).toBeTruthy();`)).toBe(false);
  expect(isWeak(`expect(new Cart().${name}(1)).toBeDefined();`)).toBe(true);
  for (const called of [`${name}Item`, `${name}_item`, `${name}2`]) {
    const setup = `import { ${called} } from "./cart.ts";`;
    expect([called, isWeak(`expect(${called}(1)).toBeTruthy();`, { setup })]).toEqual([called, false]);
    expect([called, isWeak(`expect(${called}(1)).toBeDefined();`, { setup })]).toEqual([called, true]);
  }
});

test.each(
  withEach("axisOf hisItem hash document island canvas area testament someone startle endless sameness gtin subsets"),
)("a function that is called %s answers with more", (name) => {
  expect(isWeak(`expect(${name}(1)).toBeTruthy();`, { setup: `import { ${name} } from "./cart.ts";` })).toBe(true);
});

test.each(
  withEach(
    "function functions type types typeof number numbers string strings boolean booleans object objects array arrays list lists promise promises instance instances class date dates async callable",
  ),
)("a title with the word %j is about the type", (word) => {
  expect(isWeak("expect(typeof find(1)).toBe('object');", { title: `gives the ${word} of it` })).toBe(false);
  expect(isWeak("expect(typeof find(1)).toBe('object');", { title: `${word.toUpperCase()}, in short` })).toBe(false);
});

test.each(withEach("prototype stringify objective updated outdate classify enlist typing functional"))(
  "a title with the word %j is not",
  (word) => {
    expect(isWeak("expect(typeof find(1)).toBe('object');", { title: `gives the ${word} of it` })).toBe(true);
  },
);

test.each(
  withEach(
    "return returns computes calculates add adds sum sums subtracts subtract multiplies divides give gives yield yields produce produces convert converts format formats sort sorts double doubles count counts equal equals apply applies update updates remove removes insert inserts delete deletes store stores save saves merge merges filter filters transform transforms",
  ),
)("a title with the word %j promises a result", (word) => {
  expect(isWeak("expect(() => find(1)).not.toThrow();", { title: `it ${word} what is given` })).toBe(true);
  expect(isWeak("expect(() => find(1)).not.toThrow();", { title: `${word.toUpperCase()}: all` })).toBe(true);
});

test.each(
  withEach("padding address assumes resort restores accounts counter forgive reformat unsaved submerge transformer"),
)("a title with the word %j does not", (word) => {
  expect(isWeak("expect(() => find(1)).not.toThrow();", { title: `it ${word} what is given` })).toBe(false);
});

test("that a question comes back is little as well where a result is promised", () => {
  expect(isWeak("expect(() => isEven(2)).not.toThrow();", { title: "returns whether it is so" })).toBe(true);
});

test("a title may be about a type, or about errors", () => {
  const type = "expect(typeof find(1)).toBe('object');";
  for (const title of ["answers with an object", "gives a promise", "is async"])
    expect(isWeak(type, { title })).toBe(false);
  expect(isWeak("expect(find(1)).toBeDefined();", { title: "answers with an object" })).toBe(true);
  const title = "reports an error of a cart";
  expect(isWeak("const failure = find(1);\nexpect(failure).toBeDefined();", { title })).toBe(false);
  expect(isWeak("expect(find(1).error).toBeDefined();", { title })).toBe(false);
  expect(isWeak("expect(find(1)).toBeDefined();", { title })).toBe(true);
  for (const subject of ["lastError", "theIssue", "Failure", "problemOf", "caught", "catchOf"]) {
    const isAbout = subject !== "caught";
    expect([subject, isWeak(`expect(find(1).${subject}).toBeDefined();`, { title })]).toEqual([subject, !isAbout]);
  }
  expect(isWeak("expect(find(1).lastError).toBeDefined();", { title: "Errors of a cart" })).toBe(false);
  for (const another of ["a terror of a cart", "an errored cart"])
    expect(isWeak("expect(find(1).error).toBeDefined();", { title: another })).toBe(true);
});

test("that a call comes back is little where a result is promised", () => {
  const runs = "expect(() => find(1)).not.toThrow();";
  for (const title of ["adds an item", "returns the sum", "merges two carts", "applies a discount"]) {
    expect(isWeak(runs, { title })).toBe(true);
    expect(isWeak("expect(() => { find(1); }).not.toThrow();", { title })).toBe(true);
    expect(isWeak("expect(async () => { await find(1); }).not.toThrow();", { title })).toBe(true);
    expect(isWeak("expect(() => other(1)).not.toThrow();", { title })).toBe(false);
    expect(isWeak("expect(find).not.toThrow();", { title })).toBe(false);
    expect(isWeak("expect(() => { const a = 1; find(a); }).not.toThrow();", { title })).toBe(false);
  }
  expect(isWeak(runs, { title: "a cart of nothing" })).toBe(false);
});

test("what stands inside of an assertion is looked at, and is none itself", () => {
  const setup =
    'import { ensureItem } from "./cart.ts";\nimport { verifyItem, v as verifyAll, verifyNone as n } from "cart-testing";';
  expect(isWeak("expect(ensureItem(1)).toBeDefined();", { setup })).toBe(true);
  for (const call of ["ensureItem(1)", "verifyItem(1)", "verifyAll(1)", "n(1)"])
    expect([call, isWeak(`${call};\nexpect(find(1)).toBeDefined();`, { setup })]).toEqual([call, false]);
  expect(isWeak("find(2);\nexpect(find(1)).toBeDefined();", { setup })).toBe(true);
});

test("chai is known however it is loaded, and so is what is all of a module", () => {
  expect(isWeak("wants(find(1)).toBeDefined();", { setup: "const wants = require('expect');" })).toBe(true);
  for (const setup of ["const wants = require('chai').expect;", "const { expect: wants } = require('chai');"])
    expect(isWeak("wants(find(1)).to.exist;", { setup })).toBe(true);
});

test("a module's names are what a file about its exports asks for", () => {
  const body = "expect(find).toBeDefined();";
  expect(isWeak(body)).toBe(true);
  for (const path of [
    "exports.test.ts",
    "index.test.ts",
    "public-api.test.ts",
    "smoke.test.ts",
    "export.test.ts",
    "API.test.ts",
  ])
    expect(isWeak(body, { path })).toBe(false);
  expect(isWeak("expect(test).toBeDefined();")).toBe(false);
});

test("what is made before each test is the program's, if it is given one value", () => {
  const body = "expect(cart.find(1)).toBeDefined();";
  expect(isWeak(body, { setup: "let cart;\nbeforeEach(() => { cart = new Cart(); });" })).toBe(true);
  expect(isWeak(body, { setup: "let cart;\nbeforeEach(async () => { cart = await find(1); });" })).toBe(true);
  expect(
    isWeak(body, { setup: "let cart;\nbeforeEach(() => { cart = new Cart(); });\nafterEach(() => { cart = null; });" }),
  ).toBe(false);
  expect(isWeak(body, { setup: "let cart;\nbeforeEach(() => { cart = module.get(Cart, 1); });" })).toBe(false);
  expect(isWeak(body, { setup: "let cart;\nbeforeEach(() => { cart = module.get(name); });" })).toBe(false);
  expect(isWeak(body, { setup: "let cart;\nbeforeEach(() => { cart = { find() {} }; });" })).toBe(false);
});
