import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedWorkflow } from "./loosened-workflow.ts";

/** What each finding would have to be approved as. */
async function whats(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const findings = await loosenedWorkflow.inspect(await contextOf({ base, head, renames }));
  return findings.map(({ message }) => /\[(.*)\]$/.exec(message)?.[1] ?? message);
}

const workflow = (...commands: readonly string[]): string =>
  `on: [push]\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${commands.map((each) => `      - run: ${each}\n`).join("")}`;
const at = (path: string, ...commands: readonly string[]): Texts => ({ [path]: workflow(...commands) });
const ci = ".github/workflows/ci.yml";

test("a command that CI no longer runs is told, in whichever file it ran", async () => {
  const base = at(ci, "npx eslint .", "npx vitest run");
  expect(await whats(base, at(ci, "npx vitest run"))).toHaveLength(1);
  expect(await whats(base, base)).toEqual([]);
  expect(await whats(base, at(ci, "npx vitest run", "npx eslint ."))).toEqual([]);
  expect(
    await whats(base, { ...at(ci, "npx vitest run"), ...at(".github/workflows/lint.yml", "npx eslint .") }),
  ).toEqual([]);
});

test("a workflow that is moved to where nothing runs it is gone, one that gets another name is not", async () => {
  const base = at(ci, "npx eslint .");
  const to = (path: string): Promise<readonly string[]> => whats(base, at(path, "npx eslint ."), { [path]: ci });
  expect(await to(".github/workflows/main.yml")).toEqual([]);
  expect(await to(".github/old/ci.yml")).toHaveLength(1);
  expect(await to("docs/ci.txt")).toHaveLength(1);
});

test("an owner who no longer has to look is told, also where the file is moved away", async () => {
  const owners = { CODEOWNERS: "/src/ @alice @bob\n", "src/a.ts": "" };
  expect(await whats(owners, { ...owners, CODEOWNERS: "/src/ @alice\n" })).toEqual([]);
  expect(await whats(owners, { ...owners, CODEOWNERS: "/docs/ @alice @bob\n" })).toHaveLength(1);
  const moved = (path: string): Promise<readonly string[]> =>
    whats(owners, { "src/a.ts": "", [path]: owners.CODEOWNERS }, { [path]: "CODEOWNERS" });
  expect(await moved(".github/CODEOWNERS")).toEqual([]);
  expect(await moved("docs/owners.md")).toHaveLength(1);
});

test("other files say nothing of what CI does", async () => {
  expect(await whats(at("ci.yml", "npx eslint ."), at("ci.yml", "true"))).toEqual([]);
});
