import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { testsOf } from "../test-code/test-bodies.ts";
import { unreachedBecause } from "./reach.ts";

/** Why the runner does not come to the test `a` of a file. */
function why(code: string, isLoaded = false): string | undefined {
  const file = parseSource(repoPath("a.test.ts"), code);
  const found = testsOf(file).tests.find(({ call }) => {
    const [title] = call.args;
    return title !== undefined && file.text.slice(title.start, title.end) === '"a"';
  });
  if (found === undefined) throw new Error(`there is no test in ${code}`);
  return unreachedBecause(found, isLoaded);
}

const one = 'test("a", () => { expect(f()).toBe(1); })';
const inside = (around: string): string => around.replace("%", one);

const never = "stands under a condition that is never met";
const environment = "depends on the environment now";

test.each([
  "if (false) { % }",
  "if (0) %",
  "if (null) %",
  "if ('') %",
  "if (``) %",
  "if (void 0) %",
  "if (undefined) %",
  "if (!true) %",
  "if (!!false) %",
  "if (true) {} else { % }",
  "if (false && on()) %",
  "if (on() && false) %",
  "if (!(on() || 1)) %",
  "if (!(1 || on())) %",
  "if (0 || null) %",
  "const off = false; if (off) %",
  "const off = false; const no = off; if (no) { % }",
  "const off = undefined; if (off) %",
  "const on = true; if (!on) %",
  "false && %",
  "true || %",
  "false ? % : 0;",
  "true ? 0 : %",
  "describe('s', () => { if (false) { % } });",
])("%s is never met", (around) => {
  expect(why(inside(around))).toBe(never);
});

test.each([
  "%",
  "if (true) %",
  "if (on()) %",
  "if (on() && true) %",
  "if (on() || false) %",
  "if (false || on()) %",
  "if (false) {} else { % }",
  "let off = false; if (off) %",
  "const { off } = { off: false }; if (off) %",
  "const off = !off; if (off) %",
  "const a = b && 1; const b = a && 1; if (a) %",
  "if (off) %\nconst off = false;",
  "true && %",
  "false || %",
  "off ?? %",
  "if (process.platform === 'win32') %",
  "if (process.env.NODE_VERSION > '20') %",
  "while (on()) { % }",
  "for (const x of [1]) { % }",
  "for (const x of list) { % }",
  "describe('s', () => { % });",
  "describe('s', function () { % });",
  "describe.each([1])('s', () => { % });",
  "function add() { % } add();",
  "const add = () => { % }; add();",
  "const { add } = make(() => { % });",
  "list.forEach(() => { % });",
  "(() => { % })();",
  "if (x) return; else on(); %",
  "on(); process.on('exit', end); %",
  "function after() {} % ; process.exit(0);",
])("%s is reached", (around) => {
  expect(why(inside(around))).toBeUndefined();
});

test.each([
  "if (process.env.FULL) %",
  "if (!process.env.FULL) {} else { % }",
  "if (import.meta.env.FULL) { % }",
  "const full = process.env.FULL === '1'; if (full) %",
  "if (on() && process.env.FULL) %",
  "process.env.FULL && %",
  "process.env.FULL ? % : 0;",
  "if (!process.env.FULL) process.exit(0); %",
  "if (!process.env.FULL) { console.log('no'); process.exit(0); } %",
  "if (process.platform === 'win32' || !process.env.FULL) process.exit(); %",
  "if (!process.env.FULL || process.platform === 'win32') process.exit(); %",
  "describe.runIf(process.env.FULL)('s', () => { % });",
  "describe.skipIf(!process.env.FULL)('s', () => { % });",
  "(process.env.FULL ? describe : describe.skip)('s', () => { % });",
  "const suite = process.env.FULL ? describe : describe.skip; suite('s', () => { % });",
  "describe('s', { skip: !process.env.FULL }, () => { % });",
  "beforeEach(function () { if (!process.env.URL) this.skip(); }); %",
  "beforeAll((context) => { if (!process.env.URL) { log(); context.skip(); } }); %",
  "describe('s', () => { before(function () { if (!process.env.URL) this.skip(); }); % });",
])("%s depends on the environment", (around) => {
  expect(why(inside(around))).toBe(environment);
});

test.each([
  'test.runIf(process.env.FULL)("a", () => { expect(f()).toBe(1); });',
  'test.skipIf(!process.env.FULL)("a", () => { expect(f()).toBe(1); });',
  'test.if(process.env.FULL)("a", () => { expect(f()).toBe(1); });',
  'test("a", { skip: !process.env.FULL }, () => { expect(f()).toBe(1); });',
  'test("a", { ignore: !process.env.FULL }, () => { expect(f()).toBe(1); });',
  'test("a", { todo: !process.env.FULL }, () => { expect(f()).toBe(1); });',
])("%s depends on the environment", (code) => {
  expect(why(code)).toBe(environment);
});

test.each([
  'test.runIf(full)("a", () => { expect(f()).toBe(1); });',
  'test.each([process.env.FULL])("a", () => { expect(f()).toBe(1); });',
  'test("a", { timeout: process.env.CI ? 9 : 1 }, () => { expect(f()).toBe(1); });',
  'test("a", { skipped: process.env.CI }, () => { expect(f()).toBe(1); });',
  'test("a", { "x": 1, ...more }, () => { expect(f()).toBe(1); });',
  `if (!process.env.FULL) console.log("slow"); ${one}`,
  `if (!full) process.exit(0); ${one}`,
  `if (process.platform === "win32") process.exit(0); ${one}`,
  `process.env.FULL ? on() : off(); ${one}`,
  `afterEach(function () { if (!process.env.URL) this.skip(); }); ${one}`,
  `mybefore(function () { this.skip(); }); ${one}`,
  `beforeEachOne(function () { this.skip(); }); ${one}`,
  `beforeEach(function () { if (!url) this.skip(); }); ${one}`,
  `beforeEach(function () { if (!process.env.URL) this.slow(); }); ${one}`,
  `beforeEach(() => start()); ${one}`,
  `beforeEach(start); ${one}`,
  `beforeEach(function () { list.skip(1, 2); }); ${one}`,
  `describe("s", () => { beforeEach(function () { this.skip(); }); }); ${one}`,
])("%s does not depend on it", (code) => {
  expect(why(code)).toBeUndefined();
});

test.each<[string, string]>([
  ['test.each([])("a", () => { expect(f()).toBe(1); });', "has no case"],
  [inside("while (false) { % }"), "stands in a loop that is never run"],
  [inside("for (const x of []) { % }"), "stands in a loop over nothing"],
  [inside("process.exit(0); %"), "stands behind the end of the file's run"],
  [inside("process.abort(); on(); %"), "stands behind the end of the file's run"],
  [inside("throw new Error('no'); %"), "stands behind the end of the file's run"],
  [inside("describe('s', () => { return; % });"), "stands behind a `return`"],
  [inside("beforeEach(function () { this.skip(); }); %"), "is skipped by a hook"],
  [inside("setup((t) => { log(); t.skip('later'); }); %"), "is skipped by a hook"],
  [inside("function add() { % }"), "stands in a function that nothing calls"],
  [inside("const add = () => { % };"), "stands in a function that nothing calls"],
  [inside("() => { % };"), "stands in a function that nothing calls"],
  [inside("(function () { % });"), "stands in a function that nothing calls"],
  [inside("void function () { % };"), "stands in a function that nothing calls"],
  [inside("describe('s', () => () => { % });"), "stands in a function that nothing calls"],
  [inside("export function add() { % }"), "stands in a function that nothing calls"],
  [inside("export default function () { % }"), "stands in a function that nothing calls"],
  [`function test(title, run) {}\n${one}`, "is handed to a function of the file that runs nothing"],
  [`const test = (title, run) => title;\n${one}`, "is handed to a function of the file that runs nothing"],
])("%s %s", (code, reason) => {
  expect(why(code)).toBe(reason);
});

test("a function that another file may call is called", () => {
  for (const around of ["function add() { % }", "const add = () => { % };", "export function add() { % }"])
    expect(why(inside(around), true)).toBeUndefined();
  expect(why(inside("() => { % };"), true)).toBe("stands in a function that nothing calls");
});

test.each([
  `const test = base.extend({});\n${one}`,
  `function test(title, run) { it(title, run); }\n${one}`,
  `function other(title, run) {}\n${one}`,
  `const test = other;\n${one}`,
])("%s is declared by somebody", (code) => {
  expect(why(code)).toBeUndefined();
});
