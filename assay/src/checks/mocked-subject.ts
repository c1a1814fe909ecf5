import type { Sighting, SyntaxCheck } from "../model/check.ts";
import { dirOf, nameOf, pathInside, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction } from "../source/functions.ts";
import { calls, type CallExpression, type Node } from "../source/walk.ts";
import { assertionsOf, isRelative } from "./assertions/assertions.ts";
import { memberName } from "./assertions/call-chain.ts";
import { claimOf } from "./assertions/claims.ts";
import { moduleMocks, replacedImports } from "./assertions/module-mocks.ts";
import { isTold, mayReplace, toldFor } from "./assertions/told-answers.ts";
import { referencesOf } from "./imports/references.ts";
import { constantString } from "./syntax/constants.ts";
import { testsOf, type Test } from "./test-code/test-functions.ts";

const answerMessage =
  "this test asserts what it told a mock to answer, and the code never runs; call the real function";

/**
 * Flags tests that put a mock in the place of what they test: `vi.mock("./sum")` in `sum.test.ts`, and a function that the
 * test tells what to answer, calls itself, and asserts on.
 *
 * Such a test is green without a line of the code being run.
 *
 * A mock that takes most of the real module (`importActual`, `requireActual`) is not flagged for that; what it puts in the
 * place of a function is an answer that the test told.
 *
 * Not seen: a subject that goes by another name than its test, where the test imports more than one module of the repository.
 */
export const mockedSubject: SyntaxCheck = {
  id: "mocked-subject",
  kind: "syntax",
  summary: "A test mocks what it is to test",
  in: ["loop", "gate"],
  appliesTo: ({ role }) => role !== "declaration",

  *inspect(file) {
    if (!mayReplace(file)) return;
    const tests = testsOf(file);
    if (tests.length === 0) return;
    const modules = [...mockedModules(file)];
    yield* modules;
    // What is said of a module is not said again of its functions.
    const replaced = modules.length > 0 ? new Set<string>() : replacedImports(file);
    for (const test of tests) yield* mockedAnswers(file, test, replaced);
  },
};

function* mockedModules(file: SourceFile): Generator<Sighting> {
  const mocks = moduleMocks(file);
  if (mocks.length === 0) return;
  const real = realModules(file);
  const subject = subjectOf(file, new Set(mocks.map(({ specifier }) => stem(specifier))));
  for (const { call, specifier } of mocks) {
    if (subject === undefined || stem(specifier) !== subject || isPartial(call) || isReal(specifier, real)) continue;
    const message = `this test mocks "${specifier}", which it is to test; mock what that module uses instead`;
    yield { at: call, message, fingerprint: `mocks its subject\n${specifier}` };
  }
}

const realOnes = new Set(["importActual", "requireActual", "unmock", "doUnmock", "createMockFromModule"]);

/** Modules that the file asks for as they are, or gives back; an empty name where that is worked out. */
function realModules(file: SourceFile): ReadonlySet<string> {
  const real = [...calls(file.program)].filter(
    ({ callee }) => callee.type === "MemberExpression" && realOnes.has(memberName(callee) ?? ""),
  );
  return new Set(real.map(({ arguments: [first] }) => stem((first && constantString(first)) ?? "")));
}

function isReal(specifier: string, real: ReadonlySet<string>): boolean {
  return real.has("") || real.has(stem(specifier));
}

function nameOfIdentifier(node: Node): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

/**
 * The module that a test is about, without its ending: the one that it bears the name of, or the only one of the
 * repository that it names. Of several of that name it is the one that is not mocked.
 */
function subjectOf(file: SourceFile, mocked: ReadonlySet<string>): string | undefined {
  const own = referencesOf(file).filter(({ kind }) => kind !== "type");
  const named = [
    ...new Set(own.filter(({ specifier }) => isRelative(specifier)).map(({ specifier }) => stem(specifier))),
  ];
  const title = testedName(file.path);
  const bearing = named.filter((path) => nameIn(file.path, path) === title);
  if (bearing.some((path) => !mocked.has(path))) return undefined;
  if (bearing.length === 1) return bearing[0];
  const others = own.some(({ specifier }) => !isRelative(specifier) && !isForTests(specifier));
  return bearing.length === 0 && named.length === 1 && !others ? named[0] : undefined;
}

/** What the test bears the name of; that of its folder where it is of an index. */
function testedName(path: RepoPath): string {
  const name = nameOf(path)
    .replace(/\.[cm]?[jt]sx?$/, "")
    .replace(/[._-](?:test|spec|unit|int|e2e)\b/g, "")
    .toLowerCase();
  return name === "index" ? nameOf(dirOf(path)).toLowerCase() : name;
}

/** The name of a module, of which an index is called by its folder. */
function nameIn(from: RepoPath, specifier: string): string {
  const parts = specifier.split("/").filter((part) => part !== "." && part !== "..");
  return (parts.at(-1) ?? nameOf(joinUp(from, specifier))).toLowerCase();
}

function joinUp(from: RepoPath, specifier: string): RepoPath {
  return pathInside(dirOf(from), specifier) ?? from;
}

function stem(specifier: string): string {
  return specifier
    .replace(/\?.*$/, "")
    .replace(/\.[cm]?[jt]sx?$/, "")
    .replace(/(?<=.)\/index$/, "");
}

function isForTests(specifier: string): boolean {
  return /^(?:node:|bun:|vitest|@jest\/|jest|chai|sinon|mocha|ava|tap|uvu|react|@testing-library\/|supertest)/.test(
    specifier,
  );
}

/** `vi.mock("./sum", { spy: true })` runs the real code, and a factory that is given the original may. */
function isPartial(call: CallExpression): boolean {
  const factory = call.arguments[1];
  if (factory?.type === "ObjectExpression")
    return factory.properties.some((each) => each.type === "Property" && nameOfIdentifier(each.key) === "spy");
  return isFunction(factory) && factory.params.length > 0;
}

/** What is told what to answer, called or read by the test itself, and asserted on. */
function* mockedAnswers(file: SourceFile, test: Test, replaced: ReadonlySet<string>): Generator<Sighting> {
  if (!test.run) return;
  const told = toldFor(file, test.run, replaced);
  if (told.length === 0) return;
  const isOfMock = assertionsOf(file)
    .in(test.run)
    .map((assertion) => claimOf(assertion)?.subject)
    .some((subject) => subject && isTold(file, subject, told));
  if (isOfMock) yield { at: test.call.node, message: answerMessage, fingerprint: `mocked answer\n${test.title}` };
}
