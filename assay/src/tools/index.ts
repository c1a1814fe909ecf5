// All tools, the quickest to tell first within a role.
import { formatScript, lintScript, typesScript } from "./fallback/conventional-script.ts";
import { lintRemainder, testsRemainder, typesRemainder } from "./fallback/script-remainder.ts";
import { testScriptTool } from "./fallback/test-script.ts";
import { biomeFormat, biomeLint } from "./files/biome.ts";
import { eslint } from "./files/eslint.ts";
import { oxfmt } from "./files/oxfmt.ts";
import { oxlint } from "./files/oxlint.ts";
import { prettier } from "./files/prettier.ts";
import { testRunners } from "./runners/known.ts";
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
