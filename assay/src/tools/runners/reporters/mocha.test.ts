import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { writtenReport } from "../../testing/written-report.ts";
import mochaReporter from "./mocha.ts";

const written = writtenReport();

type Event = readonly [
  name: string,
  file?: string | undefined,
  error?: { readonly message?: string; readonly stack?: string },
];

/** The lines that come of what mocha tells, whose tests are named after their events. */
function reported(...events: readonly Event[]): readonly unknown[] {
  const runner = new EventEmitter();
  mochaReporter(runner);
  for (const [name, file, error] of events) runner.emit(name, { file, fullTitle: () => `suite ${name}` }, error);
  const lines = written().trim().split("\n");
  return lines.map((line): unknown => JSON.parse(line));
}

const end = { kind: "end", complete: true, errors: [] };
const none = { kind: "file", passed: 0, failed: 0, skipped: 0, todo: 0, failures: [] };

test("each file has a line with its counts, once a test of another one or the end comes", () => {
  expect(
    reported(
      ["pass", "/x/a.js"],
      ["pending", "/x/a.js"],
      ["pass", "/x/a.js"],
      ["pending", "/x/b.js"],
      ["fail", "/x/c.js", { message: "no", stack: "Error: no\n at c.js:1" }],
      ["pass", "/x/d.js"],
      ["pending", "/x/d.js"],
      ["end"],
    ),
  ).toEqual([
    { ...none, file: "/x/a.js", passed: 2, skipped: 1 },
    { ...none, file: "/x/b.js", skipped: 1 },
    {
      ...none,
      file: "/x/c.js",
      failed: 1,
      failures: [{ name: "suite fail", message: "no", stack: "Error: no\n at c.js:1", file: "/x/c.js", line: null }],
    },
    { ...none, file: "/x/d.js", passed: 1, skipped: 1 },
    end,
  ]);
});

test("what names no file is of the file before", () => {
  expect(reported(["pass", "/x/a.js"], ["pass"], ["pending"], ["fail", undefined, {}], ["end"])).toEqual([
    {
      ...none,
      file: "/x/a.js",
      passed: 2,
      failed: 1,
      skipped: 1,
      failures: [{ name: "suite fail", message: "", stack: "", file: null, line: null }],
    },
    end,
  ]);
});

test("long texts are cut", () => {
  const [file] = reported(["fail", "/x/a.js", { message: "m".repeat(3000), stack: "s".repeat(5000) }], ["end"]);
  expect(file).toMatchObject({ failures: [{ message: "m".repeat(2000), stack: "s".repeat(4000) }] });
});

test("a run without tests has its end alone", () => {
  expect(reported(["end"])).toEqual([end]);
});
