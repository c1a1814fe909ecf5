import type { Finding } from "../../model/finding.ts";
import { joinPath, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import { fileTool, type Place } from "./file-tool.ts";
import { jsonIn, numberOf, objectsIn, stringOf, type JsonObject } from "../output/json-output.ts";
import { lintable } from "./lintable.ts";
import { printedPath, withRule, type Reading } from "../output/tool-outcome.ts";
import type { Tool } from "../tool.ts";
import { warningLimit } from "./warning-limit.ts";

const flatConfigurations = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((end) => `eslint.config.${end}`);
const legacyConfigurations = [".eslintrc", ...["js", "cjs", "json", "yaml", "yml"].map((end) => `.eslintrc.${end}`)];

const table: ArgumentTable = {
  values: new Set(
    "-c --config --ext --parser --parser-options --plugin --rule --rulesdir --resolve-plugins-relative-to --ignore-path --ignore-pattern --global --env --flag --max-warnings -f --format -o --output-file --fix-type --cache-file --cache-location --cache-strategy --stdin-filename --report-unused-disable-directives-severity --report-unused-inline-configs --concurrency --suppressions-location --suppress-rule".split(
      " ",
    ),
  ),
  dropped: new Set(
    "--fix --fix-dry-run --fix-type --cache --no-cache --cache-file --cache-location --cache-strategy -f --format -o --output-file --color --no-color --debug --stats --max-warnings".split(
      " ",
    ),
  ),
};

const notLinting =
  "--init --print-config --inspect-config --env-info --stdin --version -v --help -h --suppress-all --suppress-rule --prune-suppressions --mcp".split(
    " ",
  );

/**
 * ESLint, with the flags of the repository's scripts and its results as JSON.
 *
 * Limits on warnings are counted here, over all that was looked at. ESLint 8 is always run as the script calls it:
 * only its own search for files knows which extensions its configuration names.
 */
export const eslint: Tool = fileTool({
  name: "eslint",
  role: "lint",
  packageName: "eslint",
  cost: "medium",
  reach: "affected",
  handles: (file) =>
    !file.symlink && (lintable.test(file.path) || /\.(?:json[c5]?|md|mdx|ya?ml|css|html)$/u.test(file.path)),
  expandsGlobs: true,
  takesFiles: (installed, use) => isFlat(installed.version, use.env),
  // ESLint 9 searches from the folder it runs in, ESLint 10 from each file.
  nestsConfiguration: false,
  localFiles: [".eslintignore", "eslint-suppressions.json"],

  readCall: ({ program, args }) => {
    if (program !== "eslint") return undefined;
    const { flags, paths, seen } = readArguments(args, table);
    if (notLinting.some((flag) => seen.has(flag))) return undefined;
    return { paths, flags, maxWarnings: warningLimit(seen), writes: seen.has("--fix") };
  },

  configurationIn: (workspace, dir) => {
    const names = [...flatConfigurations, ...legacyConfigurations];
    return (
      names.map((name) => joinPath(dir, name)).find((path) => workspace.tree.has(path)) ?? inManifest(workspace, dir)
    );
  },

  command: (installed, { flags, env }, given) => ({
    file: process.execPath,
    args: [
      installed.bin("eslint"),
      "--format",
      "json",
      ...(given === "files"
        ? ["--no-error-on-unmatched-pattern", ...(isFlat(installed.version, env) ? ["--no-warn-ignored"] : [])]
        : []),
      ...flags,
    ],
  }),

  read: ({ stdout }, place) => readEslintJson(stdout, place),
});

function inManifest(workspace: Workspace, dir: RepoPath): string | undefined {
  const pkg = workspace.packages.find((candidate) => candidate.dir === dir);
  return pkg !== undefined && "eslintConfig" in pkg.manifest.raw
    ? `"eslintConfig" in ${joinPath(dir, "package.json")}`
    : undefined;
}

function isFlat(version: string, env: Readonly<Record<string, string>>): boolean {
  return Number(version.split(".")[0]) >= 9 && env["ESLINT_USE_FLAT_CONFIG"] !== "false";
}

/** Reads the `json` formatter's output. */
export function readEslintJson(stdout: string, place: Place): Reading | undefined {
  const files = objectsIn(jsonIn(stdout, "["));
  if (files === undefined) return undefined;
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  for (const file of files) {
    const path = printedPath(place.root, place.dir, stringOf(file["filePath"]) ?? "");
    const messages = objectsIn(file["messages"]);
    if (messages === undefined) return undefined;
    for (const message of messages) {
      if (isAboutIgnoring(message)) continue;
      const finding = {
        path,
        line: numberOf(message["line"]),
        message: withRule(stringOf(message["message"]) ?? "", stringOf(message["ruleId"])),
      };
      (message["severity"] === 2 ? errors : warnings).push(finding);
    }
  }
  return { errors, warnings };
}

function isAboutIgnoring({ ruleId, severity, message }: JsonObject): boolean {
  return ruleId === null && severity === 1 && stringOf(message)?.startsWith("File ignored ") === true;
}
