import { visitorKeys as parserKeys } from "oxc-parser";
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "./parse.ts";
import { visitorKeys } from "./visitor-keys.ts";
import { calls, childrenOf, constructions, descendants, walk, type Expression } from "./walk.ts";

function program(text: string) {
  return parseSource(repoPath("a.tsx"), text).program;
}

test("the table of fields is the parser's", () => {
  const { Hashbang, ...keys } = visitorKeys;
  expect([Hashbang, keys]).toEqual([[], parserKeys]);
});

test("a walk enters and leaves every node in source order and knows its parents", () => {
  const steps: string[] = [];
  walk(program("a(b);"), {
    enter: (node, parent, ancestors) => void steps.push(`+${node.type} in ${parent?.type} at ${ancestors.length}`),
    leave: (node) => void steps.push(`-${node.type}`),
  });
  expect(steps).toEqual([
    "+Program in undefined at 0",
    "+ExpressionStatement in Program at 1",
    "+CallExpression in ExpressionStatement at 2",
    "+Identifier in CallExpression at 3",
    "-Identifier",
    "+Identifier in CallExpression at 3",
    "-Identifier",
    "-CallExpression",
    "-ExpressionStatement",
    "-Program",
  ]);
});

function namesSeen(text: string, step: "skip" | "stop"): readonly string[] {
  const names: string[] = [];
  walk(program(text), {
    enter(node) {
      if (node.type === "ArrowFunctionExpression") return step;
      if (node.type === "Identifier") names.push(node.name);
      return undefined;
    },
  });
  return names;
}

test("a node is left for the one around it, and the first for none", () => {
  const around: (readonly (string | null)[])[] = [];
  walk(program("a(b);"), { leave: (node, parent) => void around.push([node.type, parent && parent.type]) });
  expect(around.slice(1)).toEqual([
    ["Identifier", "CallExpression"],
    ["CallExpression", "ExpressionStatement"],
    ["ExpressionStatement", "Program"],
    ["Program", null],
  ]);
});

test("a walk leaves out what is skipped and goes on, and ends where it is stopped", () => {
  expect(namesSeen("a; () => b; c;", "skip")).toEqual(["a", "c"]);
  expect(namesSeen("a; () => b; c;", "stop")).toEqual(["a"]);
});

test("calls are found wherever they are, outer ones first, constructions apart", () => {
  const text = "f(g(1)); class A { @h() x = i?.(); } const t = <b c={j()}>{`${k()}`}</b>; new L(m());";
  const found = [...calls(program(text))].map((call) => text.slice(call.callee.start, call.callee.end));
  expect(found).toEqual(["f", "g", "h", "i", "j", "k", "m"]);
  expect([...constructions(program(text))]).toHaveLength(1);
});

test("holes in a list are no children", () => {
  const [statement] = program("const [, a] = [, 1];").body;
  const lists = [...descendants(program("const [, a] = [, 1];"))].filter((node) => node.type.startsWith("Array"));
  expect(lists.map((node) => childrenOf(node).length)).toEqual([1, 1]);
  expect(statement && childrenOf(statement)).toHaveLength(1);
});

test("a tree as deep as long chains make it is walked", () => {
  let count = 0;
  walk(program(`a = ${Array.from({ length: 1500 }, () => "b").join(" + ")};`), { enter: () => void count++ });
  expect(count).toBeGreaterThan(2999);
});

test("a walk goes as deep as the code does", () => {
  const deep = 20_000;
  const [statement] = program("b ? c : d;").body;
  if (statement?.type !== "ExpressionStatement" || statement.expression.type !== "ConditionalExpression")
    throw new Error("it is a condition");
  const condition = statement.expression;
  // Parsers go as deep as their own stack.
  const within = (alternate: Expression): Expression => ({ ...condition, alternate });
  let nested: Expression = condition;
  for (let depth = 1; depth < deep; depth += 1) nested = within(nested);
  let [entered, left, deepest] = [0, 0, 0];
  walk(nested, {
    enter(node, _parent, ancestors) {
      entered += node.type === "ConditionalExpression" ? 1 : 0;
      deepest = Math.max(deepest, ancestors.length);
    },
    leave: (node) => void (left += node.type === "ConditionalExpression" ? 1 : 0),
  });
  expect([entered, left, deepest]).toEqual([deep, deep, deep]);
});
