// By which names code is left alone, and which only look like them.
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findCandidates, type Candidates } from "./candidates.ts";

function candidates(code: string): Candidates {
  return findCandidates(parseSource(repoPath("src/a.ts"), code), [{ start: 1, end: 1 }]);
}

const leftAlone: Readonly<Record<string, readonly string[]>> = {
  logging: [
    "LOG(a + b)",
    "(console?.log)(a + b)",
    "const x = appLogger.f(a + b)",
    "const x = appLogger(a + b)",
    "logX(a + b)",
    "deprecate(a + b)",
  ],
  telemetry: ["metric.count(a + b)", "void metrics.count(a + b)"],
  assertion: ["assertValid(a + b)", "orderInvariant(a + b)"],
  "exhaustiveness-guard": [
    "exhaustive(a + b)",
    "exhaustiveCheck(a + b)",
    "function f() { return assertNever(a) }",
    "function f() { return assertNever(a + b) }",
  ],
  "error-text": [
    "() => { throw failure(a + b) }",
    "throw `a ${b + c}`",
    "throw 1",
    "const x = XError(a + b)",
    "const x = Error(a + b)",
    "const x = createParseError(a + b)",
  ],
  signal: [
    "if (a !== b) process.kill(a)",
    "class A { static { process.kill(a + b) } }",
    "class A { f(a = b + c) { process.kill(a) } }",
  ],
};

for (const [reason, codes] of Object.entries(leftAlone)) {
  test.each(codes)(`for ${reason} %s is left alone`, (code) => {
    const { mutants, arid } = candidates(code);
    // That something is thrown is asked nevertheless.
    const others = mutants.filter(({ mutator }) => mutator !== "throw-removal");
    expect([others, [...arid.keys()]]).toEqual([[], [reason]]);
  });
}

const lively: readonly string[] = [
  // Not for logs.
  "dialog(a + b)",
  "login(a + b)",
  "catalogEntries(a + b)",
  "undeprecate(a + b)",
  "x = webconsole.get(a + b)",
  "x = consoles.get(a + b)",
  "x = loggerCount(a + b)",
  "x = emitWarnings(a + b)",
  "reemitWarning(a + b)",
  // Nothing is measured.
  "retracer.f(a + b)",
  "spans.push(a + b)",
  // Nothing is asserted.
  "reassert(a + b)",
  "invariants(a + b)",
  "inexhaustive(a + b)",
  "absurdity(a + b)",
  // Nothing is kept in order.
  "a.unfreeze(b + c)",
  "a.refresh(b + c)",
  "if (a > b) {}",
  // No text of an error.
  "x = new ErrorList(a + b)",
  "x = isError(a + b)",
  "x = ErrorList(a + b)",
  "throw a ?? b",
  "error.code = a + b",
  "state.message = a + b",
  "node.message = a + b",
  "event.message = a + b",
  // No wiring.
  "process.title = a + b",
  "child.exitCode = a + b",
  "process.finalization(a + b)",
  "if (require.extensions === a) f()",
  "if (a.main === b) f()",
  "if (a.main) f()",
  "if (import.meta.hot) f()",
];

test.each(lively)("%s is not left alone", (code) => {
  const { mutants, arid } = candidates(code);
  expect(mutants).not.toEqual([]);
  expect(arid).toEqual(new Map());
});

test("beside a statement of a module that ends a process the others are mutated", () => {
  const { mutants, arid } = candidates("process.kill(a + b); const c = a - b");
  expect([mutants.map(({ replacement }) => replacement), arid]).toEqual([["a + b"], new Map([["signal", 2]])]);
});

test("what is left alone for two reasons counts for the inner one, and what follows it for the outer one", () => {
  expect(candidates("console.log(createError(a + b), c + d)").arid).toEqual(
    new Map([
      ["error-text", 1],
      ["logging", 2],
    ]),
  );
});
