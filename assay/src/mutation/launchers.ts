// Sources that have modules of their own run elsewhere, such as a pool of workers beside the file that these load.
import { readFileSync } from "node:fs";

const ownModules = [
  /new URL\(\s*["'`]\.{1,2}\/[^"'`]+\.[cm]?[jt]sx?["'`]\s*,\s*import\.meta\.url/,
  /(?:require|import\.meta)\.resolve\(\s*["'`]\.{1,2}\//,
  /(?:__dirname|import\.meta\.dirname)[^;\n]*\.[cm]?[jt]sx?["'`]/,
  /\b(?:Worker|fork)\(\s*(?:["'`]|__filename|(?:new URL\(\s*)?import\.meta\.(?:filename|url))/,
];

/** Of files that can start processes or workers those that give them a module of the repository to run. */
export function launchersAmong(starters: Iterable<string>): readonly string[] {
  return [...starters].filter(launches);
}

function launches(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8");
    return ownModules.some((sign) => sign.test(text));
  } catch {
    // A test has made it, and removed it again.
    return false;
  }
}
