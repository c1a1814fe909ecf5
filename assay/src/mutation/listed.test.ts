import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { ListedMutant } from "../model/mutant.ts";
import { parseSource } from "../source/parse.ts";
import { placeListed } from "./listed.ts";
import { withMutant } from "./switch.ts";

const path = repoPath("src/a.ts");

/** A mutant that replaces the first place where `original` stands. */
function listed(text: string, original: string, replacement: string): ListedMutant {
  const start = text.indexOf(original);
  return {
    id: "1",
    path,
    mutator: "Any",
    start: placeAt(text, start),
    end: placeAt(text, start + original.length),
    replacement,
  };
}

function placeAt(text: string, offset: number): ListedMutant["start"] {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

const cases: Readonly<Record<string, readonly [text: string, original: string, replacement: string, mutated: string]>> =
  {
    "an expression": ["const a = 1;\nif (a > 1) f();\n", "a > 1", "a >= 1", "const a = 1;\nif ((a >= 1)) f();\n"],
    "a link of a chain, with the whole chain": ["f(a?.b.c);", "a?.b", "a.b", "f((a.b.c));"],
    "a call that is a statement": ["f(1);\n", "f(1)", "g(1)", ";(g(1));\n"],
    "a call that is taken out": ["f(1);\n", "f(1)", "", ";(undefined);\n"],
    "a call by an empty statement": ["f(1);\n", "f(1)", ";", ";(undefined);\n"],
    "the body of a function": ["function f() { return 1; }", "{ return 1; }", "{}", "function f() {}"],
    "a block, with another": ["if (a) { f(); }", "{ f(); }", "{ g(); }", "if (a) { g(); }"],
    "what a case does": ["switch (a) { case 1: f(); g(); }", "case 1: f(); g();", "case 1:", "switch (a) { case 1:  }"],
    "what is in the braces of a case": [
      "switch (a) { default: { f(); } }",
      "default: { f(); }",
      "default:",
      "switch (a) { default: {} }",
    ],
    "what a case does that is printed in another way": [
      "switch (a) { case(1): var b = f(); }",
      "case(1): var b = f();",
      "// About it.\n/* And\nmore. */ case 1 :",
      "switch (a) { case(1):  }",
    ],
    "what a case does, braces and more": [
      "switch (a) { case 1: { f(); } break; }",
      "case 1: { f(); } break;",
      "case 1:",
      "switch (a) { case 1:  }",
    ],
    "what a case does, with what it declares for itself": [
      "switch (a) { case 1: { let b = f(); } }",
      "case 1: { let b = f(); }",
      "case 1:",
      "switch (a) { case 1: {} }",
    ],
    "a block, with one that stands between spaces": ["if (a) { f(); }", "{ f(); }", " {g();}\n", "if (a) {g();}"],
  };

for (const [title, [text, original, replacement, mutated]] of Object.entries(cases)) {
  test(`a mutant replaces ${title}`, () => {
    const { mutants, unplaced } = placeListed(parseSource(path, text), [listed(text, original, replacement)]);
    expect(unplaced).toEqual([]);
    expect(mutants.map((mutant) => withMutant(text, mutant))).toEqual([mutated]);
    expect(mutants).toMatchObject([{ id: "1", mutator: "Any", line: placeAt(text, text.indexOf(original)).line }]);
  });
}

const elsewhere: Readonly<Record<string, readonly [text: string, original: string]>> = {
  "a part of a name": ["const abc = 1;", "ab"],
  "a key": ["f({ key: 1 });", "key"],
  "a type": ["let a: string;", "string"],
  "the name of a module": ["import a from 'b';", "'b'"],
  "no line of the file": ["f();", "nowhere"],
};

for (const [title, [text, original]] of Object.entries(elsewhere)) {
  test(`a mutant of ${title} has no place`, () => {
    const mutant = listed(text, original, "x");
    const start = text.includes(original) ? mutant.start : { line: 9, column: 1 };
    expect(placeListed(parseSource(path, text), [{ ...mutant, start }])).toEqual({
      mutants: [],
      unplaced: [{ ...mutant, start }],
    });
  });
}

const otherCases: Readonly<Record<string, readonly [original: string, replacement: string]>> = {
  "a case that does nothing": ["case 1:", "case 1:"],
  "a case that becomes another one": ["case 1: f();", "case 2:"],
  "a default that becomes a case": ["default: f();", "case 1:"],
  "a case that would do something else": ["case 1: f();", "case 1: g();"],
  "a case that declares what others see": ["case 1: f(); let b = 1;", "case 1:"],
  "a case with a function that others see": ["case 1: f(); function g() {}", "case 1:"],
};

for (const [title, [original, replacement]] of Object.entries(otherCases)) {
  test(`a mutant of ${title} has no place`, () => {
    const text = `switch (a) { ${original} }`;
    const mutant = listed(text, original, replacement);
    expect(placeListed(parseSource(path, text), [mutant])).toEqual({ mutants: [], unplaced: [mutant] });
  });
}

test("mutants stand in the order of their places", () => {
  const text = "f(a, b);";
  const { mutants } = placeListed(parseSource(path, text), [listed(text, "b", "c"), listed(text, "a", "c")]);
  expect(mutants.map(({ original }) => original)).toEqual(["a", "b"]);
});

test("of mutants that begin at the same place the longer one stands first", () => {
  const text = "f(a + b);";
  const { mutants } = placeListed(parseSource(path, text), [listed(text, "a", "c"), listed(text, "a + b", "c")]);
  expect(mutants.map(({ original }) => original)).toEqual(["a + b", "a"]);
});
