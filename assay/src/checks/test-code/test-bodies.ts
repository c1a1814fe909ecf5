// The tests of a file: what each is called, where it stands and what it asserts.
import type { SourceFile } from "../../model/source-file.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { eachAssertion, plainText, type StatedAssertion } from "../assertions/stated-assertions.ts";
import { bodyOf, titleOf } from "./test-arguments.ts";
import { testCalls, type TestCall } from "./test-calls.ts";
import { namesRunner } from "./test-signs.ts";

/** Code that asserts: a test, or what stands in a file outside of its tests. */
export interface AssertingCode {
  readonly file: SourceFile;
  readonly node: Node;
  /** A test's, as written but for layout. */
  readonly title: string;
  /** The function that is run, of a test. */
  readonly body: Node | undefined;
  /** Without its layout. */
  readonly text: string;
  /** Those that stand in it, those in tests inside it left out. */
  readonly assertions: readonly PlacedAssertion[];
}

/** One test, not a suite. */
export interface TestBody extends AssertingCode {
  readonly call: TestCall;
  /** The titles of the suites around it and its own. */
  readonly fullTitle: string;
}

export interface PlacedAssertion extends StatedAssertion {
  /** Nodes between the test's function and the assertion, outermost first. */
  readonly inside: readonly Node[];
}

export interface TestsOfFile {
  readonly tests: readonly TestBody[];
  /** What asserts in no test: helpers and hooks. Undefined where nothing does. */
  readonly rest: AssertingCode | undefined;
}

const noTests: TestsOfFile = { tests: [], rest: undefined };
const suiteNames: ReadonlySet<string> = new Set(["context", "describe", "suite"]);
const known = new WeakMap<SourceFile, TestsOfFile>();

/** Read at most once for each version of a file. */
export function testsOf(file: SourceFile | undefined): TestsOfFile {
  if (file === undefined || (file.role !== "test" && !namesRunner.test(file.text))) return noTests;
  const found = known.get(file) ?? readTests(file);
  known.set(file, found);
  return found;
}

/** Does a call declare a group of tests, rather than one? */
export function isSuite(call: TestCall): boolean {
  return (
    suiteNames.has(call.name.replace(/^[fx](?=context|describe|suite)/, "")) ||
    call.modifiers.some(({ name }) => name === "describe")
  );
}

/** Identifiers, strings and numbers in it, as often as they occur; what every test says is left out. */
export function wordsOf(root: Node): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const node of descendants(root)) {
    const word = wordOf(node);
    if (word !== undefined && !common.has(word)) words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

const common: ReadonlySet<string> = new Set(["expect", "assert", "t", "test", "it", "true", "false", "undefined"]);

function wordOf(node: Node): string | undefined {
  if (node.type === "Identifier" || node.type === "JSXIdentifier") return node.name;
  if (node.type === "TemplateElement") return node.value.raw.trim() || undefined;
  if (node.type === "JSXText") return node.value.trim() || undefined;
  return node.type === "Literal" ? String(node.value) : undefined;
}

function readTests(file: SourceFile): TestsOfFile {
  const calls = testCalls(file);
  const byNode = new Map<Node, TestCall>(calls.map((call) => [call.node, call]));
  const suitesOf = enclosingSuites(calls);
  const collected = new Map<TestCall, PlacedAssertion[]>();
  const others: PlacedAssertion[] = [];
  eachAssertion(file, (assertion, ancestors) => {
    const index = ancestors.findLastIndex((node) => {
      const call = byNode.get(node);
      return call !== undefined && !isSuite(call);
    });
    const call = index < 0 ? undefined : byNode.get(ancestors[index] ?? assertion.node);
    if (call === undefined) others.push({ ...assertion, inside: [...ancestors] });
    else {
      const list = collected.get(call) ?? [];
      list.push({ ...assertion, inside: ancestors.slice(index + 1) });
      collected.set(call, list);
    }
  });
  const tests = calls
    .filter((call) => !isSuite(call) && !(holdsTests(call, calls) && collected.get(call) === undefined))
    .map((call): TestBody => {
      const title = plainTitle(file, call);
      const body = bodyOf(call);
      return {
        file,
        node: call.node,
        call,
        title,
        fullTitle: [...(suitesOf.get(call) ?? []).map((suite) => plainTitle(file, suite)), title].join(" › "),
        body,
        text: body ? plainText(file.text.slice(body.start, body.end)) : "",
        assertions: collected.get(call) ?? [],
      };
    });
  if (others.length === 0) return { tests, rest: undefined };
  return {
    tests,
    rest: { file, node: file.program, title: "", body: undefined, text: file.text, assertions: others },
  };
}

/** A test that only has tests inside is as good as a suite. */
function holdsTests({ node }: TestCall, calls: readonly TestCall[]): boolean {
  return calls.some((each) => node.start < each.node.start && each.node.end <= node.end && !isSuite(each));
}

function plainTitle(file: SourceFile, call: TestCall): string {
  return titleOf(file, call).replaceAll(/^["'`]|["'`]$/g, "");
}

/** Calls come in source order, so those that are still open when another begins are around it. */
function enclosingSuites(calls: readonly TestCall[]): ReadonlyMap<TestCall, readonly TestCall[]> {
  const found = new Map<TestCall, readonly TestCall[]>();
  let open: readonly TestCall[] = [];
  for (const call of calls) {
    open = open.filter(({ node }) => call.node.start < node.end);
    found.set(call, open);
    open = [...open, call];
  }
  return found;
}
