import type { ChangeCheck, ChangeContext, Sighting } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction, type FunctionNode } from "../source/functions.ts";
import type { Resolver } from "../source/resolve.ts";
import { isTypeTest } from "../source/role.ts";
import { descendants, type Node } from "../source/walk.ts";
import { assertingImports, type AssertingImports } from "./assertions/asserting-imports.ts";
import type { Assertion } from "./assertions/assertions.ts";
import { bindingsOf, type Binding } from "./syntax/bindings.ts";
import { chainOf, isInnerLink } from "./assertions/call-chain.ts";
import { handWritten } from "./change/hand-written.ts";
import { newFindings } from "./change/new-findings.ts";
import { commentsIn, isSmokeTest } from "./assertions/smoke-tests.ts";
import type { TestCall } from "./test-code/test-calls.ts";
import { testsOf, type Test } from "./test-code/test-functions.ts";

/**
 * Flags tests that run without asserting anything.
 *
 * Such a test stays green whatever the code does, and counts as coverage.
 *
 * Helpers are followed, in the file and into modules of the repository: a function that asserts, or throws, is an
 * assertion. Of a function from elsewhere the name decides (`expectX`, `assertX`, `verifyX`, `checkX`).
 *
 * Not seen: tests that say in their title that they only run (`does not throw`), assertions that are never reached, and
 * tests whose callback is worked out.
 */
export const assertionFreeTest: ChangeCheck = {
  id: "assertion-free-test",
  kind: "change",
  summary: "A test asserts nothing",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = (await handWritten(context)).filter(({ change: { path } }) => !isTypeTest(path));
    // The resolver is loaded for changes of tests only.
    if (!pairs.some(({ head }) => head && mayTest(head.text) && testsOf(head).length > 0)) return [];
    const base = new Set(pairs.map((pair) => pair.base));
    const sides = await sidesOf(context);
    return newFindings(pairs, (file) => assertionFree(file, base.has(file) ? sides.base : sides.head));
  },
};

function mayTest(text: string): boolean {
  return /\b(?:it|test|specify)\b/.test(text);
}

/** Helpers are read as they are on the side of the test that uses them. */
async function sidesOf(context: ChangeContext): Promise<{ base: AssertingImports; head: AssertingImports }> {
  const { createResolver } = await import("../source/resolve.ts");
  let resolver: Resolver | undefined;
  const lazily = (): Resolver => (resolver ??= createResolver(context.workspace));
  const changed = new Map(context.pairs.map((pair) => [pair.change.path, pair]));
  const atBase = (path: RepoPath): SourceFile | undefined => {
    const pair = changed.get(path);
    return pair ? pair.base : context.parse(path);
  };
  return {
    base: assertingImports(lazily, atBase),
    head: assertingImports(lazily, (path) => context.parse(path)),
  };
}

function* assertionFree(file: SourceFile, imports: AssertingImports): Generator<Sighting> {
  if (!mayTest(file.text) || file.role === "declaration") return;
  const tests = testsOf(file);
  if (tests.length === 0 || assertsInHooks(file, imports)) return;
  for (const test of tests) {
    const fault = faultOf(file, test, imports);
    if (fault !== undefined)
      yield { at: test.call.node, message: fault, fingerprint: `asserts nothing\n${test.title}` };
  }
}

function faultOf(file: SourceFile, test: Test, imports: AssertingImports): string | undefined {
  if (test.runsNothing) return "this test has a title and nothing else; write it, or delete it";
  const { run } = test;
  if (!run?.body) return undefined;
  if (run.body.type === "BlockStatement" && run.body.body.length === 0)
    return "this test is empty and always passes; assert what its title says, or delete it";
  if (
    imports
      .of(file)
      .in(run)
      .some((assertion) => !expectsNone(assertion)) ||
    isTypeChecked(file, run)
  )
    return undefined;
  if (callsUnknown(file, test.call, run)) return undefined;
  if (isSmokeTest(file, test)) return undefined;
  return "this test asserts nothing and passes whatever the code answers; assert what its title says";
}

/** `expect.assertions(0)`. */
function expectsNone({ chain }: Assertion): boolean {
  const count = chain?.links.find(({ name }) => name === "assertions" || name === "plan")?.args?.[0];
  return count?.type === "Literal" && count.value === 0;
}

/** `@ts-expect-error` asserts, when types are checked. */
function isTypeChecked(file: SourceFile, run: FunctionNode): boolean {
  return commentsIn(file, run).some((text) => /@ts-expect-error|\$Expect/.test(text));
}

/** Does it call what a row of a table, a fixture or a suite hands to it? That may assert. */
function callsUnknown(file: SourceFile, call: TestCall, run: FunctionNode): boolean {
  const bindings = bindingsOf(file);
  const hasRows = call.modifiers.some(({ name }) => name === "each" || name === "for");
  for (const node of descendants(run)) {
    if (node.type !== "CallExpression" || isInnerLink(node, bindings.parentOf(node))) continue;
    const root = chainOf(node)?.root;
    const binding = root?.type === "Identifier" ? bindings.bindingOf(root) : undefined;
    if (binding && isRow(file, binding) && !isInside(binding.node, run)) return true;
    if (binding?.kind !== "parameter") continue;
    const isFixture = binding.property !== undefined && node.callee.type === "Identifier";
    if (binding.node === run ? hasRows || isFixture : !isInside(binding.node, run)) return true;
  }
  return false;
}

/** `for (const { run } of cases)`. */
function isRow(file: SourceFile, { kind, node }: Binding): boolean {
  const bindings = bindingsOf(file);
  const declaration = kind === "variable" ? bindings.parentOf(node) : undefined;
  const loop = declaration && bindings.parentOf(declaration);
  return loop?.type === "ForOfStatement" && loop.left === declaration;
}

function isInside(node: Node, outer: Node): boolean {
  return outer.start <= node.start && node.end <= outer.end;
}

/** An assertion after each test is one of each test. */
function assertsInHooks(file: SourceFile, imports: AssertingImports): boolean {
  if (!/\b(?:after|before)(?:Each|All)?\b|\bteardown\b/.test(file.text)) return false;
  const assertions = imports.of(file);
  for (const node of descendants(file.program)) {
    if (node.type !== "CallExpression") continue;
    const name = node.callee.type === "MemberExpression" ? node.callee.property : node.callee;
    if (name.type !== "Identifier" || !/^(?:after|before|teardown)(?:Each|All)?$/.test(name.name)) continue;
    if (node.arguments.some((arg) => isFunction(arg) && assertions.functionAsserts(arg))) return true;
  }
  return false;
}
