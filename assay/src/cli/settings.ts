// The configuration of a repository, from its root.
import { lstat, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../model/config.ts";
import { AssayError } from "../model/errors.ts";
import { readConfig } from "../project/config.ts";

/** @throws AssayError `config-invalid`. */
export async function readSettings(root: string): Promise<Config> {
  return readConfig(await configText(root));
}

const mostConfigBytes = 1 << 20;

/** Undefined where there is no `assay.toml`. What stands there and is no text is not waited for. */
async function configText(root: string): Promise<string | undefined> {
  const file = join(root, "assay.toml");
  if (!(await lstat(file).catch(unlessMissing))) return undefined;
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() && stats.size <= mostConfigBytes) return readFile(file, "utf8");
  throw new AssayError("config-invalid", "assay.toml is not a file that can be read, or over 1 MiB", {
    hint: "make it a text file, or remove it to go without configuration",
  });
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}
