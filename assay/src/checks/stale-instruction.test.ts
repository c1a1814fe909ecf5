import { expect, test } from "vitest";
import { contextOf, type Texts, type TextsChange } from "./change/change-of-texts.ts";
import { staleInstruction } from "./stale-instruction.ts";

async function findings(change: TextsChange): Promise<readonly string[]> {
  const found = await staleInstruction.inspect(await contextOf(change));
  return found.map(({ path, line, message }) => `${path}:${line} ${/`(.*?)`/.exec(message)?.[1]}`);
}

const before = { "package.json": '{ "scripts": { "lint": "x", "test": "y" } }' };
const after = { "package.json": '{ "scripts": { "check": "x", "test": "y" } }' };

/** What is found in an unchanged page when `lint` has become `check`. */
async function inPage(text: string, path = "AGENTS.md"): Promise<readonly string[]> {
  return findings({ base: { ...before, [path]: text }, head: { ...after, [path]: text } });
}

test("a script that went away is missed in every form of running it", async () => {
  for (const command of [
    "npm run lint",
    "npm run lint -- --fix",
    "npm run --silent lint",
    "npm run-script lint",
    "pnpm lint",
    "pnpm run lint",
    "yarn lint",
    "bun run lint",
    "node --run lint",
    "cd . && npm run lint",
    "CI=1 npm run lint",
    "run-s lint test",
    'concurrently "npm:lint" "npm:test"',
    "npx concurrently 'npm run lint'",
    "(npm run lint)",
    "time npm run lint > lint.log",
  ]) {
    const page = `\`\`\`sh\n${command}\n\`\`\`\n`;
    expect([command, (await inPage(page)).length]).toEqual([command, 1]);
  }
});

test("in prose, what was right before is missed", async () => {
  expect(await inPage("Run npm run lint first.")).toEqual(["AGENTS.md:1 npm run lint"]);
  expect(await inPage("We renamed npm run lint.")).toEqual([]);
  const page = { "AGENTS.md": "The rules are in src/rules.ts, and so on." };
  expect(await findings({ base: { ...page, "src/rules.ts": "" }, head: page })).toEqual(["AGENTS.md:1 src/rules.ts"]);
});

test("a page that is included in another is missed", async () => {
  const page = { "CLAUDE.md": "@docs/agents.md\n" };
  expect(await findings({ base: { ...page, "docs/agents.md": "x" }, head: page })).toEqual([
    "CLAUDE.md:1 @docs/agents.md",
  ]);
});

test("hooks in a manifest and scripts that run scripts are instructions", async () => {
  const manifest = (name: string): Texts => ({
    "package.json": `{\n"scripts": {\n"${name}": "x",\n"all": "npm run lint"\n},\n"simple-git-hooks": {\n"pre-commit": "npm run lint"\n}\n}`,
  });
  expect(await findings({ base: manifest("lint"), head: manifest("check") })).toEqual(["package.json:4 npm run lint"]);
});

test("a message says where a file has gone", async () => {
  const page = { "README.md": "[x](src/a.ts)\n" };
  const context = await contextOf({
    base: { ...page, "src/a.ts": "x" },
    head: { ...page, "src/b.ts": "x" },
    renames: { "src/b.ts": "src/a.ts" },
  });
  expect((await staleInstruction.inspect(context)).map(({ message }) => message)).toEqual([
    "`src/a.ts` is not there any more; it is src/b.ts now",
  ]);
});

test("records of the past and fixtures are no instructions", async () => {
  for (const path of [
    "CHANGELOG.md",
    "docs/decisions/1.md",
    "MIGRATION.md",
    "test/fixtures/README.md",
    "docs/migrating-to-2.md",
  ]) {
    expect([path, await inPage("`npm run lint`", path)]).toEqual([path, []]);
  }
});

test("options that name packages, folders and patterns are understood", async () => {
  const base = { ...before, "packages/a/package.json": '{ "name": "@x/a", "scripts": { "lint": "x" } }' };
  const head = { ...base, ...after };
  for (const command of [
    "npm run lint -w @x/a",
    "npm -w packages/a run lint",
    "pnpm --filter a lint",
    "pnpm -F '@x/*' lint",
    "pnpm -r lint",
    "yarn workspace @x/a lint",
    "npm --prefix packages/a run lint",
    "npm run lint --workspaces",
    "npm run lint --if-present",
  ]) {
    const page = { "AGENTS.md": `\`\`\`sh\n${command}\n\`\`\`\n` };
    expect([command, await findings({ base: { ...base, ...page }, head: { ...head, ...page } })]).toEqual([
      command,
      [],
    ]);
  }
});
