// Which modules are used by others than modules.
import { nameOf, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { roleOf } from "../../source/role.ts";

const conventions =
  /(?:^|\/)(?:app|pages|routes|api|functions|middleware|plugins|commands|migrations|stories|public|server|bin)\//;

/** Is the file used by a manifest, a framework or a tool? */
export function isEntry(path: RepoPath, { packages }: Workspace): boolean {
  const name = nameOf(path).replace(/\.[cm]?[jt]sx?$/, "");
  if (name === "index" || name === "main" || name === "mod" || roleOf(path) !== "source" || conventions.test(path))
    return true;
  return packages.some(({ manifest }) => {
    const { exports, main, module, types, bin, browser, imports } = manifest.raw;
    const entries = JSON.stringify([exports, main, module, types, bin, browser, imports, manifest.scripts]);
    const isNamed = ["/", '"'].some((before) =>
      ['"', ".", "/"].some((after) => entries.includes(before + name + after)),
    );
    return isNamed || entries.includes("/*");
  });
}
