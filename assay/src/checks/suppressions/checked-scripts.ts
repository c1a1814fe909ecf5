// Which files of JavaScript the type checker reads.
import { parse } from "jsonc-parser";
import { ancestors, joinPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import type { Workspace } from "../../model/workspace.ts";

/** By a comment of its own, or by the configuration nearest to it. */
export function isChecked(file: SourceFile, workspace: Workspace): boolean {
  const own = file.comments.find(({ value }) => /^\/?\s*@ts-(?:no)?check\b/.test(value));
  if (own !== undefined) return /@ts-check/.test(own.value);
  return [...ancestors(file.path)].some((dir) =>
    ["tsconfig.json", "jsconfig.json"].some((name) => checksJs(workspace.readText(joinPath(dir, name)))),
  );
}

function checksJs(text: string | undefined): boolean {
  if (text === undefined || !text.includes("checkJs")) return false;
  const config: unknown = parse(text, [], { allowTrailingComma: true });
  if (typeof config !== "object" || config === null || !("compilerOptions" in config)) return false;
  const options = config.compilerOptions;
  return typeof options === "object" && options !== null && "checkJs" in options && options.checkJs === true;
}
