import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findCandidates } from "./candidates.ts";
import type { Mutator } from "./mutator.ts";

function candidates(text: string, lines = [{ start: 1, end: 1000 }]) {
  return findCandidates(parseSource(repoPath("src/a.ts"), text), lines);
}

/** Code in which nothing is mutated, with the reason that is counted; null where it is no candidate to begin with. */
const barren: readonly (readonly [title: string, code: string, reason: string | null])[] = [
  ["console", "console.log(a + b)", "logging"],
  ["a logger of one's own", "this.logger.warn(a ? 'x' : 'y')", "logging"],
  ["a logger that is imported", "log.debug(`${a + b}`)", "logging"],
  ["a logger that is made", "const log = logger.child({ a: b === 'c' })", "logging"],
  ["a logger by another name", "const debug = createDebug(a ? 'x' : 'y')", "logging"],
  ["a private logger", "class A { #log; f() { this.#log.info(a ? 1 : 2); } }", "logging"],
  ["a function that logs", "logFailure(a + b)", "logging"],
  ["a function that warns once", "() => warnOnce(a + b)", "logging"],
  ["a warning of the process", "process.emitWarning(a ? 'x' : 'y')", "logging"],
  ["tracing", "span.setAttribute('a', b + c)", "telemetry"],
  ["a span that is closed", "this.activeSpan?.end()", "telemetry"],
  ["metrics", "await metrics.count('a', b + 1)", "telemetry"],
  ["the text of an error", "throw new RangeError(a > b ? 'high' : 'low')", "error-text"],
  ["the text of an error that is made first", "const e = new ParseError(a + b)", "error-text"],
  ["the text of an error that is thrown from a call", "throw createFailure(a ? 404 : 500, 'x')", "error-text"],
  ["the text of an error that is made without new", "const e = RangeError(a + b)", "error-text"],
  ["the text of an error that is set later", "error.message = `a ${b + c}`", "error-text"],
  ["the text of a class of errors", "class E extends HttpError { constructor() { super(a + b) } }", "error-text"],
  ["an assertion", "assert.ok(a > b)", "assertion"],
  ["an invariant", "invariant(a > b, 'order')", "assertion"],
  ["process.exit", "process.exit(a ? 1 : 2)", "wiring"],
  ["the exit code", "process.exitCode = 1", "wiring"],
  ["the main guard by argument", "if (process.argv[1] === fileURLToPath(import.meta.url)) start(1)", "wiring"],
  ["tests in the source", "if (import.meta.vitest) { f(1 + 1) }", "wiring"],
  ["a branch for development", "if (process.env.NODE_ENV !== 'production') check(a + b)", "environment"],
  ["a flag for development", "if (__DEV__) check(a + b)", "environment"],
  ["a name for developers", "Button.displayName = a ? 'Button' : 'b'", "label"],
  ["the description of a symbol", "const a = Symbol(b ? 'c' : 'd')", "label"],
  ["the main guard", "if (import.meta.main) start(1)", "wiring"],
  ["the main guard of CommonJS", "if (require.main === module) start(1)", "wiring"],
  ["an exhaustiveness guard", "function f(a: never) { const x: never = g(a, 1) }", "exhaustiveness-guard"],
  ["an exhaustiveness call", "assertNever(a, true)", "exhaustiveness-guard"],
  ["an exhaustiveness call that is returned", "() => assertNever(a)", "exhaustiveness-guard"],
  ["a timer that is cleared", "clearTimeout(a ?? b)", "housekeeping"],
  ["a branch that clears a timer", "if (a !== undefined) { clearTimeout(a) }", "housekeeping"],
  ["an object that is frozen", "Object.freeze(a)", "housekeeping"],
  ["a function that ends processes", "function f(a, b) { for (const c of a) if (c !== b) process.kill(c) }", "signal"],
  ["a method that signals a group", "class A { f(a) { if (a > 1) { process.kill(-a, 'SIGTERM') } } }", "signal"],
  ["a short function that ends a process", "const f = (a) => a > 1 && process.kill(a, b)", "signal"],
  ["a satisfied never", "const b = f(a + 1 satisfies never)", "exhaustiveness-guard"],
  ["a dynamic import", "const a = import(b ? 'x' : 'y')", "import"],
  ["types", "type A = B extends 1 ? true : 'x'; interface C { a: 1 }; declare const d: 1; let e: typeof f[0]", null],
  ["imports and exports", "import a from 'a' with { type: 'json' }; export { b } from 'b'; export * from 'c'", null],
  ["directives", "'use strict'; function f() { 'use client' }", null],
  ["names of properties", "const a = { 'b': c, 1: d }; class E { 'f' = g; 2 = h }", null],
  ["enums", "enum A { B = 1, C = B + 1 } declare enum D { E = 1 }", null],
  ["what is only declared", "declare namespace A { const b = 1 }", null],
  ["overloads and abstract members", "declare function f(a?: 1): true; abstract class A { abstract b: 1 }", null],
];

for (const [title, code, reason] of barren) {
  test(`nothing is mutated in ${title}`, () => {
    const { mutants, arid } = candidates(code);
    // That something is thrown is asked nevertheless.
    const others = mutants.filter(({ mutator }) => mutator !== "throw-removal");
    expect([others, [...arid.keys()]]).toEqual([[], reason === null ? [] : [reason]]);
  });
}

test("no test is asked for that executes a line on which nothing is worth an edit, or something is thrown", () => {
  const code =
    "if (a) {\n  console.log(b + 1);\n  throw new Error(\n    c ? 'd' : 'e',\n  );\n}\nf(g + 1, console.log(1 + 2));\nh();\n";
  expect([...candidates(code).aridLines].toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5]);
});

test("a test is asked for that executes a line on which anything is left to edit", () => {
  expect(candidates("f(a + 1, console.log(b + c));\n").aridLines).toEqual(new Set());
});

test("mutants are on any of the lines that are asked about", () => {
  const { mutants } = candidates("a = b + c;\na = b + c;\na = b + c;\n", [
    { start: 1, end: 1 },
    { start: 3, end: 3 },
  ]);
  expect(new Set(mutants.map(({ line }) => line))).toEqual(new Set([1, 3]));
});

test("a logarithm is no logger", () => {
  expect(candidates("const y = log(x + 1)").mutants).not.toEqual([]);
});

test("what only asks whether a process is there is mutated, and so is what has a function that ends one", () => {
  const mutatorsIn = (code: string): readonly string[] => candidates(code).mutants.map(({ mutator }) => mutator);
  expect(mutatorsIn("function f(a) { return a > 1 && process.kill(a, 0) }")).toContain("comparison-negation");
  expect(mutatorsIn("function f(a) { if (a > 1) g(() => process.kill(a)) }")).toContain("comparison-negation");
});

test("the condition of a throw is mutated, its text is not", () => {
  const { mutants, arid } = candidates("if (a > b) throw new Error('a' + (b + 1))");
  const kinds = mutants.map(({ mutator }) => mutator);
  expect(kinds).toEqual(["comparison-negation", "throw-removal"]);
  expect(arid).toEqual(new Map([["error-text", 2]]));
});

test("a mutant belongs to the line on which it changes something", () => {
  const text = "const a =\n  b\n  + c;\nconst d = e - f;\n";
  expect(candidates(text, [{ start: 3, end: 3 }]).mutants).toEqual([
    {
      id: "src/a.ts:arithmetic:1",
      path: "src/a.ts",
      line: 3,
      start: 12,
      end: 19,
      form: "value",
      mutator: "arithmetic",
      original: "b\n  + c",
      replacement: "b\n  - c",
    },
  ]);
  expect(candidates(text, [{ start: 1, end: 2 }]).mutants).toEqual([]);
});

test("an empty comment before an operator is none", () => {
  const { mutants } = candidates("x = a //\n / b;");
  expect(mutants.map(({ replacement }) => replacement)).toContain("a //\n * b");
});

test("ids count the mutants of a kind in a file", () => {
  const ids = candidates("const a = b + c + d;").mutants.map(({ id }) => id);
  expect(ids).toEqual(["src/a.ts:arithmetic:1", "src/a.ts:arithmetic:2"]);
});

/** Replaces every node of a type, whole or in part. */
function replacing(type: string, text: string, part: "all" | "first letter" = "all"): Mutator {
  return {
    id: "arithmetic",
    family: "arithmetic",
    byDefault: true,
    survivor: "",
    kill: "",
    *mutate(node) {
      if (node.type !== type) return;
      yield { replace: { start: node.start, end: part === "all" ? node.end : node.start + 1 }, with: text };
    },
  };
}

function replacements(code: string, ...mutators: readonly Mutator[]): string[] {
  const { mutants } = findCandidates(parseSource(repoPath("src/a.ts"), code), [{ start: 1, end: 1 }], mutators);
  return mutants.map(({ original, form, replacement }) => `${form}: ${original} → ${replacement}`);
}

test("of two edits that make the same text the first is kept, and none that changes nothing", () => {
  const whole = replacing("Identifier", "ab");
  expect(replacements("f(bb)", whole, replacing("Identifier", "a", "first letter"))).toEqual([
    "leading-value: f → ab",
    "leading-value: f → a",
    "value: bb → ab",
  ]);
  expect(replacements("x = ab", whole)).toEqual(["leading-value: x → ab"]);
});

test("two edits make the same text wherever what they replace begins and ends", () => {
  const name = replacing("Identifier", "b");
  expect(replacements("x = ab", replacing("AssignmentExpression", "x = b"), name)).toEqual([
    "leading-value: x = ab → x = b",
    "leading-value: x → b",
  ]);
  expect(replacements("ab = x", replacing("AssignmentExpression", "b = x"), name)).toEqual([
    "leading-value: ab = x → b = x",
    "value: x → b",
  ]);
});

test("mutants are in the order of their places, and outer ones before inner ones", () => {
  const partsFirst: Mutator = {
    ...replacing("BinaryExpression", ""),
    *mutate(node) {
      if (node.type !== "BinaryExpression") return;
      for (const part of [node.right, node.left, node]) yield { replace: part, with: "0", expression: part };
    },
  };
  expect(replacements("x = a + b", partsFirst)).toEqual(["value: a + b → 0", "value: a → 0", "value: b → 0"]);
});

/** Code, and what is replaced where a name `b` or its member is. */
const wholes: readonly (readonly [code: string, type: string, ...replaced: string[]])[] = [
  ["x = a.b", "MemberExpression", "a.b"],
  ["x = a.b()", "MemberExpression", "a.b()"],
  ["x = a.b!()", "MemberExpression", "a.b!()"],
  ["x = (a.b as F)()", "MemberExpression", "(a.b as F)()"],
  ["x = a.b().length", "CallExpression", "a.b()"],
  ["x = a?.b", "MemberExpression", "a?.b"],
  ["x = a?.b().length", "CallExpression", "a?.b().length"],
  ["x = a?.b!.c", "MemberExpression", "a?.b!.c"],
  ["x = (a?.b()).length", "CallExpression", "a?.b()"],
  ["x = (a?.b)()", "MemberExpression", "(a?.b)()"],
  ["delete a.b", "MemberExpression", "delete a.b"],
  ["delete a?.b", "MemberExpression", "delete a?.b"],
  ["a.b`c`", "MemberExpression", "a.b`c`"],
  ["x = a?.[b()]", "CallExpression", "b()"],
  ["x = a?.[b + c]", "BinaryExpression", "b + c"],
  ["x = (a?.b.c)()", "MemberExpression", "(a?.b.c)()"],
  ["x = (a?.b().c)()", "CallExpression", "(a?.b().c)()", "(a?.b().c)()"],
  ["x = [...a.b()]", "CallExpression", "a.b()"],
];

for (const [code, type, ...replaced] of wholes) {
  test(`what is switched in ${code} keeps its meaning`, () => {
    const file = parseSource(repoPath("src/a.ts"), code);
    const { mutants } = findCandidates(file, [{ start: 1, end: 1 }], [replacing(type, "c", "first letter")]);
    const assigned = mutants.filter(({ start }) => start > 0 || !code.startsWith("x"));
    expect(assigned.map(({ original }) => original)).toEqual(replaced);
  });
}

test("what begins a statement is told from other values, and statements are replaced as a whole", () => {
  const calls = replacing("CallExpression", "0");
  expect(replacements("f(); if (a) g(); x = h(); () => i()", calls)).toEqual([
    "leading-value: f() → 0",
    "value: g() → 0",
    "value: h() → 0",
    "value: i() → 0",
  ]);
  expect(replacements("f() || g()", calls)).toEqual(["leading-value: f() → 0", "value: g() → 0"]);
  expect(replacements("throw a", replacing("ThrowStatement", ";"))).toEqual(["statement: throw a → ;"]);
});
