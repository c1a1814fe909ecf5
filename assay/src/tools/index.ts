// All tools, the quickest to tell first within a role.
import { formatScript, lintScript, typesScript } from "./fallback/conventional-script.ts";
import { lintRemainder, testsRemainder, typesRemainder } from "./fallback/script-remainder.ts";
import { scriptCommands, testScriptTool } from "./fallback/test-script.ts";
import { biomeFormat, biomeLint } from "./files/biome.ts";
import { eslint } from "./files/eslint.ts";
import { oxfmt } from "./files/oxfmt.ts";
import { oxlint } from "./files/oxlint.ts";
import { prettier } from "./files/prettier.ts";
import { avaCommands } from "./runners/ava.ts";
import { jestCommands } from "./runners/jest.ts";
import { mochaCommands } from "./runners/mocha.ts";
import type { StartedCommand } from "./runners/runner-command.ts";
import type { TestCommand } from "./runners/test-command.ts";
import { testRunners } from "./runners/known.ts";
import { vitestCommands } from "./runners/vitest.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Tool } from "./tool.ts";
import { tsc } from "./types/tsc.ts";

export const allTools: readonly Tool[] = [
  biomeFormat,
  oxfmt,
  prettier,
  formatScript,
  biomeLint,
  oxlint,
  eslint,
  lintScript,
  lintRemainder,
  tsc,
  typesScript,
  typesRemainder,
  ...testRunners,
  testsRemainder,
  testScriptTool,
];

/** The runs of tests that can be started from a copy of the repository as well, by what a script says alone. */
export async function testCommands(workspace: Workspace): Promise<readonly TestCommand[]> {
  return [...mochaCommands(workspace), ...avaCommands(workspace), ...(await scriptCommands(workspace))];
}

/** The runs of vitest and jest in the same way, for versions of them that can not be driven. */
export async function startedCommands(workspace: Workspace): Promise<readonly StartedCommand[]> {
  return (await Promise.all([vitestCommands(workspace), jestCommands(workspace)])).flat();
}
