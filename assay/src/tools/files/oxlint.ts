import type { Finding } from "../../model/finding.ts";
import { joinPath } from "../../model/paths.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import { fileTool, type Place } from "./file-tool.ts";
import { isObject, jsonIn, numberOf, objectsIn, stringOf, type JsonObject } from "../output/json-output.ts";
import { lintable } from "./lintable.ts";
import { printedPath, withRule, type Reading } from "../output/tool-outcome.ts";
import type { Tool } from "../tool.ts";
import { warningLimit } from "./warning-limit.ts";

const configurations = [
  ".oxlintrc.json",
  ".oxlintrc.jsonc",
  ...["ts", "mts", "cts", "js", "mjs", "cjs"].map((end) => `oxlint.config.${end}`),
];

const table: ArgumentTable = {
  values: new Set(
    "-c --config --tsconfig -A --allow -W --warn -D --deny --ignore-path --ignore-pattern --max-warnings -f --format --threads --debug --report-unused-disable-directives-severity".split(
      " ",
    ),
  ),
  dropped: new Set(
    "--fix --fix-suggestions --fix-dangerously --max-warnings --deny-warnings -f --format --threads --debug --silent --no-error-on-unmatched-pattern".split(
      " ",
    ),
  ),
};

const notLinting = "--init --print-config --rules --lsp --version -V --help -h".split(" ");

/**
 * oxlint, with the flags of the repository's scripts and its diagnostics as JSON.
 *
 * It is quick enough to look at the whole of every affected scope, which is what its rules about imports need.
 * It runs under Node: it has no program of its own.
 */
export const oxlint: Tool = fileTool({
  name: "oxlint",
  role: "lint",
  packageName: "oxlint",
  cost: "cheap",
  reach: "scope",
  handles: (file) => !file.symlink && lintable.test(file.path),
  expandsGlobs: false,
  nestsConfiguration: true,
  localFiles: [".eslintignore"],

  readCall: ({ program, args }) => {
    if (program !== "oxlint") return undefined;
    const { flags, paths, seen } = readArguments(args, table);
    if (notLinting.some((flag) => seen.has(flag))) return undefined;
    const writes = ["--fix", "--fix-suggestions", "--fix-dangerously"].some((flag) => seen.has(flag));
    return { paths, flags, maxWarnings: seen.has("--deny-warnings") ? 0 : warningLimit(seen), writes };
  },

  configurationIn: (workspace, dir) =>
    configurations.map((name) => joinPath(dir, name)).find((path) => workspace.tree.has(path)),

  command: (installed, { flags }, given) => ({
    file: process.execPath,
    args: [
      installed.bin("oxlint"),
      "--format=json",
      ...(given === "files" ? ["--no-error-on-unmatched-pattern"] : []),
      ...flags,
    ],
  }),

  read: ({ stdout }, place) => readOxlintJson(stdout, place),
});

/** Reads `--format=json`. */
export function readOxlintJson(stdout: string, place: Place): Reading | undefined {
  const output = jsonIn(stdout, "{");
  const diagnostics = isObject(output) ? objectsIn(output["diagnostics"]) : undefined;
  if (diagnostics === undefined) return undefined;
  return {
    errors: diagnostics.filter(isError).map((diagnostic) => findingOf(diagnostic, place)),
    warnings: diagnostics
      .filter((diagnostic) => !isError(diagnostic))
      .map((diagnostic) => findingOf(diagnostic, place)),
  };
}

function isError(diagnostic: JsonObject): boolean {
  return diagnostic["severity"] === "error";
}

function findingOf(diagnostic: JsonObject, place: Place): Finding {
  const file = stringOf(diagnostic["filename"]);
  const [label] = objectsIn(diagnostic["labels"]) ?? [];
  const span = label?.["span"];
  return {
    path: file === null || file === "" ? null : printedPath(place.root, place.dir, file),
    line: isObject(span) ? numberOf(span["line"]) : null,
    message: withRule(
      withHelp(stringOf(diagnostic["message"]) ?? "", stringOf(diagnostic["help"])),
      stringOf(diagnostic["code"]),
    ),
  };
}

/** A short remedy is worth its room; a long one is an explanation. */
function withHelp(message: string, help: string | null): string {
  return help === null || help.length > 80 ? message : `${message.replace(/\.$/u, "")}: ${help.replace(/\.$/u, "")}`;
}
