import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { loosenedAssertion } from "../loosened-assertion.ts";

const helpers =
  'import { expect, test } from "vitest";\nimport { load, hasFeature, other } from "./load.ts";\n' +
  "function quietly(run) { try { run(); } catch { console.log('no'); } }\n" +
  "function strictly(run) { try { run(); } catch (error) { throw error; } }\n" +
  "function apart(run) { run(); try { other(); } catch {} }\n" +
  "const local = (it) => it;\n";

/** How an assertion of a test is guarded, in place of `before`. */
async function guarded(
  after: string,
  before = "const item = load(1);\nexpect(item.id).toBe(1);",
  path = "load.test.ts",
): Promise<readonly string[]> {
  const code = (body: string) => `${helpers}test("loads an item", () => {\n${body}\n});\n`;
  const findings = await loosenedAssertion.inspect(
    await contextOf({ base: { [path]: code(before) }, head: { [path]: code(after) } }),
  );
  return findings.map(({ message }) => / (?:is now|now|stands) (.*?);/.exec(message)?.[1] ?? message);
}

const item = "const item = load(1);\n";
const claim = "expect(item.id).toBe(1);";
const condition = "checked only under a condition";

test.each([
  [`${item}if (item) ${claim}`, condition],
  [`${item}if (item) { ${claim} }`, condition],
  [`${item}if (!item) other(); else ${claim}`, condition],
  [`${item}item && expect(item.id).toBe(1);`, condition],
  [`${item}item || expect(item.id).toBe(1);`, condition],
  [`${item}item ? expect(item.id).toBe(1) : other();`, condition],
  [`${item}item ? other() : expect(item.id).toBe(1);`, condition],
  [`${item}try { ${claim} } catch {}`, "stands in a `try` that swallows its failure"],
  [`${item}try { ${claim} } catch (error) { console.log(error); }`, "stands in a `try` that swallows its failure"],
  [`${item}quietly(() => { ${claim} });`, "handed to a function that swallows its failure"],
  [`${item}const check = () => { ${claim} };`, "stands in a function that nothing calls"],
  [`${item}setTimeout(() => { ${claim} });`, "made when the test is over"],
  [`${item}setImmediate(() => ${claim.replace(";", "")});`, "made when the test is over"],
  [`${item}queueMicrotask(() => { ${claim} });`, "made when the test is over"],
  [`${item}requestIdleCallback(() => { ${claim} });`, "made when the test is over"],
  [`${item}if (!item) return;\n${claim}`, "behind a new early return"],
  [`${item}if (!item) { return; }\n${claim}`, "behind a new early return"],
  [`${item}if (!item) { other(); return; }\n${claim}`, "behind a new early return"],
  [`${item}return;\n${claim}`, "behind a new early return"],
  [`${item}if (!item) this.skip();\n${claim}`, "behind a new early return"],
  [`${item}if (!item) { return t.skip(); }\n${claim}`, "behind a new early return"],
  [`${item}test.skip(!item, "no item");\n${claim}`, "behind a new early return"],
  [`${item}test.fixme(!item);\n${claim}`, "behind a new early return"],
  [`${item}if (local(item)) test.skip();\n${claim}`, "behind a new early return"],
  [`${item}if (other(item)) test.skip();\n${claim}`, "behind a new early return"],
  [`${item}if (hasFeature()) test.skip();\n${claim}`, "behind a new early return"],
  [`${item}if (item.isCircle) ${claim}`, condition],
  [`${item}if (isMachine(item)) ${claim}`, condition],
  [`${item}if (conversion) ${claim}`, condition],
  [`${item}if (item.isWindowed) return;\n${claim}`, "behind a new early return"],
  [`${item}switch (item.kind) { case 1: ${claim} }`, condition],
  [`${item}switch (item.kind) { case 1: ${claim} break; default: other(); }`, condition],
  [
    `${item}switch (item.kind) { case 1: ${claim} break; case 2: other(); break; default: expect(item).toBe(1); }`,
    condition,
  ],
  [`${item}switch (item.kind) { case 1: ${claim} break; case 2: expect(item.id).toBe(2); }`, condition],
  [`${item}item.isVersioned ? expect(item.id).toBe(1) : other("version");`, condition],
  [`${item}item ?? expect(item.id).toBe(1);`, condition],
  [`${item}const id = item.id;\nif (item) expect(id).toBe(1);`, condition],
])("%j guards what was checked in every run", async (after, how) => {
  expect(await guarded(after)).toEqual([how]);
});

test.each([
  `${item}${claim}\nif (item) other();`,
  `${item}if (process.platform === "win32") ${claim}`,
  `${item}if (isWindows) ${claim}`,
  `${item}if (IS_WINDOWS) ${claim}`,
  `${item}item ? expect(item.id).toBe(1) : expect(item).toBeNull();`,
  `${item}switch (expect(item.id).toBe(1)) { default: other(); }`,
  `${item}switch (item.kind) { case 1: ${claim} break; default: expect(item.id).toBe(2); }`,
  `${item}switch (item.kind) { case 0: case 1: ${claim} break; default: throw new Error("no kind"); }`,
  `${item}switch (process.platform) { case "linux": ${claim} }`,
  `${item}if (isMacOS || isLinux) ${claim}`,
  `${item}if (nodeVersion > 20) ${claim}`,
  `${item}if (os.platform() === "linux") ${claim}`,
  `${item}if (isBrowserEnv) ${claim}`,
  `${item}isNode && expect(item.id).toBe(1);`,
  `${item}process.version > "20" ? expect(item.id).toBe(1) : other();`,
  `${item}if (item) ${claim} else throw new Error("no item");`,
  `${item}if (item) ${claim} else expect(item).toBeNull();`,
  `${item}if (item) ${claim} else expect.fail();`,
  `${item}if (item) ${claim} else reject();`,
  `${item}expect(item).toBeTruthy();\nif (item) ${claim}`,
  `${item}expect(!item).toBe(false);\nif (!item) other(); else ${claim}`,
  `${item}if (expect(item.id).toBe(1)) other();`,
  `${item}try { ${claim} } catch (error) { throw error; }`,
  `${item}try { ${claim} } catch (error) { done(error); }`,
  `${item}try { ${claim} } finally { other(); }`,
  `${item}try { other(); } catch {}\n${claim}`,
  `${item}strictly(() => { ${claim} });`,
  `${item}apart(() => { ${claim} });`,
  `${item}other(() => { ${claim} });`,
  `${item}const check = () => { ${claim} };\ncheck();`,
  `${item}const check = () => { ${claim} };\nother(check);`,
  `${item}vi.useFakeTimers();\nsetTimeout(() => { ${claim} });`,
  `${item}return new Promise((resolve) => setTimeout(() => { ${claim} resolve(); }));`,
  `${item}if (!item) throw new Error("no item");\n${claim}`,
  `${item}if (!item) { expect(item).toBeNull(); return; }\n${claim}`,
  `${item}if (process.platform === "win32") return;\n${claim}`,
  `${item}test.skip(process.platform === "win32", "not here");\n${claim}`,
  `${item}test.skip("later");\n${claim}`,
  `${item}${claim}\nreturn;`,
  `${item}${claim}\nif (item) return;`,
  `${item}const run = () => { return; };\n${claim}`,
  `${item}if (hasFeature("a")) test.skip();\n${claim}`,
  `${item}if (!hasFeature("a")) { this.skip(); }\n${claim}`,
  `${item}if (hasFeature("a")) { return this.skip(); }\n${claim}`,
])("%j leaves it to fail", async (after) => {
  expect(await guarded(after)).toEqual([]);
});

test("a guard is told once, and not where it was before", async () => {
  const two = `${item}${claim}\nexpect(item.name).toBe("a");`;
  expect(await guarded(`${item}if (item) { ${claim} expect(item.name).toBe("a"); }`, two)).toEqual([condition]);
  expect(await guarded(`${item}if (item) ${claim}\nif (other()) expect(item.name).toBe("a");`, two)).toEqual([
    condition,
    condition,
  ]);
  const was = `${item}if (item) { ${claim} }`;
  expect(await guarded(`${item}if (item.id) { ${claim} }`, was)).toEqual([]);
  expect(await guarded(`${item}if (item) { ${claim} expect(item.name).toBe("a"); }`, was)).toEqual([]);
});

/** What is said of a helper of tests that changed. */
async function forgiving(before: string, after: string, path = "test/helper.ts"): Promise<readonly string[]> {
  const findings = await loosenedAssertion.inspect(
    await contextOf({ base: { [path]: before }, head: { [path]: after } }),
  );
  return findings.map(({ message }) => message.replace(/ swallows now.*in/, "").replace(/, assertions.*/, ""));
}

const inHelper = (body: string, head = "export async function within(run) {") =>
  `${head}\n  ${body}\n}${head.includes("=") ? ";" : ""}\n`;

test.each([
  ["export async function within(run) {", "`within` `run`"],
  ["export const within = async (run) => {", "`within` `run`"],
  ["exports.within = async function (run) {", "`within` `run`"],
])("a helper may forgive what it is given: %s", async (head, says) => {
  for (const handler of ["catch {}", "catch (error) { console.log(error); }"])
    expect(await forgiving(inHelper("await run();", head), inHelper(`try { await run(); } ${handler}`, head))).toEqual([
      says,
    ]);
});

test.each([
  "try { await run(); } catch (error) { throw error; }",
  "try { await run(); } catch (error) { return error; }",
  "try { await run(); } catch (error) { failed = error; }",
  "try { await run(); } catch { failures++; }",
  "try { await run(); } catch (error) { report(error); }",
  "try { await run(); } finally { other(); }",
  "try { other(); } catch { } await run();",
  "try { other(); } catch { await run(); }",
  "try { await run(); } catch {} await run();",
])("%j lets it come through", async (body) => {
  expect(await forgiving(inHelper("await run();"), inHelper(body))).toEqual([]);
});

test("a helper that is new, that says so, or that is no part of the tests may forgive", async () => {
  const [before, after] = ["await run();", "try { await run(); } catch {}"];
  expect(await forgiving("", inHelper(after))).toEqual([]);
  expect(await forgiving(inHelper(after), inHelper(`${after} other();`))).toEqual([]);
  expect(await forgiving(inHelper(before), inHelper(after), "src/helper.ts")).toEqual([]);
  for (const name of ["cleanUp", "closeAll", "ignoring", "silently", "safely", "maybe", "attempt"]) {
    const head = `export async function ${name}(run) {`;
    expect(await forgiving(inHelper(before, head), inHelper(after, head))).toEqual([]);
  }
});
