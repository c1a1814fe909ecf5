import type { RepoPath } from "../model/paths.ts";
import type { Manifest } from "../model/workspace.ts";
import { isRecord, parseJsonObject } from "./json.ts";
import { withWireit } from "./wireit-scripts.ts";

/**
 * Reads the text of a `package.json`.
 *
 * @throws AssayError `config-invalid`, naming the file and the line.
 */
export function parseManifest(path: RepoPath, text: string): Manifest {
  const raw = parseJsonObject(path, text);
  const name = raw["name"];
  return {
    name: typeof name === "string" && name !== "" ? name : null,
    type: raw["type"] === "module" ? "module" : "commonjs",
    scripts: withWireit(strings(raw["scripts"]), raw["wireit"]),
    dependencies: strings(raw["dependencies"]),
    devDependencies: strings(raw["devDependencies"]),
    peerDependencies: strings(raw["peerDependencies"]),
    optionalDependencies: strings(raw["optionalDependencies"]),
    raw,
  };
}

function strings(value: unknown): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  if (!isRecord(value)) return result;
  for (const [key, entry] of Object.entries(value)) if (typeof entry === "string") result[key] = entry;
  return result;
}
