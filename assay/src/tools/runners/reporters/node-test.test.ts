import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { run } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestEvent } from "../node-test-events.ts";
import { readReport, type FileLine, type TestReport } from "../test-report.ts";
import nodeTestReporter from "./node-test.ts";

/** The report of what Node's runner tells of these files, whose paths are written from their folder. */
async function reported(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-reporter-")));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    return (await textOf(run({ files: Object.keys(files).map((name) => join(dir, name)) }))).replaceAll(`${dir}/`, "");
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function textOf(events: AsyncIterable<TestEvent>): Promise<string> {
  let text = "";
  for await (const line of nodeTestReporter(events)) text += line;
  return text;
}

async function* told(...events: readonly TestEvent[]): AsyncGenerator<TestEvent> {
  yield* events;
}

const countsOf = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Partial<FileLine>)
    .map(({ kind, file, passed, failed, skipped, todo }) =>
      [kind, file, passed, failed, skipped, todo].join(" ").trim(),
    );

const failuresOf = ({ failures }: TestReport): readonly string[] =>
  failures.map(({ name, message, file, line }) => [name, message, file, line].join(" | "));

test("each file has its counts, in which suites and tests around others are none", async () => {
  const all = await reported({
    "a.test.mjs": `import { describe, it, test } from "node:test";
describe("suite", () => { it("one", () => {}); it.skip("two", () => {}); it.todo("three"); });
test("around", async (t) => { await t.test("inside", () => {}); });
`,
    "b.test.mjs": `import { test } from "node:test";
test("later", { todo: "not yet" }, () => { throw new Error("as expected"); });
test("left out", { skip: "no" }, () => {});
test("said to be neither", { skip: false, todo: false }, () => {});
`,
  });
  expect(countsOf(all)).toEqual(["file a.test.mjs 3 0 1 1", "file b.test.mjs 1 0 1 1", "end"]);
  expect(readReport(all)).toMatchObject({ complete: true, errors: [], failures: [], damaged: false });
});

test("a failure has the names around it, and is told once", async () => {
  const all = await reported({
    "a.test.mjs": `import { describe, it } from "node:test";
describe("outer", () => {
  describe("inner", () => {
    it("passes", () => {});
    it("fails", () => { throw new Error("no"); });
  });
});
it("throws a text", () => { throw "a text"; });
`,
  });
  expect(countsOf(all)).toEqual(["file a.test.mjs 1 2 0 0", "end"]);
  const report = readReport(all);
  expect(failuresOf(report)).toEqual([
    "outer > inner > fails | no | a.test.mjs | 5",
    "throws a text | a text | a.test.mjs | 8",
  ]);
  expect(report.failures[0]?.stack).toContain("a.test.mjs:5");
});

test("a hook that fails is a failure of its suite", async () => {
  const all = await reported({
    "a.test.mjs": `import { after, describe, it } from "node:test";
describe("suite", () => {
  after(() => { throw new Error("hook"); });
  it("passes", () => {});
});
`,
  });
  expect(failuresOf(readReport(all))).toEqual(["suite | hook | a.test.mjs | 2"]);
});

test("a file that crashes is a failure with what it said, and one without tests is none", async () => {
  const all = await reported({
    "crash.mjs": 'console.error("first"); throw new RangeError("at once");\n',
    "empty.mjs": "",
    "late.mjs": `import { test } from "node:test";
test("passes", () => {});
setTimeout(() => { throw new RangeError("too late"); }, 50);
`,
  });
  const [crash, late, ...others] = readReport(all).failures;
  expect(others).toEqual([]);
  expect([crash?.file, crash?.name, crash?.line]).toEqual(["crash.mjs", null, null]);
  expect(crash?.stack).toMatch(/^first\n[^]*RangeError: at once/);
  expect([late?.file, late?.name]).toEqual(["late.mjs", null]);
  expect(late?.stack).toContain("too late");
});

test("what a test remarks is not what a later file crashed of", async () => {
  const all = await reported({
    "a.test.mjs": `import { test } from "node:test";
test("passes", (t) => { t.diagnostic("Error: of no account"); });
`,
    "b.test.mjs": 'throw new RangeError("at once");\n',
  });
  const { failures } = readReport(all);
  expect(failures.map(({ file }) => file)).toEqual(["b.test.mjs"]);
  expect(failures[0]?.stack).toContain("RangeError: at once");
  expect(failures[0]?.stack).not.toContain("of no account");
});

test("a remark that names no file is of the file that fails next, and of no other", async () => {
  const fails = (file: string): TestEvent => ({ type: "test:fail", data: { name: file, nesting: 0, file } });
  const text = await textOf(
    told(
      { type: "test:diagnostic", data: { message: "Error: too late" } },
      fails("/x/a.js"),
      { type: "test:stderr", data: { file: "/x/b.js", message: "crashed".padEnd(5000) } },
      fails("/x/b.js"),
    ),
  );
  expect(readReport(text).failures.map(({ stack }) => stack)).toEqual(["Error: too late", "crashed".padEnd(4000)]);
});

test("a file whose path is told from the runner's folder is the file itself, and a test of that name is not", async () => {
  const text = await textOf(
    told(
      { type: "test:fail", data: { name: "./lib/a.js", nesting: 0, file: "/x/lib/a.js" } },
      { type: "test:fail", data: { name: "lib/b.js", nesting: 1, file: "/x/lib/b.js" } },
      { type: "test:fail", data: { name: "c.js", nesting: 0, file: "/x/abc.js" } },
    ),
  );
  expect(readReport(text).failures.map(({ name, file }) => [name, file])).toEqual([
    [null, "/x/lib/a.js"],
    ["lib/b.js", "/x/lib/b.js"],
    ["c.js", "/x/abc.js"],
  ]);
});

test("results that name no file are those of the file before, and long texts are cut", async () => {
  const error = { message: "m".repeat(3000), stack: "s".repeat(5000) };
  const text = await textOf(
    told(
      { type: "test:pass", data: { name: "one", nesting: 0, file: "/x/a.js" } },
      { type: "test:fail", data: { name: "two", nesting: 0, details: { error } } },
    ),
  );
  expect(countsOf(text)).toEqual(["file /x/a.js 1 1 0 0", "end"]);
  const [failure] = readReport(text).failures;
  expect([failure?.message.length, failure?.stack.length, failure?.file]).toEqual([2000, 4000, null]);
});

test("a run of which nothing is told ends all the same", async () => {
  expect(countsOf(await textOf(told()))).toEqual(["end"]);
});
