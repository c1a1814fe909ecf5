// All tools, the quickest to tell first within a role.
import { biomeFormat, biomeLint } from "./biome.ts";
import { eslint } from "./eslint.ts";
import { oxfmt } from "./oxfmt.ts";
import { oxlint } from "./oxlint.ts";
import { prettier } from "./prettier.ts";
import { formatScript, lintScript, typesScript } from "./script-fallback.ts";
import { testTools } from "./test-tools.ts";
import type { Tool } from "./tool.ts";
import { tsc } from "./tsc.ts";

export const allTools: readonly Tool[] = [
  biomeFormat,
  oxfmt,
  prettier,
  formatScript,
  biomeLint,
  oxlint,
  eslint,
  lintScript,
  tsc,
  typesScript,
  ...testTools,
];
