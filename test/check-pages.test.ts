import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../assay/src/checks/change/change-of-texts.ts";
import { guards } from "../assay/src/checks/index.ts";
import { runGuard, type Guard } from "../assay/src/checks/run-guards.ts";
import type { Commits } from "../assay/src/model/change.ts";
import { readConfig } from "../assay/src/project/config.ts";

for (const guard of guards) {
  const page = readFileSync(new URL(`../docs/checks/${guard.id}.md`, import.meta.url), "utf8");

  test(`the page of ${guard.id} says what is not seen and how to configure it`, () => {
    expect(headings(page)).toEqual(expect.arrayContaining(["Wrong", "Right", "Not seen", "Configuration"]));
  });

  test(`the wrong example on the page of ${guard.id} is found`, async () => {
    expect(await statusOf(guard, filesUnder(page, "Wrong"), commitsUnder(page, "Wrong"))).toBe("failed");
  });

  test(`the right example on the page of ${guard.id} passes, by every guard`, async () => {
    for (const each of guards)
      expect([each.id, await statusOf(each, filesUnder(page, "Right"), commitsUnder(page, "Right"))]).toEqual([
        each.id,
        "passed",
      ]);
  });
}

/** An example is a change that adds its files; its configuration was there before, unless a block says otherwise. */
async function statusOf(guard: Guard, files: Files, commits: Commits): Promise<string> {
  const head = { ...surroundings, ...files.both, ...files.head };
  const settings = Object.entries({ ...surroundings, ...files.both }).filter(([path]) => !/\.[jt]sx?$/.test(path));
  const base = { ...Object.fromEntries(settings), ...files.base };
  const config = await readConfig(head["assay.toml"]);
  return (await runGuard(guard, await contextOf({ base, head, config, commits }))).status;
}

/** What every example may take for granted. */
const surroundings: Texts = { "package.json": '{ "devDependencies": { "vitest": "4" } }' };

function headings(page: string): readonly string[] {
  return Array.from(page.matchAll(/^## (.+)$/gm), ([, heading = ""]) => heading);
}

interface Files {
  readonly both: Texts;
  readonly base: Texts;
  readonly head: Texts;
}

/** The code blocks of a section that say which file they are: `file=PATH`, and `at=base` or `at=head` where only that side has it. */
function filesUnder(page: string, heading: string): Files {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const blocks = [...section.matchAll(/^```\w+ file=(\S+)(?: at=(base|head))?\n(.*?)^```$/gms)];
  const at = (side: string | undefined): Texts =>
    Object.fromEntries(blocks.filter((block) => block[2] === side).map(([, path = "", , text = ""]) => [path, text]));
  return { both: at(undefined), base: at("base"), head: at("head") };
}

/** What the commits of an example say: the code blocks of a section that are marked `commit`. */
function commitsUnder(page: string, heading: string): Commits {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const ofChange = Array.from(section.matchAll(/^```text commit\n(.*?)^```$/gms), ([, message = ""]) => ({
    id: "0".repeat(40),
    parents: 1,
    author: "A. Person",
    message,
  }));
  return { ofChange, before: [] };
}
