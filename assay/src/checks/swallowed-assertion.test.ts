import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { contextOf } from "./change/change-of-texts.ts";
import { runGuard } from "./run-guards.ts";
import { swallowedAssertion } from "./swallowed-assertion.ts";

const kinds: readonly (readonly [RegExp, string])[] = [
  [/swallows/, "caught"],
  [/only made where something throws/, "onlyCaught"],
  [/only under a condition/, "conditional"],
  [/never reached/, "never"],
  [/declares no test/, "noRows"],
];

const imports = 'import { expect, test } from "vitest";\nimport { close, find, load } from "./load.ts";\n';

/** What is wrong with a test's assertions. */
function faults(body: string, before = ""): readonly string[] {
  const code = `${imports}${before}\ntest("finds", async () => {\n${body}\n});\n`;
  const found = [...swallowedAssertion.inspect(parseSource(repoPath("load.test.ts"), code))];
  return found.map(({ message }) => kinds.find(([pattern]) => pattern.test(message))?.[1] ?? message);
}

const claim = "expect(find(1)).toBe(1);";

test("declarations are not read", () => {
  expect(swallowedAssertion.appliesTo(parseSource(repoPath("a.d.ts"), ""))).toBe(false);
  expect(swallowedAssertion.appliesTo(parseSource(repoPath("a.ts"), ""))).toBe(true);
});

test.each([
  `try { ${claim} } catch {}`,
  `try { ${claim} } catch (error) { console.error(error); }`,
  `try { ${claim} } catch (error) { console.error(error.message, \`\${error}\`); }`,
  `try { ${claim} } catch (error) { void error; }`,
  `try { ${claim} } catch (error) { const { a = 1 } = error as Error; }`,
  `try { ${claim} } catch ({ message }) { console.error(message); }`,
  `const other = 1; try { ${claim} } catch (error) { return other; }`,
  `try { ${claim} } finally { return; }`,
  `try { ${claim} } finally { close(); return; }`,
  "await load(1).then((it) => expect(it).toBe(1)).catch(() => {});",
  "await load(1).then((it) => expect(it).toBe(1)).catch((error) => console.log(error));",
  "await load(1).then((it) => expect(it).toBe(1)).catch(({ message }) => console.log(message));",
  "await load(1).then((it) => expect(it).toBe(1)).catch(noop);",
  "await load(1).then((it) => expect(it).toBe(1)).catch(String);",
  "await expect(load(1)).resolves.toBe(1).catch(() => {});",
  "await Promise.allSettled([expect(load(1)).resolves.toBe(1)]);",
])("%s swallows its assertion", (body) => {
  expect(faults(body)).toEqual(["caught"]);
});

test.each([
  `try { ${claim} } finally { close(); }`,
  `try { ${claim} } catch (error) { throw error; }`,
  `try { ${claim} } catch (error) { close(error); }`,
  `try { ${claim} } catch (error) { return error; }`,
  `try { ${claim} } catch ({ message }) { return message; }`,
  `let failed; try { ${claim} } catch (error) { failed = error; } expect(failed).toBeUndefined();`,
  `let failed = 0; try { ${claim} } catch { failed++; } expect(failed).toBe(0);`,
  "const error = await load(1).then((it) => expect(it).toBe(1)).catch((thrown) => thrown); expect(error).toBe(0);",
  "await load(1).then((it) => expect(it).toBe(1)).catch(noopOrThrow);",
  "await load(1).then((it) => expect(it).toBe(1)).catch(failWithString);",
  "const all = await Promise.allSettled([expect(load(1)).resolves.toBe(1)]); expect(all[0].status).toBe('fulfilled');",
  `try { expect.hasAssertions(); await load(1); } catch {} ${claim}`,
])("%s lets its assertion fail", (body) => {
  expect(faults(body)).toEqual([]);
});

const only = "catch (error) { expect(error).toBe(1); }";

test.each([
  `try { find(0); } ${only}`,
  "await load(0).catch((error) => { expect(error).toBe(1); });",
  "await load(0).catch((error) => { expect(error).toBe(1); }); await load(1).then(close);",
  `try { await load(() => { throw new Error("no"); }); } ${only}`,
  `try { [1].forEach(() => { load(() => { throw new Error("no"); }); }); } ${only}`,
  `try { try { await load(() => { throw new Error("no"); }); } finally { close(); } } ${only}`,
])("%s asserts only where something throws", (body) => {
  expect(faults(body)).toEqual(["onlyCaught"]);
});

test.each([
  `try { find(0); expect.unreachable(); } ${only}`,
  `try { find(0); throw new Error("nothing was thrown"); } ${only}`,
  `try { find(0); fail("nothing was thrown"); } ${only}`,
  `try { [1].forEach((n) => { find(n); fail("nothing was thrown"); }); } ${only}`,
  `try { (() => { throw new Error("nothing was thrown"); })(); } ${only}`,
  `try { [1].forEach((n) => { find(n); expect.unreachable(); }); } ${only}`,
  `find(() => { throw new Error("no"); }); await load(0).catch((error) => { expect(error).toBe(1); });`,
  "await load(0).then(() => { throw new Error(); }).catch((error) => { expect(error).toBe(1); });",
  `try { find(0); } catch (error) { expect(error).toBe(1); } ${claim}`,
  `expect.assertions(1); try { find(0); } ${only}`,
])("%s asserts in any case", (body) => {
  expect(faults(body)).toEqual([]);
});

test.each([
  "const found = find(1); if (found) expect(found.id).toBe(1);",
  "const found = find(1); found && expect(found.id).toBe(1);",
  "const found = find(1); if (!found) return; expect(found.id).toBe(1);",
  "const found = find(1); switch (found) { case 1: expect(found).toBe(1); }",
  "const found = find(1); switch (found) { case 1: expect(found).toBe(1); break; default: break; }",
  "const found = find(1); switch (found) { case 1: expect(found).toBe(1); break; default: console.log(found); }",
  "const found = find(1); if (!found) { close(); } else { expect(found.id).toBe(1); }",
  "// Of one process.\nconst found = find(1); if (found) expect(found.id).toBe(1);",
  "const found = find(1); if (found) { expect(found.id).toBe(1); } else { close(); }",
  "if (find(1)) expect(find(2)).toBe(2);",
  "const found = preprocess(1); if (found) expect(found).toBe(1);",
  "const found = find(processed); if (found) expect(found).toBe(1);",
  "const found = conversion(1); if (found) expect(found).toBe(1);",
])("%s asserts under a condition on the answer", (body) => {
  expect(faults(body)).toEqual(["conditional"]);
});

test.each([
  "const found = find(1); if (found) expect(found.id).toBe(1); else expect(found).toBeNull();",
  "const found = find(1); expect(found ? 1 : 2).toBe(1); if (found) expect(found.id).toBe(1);",
  "const a = find(1); if (a) expect(a).toBe(1); else expect(a).toBe(0); const b = find(2); if (b) expect(b).toBe(1);",
  "const a = find(1); switch (a) { case 1: expect(a).toBe(1); break; default: expect(a).toBe(0); }",
  "const a = find(1); switch (a) { case 1: expect(a).toBe(1); break; default: never(a); break; }",
  "for (const found of find(1)) if (found.id) expect(found.id).toBe(1);",
  "while (load(1)) { const it = find(1); if (it) expect(it).toBe(1); }",
  "do { const it = find(1); if (it) expect(it).toBe(1); } while (load(1));",
  'const isLinux = process.platform === "linux"; if (isLinux) expect(find(1)).toBe(1);',
  'const isBun = typeof Bun !== "undefined"; if (isBun) expect(find(1)).toBe(1);',
  "const it = globalThis.Bun; if (it) expect(find(1)).toBe(1);",
  "const isNew = nodeVersion().startsWith('v24') && semver.gte(version, '24.0.0'); if (isNew) expect(find(1)).toBe(1);",
  "const it = os.platform(); if (it) expect(find(1)).toBe(1);",
  "const it = ofTable(PLATFORM); if (it) expect(find(1)).toBe(1);",
])("%s asserts in any case, or where it can", (body) => {
  expect(faults(body)).toEqual([]);
});

/** A test that asserts only where a function of another module says so. */
function where(name: string): readonly string[] {
  return faults(`if (${name}()) expect(find(1)).toBe(1);`, `import { ${name} } from "./where.ts";`);
}

test.each([
  "isSupported",
  "support",
  "ON_CI",
  "isPlatform",
  "platforms",
  "isMac",
  "isNode",
  "isNodejs",
  "node20",
  "inBrowser",
  "browsers",
  "env",
  "environment",
  "version",
  "versions",
  "isAvailable",
  "isUnavailable",
  "feature",
])("%s of a module says where the test runs", (name) => {
  expect(where(name)).toEqual([]);
  expect(where(`${name}ish`)).toEqual(["conditional"]);
});

test("one word of a name is enough to say where the test runs", () => {
  expect(["canSymlink", "hasGit", "supports_symlinks", "isMacOS"].flatMap(where)).toEqual([]);
  for (const name of ["scan", "hashOf", "conversion"]) expect(where(name)).toEqual(["conditional"]);
});

test.each([
  `return; ${claim}`,
  `if (false) { ${claim} }`,
  `for (const each of []) { ${claim} }`,
  "[].forEach((each) => { expect(find(each)).toBe(1); });",
])("%s is never reached", (body) => {
  expect(faults(body)).toEqual(["never"]);
});

test("a table without rows declares no test", () => {
  const table = (call: string): readonly string[] =>
    [...swallowedAssertion.inspect(parseSource(repoPath("a.test.ts"), imports + call))].map(({ message }) => message);
  for (const name of ["each", "for"]) {
    expect(table(`test.${name}([])("finds", (id) => expect(find(id)).toBe(1));`)).toHaveLength(1);
    expect(table(`test.${name}([1])("finds", (id) => expect(find(id)).toBe(1));`)).toEqual([]);
  }
  expect(table('test.each(...[])("finds", (id) => expect(find(id)).toBe(1));')).toEqual([]);
});

test("a fault that was there before is told again by its text, however it is laid out", async () => {
  const file = (...tests: readonly string[]): string =>
    imports + tests.map((body, index) => `test("finds ${index}", () => {\n${body}\n});\n`).join("");
  const news = async (base: string, head: string): Promise<number> => {
    const outcome = await runGuard(
      swallowedAssertion,
      await contextOf({ base: { "a.test.ts": base }, head: { "a.test.ts": head } }),
    );
    return outcome.status === "failed" ? outcome.findings.length : 0;
  };
  const old = `try { ${claim} } catch {}`;
  expect(await news(file(old, claim), file(claim, old.replace("(1).", "(1)\n  .")))).toBe(0);
  expect(await news(file(old, claim), file(claim, "try { expect(find(2)).toBe(2); } catch {}"))).toBe(1);
  expect(await news(file(old), file(old, old))).toBe(1);
});
