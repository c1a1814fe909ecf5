import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { parseSource } from "../../source/parse.ts";
import { descendants } from "../../source/walk.ts";
import { bindingsOf, type Binding, type Identifier } from "./bindings.ts";

const parse = (code: string): SourceFile => parseSource(repoPath("a.ts"), code);

function identifiers(file: SourceFile, name = "it"): readonly Identifier[] {
  return [...descendants(file.program)]
    .filter((node) => node.type === "Identifier")
    .filter((node) => node.name === name);
}

/** Every declaration of `it` that some identifier means, in source order. */
function declarations(file: SourceFile): readonly Binding[] {
  const bindings = bindingsOf(file);
  const found = identifiers(file).flatMap((identifier) => bindings.bindingOf(identifier) ?? []);
  return [...new Set(found)].toSorted((a, b) => a.node.start - b.node.start);
}

/** By declaration of `it`, its kind and line, and the lines on which it is used: `variable 1: 2 3`. */
function uses(code: string): readonly string[] {
  const file = parse(code);
  return declarations(file).map((binding) => {
    const lines = bindingsOf(file)
      .usesOf(binding)
      .map((use) => file.lineOf(use.start));
    return [`${binding.kind} ${file.lineOf(binding.node.start)}:`, ...lines].join(" ");
  });
}

test.each<[string, readonly string[]]>([
  ["const it = 1;\nuse(it);\n() => it;", ["variable 1: 2 3"]],
  ["const it = 1;\n{\nconst it = 2;\nuse(it);\n}\nuse(it);", ["variable 1: 6", "variable 3: 4"]],
  ["const it = 1;\nif (a) {\nvar it = 2;\n}\nuse(it);", ["variable 3: 5"]],
  ["function a() {\nif (b) {\nvar it = 2;\n}\nuse(it);\n}\nuse(it);", ["variable 3: 5"]],
  ["function a() {\nif (b) {\nlet it = 2;\n}\nuse(it);\n}", ["variable 3:"]],
  ["const it = 1;\nfor (const it of list)\nuse(it);\nuse(it);", ["variable 1: 4", "variable 2: 3"]],
  ["for (const it in list)\nuse(it);\nuse(it);", ["variable 1: 2"]],
  ["for (let it = 0; it < 1;\nit++)\nuse(it);\nuse(it);", ["variable 1: 1 2 3"]],
  ["const it = 1;\nclass A {\nstatic {\nconst it = 2;\nuse(it);\n}\n}", ["variable 1:", "variable 4: 5"]],
  ["const it = 1;\nfunction a(it) {\nuse(it);\n}\nuse(it);", ["variable 1: 5", "parameter 2: 3"]],
  ["const a = (it) =>\nuse(it);\nuse(it);", ["parameter 1: 2"]],
  ["function a(it = 1) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["function a(...it) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["function a({ it }) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["function a({ b: { c: [, it] } }) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["function a({ b, ...it }) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["function a([b, ...it]) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["const { it = 1 } = a;\nuse(it);", ["variable 1: 2"]],
  ["const { it: b } = a;\nuse(it);", []],
  ["class A {\nconstructor(private it = 1) {\nuse(it);\n}\n}", ["parameter 2: 3"]],
  ["try {} catch (it) {\nuse(it);\n}\nuse(it);", ["parameter 1: 2"]],
  ["try {} catch ({ it }) {\nuse(it);\n}", ["parameter 1: 2"]],
  ["use(it);\nfunction it() {\nit();\n}", ["function 2: 1 3"]],
  ["const a = function it() {\nit();\n};\nit();", ["function 1: 2"]],
  ["class it {}\nnew it();", ["class 1: 2"]],
  ["{\nclass it {}\nnew it();\n}\nnew it();", ["class 2: 3"]],
  ["import { it } from 'a';\nit();", ["import 1: 2"]],
  ["import it from 'a';\nit();", ["import 1: 2"]],
  ["import * as it from 'a';\nit.a();", ["import 1: 2"]],
  ["import { it as b } from 'a';\nit();", []],
])("each use means the declaration that is nearest around it: %j", (code, expected) => {
  expect(uses(code)).toEqual(expected);
});

test.each([
  "it();",
  "it.a;",
  "a[it];",
  "({ a: it });",
  "({ it });",
  "({ [it]: 1 });",
  "a = it;",
  "const a = it;",
  "const a = () => it;",
  "class A extends it {}",
  "(class extends it {});",
  "class A { a = it; }",
  "`${it}`;",
  "it as string;",
  "it satisfies string;",
  "it!;",
  "<string>it;",
  "export { it };",
  "export default it;",
])("%s is a use", (code) => {
  expect(uses(`const it = 1;\n${code}`)).toEqual(["variable 1: 2"]);
});

test.each([
  "a.it;",
  "({ it: 1 });",
  "const a = { it() {} };",
  "class A { it() {} }",
  "class A { it = 1; }",
  "it: for (;;) break it;",
  "it: for (;;) continue it;",
  "type A = it;",
  "interface it {}",
  "type A = { it: string };",
  "import { it as b } from 'a';",
  "export { b as it };",
  "let a: (it: string) => void;",
])("%s is none", (code) => {
  expect(uses(`const it = 1;\n${code}`)).not.toContain("variable 1: 2");
});

/** What is known of the only declaration of `it`. */
function declared(code: string): Binding {
  const [binding] = declarations(parse(`${code}\nit;`));
  if (binding === undefined) throw new Error(`it is not declared: ${code}`);
  return binding;
}

test.each<[string, string | undefined, string | undefined]>([
  ["import { it } from 'a';", "a", "it"],
  ["import { b as it } from 'a';", "a", "b"],
  ["import { 'b-c' as it } from 'a';", "a", "b-c"],
  ["import it from 'a';", "a", "default"],
  ["import * as it from 'a';", "a", "*"],
  ["const it = require('a');", undefined, undefined],
])("%s says where a name comes from", (code, module, imported) => {
  expect([declared(code).module, declared(code).imported]).toEqual([module, imported]);
});

test.each<[string, string | undefined, string | undefined]>([
  ["const it = 1;", "Literal", undefined],
  ["let it;", undefined, undefined],
  ["const { it } = a;", undefined, "it"],
  ["const { b: it } = a;", undefined, "b"],
  ["const { b: it = 1 } = a;", undefined, "b"],
  ["const { 'b-c': it } = a;", undefined, undefined],
  ["const { b: { c: it } } = a;", undefined, "c"],
  ["const { b: [it] } = a;", undefined, undefined],
  ["const { ...it } = a;", undefined, undefined],
  ["const [it] = a;", undefined, undefined],
])("%s says what a name is given", (code, init, property) => {
  expect([declared(code).init?.type, declared(code).property]).toEqual([init, property]);
});

test.each([
  ["it = 2;", true],
  ["it += 2;", true],
  ["it++;", true],
  ["for (it of list);", true],
  ["for (it in list);", true],
  ["() => { it = 2; };", true],
  ["[it] = list;", true],
  ["[, ...it] = list;", true],
  ["({ it } = a);", true],
  ["({ b: it } = a);", true],
  ["({ b: it = 1 } = a);", true],
  ["for ([it] of list);", true],
  ["a = it;", false],
  ["for (const a of it);", false],
  ["it.a = 2;", false],
  ["({ it: a } = b);", false],
  ["[a = it] = list;", false],
  ["[a[it]] = list;", false],
  ["({ [it]: a } = b);", false],
  ["a = { it };", false],
  ["a = [it];", false],
  ["-it;", false],
  ["{ let it = 1; it = 2; }", false],
])("whether `%s` gives it another value: %s", (code, is) => {
  const file = parse(`let it = 1;\n${code}`);
  const [binding] = declarations(file);
  expect(binding && bindingsOf(file).isWritten(binding)).toBe(is);
});

test.each([
  ["function it() {}", "FunctionDeclaration"],
  ["const it = () => 1;", "ArrowFunctionExpression"],
  ["const it = function () {};", "FunctionExpression"],
  ["const it = (() => 1) as Run;", "ArrowFunctionExpression"],
  ["const it = 1;", undefined],
  ["class it {}", undefined],
  ["import { it } from 'a';", undefined],
  ["", undefined],
])("%s is the function that is meant: %s", (code, type) => {
  const file = parse(`${code}\nit;`);
  const last = identifiers(file).at(-1);
  expect(last && bindingsOf(file).functionOf(last)?.type).toBe(type);
});

test("a function that is written where it is given is meant itself", () => {
  const file = parse("run(() => 1, it.a);");
  const call = [...descendants(file.program)].find((node) => node.type === "CallExpression");
  expect(call?.arguments.map((each) => bindingsOf(file).functionOf(each)?.type)).toEqual([
    "ArrowFunctionExpression",
    undefined,
  ]);
});

test("a chain is followed to its end, from its first name", () => {
  const file = parse("use(it.a.b(), a[it]);");
  const chains = identifiers(file).map((each) => {
    const [chain, parent] = bindingsOf(file).chainFrom(each);
    return [file.text.slice(chain.start, chain.end), parent?.type];
  });
  expect(chains).toEqual([
    ["it.a.b", "CallExpression"],
    ["it", "MemberExpression"],
  ]);
  expect(bindingsOf(file).parentOf(file.program)).toBeUndefined();
});

test("a file is read once, whoever asks", () => {
  const file = parse("it;");
  expect(bindingsOf(file)).toBe(bindingsOf(file));
});
