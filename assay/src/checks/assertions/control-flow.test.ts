import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { swallowedAssertion } from "../swallowed-assertion.ts";
import { unawaitedAssertion } from "../unawaited-assertion.ts";

const kinds: readonly (readonly [RegExp, string])[] = [
  [/`catch` that does nothing/, "caught"],
  [/only made where something throws/, "only caught"],
  [/only under a condition/, "only if"],
  [/never reached/, "never"],
  [/without rows/, "no rows"],
];

const parse = (body: string, args = "") =>
  parseSource(
    repoPath("load.test.ts"),
    `import { expect, test } from "vitest";\nimport { find, load, isLinux } from "./load.ts";\ntest("loads", async (${args}) => {\n${body}\n});\n`,
  );

/** Why assertions of a test can not fail it. */
const faults = (body: string): readonly string[] =>
  [...swallowedAssertion.inspect(parse(body))].map(
    ({ message }) => kinds.find(([pattern]) => pattern.test(message))?.[1] ?? message,
  );

const claim = "expect(find(1)).toBe(1);";

test.each([
  `try { ${claim} } catch {}`,
  `try { ${claim} } catch (error) { console.log(error); }`,
  `try { ${claim} } catch (error) { console.log(error.message, \`\${error}\`); }`,
  `try { ${claim} } catch (error) { void error; }`,
  `try { ${claim} } catch (error) { console.log(error as Error); }`,
  `try { ${claim} } finally { return; }`,
  `try { try { ${claim} } finally { find(2); } } catch {}`,
  "await load(1).then((it) => expect(it).toBe(1)).catch(() => {});",
  "await load(1).then((it) => expect(it).toBe(1)).catch(noop);",
  "await load(1).then((it) => expect(it).toBe(1)).catch(Boolean);",
  "await load(1).then((it) => expect(it).toBe(1)).catch((error) => console.error(error));",
  "await expect(load(1)).resolves.toBe(1).catch(() => {});",
  "await Promise.allSettled([expect(load(1)).resolves.toBe(1)]);",
  "Promise.allSettled([load(1).then((it) => { expect(it).toBe(1); })]);",
  `const nothing = () => {};\nawait load(1).then(() => { ${claim} }).catch(nothing);`,
])("%s swallows its assertion", (body) => {
  expect(faults(body)).toEqual(["caught"]);
});

test.each([
  `try { ${claim} } catch (error) { throw error; }`,
  `try { ${claim} } catch (error) { expect(error).toBe(1); }`,
  `try { ${claim} } catch (error) { failed = true; }`,
  `try { ${claim} } catch { failures++; }`,
  `try { ${claim} } catch (error) { done(error); }`,
  `try { ${claim} } finally { find(2); }`,
  `try { find(2); } catch {}\n${claim}`,
  "await load(1).then((it) => expect(it).toBe(1)).catch(report);",
  "await load(1).then((it) => expect(it).toBe(1)).catch((error) => { throw error; });",
  "await load(1).then((it) => expect(it).toBe(1));",
  "const all = await Promise.allSettled([expect(load(1)).resolves.toBe(1)]);",
  "await Promise.all([expect(load(1)).resolves.toBe(1)]);",
])("%s lets it fail", (body) => {
  expect(faults(body)).toEqual([]);
});

test.each([
  `if (false) ${claim}`,
  `if (true) find(1); else ${claim}`,
  "true ? find(1) : expect(find(1)).toBe(1);",
  "false && expect(find(1)).toBe(1);",
  "true || expect(find(1)).toBe(1);",
  "1 ?? expect(find(1)).toBe(1);",
  `while (false) { ${claim} }`,
  `for (; false; ) { ${claim} }`,
  `for (let i = 0; i < 0; i++) ${claim}`,
  `for (let i = 1; i <= 0; i++) ${claim}`,
  `for (const each of []) ${claim}`,
  `const rows = [];\nfor (const each of rows) ${claim}`,
  `[].forEach(() => { ${claim} });`,
  `[].map(() => { ${claim} });`,
  `const rows: string[] = [];\nrows.every(() => { ${claim} });`,
  `([] as string[]).some(() => { ${claim} });`,
  `[].filter(() => { ${claim} });`,
  `return;\n${claim}`,
  `{ return; ${claim} }`,
  `if (true) return;\n${claim}`,
  `for (const each of [1, 2]) { continue; ${claim} }`,
  `while (true) { break; ${claim} }`,
  `for (const [id] of Object.entries({})) ${claim}`,
  `const cases = {};\nfor (const [id] of Object.entries(cases)) ${claim}`,
  `const cases: Record<string, number> = {};\nObject.keys(cases).forEach(() => { ${claim} });`,
  `const cases = {} as const;\nfor (const each of Object.values(cases)) ${claim}`,
])("%s never makes it", (body) => {
  expect(faults(body)).toEqual(["never"]);
});

test.each([
  `if (true) ${claim}`,
  `if (false) find(1); else ${claim}`,
  "true && expect(find(1)).toBe(1);",
  "false || expect(find(1)).toBe(1);",
  "null ?? expect(find(1)).toBe(1);",
  "undefined ?? expect(find(1)).toBe(1);",
  "expect(find(1)).toBe(1) && false;",
  "if (expect(find(1)).toBe(1)) find(2);",
  `while (true) { ${claim} }`,
  `for (let i = 0; i < 1; i++) ${claim}`,
  `for (let i = 0; i <= 0; i++) ${claim}`,
  `for (let i = 0; i < list.length; i++) ${claim}`,
  `for (const each of [1]) ${claim}`,
  `for (const each of find(1)) ${claim}`,
  `for (;;) { ${claim} }`,
  `const rows = [];\nfind(rows);\nfor (const each of rows) ${claim}`,
  `const rows = [];\nrows.push(1);\nfor (const each of rows) ${claim}`,
  `let rows = [];\nrows = find(1);\nrows.forEach(() => { ${claim} });`,
  `[1].forEach(() => { ${claim} });`,
  `[].concat(1).forEach(() => { ${claim} });`,
  `${claim}\nreturn;`,
  `if (false) return;\n${claim}`,
  `const run = () => { return; };\n${claim}`,
  `for (const each of [1]) { if (each === 2) continue; ${claim} }`,
  `for (const each of [1]) { ${claim} continue; }`,
  `for (const [id] of Object.entries({ a: 1 })) ${claim}`,
  `const cases = {};\ncases.a = 1;\nfor (const [id] of Object.entries(cases)) ${claim}`,
  `const cases = {};\nfind(cases);\nfor (const [id] of Object.entries(cases)) ${claim}`,
  `const cases = {};\nfor (const [id] of cases.entries()) ${claim}`,
  `const cases = {};\nfor (const [id] of Object.entriesOf(cases)) ${claim}`,
  `const cases = {};\nfor (const [id] of Lists.entries(cases)) ${claim}`,
  `const rows = [];\nrows.filterInPlace();\nfor (const each of rows) ${claim}`,
  `const rows = [];\nrows.pushAll();\nrows.forEach(() => { ${claim} });`,
])("%s makes it", (body) => {
  expect(faults(body)).toEqual([]);
});

test.each([
  "const found = find(1);\nif (found) expect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) return;\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { return; }\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { console.log('none'); return; }\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) return 7;\nexpect(found.id).toBe(1);",
  "const found = find(1);\nfound && expect(found.id).toBe(1);",
  "const found = find(1);\nfound ? expect(found.id).toBe(1) : undefined;",
  "const found = find(1);\nswitch (found.kind) { case 1: expect(found.id).toBe(1); }",
  "if (find(1)) expect(find(1).id).toBe(1);",
  "const found = find(1);\nif (found) { expect(found.id).toBe(1); expect(found.name).toBe('a'); }",
])("%s asserts only where an answer is so", (body) => {
  expect(faults(body)).toEqual(["only if"]);
});

test.each([
  "const found = find(1);\nif (found) expect(found.id).toBe(1); else expect(found).toBeNull();",
  "const found = find(1);\nfound ? expect(found.id).toBe(1) : expect(found).toBeNull();",
  "const found = find(1);\nswitch (found.kind) { case 1: expect(found.id).toBe(1); break; default: expect(found.id).toBe(2); }",
  "const found = find(1);\nexpect(found).toBeTruthy();\nif (found) expect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) throw new Error('no');\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) return expect(found).toBe(2);\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { expect(found).toBe(2); return; }\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { throw new Error('none'); return; }\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { this.skip(); return; }\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { t.skip(); return; }\nexpect(found.id).toBe(1);",
  "const found = find(1);\nif (!found) { console.log('none'); }\nexpect(found.id).toBe(1);",
  "if (process.platform === 'linux') expect(find(1)).toBe(1);",
  "const isWindows = process.platform === 'win32';\nif (!isWindows) expect(find(1)).toBe(1);",
  "if (isLinux()) expect(find(1)).toBe(1);",
  "for (const each of find(1)) { if (each.id) expect(each.id).toBe(1); }",
  "expect.hasAssertions();\nconst found = find(1);\nif (found) expect(found.id).toBe(1);",
  "t.plan(1);\nconst found = find(1);\nif (found) t.is(found.id, 1);",
  "expect.assertions(1);\nconst found = find(1);\nif (found) expect(found.id).toBe(1);",
])("%s asserts in any case, or where the test is run", (body) => {
  expect(faults(body)).toEqual([]);
});

test("an assertion in a `catch` is made where something throws, and only there", () => {
  expect(faults("try { find(0); } catch (error) { expect(error).toBe('no'); }")).toEqual(["only caught"]);
  expect(faults("await load(0).catch((error) => { expect(error).toBe('no'); });")).toEqual(["only caught"]);
  expect(faults("try { find(0); expect.fail(); } catch (error) { expect(error).toBe('no'); }")).toEqual([]);
  expect(faults("try { find(0); throw new Error('no'); } catch (error) { expect(error).toBe('no'); }")).toEqual([]);
  expect(faults("try { find(0); } catch (error) { expect(error).toBe('no'); }\nexpect(find(1)).toBe(1);")).toEqual([]);
  expect(faults("await load(0).then(() => find(1)).catch((error) => { expect(error).toBe('no'); });")).toEqual([]);
});

test.each([
  ["test.each([])('a', (row) => expect(row).toBe(1));", 1],
  ["test.for([])('a', (row) => expect(row).toBe(1));", 1],
  ["const rows = [];\ntest.each(rows)('a', (row) => expect(row).toBe(1));", 1],
  ["test.each([1])('a', (row) => expect(row).toBe(1));", 0],
  ["test.each(...rows)('a', (row) => expect(row).toBe(1));", 0],
  ["const rows = [];\nrows.push(1);\ntest.each(rows)('a', (row) => expect(row).toBe(1));", 0],
  ["const rows = [];\nfind(rows);\ntest.each(rows)('a', (row) => expect(row).toBe(1));", 0],
])("a table without rows declares no test: %s", (code, count) => {
  const file = parseSource(repoPath("load.test.ts"), `import { expect, test } from "vitest";\n${code}\n`);
  expect([...swallowedAssertion.inspect(file)].map(({ message }) => message.slice(0, 20))).toEqual(
    Array.from({ length: count }, () => "a table without rows"),
  );
});

/** How many assertions are made when the test is over. */
const unawaited = (body: string, args = ""): number => [...unawaitedAssertion.inspect(parse(body, args))].length;

test.each([
  "expect(load(1)).resolves.toBe(1);",
  "void expect(load(1)).resolves.toBe(1);",
  "expect(load(1)).rejects.toThrow();",
  "expect(load(1)).resolves.not.toBe(1);",
  "const claim = expect(load(1)).resolves.toBe(1);",
  "Promise.all([expect(load(1)).resolves.toBe(1)]);",
  "[expect(load(1)).resolves.toBe(1)];",
  "(expect(load(1)).resolves.toBe(1));",
  "expect(load(1)).resolves.toBe(1).then(() => {});",
  "expect(load(1)).resolves.toBe(1).finally(find);",
  "(expect(load(1)).resolves.toBe(1) as Promise<void>);",
  "load(1).then((it) => { expect(it).toBe(1); })!;",
  "(expect(load(1)).resolves.toBe(1) satisfies Promise<void>);",
  "load(1)?.then((it) => { expect(it).toBe(1); });",
  "load(1).then((it) => { expect(it).toBe(1); });",
  "load(1).then((it) => { expect(it).toBe(1); }).finally(find);",
  "load(1).then((it) => { expect(it).toBe(1); }).catch(find).then(find);",
  "Promise.all([load(1)]).then((it) => { expect(it).toBe(1); });",
  "Promise.all([load(1).then((it) => { expect(it).toBe(1); })]);",
  "const kept = load(1).then((it) => { expect(it).toBe(1); });",
  "waitFor(() => expect(find(1)).toBe(1));",
  "[1].forEach(async (id) => { expect(await load(id)).toBe(1); });",
  "[1].forEach((id) => expect(load(id)).resolves.toBe(1));",
  "Promise.all([1].map(async (id) => { expect(await load(id)).toBe(1); }));",
  "[1].map((id) => expect(load(id)).resolves.toBe(1));",
  "(async () => { expect(await load(1)).toBe(1); })();",
  "setTimeout(() => { expect(find(1)).toBe(1); }, 10);",
  "setImmediate(() => expect(find(1)).toBe(1));",
  "process.nextTick(() => { expect(find(1)).toBe(1); });",
  "queueMicrotask(() => { expect(find(1)).toBe(1); });",
])("nobody waits for %s", (body) => {
  expect(unawaited(body)).toBe(1);
});

test.each([
  "await expect(load(1)).resolves.toBe(1);",
  "return expect(load(1)).resolves.toBe(1);",
  "const claim = expect(load(1)).resolves.toBe(1);\nawait claim;",
  "await Promise.all([expect(load(1)).resolves.toBe(1)]);",
  "claims.push(expect(load(1)).resolves.toBe(1));",
  "await (expect(load(1)).resolves.toBe(1) as Promise<void>);",
  "await expect(load(1)).resolves.toBe(1).then(() => {});",
  "await load(1).then((it) => { expect(it).toBe(1); });",
  "return load(1).then((it) => { expect(it).toBe(1); });",
  "await load(1).then((it) => { expect(it).toBe(1); }).finally(find);",
  "const kept = load(1).then((it) => { expect(it).toBe(1); });\nawait kept;",
  "const { size } = load(1).then((it) => { expect(it).toBe(1); });",
  "find(load(1).then((it) => { expect(it).toBe(1); }));",
  "const run = async () => { expect(await load(1)).toBe(1); };\nawait run();",
  "await waitFor(() => expect(find(1)).toBe(1));",
  "await Promise.all([1].map(async (id) => { expect(await load(id)).toBe(1); }));",
  "await Promise.all([1].map((id) => expect(load(id)).resolves.toBe(1)));",
  "await (async () => { expect(await load(1)).toBe(1); })();",
  "[1].forEach((id) => { expect(find(id)).toBe(1); });",
  "await new Promise((resolve) => setTimeout(() => { expect(find(1)).toBe(1); resolve(); }, 10));",
  "expect(load(1)).resolves;",
  "expect(find(1)).toBe(1);",
])("%s is waited for", (body) => {
  expect(unawaited(body)).toBe(0);
});

test("what is told when it is done may take its time", () => {
  expect(unawaited("setTimeout(() => { expect(find(1)).toBe(1); done(); }, 10);", "done")).toBe(0);
  expect(unawaited("t.plan(1);\nsetTimeout(() => { t.is(find(1), 1); }, 10);", "t")).toBe(0);
});

/** The same of a condition on what the repository says under this name. */
function faultsUnder(name: string, module = "./load.ts"): readonly string[] {
  const code = `import { expect, test } from "vitest";\nimport { ${name}, find } from "${module}";\ntest("loads", () => { if (${name}(1)) ${claim} });\n`;
  return [...swallowedAssertion.inspect(parseSource(repoPath("load.test.ts"), code))].map(({ message }) => message);
}

test.each(["hashOf", "scan", "cancelled", "conversion", "envelopeOf", "fibonacci", "bundle", "machine", "phase"])(
  "%s is asked of the program, and has a word for the environment only inside of another",
  (name) => {
    expect(faultsUnder(name)).toHaveLength(1);
    expect(faultsUnder(name, "loading")).toEqual([]);
  },
);

test.each(
  "isMacOS onCI inCi CI isWindows10 supportsColor unsupported isNodeJS node20 hasDocker canSymlink ON_LINUX isEnabled".split(
    " ",
  ),
)("%s says where the test runs", (name) => {
  expect(faultsUnder(name)).toEqual([]);
});
