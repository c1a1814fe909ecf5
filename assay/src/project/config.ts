import { defaultConfig, type Config } from "../model/config.ts";

/**
 * Reads the text of `assay.toml`; undefined means that there is none. Never executes anything.
 *
 * Scope names are checked here when there is a path map; without one they are packages' names, and
 * `readWorkspace` checks them.
 *
 * @throws AssayError `config-invalid`, with the line and a hint.
 */
export async function readConfig(text: string | undefined): Promise<Config> {
  if (text === undefined) return defaultConfig;
  const { parseConfig } = await import("./parse-config.ts");
  return parseConfig(text);
}
