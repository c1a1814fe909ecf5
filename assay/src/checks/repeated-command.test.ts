import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { repeatedCommand } from "./repeated-command.ts";

/** What is said of a change, up to what to do. */
async function said(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const findings = await repeatedCommand.inspect(await contextOf({ base, head, renames }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const command = "vitest run --coverage src";
const page = (...commands: readonly string[]): string =>
  `# Work\n\n${commands.map((each) => `- \`${each}\`\n`).join("")}`;
const workflow = (...commands: readonly string[]): string =>
  `on: [push]\njobs:\n  check:\n    steps:\n${commands.map((each) => `      - run: ${each}\n`).join("")}`;
const script = (line: string): string => JSON.stringify({ scripts: { test: line } });
const ci = ".github/workflows/ci.yml";

test("a command that a script spells out is told where it is spelled out again", async () => {
  const base = { "package.json": script(command) };
  expect(await said(base, { ...base, "AGENTS.md": page(command) })).toEqual([
    `AGENTS.md:3 \`${command}\` is spelled out in package.json as well; call that script`,
  ]);
  expect(await said(base, { ...base, [ci]: workflow("npm ci", command) })).toHaveLength(1);
  expect(await said(base, { ...base, "AGENTS.md": page("npm test") })).toEqual([]);
});

test("without a script two other places need one", async () => {
  const base = { [ci]: workflow(command) };
  expect(await said(base, { ...base, "AGENTS.md": page("npm ci", command) })).toEqual([
    `AGENTS.md:4 \`${command}\` is spelled out in ${ci} as well; make it a script and call that in both`,
  ]);
  const both = { ...base, "package.json": script(command) };
  expect(await said(both, { ...both, "AGENTS.md": page(command) })).toEqual([
    expect.stringContaining("package.json as well"),
  ]);
});

test("what was spelled out there before is not new, also under another name", async () => {
  const base = { "package.json": script(command), ".github/workflows/old.yml": workflow(command) };
  const renamed = { "package.json": script(command), [ci]: workflow("npm ci", command) };
  expect(await said(base, renamed, { [ci]: ".github/workflows/old.yml" })).toEqual([]);
  expect(
    await said({ ...base, [ci]: workflow("npm ci") }, { ...base, [ci]: workflow("npm ci", command) }),
  ).toHaveLength(1);
});

test("a program alone, prose, and the manifest itself repeat nothing", async () => {
  const base = { "package.json": script("vitest") };
  expect(await said(base, { ...base, "AGENTS.md": page("vitest") })).toEqual([]);
  expect(
    await said({ "AGENTS.md": page(command) }, { "AGENTS.md": page(command), "package.json": script(command) }),
  ).toEqual([]);
  const notes = { "package.json": script(command) };
  expect(await said(notes, { ...notes, "src/notes.txt": command })).toEqual([]);
});

test("a long command is shown by its beginning", async () => {
  const long = `vitest run ${"x".repeat(60)}`;
  const base = { "package.json": script(long) };
  expect(await said(base, { ...base, "AGENTS.md": page(long) })).toEqual([
    expect.stringContaining(`\`${long.slice(0, 59)}…\` is`),
  ]);
});
