import { expect, test } from "vitest";
import { readReport, tellingLine, toFinding, type ReportedFailure } from "./test-report.ts";

test("the line that says most is the first error, as programs write it", () => {
  const mocha = `
✖ ERROR: Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/r/index.js' imported from /r/test/a.js
    at finalizeResolution (node:internal/modules/esm/resolve:283:11) {
  code: 'ERR_MODULE_NOT_FOUND',
  url: 'file:///r/index.js'
}
`;
  expect(tellingLine(mocha)).toBe(
    "✖ ERROR: Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/r/index.js' imported from /r/test/a.js",
  );
  const esbuild = `✘ [ERROR] Could not resolve "module"\n\n    a.js:2:3:\n\n1 error\nError: Command failed: esbuild a.js\n`;
  expect(tellingLine(esbuild)).toBe('✘ [ERROR] Could not resolve "module"');
  const tsc = "> tsc -p .\n\nsrc/a.ts(1,7): error TS2322: Type 'string' is no number.\nFound 1 error.\n";
  expect(tellingLine(tsc)).toBe("src/a.ts(1,7): error TS2322: Type 'string' is no number.");
  expect(tellingLine("starting\nRangeError: out of range\n    at x (y.js:1:1)\n")).toBe("RangeError: out of range");
  expect(tellingLine("3 errors: none of them said\n  at x\nNode.js v24.1.0\n")).toBe("3 errors: none of them said");
});

const failure = (given: Partial<ReportedFailure>): ReportedFailure => ({
  name: "adds",
  message: "no",
  stack: "",
  file: null,
  line: null,
  ...given,
});

/** Where and how a failure is told. */
function told(given: Partial<ReportedFailure>): string {
  const { path, line, message } = toFinding("/repo", failure(given));
  return `${path ?? "-"}:${String(line ?? "-")} ${message}`;
}

test("a failure is told at its line in the file that it is laid to, as the stack has it", () => {
  const file = "/repo/src/a.test.ts";
  expect(told({ file, line: 3 })).toBe("src/a.test.ts:3 adds: no");
  expect(told({ file, line: 3, stack: `at x (/repo/b.ts:1:2)\nat ${file}:12:34` })).toBe("src/a.test.ts:12 adds: no");
  expect(told({ file, stack: "at file:///repo/src/a.test.ts:7:1" })).toBe("src/a.test.ts:7 adds: no");
  expect(told({ file: "/repo/a b.ts", stack: "at file:///repo/a%20b.ts:7:1" })).toBe("a b.ts:7 adds: no");
  expect(told({ file, line: 3, stack: `at ${file}:x` })).toBe("src/a.test.ts:3 adds: no");
  expect(told({ file, stack: "    at f (src/a.test.ts:8:1)" })).toBe("src/a.test.ts:8 adds: no");
  expect(told({ file, stack: "at src/a.test.ts:8:1" })).toBe("src/a.test.ts:8 adds: no");
  expect(told({ file, stack: "at f (src/a.test.ts:8:1) or so" })).toBe("src/a.test.ts:- adds: no");
  expect(told({ file, stack: "    at f (a.test.ts:18:1)\nx" })).toBe("src/a.test.ts:18 adds: no");
  for (const other of [
    "at f (b.test.ts:8:1)",
    "at f (c/a.test.ts:8:1)",
    "at f (/a.test.ts:8:1)",
    "at f (.test.ts:8:1)",
  ])
    expect([other, told({ file, stack: other })]).toEqual([other, "src/a.test.ts:- adds: no"]);
});

test("a failure without a file is laid to the first of the repository's own in its stack", () => {
  const stack = [
    "at a (node:internal/x:1:1)",
    "at b (/repo/node_modules/x/a.js:2:1)",
    "at c (/elsewhere/a.js:3:1)",
    "at d (/repository/a.js:4:1)",
    "at e (file:///repo/src/b.ts:56:7)",
    "at f (/repo/src/c.ts:6:1)",
  ];
  expect(told({ stack: stack.join("\n") })).toBe("src/b.ts:56 adds: no");
  expect(told({ stack: stack.slice(0, 4).join("\n") })).toBe("-:- adds: no");
  expect(told({ stack: "/repo/src/c.ts:6" })).toBe("src/c.ts:6 adds: no");
  expect(told({ file: "/elsewhere/a.ts", line: 3 })).toBe("-:- adds: no");
  expect(told({ file: "/repository/a.ts", line: 3 })).toBe("-:- adds: no");
});

test("what a failure says is told on one line, without colours, frames and folders of this machine", () => {
  const escape = String.fromCodePoint(27);
  expect(
    told({ name: " a \n b", message: `Error: ${escape}[31mno\n  such${escape}[39m  /repo/x.ts\n    at f (x)\n more` }),
  ).toBe("-:- a b: no such x.ts");
  expect(told({ name: null, message: "TypeError: no\n\nRequire stack:\n- /repo/a.js\n- b" })).toBe("-:- TypeError: no");
  expect(told({ name: null, message: "x".repeat(301) })).toBe(`-:- ${"x".repeat(299)}…`);
  expect(told({ name: null, message: "x".repeat(300) })).toBe(`-:- ${"x".repeat(300)}`);
});

test("where the runner says nothing of its own the output does", () => {
  const stack = "starting\nTypeError: in /repo/a.ts\n    at x\n";
  for (const message of ["", "test failed", " \n"])
    expect([message, told({ message, stack })]).toEqual([message, "-:- adds: TypeError: in a.ts"]);
  expect(told({ message: "the test failed", stack })).toBe("-:- adds: the test failed");
  expect(told({ message: "", stack: "---\n" })).toBe("-:- adds: failed without a message");
});

test("of a program's output the first error is told, else its last line that has words", () => {
  expect(tellingLine("a\nb\n---\n  at f (x)\nNode.js v20.1.0\n")).toBe("b");
  expect(tellingLine("")).toBe("");
  expect(tellingLine("Node.js vx")).toBe("Node.js vx");
  expect(tellingLine("found\nneeds Node.js v22\n")).toBe("needs Node.js v22");
  const errors = [
    "Error: a",
    "foo.BarError: a",
    "Uncaught TypeError: a",
    "MyException [X]: a",
    "[ERROR] a",
    "a.ts(1,2): error TS12: b",
    "error TS1: a",
  ];
  for (const line of errors) expect(tellingLine(`before\n${line}\nafter`)).toBe(line);
  for (const line of [
    "see Errors: a",
    "an error TS1: a",
    "no [ERROR] a",
    "two words Error: a",
    "error TSx: a",
    "Errors: a",
  ])
    expect(tellingLine(`before\n${line}\nafter`)).toBe("after");
  expect(tellingLine("y".repeat(400))).toHaveLength(300);
});

test("a report is added up, whatever the order of its lines", () => {
  const file = (name: string, passed: number, failed = 0): object => ({
    kind: "file",
    file: name,
    passed,
    failed,
    skipped: 1,
    todo: 1,
    failures: failed > 0 ? [failure({ name })] : [],
  });
  const end = { kind: "end", complete: true, errors: [failure({ name: null })] };
  const text = [end, file("/a", 2), file("/b", 0), file("/c", 1, 2), file("/a", 1), { kind: "planned", files: 4 }];
  expect(readReport(text.map((line) => `${JSON.stringify(line)}\n`).join("\n"))).toEqual({
    planned: 4,
    finishedFiles: 3,
    executed: 6,
    executedFiles: ["/a", "/c", "/a"],
    failures: [failure({ name: "/c" })],
    errors: [failure({ name: null })],
    complete: true,
    damaged: false,
  });
  expect(readReport("")).toMatchObject({ planned: null, executed: 0, errors: null, complete: false, damaged: false });
  for (const line of ["x", '{"kind":"other"}', "{"]) expect(readReport(`${line}\n`).damaged).toBe(true);
});
