import type { Finding } from "../../model/finding.ts";
import { joinPath } from "../../model/paths.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import { fileTool, type Place } from "./file-tool.ts";
import { unformatted } from "./prettier.ts";
import { printedPath, withoutColors, withRule } from "../output/tool-outcome.ts";
import type { Tool } from "../tool.ts";

const configurations = [
  ".oxfmtrc.json",
  ".oxfmtrc.jsonc",
  ...["ts", "mts", "cts", "js", "mjs", "cjs"].map((end) => `oxfmt.config.${end}`),
];

const table: ArgumentTable = {
  values: new Set(["--config", "-c", "--ignore-path", "--threads", "--migrate", "--stdin-filepath"]),
  dropped: new Set(["--write", "--check", "--list-different", "--threads", "--no-error-on-unmatched-pattern"]),
};

/**
 * oxfmt, asked which files differ from what it would print, in the mode that says so when none does.
 *
 * Exit codes: 0 all formatted, 1 some are not (or the configuration can't be read), 2 a syntax error or no file at all.
 * It runs under Node: it has no program of its own.
 */
export const oxfmt: Tool = fileTool({
  name: "oxfmt",
  role: "format",
  packageName: "oxfmt",
  cost: "cheap",
  reach: {
    isConfiguration: (name) =>
      configurations.includes(name) || [".editorconfig", ".gitignore", ".prettierignore"].includes(name),
  },
  handles: (file) => !file.symlink,
  expandsGlobs: true,
  nestsConfiguration: true,
  localFiles: [".prettierignore", ".gitignore"],

  readCall: ({ program, args }) => {
    if (program !== "oxfmt") return undefined;
    const { flags, paths, seen } = readArguments(args, table);
    if (["--init", "--migrate", "--lsp", "--stdin-filepath"].some((flag) => seen.has(flag))) return undefined;
    return { paths, flags, maxWarnings: Infinity, writes: !seen.has("--check") && !seen.has("--list-different") };
  },

  configurationIn: (workspace, dir) =>
    configurations.map((name) => joinPath(dir, name)).find((path) => workspace.tree.has(path)),

  command: (installed, { flags }, given) => ({
    file: process.execPath,
    args: [
      installed.bin("oxfmt"),
      "--check",
      ...(given === "files" ? ["--no-error-on-unmatched-pattern"] : []),
      ...flags,
    ],
  }),

  read: ({ stdout, stderr }, place) => {
    if (!stdout.includes("Checking formatting...")) return undefined;
    const listed = Array.from(withoutColors(stdout).matchAll(listedFile), ([, file = ""]) => file);
    return { errors: [...unformatted(listed, place, "npx oxfmt"), ...syntaxErrors(stderr, place)], warnings: [] };
  },
});

/** `src/a.ts (2ms)` */
const listedFile = /^(.+) \(\d+ms\)$/gmu;

const syntaxError = /^\s*[x×] (?<message>.+)\n\s*[,╭][-─]+\[(?<file>.+):(?<line>\d+):\d+\]/gmu;

function syntaxErrors(stderr: string, place: Place): readonly Finding[] {
  return [...withoutColors(stderr).matchAll(syntaxError)].map(({ groups }) => ({
    path: printedPath(place.root, place.dir, groups?.["file"] ?? ""),
    line: Number(groups?.["line"]),
    message: withRule(groups?.["message"] ?? "", "syntax error"),
  }));
}
