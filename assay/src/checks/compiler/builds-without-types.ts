// Frameworks whose build checks types, told to build whatever the compiler says.
import type { ChangeContext } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { descendants } from "../../source/walk.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { mayConfigureBuild } from "../configuration/config-paths.ts";

/** `typescript: { ignoreBuildErrors: true }`, where it was not so before. */
export function buildsWithoutTypes({ pairs }: ChangeContext): readonly Loosening[] {
  return pairs.flatMap(({ change: { path }, base, head }) => {
    const at = mayConfigureBuild(path) && head ? ignoredAt(head) : undefined;
    if (at === undefined || head === undefined || (base && ignoredAt(base) !== undefined)) return [];
    const message = "`ignoreBuildErrors` lets the build pass with errors of types; take it out and mend them";
    return [{ path, line: head.lineOf(at), what: `${path} ignoreBuildErrors`, message }];
  });
}

function ignoredAt({ program }: SourceFile): number | undefined {
  for (const node of descendants(program)) {
    if (node.type !== "Property") continue;
    const name = node.key.type === "Identifier" ? node.key.name : node.key.type === "Literal" ? node.key.value : "";
    const isOff = node.value.type === "Literal" && node.value.value === false;
    if (name === "ignoreBuildErrors" && !isOff) return node.start;
  }
  return undefined;
}
