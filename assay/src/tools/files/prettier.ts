import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Finding } from "../../model/finding.ts";
import { joinPath } from "../../model/paths.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import { fileTool, type Place } from "./file-tool.ts";
import { printedPath, withoutColors, withRule, type Reading } from "../output/tool-outcome.ts";
import type { Tool } from "../tool.ts";

const programs = ["js", "mjs", "cjs", "ts", "mts", "cts"];
const configurations = [
  ".prettierrc",
  ...["json", "json5", "jsonc", "yaml", "yml", "toml", ...programs].map((end) => `.prettierrc.${end}`),
  ...programs.map((end) => `prettier.config.${end}`),
];
const otherConfigurations = new Set([".prettierignore", ".editorconfig", ".gitignore"]);

const table: ArgumentTable = {
  values: new Set([
    "--config",
    "--ignore-path",
    "--plugin",
    "--parser",
    "--log-level",
    "--loglevel",
    "--cache-location",
    "--cache-strategy",
    "--config-precedence",
    "--plugin-search-dir",
    "--print-width",
    "--tab-width",
    "--trailing-comma",
    "--end-of-line",
    "--arrow-parens",
    "--prose-wrap",
    "--stdin-filepath",
    "--quote-props",
    "--html-whitespace-sensitivity",
    "--embedded-language-formatting",
    "--object-wrap",
    "--experimental-operator-position",
  ]),
  dropped: new Set(
    "--write -w --check -c --list-different -l --cache --cache-location --cache-strategy --log-level --loglevel --color --no-color --no-error-on-unmatched-pattern --ignore-unknown -u --experimental-cli".split(
      " ",
    ),
  ),
};

/**
 * Prettier, asked which files differ from what it would print, in the mode that says so when none does.
 *
 * Exit codes: 0 all formatted, 1 some are not, 2 a syntax error or a fault of its own. A syntax error is a finding.
 */
export const prettier: Tool = fileTool({
  name: "prettier",
  role: "format",
  packageName: "prettier",
  cost: "cheap",
  reach: { isConfiguration: (name) => configurations.includes(name) || otherConfigurations.has(name) },
  // It refuses a symbolic link that is named, and knows itself which kinds of files it can format.
  handles: (file) => !file.symlink,
  expandsGlobs: true,
  nestsConfiguration: true,
  localFiles: [".prettierignore"],

  readCall: ({ program, args }) => {
    if (program !== "prettier") return undefined;
    const { flags, paths, seen } = readArguments(args, table);
    const has = (...names: readonly string[]): boolean => names.some((name) => seen.has(name));
    if (has("--stdin-filepath", "--find-config-path", "--file-info", "--support-info", "--version", "--help"))
      return undefined;
    if (!has("--write", "-w", "--check", "-c", "--list-different", "-l")) return undefined;
    return { paths, flags, maxWarnings: Infinity, writes: has("--write", "-w") };
  },

  configurationIn: (workspace, dir) => {
    const file = configurations.map((name) => joinPath(dir, name)).find((path) => workspace.tree.has(path));
    const pkg = workspace.packages.find((candidate) => candidate.dir === dir);
    const isInManifest = pkg !== undefined && "prettier" in pkg.manifest.raw;
    return file ?? (isInManifest ? `"prettier" in ${joinPath(dir, "package.json")}` : undefined);
  },

  command: (installed, { flags }, given) => ({
    file: process.execPath,
    args: [
      installed.bin("prettier"),
      "--check",
      "--ignore-unknown",
      ...(given === "files" ? ["--no-error-on-unmatched-pattern"] : []),
      ...flags,
    ],
  }),

  read: (outcome, place) => readChecked(outcome, place, (file) => existsSync(resolve(place.root, place.dir, file))),
});

/**
 * Undefined where nothing was checked, or it was not Prettier that did.
 *
 * `isFile`: tells the files that it lists from what else it warns of.
 */
export function readChecked(
  { stdout, stderr }: Pick<ProcessOutcome, "stdout" | "stderr">,
  place: Place,
  isFile: (printed: string) => boolean,
): Reading | undefined {
  if (!stdout.includes("Checking formatting...")) return undefined;
  const warned = Array.from(withoutColors(stderr).matchAll(/^\[warn\] (.+)/gmu), ([, text = ""]) => text);
  const listed = warned.filter(isFile);
  return {
    errors: [...unformatted(listed, place, "npx prettier --write"), ...syntaxErrors(stderr, place)],
    warnings: [],
  };
}

/** One finding for each path that a formatter lists. `remedy` is the command that the path is given to. */
export function unformatted(listed: readonly string[], place: Place, remedy: string): readonly Finding[] {
  return listed.map((printed) => ({
    path: printedPath(place.root, place.dir, printed),
    line: null,
    message: `not formatted; run \`${remedy} ${printed}\``,
  }));
}

const syntaxError = /^\[error\] (?<file>.+?): SyntaxError: (?<message>.+) \((?<line>\d+):\d+\)/gmu;

/** Prettier's words about files that it could not parse. */
function syntaxErrors(stderr: string, place: Place): readonly Finding[] {
  return [...withoutColors(stderr).matchAll(syntaxError)].map(({ groups }) => ({
    path: printedPath(place.root, place.dir, groups?.["file"] ?? ""),
    line: Number(groups?.["line"]),
    message: withRule(groups?.["message"] ?? "", "syntax error"),
  }));
}
