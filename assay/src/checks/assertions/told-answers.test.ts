import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { mockedSubject } from "../mocked-subject.ts";
import { vacuousAssertion } from "../vacuous-assertion.ts";

const imports =
  'import { expect, test, vi } from "vitest";\nimport * as math from "./math.ts";\nimport { Cart, cart, sum } from "./cart.ts";\nimport fs from "node:fs";\n';

/** Does a test assert what it told a mock to answer? `setup` stands before it. */
function isTold(body: string, setup = ""): boolean {
  const code = `${imports}${setup}\ntest("adds", async () => {\n${body}\n});\n`;
  const found = [...mockedSubject.inspect(parseSource(repoPath("shop.test.ts"), code))];
  return found.some(({ message }) => message.startsWith("this test asserts what it told"));
}

const claim = "expect(math.sum(1, 2)).toBe(3);";

test.each([
  'vi.spyOn(math, "sum").mockReturnValue(3);',
  'vi.spyOn(math, "sum").mockReturnValueOnce(3);',
  'vi.spyOn(math, "sum").mockResolvedValue(3);',
  'vi.spyOn(math, "sum").mockImplementation(() => 3);',
  'vi.spyOn(math, "sum").mockName("a").mockReturnValue(3);',
  'spyOn(math, "sum").mockReturnValue(3);',
  'stub(math, "sum").returns(3);',
  "mocked(math.sum).mockReturnValue(3);",
  'sinon.stub(math, "sum").returns(3);',
  'sinon.stub(math, "sum").resolves(3);',
  'sinon.stub(math, "sum").callsFake(() => 3);',
  'mock.method(math, "sum").mockReturnValue(3);',
  "vi.mocked(math.sum).mockReturnValue(3);",
  "math.sum.mockReturnValue(3);",
  "math.sum.mock.mockImplementation(() => 3);",
  "jest.mocked(math.sum).mockResolvedValueOnce(3);",
  "math.sum = vi.fn(() => 3);",
  "math.sum = sinon.fake.returns(3);",
  'math["sum"] = vi.fn(() => 3);',
  "Object.assign(math, { sum: vi.fn(() => 3) });",
  'Object.defineProperty(math, "sum", { value: () => 3 });',
  'Object.defineProperty(math, "sum", { value: vi.fn(() => 3) });',
  'jest.replaceProperty(math, "sum", () => 3);',
  'sinon.replace(math, "sum", () => 3);',
])("%s tells what is answered", (told) => {
  expect(isTold(`${told}\n${claim}`)).toBe(true);
  expect(isTold(`${told}\nconst answer = await math.sum(1, 2);\nexpect(answer).toBe(3);`)).toBe(true);
  expect(isTold(`${told}\nexpect(math.sum(1, 2).parts[0]).toBe(3);`)).toBe(true);
  expect(isTold(`${told}\nexpect(math.total(1, 2)).toBe(3);`)).toBe(false);
  expect(isTold(`${told}\nexpect(cart.sum(1, 2)).toBe(3);`)).toBe(false);
  expect(isTold(`${told}\nexpect(math.sum).toHaveBeenCalled();`)).toBe(false);
});

test.each([
  'vi.spyOn(math, "sum");',
  'vi.spyOn(math, "sum").mockReturnValue();',
  'vi.spyOn(math, "sum").mockClear();',
  'vi.spyOn(math, "sum").returnsNothing(3);',
  'vi.spyOn(math, "sum").resolvesLater(3);',
  'sinon.stub(math, "sum").callsFakeOnly(3);',
  'sinon.stub(math, "sum").neverReturns(3);',
  "spyOn().mockReturnValue(3);",
  "math[name] = vi.fn(() => 3);",
  "vi.spyOn(math, name).mockReturnValue(3);",
  "math.sum = other;",
  "math.sum = () => 3;",
  "Object.assign(math, other);",
  'Object.defineProperty(math, "sum");',
  'Object.defineProperty(math, "sum", { writable: true });',
  "Object.defineProperty(math, name, { value: () => 3 });",
  "math.sum(vi.fn(() => 3));",
])("%s does not", (told) => {
  expect(isTold(`${told}\n${claim}`)).toBe(false);
});

test.each([
  ['vi.spyOn(Cart.prototype, "total").mockReturnValue(3);', "expect(new Cart().total()).toBe(3);"],
  ['vi.spyOn(Cart.prototype, "total").mockReturnValue(3);', "const one = new Cart();\nexpect(one.total()).toBe(3);"],
  ["Cart.prototype.total = () => 3;", "const one = new Cart();\nexpect(one.total()).toBe(3);"],
  ["Cart.prototype.total = vi.fn(() => 3);", "expect(new Cart().total()).toBe(3);"],
  ["Object.assign(Cart.prototype, { total: () => 3 });", "expect(new Cart().total()).toBe(3);"],
  ['vi.spyOn(cart, "size", "get").mockReturnValue(3);', "expect(cart.size).toBe(3);"],
  ['Object.defineProperty(cart, "size", { get: () => 3 });', "expect(cart.size).toBe(3);"],
  ['jest.replaceProperty(cart, "size", 3);', "expect(cart.size).toBe(3);"],
  ['sinon.replaceGetter(cart, "size", () => 3);', "expect(cart.size).toBe(3);"],
  ["vi.mocked(sum).mockReturnValue(3);", "expect(sum(1, 2)).toBe(3);"],
  ["math.basic.sum.mockReturnValue(3);", "expect(math.basic.sum(1, 2)).toBe(3);"],
  ["sum.mockReturnValue(3);", "expect(await sum(1, 2)).toBe(3);"],
])("what stands for an instance, a property or a function is told as well: %s", (told, asserted) => {
  expect(isTold(`${told}\n${asserted}`)).toBe(true);
  expect(isTold(asserted)).toBe(false);
});

test.each([
  ['vi.spyOn(cart, "size", "get").mockReturnValue(3);', "expect(cart.size()).toBe(3);"],
  ['vi.spyOn(cart, "size").mockReturnValue(3);', "expect(cart.size).toBe(3);"],
  ['vi.spyOn(fs, "readFileSync").mockReturnValue("a");', 'expect(fs.readFileSync("a")).toBe("a");'],
  ['const own = { sum() {} };\nvi.spyOn(own, "sum").mockReturnValue(3);', "expect(own.sum()).toBe(3);"],
  ['vi.spyOn(math, "sum").mockReturnValue(3);', "expect(cart.total()).toBe(3);"],
])("%s leaves %s to the program", (told, asserted) => {
  expect(isTold(`${told}\n${asserted}`)).toBe(false);
});

test("what is told holds from there on, and until it is given back", () => {
  const told = 'const spy = vi.spyOn(math, "sum").mockReturnValue(3);';
  const real = "const real = math.sum(1, 2);";
  expect(isTold(`${claim}\n${told}\nexpect(cart.total()).toBe(3);`)).toBe(false);
  expect(isTold(`${real}\n${told}\nexpect(real).toBe(3);`)).toBe(false);
  expect(isTold(`${told}\n${real}\nspy.mockRestore();\nexpect(real).toBe(3);`)).toBe(true);
  for (const back of ["spy.mockRestore();", "spy.mockReset();", "vi.restoreAllMocks();", "sinon.restore();"]) {
    expect(isTold(`${told}\n${back}\n${claim}`)).toBe(false);
    expect(isTold(`${back}\n${told}\n${claim}`)).toBe(true);
    expect(isTold(`${told}\n${claim}\n${back}`)).toBe(true);
  }
  const getter = 'vi.spyOn(cart, "size", "get").mockReturnValue(3);';
  expect(isTold(`expect(cart.size).toBe(0);\n${getter}`)).toBe(false);
  const hook = `beforeEach(() => { ${told} });`;
  expect(isTold(`spy.mockRestore();\n${claim}`, hook)).toBe(false);
  expect(isTold(claim, `${hook}\ntest("other", () => { vi.restoreAllMocks(); });`)).toBe(true);
});

/** Is an assertion on what comes of an answer that the test told? */
function comesOfTold(body: string, setup = ""): boolean {
  const code = `${imports}${setup}\ntest("adds", async () => {\n${body}\n});\n`;
  const found = [...vacuousAssertion.inspect(parseSource(repoPath("shop.test.ts"), code))];
  return found.some(({ message }) => message.startsWith("this assertion is on what the test itself told"));
}

test.each([
  'vi.spyOn(cart, "total").mockReturnValue(3);',
  'vi.spyOn(cart, "total").mockImplementation(() => 3);',
  'jest.spyOn(cart, "total").mockResolvedValueOnce(3);',
  'sinon.stub(cart, "total").returns(3);',
  'spyOn(cart, "total").mockReturnValue(3);',
  'mock.method(cart, "total").mockReturnValue(3);',
  "cart.total = vi.fn(() => 3);",
])("%s tells what is made of the answer", (told) => {
  for (const subject of [
    "cart.total()",
    "format(cart.total()!)",
    "{ total: await cart.total() }",
    "() => cart.total()",
  ])
    expect([subject, comesOfTold(`${told}\nexpect(${subject}).toEqual(other);`)]).toEqual([subject, true]);
  for (const subject of ["cart.pay()", "other.total()", "format(cart.total)", "cart[total]()", "sum(cart)"])
    expect([subject, comesOfTold(`${told}\nexpect(${subject}).toEqual(other);`)]).toEqual([subject, false]);
  expect(comesOfTold(`expect(format(cart.total())).toBe("3");\n${told}`)).toBe(false);
});

test("what a clock or another input answers before each test is no answer of the code", () => {
  const hook = 'beforeEach(() => { vi.spyOn(cart, "now").mockReturnValue(0); });';
  expect(comesOfTold('expect(format(cart.now())).toBe("1970");', hook)).toBe(false);
});

test("what is told before the tests holds where it is said", () => {
  const told = 'vi.spyOn(math, "sum").mockReturnValue(3);';
  for (const hook of ["beforeEach", "beforeAll", "before", "setup"])
    expect(isTold(claim, `${hook}(() => { ${told} });`)).toBe(true);
  for (const hook of ["afterEach", "it.each([1])", "other", "beforeEachRow", "hereBefore"])
    expect(isTold(claim, `${hook}(() => { ${told} });`)).toBe(false);
  expect(isTold(claim, `beforeEach("tells", () => { ${told} });`)).toBe(true);
  expect(isTold(claim, `describe("a", () => { beforeEach(() => { ${told} }); test("b", () => {}); });`)).toBe(false);
  const within = `describe("a", () => { beforeEach(() => { ${told} }); test("b", () => { ${claim} }); });`;
  expect(isTold("expect(sum(1, 2)).toBe(3);", within)).toBe(true);
});

test.each([
  ['vi.mock("./cart.ts", () => ({ sum: () => 3 }));', true],
  ['vi.mock("./cart.ts", () => ({ sum: vi.fn(() => 3) }));', true],
  ['vi.mock("./cart.ts", () => ({ sum: vi.fn().mockReturnValue(3) }));', true],
  ['vi.mock("./cart.ts", () => { return { sum: () => 3 }; });', true],
  ['vi.mock("./cart.ts", () => ({ sum() { return 3; } }) as Cart);', true],
  ['vi.mock("./cart.ts", async (original) => ({ ...(await original()), sum: () => 3 }));', true],
  ['vi.mock("./cart.ts", () => ({ sum: () => 3 }) satisfies Cart);', true],
  ['vi.mock("./cart.ts", () => { log("a"); return { sum: () => 3 }; });', true],
  ['vi.mock(require.resolve("./cart.ts"), () => ({ sum: () => 3 }));', true],
  ['vi.mock(new URL("./cart.ts", import.meta.url), () => ({ sum: () => 3 }));', true],
  ['mock.module(new URL("./cart.ts", import.meta.url).href, () => ({ sum: () => 3 }));', true],
  ['vi.mock(new URL("./other.ts", import.meta.url), () => ({ sum: () => 3 }));', false],
  ['vi.mock("./cart.ts", () => ({ sum: 3 }));', false],
  ['vi.mock("./cart.ts", () => ({ sum: vi.fn().mockName("sum") }));', false],
  ['vi.mock("./cart.ts", () => ({ sum: (...all) => importedReal(...all) }));', false],
  ['vi.doMock("./cart.ts", () => ({ sum: () => 3 }));', true],
  ['jest.mock("./cart.ts", () => ({ sum: () => 3 }));', true],
  ['vi.mock(import("./cart.ts"), () => ({ sum: () => 3 }));', true],
  ['t.mock.module("./cart.ts", () => ({ sum: () => 3 }));', true],
  ['jest.unstable_mockModule("./cart.ts", () => ({ sum: () => 3 }));', true],
  ['vi.mock("./cart.ts");', false],
  ['vi.mock("./cart.ts", () => ({ sum: vi.fn() }));', false],
  ['vi.mock("./cart.ts", () => ({ sum: vi.fn().mockName("a") }));', false],
  ['vi.mock("./cart.ts", () => ({ total: () => 3 }));', false],
  ['vi.mock("./cart.ts", () => ({ [sum]: () => 3 }));', false],
  ['vi.mock("./cart.ts", () => ({ other: { sum: () => 3 } }));', false],
  ['vi.mock("./cart.ts", (original) => ({ sum: () => original.sum() }));', false],
  ['vi.mock("./cart.ts", () => { const real = load(); return { sum: () => real.sum() }; });', false],
  ['vi.mock("./cart.ts", () => ({ sum: () => actualSum() }));', false],
  ['vi.mock("./other.ts", () => ({ sum: () => 3 }));', false],
  ['vi.mock("cart", () => ({ sum: () => 3 }));', false],
  ['vi.spy("./cart.ts", () => ({ sum: () => 3 }));', false],
  ['my.mock("./cart.ts", () => ({ sum: () => 3 }));', false],
])("%s has a function of a module answer what it is told: %s", (mock, is) => {
  expect(isTold("expect(sum(1, 2)).toBe(3);", mock)).toBe(is);
});

test("a module that is imported as a whole is replaced by its members", () => {
  const mock = 'vi.mock("./math.ts", () => ({ sum: () => 3, default: () => 4 }));';
  expect(isTold(claim, mock)).toBe(true);
  expect(isTold("expect(math.total(1, 2)).toBe(3);", mock)).toBe(false);
  expect(isTold("expect(whole(1, 2)).toBe(4);", `import whole from "./math.ts";\n${mock}`)).toBe(true);
  expect(
    isTold("expect(whole(1, 2)).toBe(4);", `import whole from "./math.ts";\n${mock.replace("default", "other")}`),
  ).toBe(false);
});

/** Does a test call nothing but mocks of its own? */
function isMockAlone(body: string): boolean {
  const code = `${imports}import { fn } from "storybook/test";\ntest("adds", async () => {\n${body}\n});\n`;
  const found = [...vacuousAssertion.inspect(parseSource(repoPath("shop.test.ts"), code))];
  return found.some(({ message }) => message.startsWith("this test calls its own mock"));
}

test.each([
  "const add = vi.fn().mockReturnValue(3);\nexpect(add(1, 2)).toBe(3);",
  "const add = jest.fn(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = mock.fn(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = t.mock.fn(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = fn(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = sinon.stub();\nadd(1);\nexpect(add).toHaveBeenCalledWith(1);",
  "const add = sinon.fake();\nadd(1);\nexpect(add).toHaveBeenCalledWith(1);",
  "const add = vi.fn();\nadd(1);\nexpect(add).toHaveBeenCalledWith(1);",
  "const add = vi.fn(async () => 3);\nconst answer = await add(1, 2);\nexpect(answer).toBe(3);",
  "const users = { save: vi.fn(() => 3) };\nconst answer = users.save(1);\nexpect(answer).toBe(3);",
  "const users = { save: vi.fn(() => 3) } as Users;\nsum(users);\nconst answer = await users.save(1);\nexpect(answer).toBe(3);",
  "const users = { save: vi.fn(() => 3) };\nexpect(users.save(1)).toBe(3);",
  "const users = { id: 1, save: vi.fn(() => 3) } as Users;\nsum(users);\nconst answer = await users.save(1);\nexpect(answer).toBe(3);",
  "const add = sinon.fake.returns(3);\nexpect(add(1, 2)).toBe(3);",
  "const users = { db: { save: vi.fn(() => 3) }, id: 1 };\nexpect(users.db.save(1)).toBe(3);",
])("%j asserts on its own mock", (body) => {
  expect(isMockAlone(body)).toBe(true);
});

test.each([
  "const add = vi.fn(() => 3);\nexpect(sum(add)).toBe(3);",
  "const add = vi.fn(() => 3);\nsum(add);\nexpect(add).toHaveBeenCalledWith(1);",
  "const add = vi.fn(() => 3);\ncart.add = add;\nexpect(add).toHaveBeenCalledWith(1);",
  "const add = vi.fn(() => 3);\nadd(1);\nexpect(add).toHaveBeenCalled();\nexpect(sum(1, 2)).toBe(3);",
  "const add = vi.fn(() => 3);\n[1].forEach((each) => add(each));\nexpect(add).toHaveBeenCalledWith(1);",
  "const users = { save: vi.fn(() => 3), ...cart };\nexpect(users.save(1)).toBe(3);",
  "const users = { save: () => sum(1, 2) };\nconst answer = users.save(1);\nexpect(answer).toBe(3);",
  "const users = { save: vi.fn(() => 3), load: sum };\nsum(users);\nconst answer = users.load(1);\nexpect(answer).toBe(3);",
  "const add = sinon.stub(cart);\nexpect(add.total()).toBe(3);",
  "const add = mock.other(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = cart.mock.of(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = expect(() => 3);\nexpect(add(1, 2)).toBe(3);",
  "const add = sinon.fakeServer();\nexpect(add.total()).toBe(3);",
  "const add = cart.fn(() => 3);\nexpect(add(1, 2)).toBe(3);",
])("%j asserts on more", (body) => {
  expect(isMockAlone(body)).toBe(false);
});
