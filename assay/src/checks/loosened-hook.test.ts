// Which changes are looked at for hooks that verify less, and for ways past them.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedHook } from "./loosened-hook.ts";

const manifest = (fields: object): Texts => ({
  "package.json": JSON.stringify({ scripts: { test: "vitest run", lint: "eslint .", ...fields } }),
});
const common: Texts = { ...manifest({}), "src/a.ts": "" };

/** Where something is said. */
async function paths(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly (string | null)[]> {
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head }, renames });
  return (await loosenedHook.inspect(context)).map(({ path }) => path);
}

const hook = ".husky/pre-commit";

test("a hook that says less, is gone, or lies where no hook is looked for", async () => {
  expect(await paths({ [hook]: "npm test\nnpm run lint\n" }, { [hook]: "npm test\n" })).toEqual([hook]);
  expect(await paths({ [hook]: "npm test\n" }, {})).not.toEqual([]);
  const moved = "scripts/pre-commit.sh";
  expect(await paths({ [hook]: "npm test\n" }, { [moved]: "npm test\n" }, { [moved]: hook })).not.toEqual([]);
  expect(await paths({ [hook]: "npm test\n" }, { [hook]: "npm test\nnpm run lint\n" })).toEqual([]);
});

test("hooks of a manifest that installs them", async () => {
  const installing = (command: string): Texts => ({
    "package.json": JSON.stringify({ "simple-git-hooks": { "pre-commit": command }, scripts: { test: "vitest run" } }),
  });
  expect(await paths(installing("npm test"), installing("echo"))).toEqual(["package.json"]);
  expect(await paths(installing("npm test"), installing("npm test && echo"))).toEqual([]);
  expect(await paths(manifest({ start: "node ." }), manifest({ start: "node ./src" }))).toEqual([]);
});

test("a way past them is one where somebody is told of it, and not in a source", async () => {
  const past = "git commit --no-verify -m x";
  const hooked = { [hook]: "npm test\n" };
  const found = async (base: Texts, head: Texts): Promise<readonly (string | null)[]> =>
    paths({ ...hooked, ...base }, { ...hooked, ...head });
  expect(await found({}, manifest({ save: past }))).toEqual(["package.json"]);
  expect(await found({ "AGENTS.md": "x\n" }, { "AGENTS.md": `x\n\n\`\`\`sh\n${past}\n\`\`\`\n` })).toEqual([
    "AGENTS.md",
  ]);
  expect(await found({}, { "src/a.ts": `// ${past}\n` })).toEqual([]);
  expect(await found(manifest({ save: past }), manifest({}))).toEqual([]);
});
