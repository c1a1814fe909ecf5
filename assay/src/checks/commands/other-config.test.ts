import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";
import { laxerProject, otherConfigs, withoutMissingConfig } from "./other-config.ts";
import { amountOfLine, type Amount } from "./verifications.ts";

async function amounts(lines: readonly string[], texts: Texts = {}): Promise<readonly Amount[]> {
  const all = { "package.json": "{}", ...texts };
  const { head } = manifestSides(await contextOf({ base: all, head: all }));
  return lines.map((line) => amountOfLine(line, { side: head, dir: rootDir, stopsAtFailure: false }));
}

/** What is told of a command that takes another configuration than the one that lies there. */
async function told(before: string, after: string, files: readonly string[]): Promise<readonly string[]> {
  const [base, head] = await amounts([before, after]);
  if (!base || !head) return [];
  return otherConfigs(base, head, files.map(repoPath)).map(({ key }) => key);
}

test.each([
  ["vitest", "vitest.config.ts vitest.config.mjs vite.config.js vite.config.mts"],
  ["jest", "jest.config.js jest.config.ts jest.config.cjs jest.config.json"],
  ["mocha", ".mocharc.json .mocharc"],
  ["playwright", "playwright.config.ts playwright.config.mjs"],
  ["eslint", "eslint.config.js eslint.config.mjs .eslintrc .eslintrc.json"],
  ["oxlint", ".oxlintrc.json .oxlintrc.jsonc"],
])("%s leaves its usual configuration for another", async (program, names) => {
  const [run, key] = [program === "playwright" ? "playwright test" : `${program} .`, `${program} configuration`];
  for (const name of names.split(" ")) {
    expect([name, await told(run, `${run} --config lax.json`, [name])]).toEqual([name, [key]]);
    for (const other of [`my-${name}`, `deep/${name}`, `${name}.bak`.replace(/^\..*/, "README.md")])
      expect([other, await told(run, `${run} --config lax.json`, [other])]).toEqual([other, []]);
  }
});

test("a page about a configuration is none", async () => {
  expect(await told("oxlint", "oxlint --config lax.json", [".oxlintrc.json.md"])).toEqual([]);
});

test("other programs of the line take nothing to do with it", async () => {
  const [before, after] = ["eslint . && vitest run", "eslint . && vitest run -c lax.ts"];
  expect(await told(before, after, ["vitest.config.ts"])).toEqual(["vitest configuration"]);
  expect(await told(`${before} -c own.ts`, after, ["vitest.config.ts"])).toEqual([]);
});

test("what takes its usual configuration by name, or an option that begins alike, takes no other", async () => {
  const files = ["vitest.config.ts"];
  expect(await told("vitest run", "vitest run -c ./vitest.config.ts", files)).toEqual([]);
  expect(await told("vitest run", "vitest run --configLoader runner", files)).toEqual([]);
  expect(await told("vitest run", "vitest run src/a-c b.ts", files)).toEqual([]);
  expect(await told("vitest run", "vitest run -c=lax.ts", files)).toEqual(["vitest configuration"]);
});

test("one of several runs has to take the usual one, now as before", async () => {
  const files = ["vitest.config.ts"];
  const two = "vitest run && vitest run -c own.ts";
  expect(await told(two, "vitest run -c own.ts", files)).toEqual(["vitest configuration"]);
  expect(await told(two, "vitest run -c own.ts && vitest run", files)).toEqual([]);
  expect(await told("vitest run -c own.ts", "vitest run -c lax.ts", files)).toEqual([]);
  expect(await told("vitest run", "vitest run -c own.ts && vitest run -c vitest.config.ts", files)).toEqual([]);
});

test.each<[string, boolean]>([
  ["eslint -c gone.mjs .", false],
  ["eslint -c gone.js .", false],
  ["eslint -c here.js .", true],
  ["eslint -c gone.yml .", false],
  ["eslint -c gone.yaml .", false],
  ["eslint -c gone.toml .", false],
  ["eslint -c gone.js.map .", true],
  ["eslint -c dist/gone.js .", true],
  ["eslint -c a/node_modules/b/gone.js .", true],
  ["eslint -c redist/gone.js .", false],
  ["eslint -c $CONFIG .", true],
  ["eslint .", true],
])("%s could do something: %s", async (line, expected) => {
  const [amount] = await amounts([line]);
  const left = amount && withoutMissingConfig(amount, (path) => (path === "here.js" ? "" : undefined));
  expect(left?.verifications.length).toBe(expected ? 1 : 0);
});

/** What is told of a compiler that goes on with another project. */
async function asked(before: string, after: string, options: object): Promise<readonly string[]> {
  const [base, head] = await amounts([before, after]);
  if (!base || !head) return [];
  const text = JSON.stringify({ compilerOptions: options });
  return laxerProject(base, head, (path) => (path === "lax.json" ? text : undefined)).map(({ says }) => says);
}

const says = "runs tsc on lax.json, which asks for less than tsconfig.json";

test.each<[object, boolean]>([
  [{ strict: false }, true],
  [{ strictNullChecks: false }, true],
  [{ noImplicitAny: false }, true],
  [{ noUncheckedIndexedAccess: false }, true],
  [{ noUnusedLocals: false }, true],
  [{ exactOptionalPropertyTypes: false }, true],
  [{ useUnknownInCatchVariables: false }, true],
  [{ skipLibCheck: true }, true],
  [{ noCheck: true }, true],
  [{ strict: true, skipLibCheck: false }, false],
  [{ noEmit: false, removeComments: true }, false],
])("a project with %j asks for less: %s", async (options, isLax) => {
  const expected = isLax ? [says] : [];
  expect(await asked("tsc --noEmit", "tsc --noEmit -p lax.json", options)).toEqual(expected);
  expect(await asked("tsc --noEmit", "tsc --noEmit --project=./lax.json", options)).toHaveLength(expected.length);
});

test("a project beside the usual one, or in place of another, takes nothing away", async () => {
  const lax = { strict: false };
  expect(await asked("tsc --noEmit", "tsc --noEmit && tsc --noEmit -p lax.json", lax)).toEqual([]);
  expect(await asked("tsc --noEmit -p other.json", "tsc --noEmit -p lax.json", lax)).toEqual([]);
  expect(await asked("tsc --noEmit && tsc --noEmit -p b.json", "tsc --noEmit -p lax.json", lax)).toEqual([says]);
  expect(await asked("eslint .", "eslint . && tsc --noEmit -p lax.json", lax)).toEqual([]);
  expect(await asked("tsc --noEmit && eslint .", "tsc --noEmit -p lax.json && eslint .", lax)).toEqual([says]);
});

test("what is built is a project, and what is only named like the option is none", async () => {
  const lax = { strict: false };
  expect(await asked("tsc -b", "tsc -b lax.json", lax)).toEqual([says]);
  expect(await asked("tsc -b --verbose", "tsc --build lax.json", lax)).toEqual([says]);
  expect(await asked("tsc -b lax.json", "tsc -b --verbose", lax)).toEqual([]);
  expect(await asked("tsc --noEmit", "tsc --noEmit a-p lax.json", lax)).toEqual([]);
  expect(await asked("tsc --noEmit", "tsc --noEmit -preserveWatchOutput lax.json", lax)).toEqual([]);
  expect(await asked("tsc --noEmit", "tsc --noEmit -p ../lax.json", lax)).toEqual([]);
});
