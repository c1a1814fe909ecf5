import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { contextOf } from "./change/change-of-texts.ts";
import { runGuard } from "./run-guards.ts";
import { unawaitedAssertion } from "./unawaited-assertion.ts";

const kinds: readonly (readonly [RegExp, string])[] = [
  [/a promise that nobody awaits/, "promise"],
  [/ends before this assertion/, "later"],
  [/property is never tried/, "property"],
  [/request is never made/, "request"],
];

/** What a test does not wait for. */
function faults(body: string, { imports = "", args = "", async = "async " } = {}): readonly string[] {
  const code = `import { expect, test } from "vitest";\nimport { load, list, app } from "./load.ts";\n${imports}\ntest("loads", ${async}(${args}) => {\n${body}\n});\n`;
  const found = [...unawaitedAssertion.inspect(parseSource(repoPath("load.test.ts"), code))];
  return found.map(({ message }) => kinds.find(([pattern]) => pattern.test(message))?.[1] ?? message);
}

const claim = "expect(load()).toBe(1);";

test("declarations are not read", () => {
  expect(unawaitedAssertion.appliesTo(parseSource(repoPath("a.d.ts"), ""))).toBe(false);
  expect(unawaitedAssertion.appliesTo(parseSource(repoPath("a.ts"), ""))).toBe(true);
});

test.each<[string, string]>([
  ["", "expect(load()).resolves.toBe(1);"],
  ["", "expect(load()).rejects.not.toThrow();"],
  ["", "expect(load()).to.eventually.equal(1);"],
  ["", "expect(load()).to.be.rejectedWith(Error);"],
  ["", "expect(load()).to.be.fulfilled;"],
  ["", "expect.poll(() => load()).toBe(1);"],
  ['import assert from "node:assert";', "assert.rejects(load());"],
  ['import assert from "node:assert/strict";', "assert.doesNotReject(load());"],
  ['import { rejects } from "node:assert";', "rejects(load());"],
])("%s %s is a promise", (imports, body) => {
  expect(faults(body, { imports })).toEqual(["promise"]);
  expect(faults(`await ${body}`, { imports })).toEqual([]);
  expect(faults(`return ${body}`, { imports })).toEqual([]);
});

test("what says nothing yet is no assertion that could be awaited", () => {
  for (const body of ["expect(load()).resolves;", "expect(load()).rejects;", "expect(load()).resolves.not;"])
    expect([body, faults(body)]).toEqual([body, []]);
});

test("an assertion that has its answer at once is no promise", () => {
  expect(faults("expect(await load()).toBe(1);")).toEqual([]);
  expect(faults('assert.throws(load); "rejects";', { imports: 'import assert from "node:assert";' })).toEqual([]);
});

test.each(["toBeVisible()", "toHaveText('a')", "toHaveAccessibleName('a')", "toContainText('a')", "toPass()"])(
  "Playwright looks again until %s holds",
  (matcher) => {
    const inTest = (module: string, before = "", not = ""): readonly string[] => {
      const code = `import { expect, test } from "${module}";\n// as in playwright\ntest("a", async ({ page }) => { ${before}expect(page.locator("a")).${not}${matcher}; });\n`;
      return [...unawaitedAssertion.inspect(parseSource(repoPath("a.test.ts"), code))].map(({ message }) => message);
    };
    expect(inTest("@playwright/test")).toHaveLength(1);
    expect(inTest("@playwright/test", "", "not.")).toHaveLength(1);
    expect(inTest("@playwright/test", "await ")).toEqual([]);
    expect(inTest("vitest")).toEqual([]);
  },
);

test("so do those of ava that are async, and no others", () => {
  const inTest = (body: string): number => {
    const code = `import test from "ava";\nimport { load } from "./load.ts";\ntest("a", async (t) => { ${body} });\n`;
    return [...unawaitedAssertion.inspect(parseSource(repoPath("a.test.ts"), code))].length;
  };
  expect(["t.throwsAsync(load());", "t.notThrowsAsync(load());"].map(inTest)).toEqual([1, 1]);
  expect(["await t.throwsAsync(load());", "t.throws(load);", "t.is(load(), 1);"].map(inTest)).toEqual([0, 0, 0]);
});

test.each([
  `setTimeout(() => { ${claim} }, 10);`,
  `globalThis.setTimeout(() => { ${claim} }, 10);`,
  `setImmediate(() => { ${claim} });`,
  `queueMicrotask(() => { ${claim} });`,
  `process.nextTick(() => { ${claim} });`,
  `load().then((it) => { expect(it).toBe(1); });`,
  `load().catch((error) => { expect(error).toBe(1); });`,
  `load().finally(() => { ${claim} });`,
  `list.forEach(async (each) => { expect(await each).toBe(1); });`,
  `list.forEach(async (each) => { expect(await each).toBe(1); }); await load();`,
  `const all = list.every(async (each) => { expect(await each).toBe(1); return true; }); expect(all).toBe(true);`,
  `const found = list.find(async (each) => { expect(await each).toBe(1); }); expect(found).toBeDefined();`,
  `list.reduce(async (_, each) => { expect(await each).toBe(1); }, Promise.resolve());`,
  `list.flatMap(async (each) => { expect(await each).toBe(1); });`,
  `list.map(async (each) => { for await (const one of each) expect(one).toBe(1); });`,
  `waitFor(() => { ${claim} });`,
])("%s comes when the test is over", (body) => {
  expect(faults(body)).toEqual(["later"]);
});

test.each([
  `setTimeout(() => { ${claim} }, 10); await load();`,
  `setTimeout(() => { ${claim} }, 10); return load();`,
  `vi.useFakeTimers(); setTimeout(() => { ${claim} }, 10);`,
  `await new Promise((resolve) => setTimeout(() => { ${claim} resolve(); }, 10));`,
  `await load().then((it) => { expect(it).toBe(1); });`,
  `return load().then((it) => { expect(it).toBe(1); });`,
  `load().then((it) => { expect(it).toBe(1); }); await load();`,
  `await Promise.all(list.map(async (each) => { expect(await each).toBe(1); }));`,
  `await Promise.all(list.flatMap(async (each) => { expect(await each).toBe(1); }));`,
  `await list.reduce(async (_, each) => { expect(await each).toBe(1); }, Promise.resolve());`,
  `await list.every(async (each) => { expect(await each).toBe(1); return true; });`,
  `const all = every(list, async (each) => { expect(await each).toBe(1); return true; }); await all;`,
  `const all = queue.filter(list, async (each) => { expect(await each).toBe(1); return true; }); await all;`,
  `list.forEach((each) => { expect(each).toBe(1); });`,
  `list.forEach(async (each) => { expect(each).toBe(1); await each; });`,
  `await waitFor(() => { ${claim} });`,
  `load.on("end", () => { ${claim} });`,
  `expect.assertions(1); ${claim}`,
])("%s is waited for", (body) => {
  expect(faults(body)).toEqual([]);
});

test("what the test waits for before, or in another function, is not what comes later", () => {
  const late = `setTimeout(() => { ${claim} }, 10);`;
  expect(faults(`await load(); ${late}`)).toEqual(["later"]);
  expect(faults(`${late} const later = async () => { await load(); };`)).toEqual(["later"]);
  expect(faults(`${late} if (load()) return;`)).toEqual(["later"]);
});

test("a test that is given what ends it waits, unless it calls it at once", () => {
  const late = `setTimeout(() => { ${claim} done(); }, 10);`;
  expect(faults(late, { args: "done", async: "" })).toEqual([]);
  expect(faults(`${late} done();`, { args: "done", async: "" })).toEqual(["later"]);
  for (const args of ["context", "backend", "endpoint", "callbackUrl"])
    expect([args, faults(late, { args, async: "" })]).toEqual([args, ["later"]]);
});

const helper = "async function check() { const it = await load(); expect(it).toBe(1); }";

test("an async helper that asserts is waited for", () => {
  expect(faults("check();", { imports: helper })).toEqual(["later"]);
  expect(faults("await check();", { imports: helper })).toEqual([]);
  expect(faults("return check();", { imports: helper })).toEqual([]);
  expect(faults("check(); await load();", { imports: helper })).toEqual([]);
  expect(faults("check();", { imports: helper.replace("await load()", "load()") })).toEqual([]);
  expect(faults("check();", { imports: helper.replace("expect(it).toBe(1);", "") })).toEqual([]);
  expect(faults("check();", { imports: helper, args: "done", async: "" })).toEqual([]);
  expect(faults("vi.useFakeTimers(); check();", { imports: helper })).toEqual([]);
});

const property = 'import fc from "fast-check";';

test.each<[string, string]>([
  [property, "fc.property(fc.nat(), (n) => n >= 0);"],
  [property, "fc.asyncProperty(fc.nat(), async (n) => n >= 0);"],
  [property, "fc.assert(fc.asyncProperty(fc.nat(), async (n) => n >= 0));"],
  ['import { property, nat } from "fast-check";', "property(nat(), (n) => n >= 0);"],
  ['import { fc } from "@fast-check/vitest";', "fc.property(fc.nat(), (n) => n >= 0);"],
])("%s %s is never tried", (imports, body) => {
  expect(faults(body, { imports })).toEqual(["property"]);
});

test.each<[string, string]>([
  [property, "fc.assert(fc.property(fc.nat(), (n) => n >= 0));"],
  [property, "await fc.assert(fc.asyncProperty(fc.nat(), async (n) => n >= 0));"],
  [property, "const it = fc.property(fc.nat(), (n) => n >= 0); load(it);"],
  [property, "fc.configureGlobal({});"],
  [property, "fc.propertyNames(1);"],
  ['import fc from "./my-fast-check";', "fc.property(1);"],
  ['import fc from "fast-checks";', "fc.property(1);"],
  ['import fc from "other"; // fast-check', "fc.property(1);"],
  ['import { load as fc } from "./load.ts"; // fast-check', "fc.property(1);"],
])("%s %s is tried, or is none", (imports, body) => {
  expect(faults(body, { imports })).toEqual([]);
});

const request = 'import request from "supertest";';

test.each<[string, string]>([
  [request, 'request(app).get("/").expect(200);'],
  [request, 'request(app).get("/").expect(200).expect("Content-Type", "text/plain");'],
  ['const request = require("supertest");', 'request(app).get("/").expect(200);'],
])("%s %s is never sent", (imports, body) => {
  expect(faults(body, { imports })).toEqual(["request"]);
});

test.each<[string, string]>([
  [request, 'await request(app).get("/").expect(200);'],
  [request, 'return request(app).get("/").expect(200);'],
  [request, 'request(app).get("/").expect(200).end(load);'],
  [request, 'request(app).get("/").expect(200).then(load);'],
  [request, 'request(app).get("/");'],
  [request, 'request(app).get("/").expect(200).catch(load);'],
  ['const request = require("other"); // supertest', 'request(app).get("/").expect(200);'],
  ['const request = make("supertest");', 'request(app).get("/").expect(200);'],
])("%s %s is sent, or is none", (imports, body) => {
  expect(faults(body, { imports })).toEqual([]);
});

test("a request may be sent when the test is given what ends it", () => {
  expect(faults('request(app).get("/").expect(200, done);', { imports: request, args: "done", async: "" })).toEqual([]);
});

test("a fault that was there before is told again by its text, however it is laid out", async () => {
  const file = (...tests: readonly string[]): string =>
    `import { expect, test } from "vitest";\n${request}\n${tests.map((body) => `test("a", () => {\n${body}\n});\n`).join("")}`;
  const news = async (base: string, head: string): Promise<number> => {
    const change = await contextOf({ base: { "a.test.ts": base }, head: { "a.test.ts": head } });
    const outcome = await runGuard(unawaitedAssertion, change);
    return outcome.status === "failed" ? outcome.findings.length : 0;
  };
  for (const [old, relaid, other] of [
    ["expect(load(1)).resolves.toBe(1);", "expect(load(1))\n.resolves.toBe(1);", "expect(load(2)).resolves.toBe(1);"],
    [
      'request(app).get("/").expect(200);',
      'request(app)\n.get("/")\n.expect(200);',
      'request(app).get("/b").expect(200);',
    ],
  ] as const) {
    expect([old, await news(file(old, claim), file(claim, relaid))]).toEqual([old, 0]);
    expect([old, await news(file(old, claim), file(claim, other))]).toEqual([old, 1]);
  }
});
