// The ignore and attribute files that lie outside the repository's tree.
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The file that `core.excludesFile` or `core.attributesFile` names, or git's default for it. */
export function userFile(root: string, configured: string | null, defaultName: "ignore" | "attributes"): string {
  if (configured === null)
    return join(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "git", defaultName);
  return configured.startsWith("~/") ? join(homedir(), configured.slice(2)) : resolve(root, configured);
}

/** Does this file exist and say anything besides comments? */
export function hasLines(file: string): boolean {
  return /^[^#\s]/m.test(readIfThere(file));
}

/** The text of a file; nothing where there is no file or it can't be read, as git sees it. */
export function readIfThere(file: string | Buffer): string {
  try {
    return statSync(file).isFile() ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}
