// What tools find when they look for configuration in the folders above the repository.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { contentFact } from "./content-fact.ts";

const configuration =
  /^(?:package\.json|[tj]sconfig.*\.json|\.?biome\.jsonc?|deno\.jsonc?|pnpm-workspace\.yaml|\.editorconfig|\.[\w-]+rc(?:\..+)?|\.[\w-]+ignore|[\w.-]+\.config\.[cm]?[jt]s)$/;

/** One fact for each file above `root` that is named like a configuration. */
export function factsAbove(root: string): readonly string[] {
  const facts: string[] = [];
  for (let dir = dirname(root), below = root; dir !== below; below = dir, dir = dirname(dir)) {
    for (const name of namesIn(dir)) {
      if (configuration.test(name)) facts.push(`${join(dir, name)}\0${contentFact(join(dir, name)) ?? "unread"}`);
    }
  }
  return facts;
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return []; // What assay may not list, its children may not either.
  }
}
