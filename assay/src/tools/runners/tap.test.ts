import { expect, test } from "vitest";
import { tapToReport } from "./tap.ts";
import { readReport, type ReportedFailure } from "./test-report.ts";

const failures = (text: string): readonly ReportedFailure[] => readReport(tapToReport(text)).failures;

/** Name and message of the failure that has these details. */
function told(name: string, ...details: readonly string[]): string {
  const block = ["  ---", ...details.map((line) => `    ${line}`), "  ..."].join("\n");
  const [failure] = failures(`not ok 1 - ${name}\n${block}\nok 2 - other\n`);
  return `${failure?.name ?? "-"}|${failure?.message ?? "-"}`;
}

test("points are counted by what they say, whatever stands around them", () => {
  const text = [
    "TAP version 13",
    "# ok 9 a comment",
    "ok 1 - a",
    "ok 2 b",
    "ok 3",
    "not ok 4 - c",
    "ok 5 - d # SKIP why",
    "ok 6 - e # skip",
    "not ok 7 - f # TODO later",
    "ok 8 - g # skipped",
    "    ok 1 - nested",
    "    not ok 2 - nested",
    "ok a",
    "1..8",
  ];
  const [file, ...others] = tapToReport(text.join("\n"))
    .split("\n")
    .filter((line) => line.includes('"file"'));
  expect([JSON.parse(file ?? "{}"), others]).toMatchObject([{ passed: 4, failed: 1, skipped: 2, todo: 1 }, []]);
});

test("the plan is the end of a report, and that of nothing says so", () => {
  expect(readReport(tapToReport("ok 1 - a\n"))).toMatchObject({ errors: null, complete: false, executed: 1 });
  expect(readReport(tapToReport("ok 1 - a\n1..1\n"))).toMatchObject({ errors: [], complete: true, planned: null });
  expect(readReport(tapToReport("1..0 \n"))).toMatchObject({ errors: [], planned: 0, executed: 0, finishedFiles: 0 });
  expect(readReport(tapToReport("1..01\nx 1..0\n"))).toMatchObject({ planned: null });
  expect(readReport(tapToReport("ok 1 - counts 1..3\n"))).toMatchObject({ complete: false, executed: 1 });
  expect(tapToReport("TAP version 13\n")).toBe("");
});

test("a test that is still to be written is one that was told of", () => {
  expect(JSON.parse(tapToReport("not ok 1 - a # TODO\n"))).toMatchObject({ kind: "file", passed: 0, todo: 1 });
});

test("a failure is told with what its details say, each on one line", () => {
  expect(told("adds", "assertion: t.is()", "message: 'not the same'", "details: more")).toBe(
    "adds|t.is(): not the same: more",
  );
  expect(told("adds", "message: |-", "  not", "   the same", "other: x")).toBe("adds|not the same");
  expect(told("adds", "message: >-", "  not")).toBe("adds|not");
  expect(
    told("adds", "values:", "  'Difference:': |-", "    - 1", "details:", "  'Value:': |-", "    - 2", "    + 3"),
  ).toBe("adds|- 2 + 3");
  expect(told("adds", "message: 'a | b'")).toBe("adds|a | b");
  expect(told("adds", "details: |-", "  of 'a': |-", "  'b': |- c")).toBe("adds|of 'a': |- 'b': |- c");
  expect(told("adds", "messages: none", "xmessage: none")).toBe("-|adds");
});

test("a failure that says nothing but its name is one of a file", () => {
  expect(told("Cannot find x")).toBe("-|Cannot find x");
  expect(told("TypeError: no x", "message: no x in y", "assertion: a")).toBe("-|TypeError: no x");
  expect(told("no x", "message: y", "assertion: no x")).toBe("no x|no x: y");
  expect(
    failures("not ok 1 - a\nnot ok 2 - b\n  ---\n    message: c\n").map(({ name, message }) => [name, message]),
  ).toEqual([
    [null, "a"],
    ["b", "c"],
  ]);
});

test("the details of a failure are its stack, and end with their block", () => {
  expect(failures("not ok 1 - a\n  ---\n  ...\nnot ok 2 - b\n  ---\n    message: c\n  ...\n")[0]).toMatchObject({
    name: null,
    stack: "",
  });
  expect(failures("not ok 1 - a\n  ---\n    at: x\n    message: b")[0]?.stack).toBe("    at: x\n    message: b");
  const [failure] = failures("not ok 1 - a\n  ---\n    message: b\n    at: /repo/a.js:1:2\n  ...\n    message: c\n");
  expect(failure).toMatchObject({ stack: "    message: b\n    at: /repo/a.js:1:2", file: null, line: null });
});
