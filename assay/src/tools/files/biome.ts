// Biome, which is both a formatter and a linter: two tools here, read from the same calls and configuration.
import { existsSync } from "node:fs";
import type { Finding } from "../../model/finding.ts";
import { joinPath, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import { fileTool, type FileTool, type Place } from "./file-tool.ts";
import type { ToolCall } from "./file-tool-uses.ts";
import type { InstalledPackage } from "../packages/installed.ts";
import { isObject } from "../output/json-output.ts";
import { forThisLibc, siblingPackage } from "../packages/native-binary.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { printedPath, withoutColors, withRule, type Reading } from "../output/tool-outcome.ts";
import type { Tool } from "../tool.ts";

const configurations = ["biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc"];

const table: ArgumentTable = {
  values: new Set([
    ..."--config-path --since --stdin-file-path --only --skip --reporter --colors --max-diagnostics".split(" "),
    ..."--diagnostic-level --log-level --log-kind --log-file --files-max-size".split(" "),
    ..."--linter-enabled --formatter-enabled --assist-enabled --enforce-assist --organize-imports-enabled".split(" "),
    ..."--indent-style --indent-width --line-ending --line-width --attribute-position".split(" "),
  ]),
  dropped: new Set(
    "--write --fix --apply --apply-unsafe --unsafe --reporter --colors --max-diagnostics --verbose --staged --changed --since --error-on-warnings --no-errors-on-unmatched --log-level --log-kind --log-file --json --diagnostic-level".split(
      " ",
    ),
  ),
};

/** Flags that only the linter's commands know. Each has a value. */
const lintFlags: ReadonlySet<string> = new Set(
  "--only --skip --linter-enabled --formatter-enabled --assist-enabled --enforce-assist --organize-imports-enabled".split(
    " ",
  ),
);

const shared: Omit<FileTool, "role" | "reach" | "readCall" | "configurationIn" | "command"> = {
  name: "biome",
  packageName: "@biomejs/biome",
  cost: "cheap",
  handles: (file) =>
    !file.symlink && /\.(?:[cm]?[jt]sx?|jsonc?|css|graphql|gql|html|vue|svelte|astro|grit)$/u.test(file.path),
  expandsGlobs: false,
  nestsConfiguration: true,
  localFiles: [],
  read: ({ stdout }, place) => readGithubCommands(stdout, place),
  // What that prints when all is well is nothing, which is what a program that did nothing prints as well.
  proof: { without: "--reporter=github", with: "--reporter=json", says: '{"summary":{' },
};

/** Biome as a formatter: `biome format`, for scripts that call `format`, `check` or `ci`. */
export const biomeFormat: Tool = fileTool({
  ...shared,
  role: "format",
  reach: {
    isConfiguration: (name) => configurations.includes(name) || [".editorconfig", ".gitignore"].includes(name),
  },
  configurationIn: (workspace, dir) => configurationIn(workspace, dir, "formatter"),
  readCall: (invocation) => {
    const call = readCall(invocation, ["format", "check", "ci"], "--formatter-enabled");
    return call && { ...call, flags: withoutFlags(lintFlags, call.flags.slice(1)) };
  },
  command: (installed, { flags }) => command(installed, ["format", ...flags]),
});

/**
 * Biome as a linter: `biome lint`, or `biome check` without its formatter where the scripts call `check` or `ci`, which
 * look at the order of imports too.
 */
export const biomeLint: Tool = fileTool({
  ...shared,
  role: "lint",
  reach: "scope",
  configurationIn: (workspace, dir) => configurationIn(workspace, dir, "linter"),
  readCall: (invocation) => {
    const call = readCall(invocation, ["lint", "check", "ci"], "--linter-enabled");
    if (call === undefined || call.flags[0] === "lint") return call;
    const rest = withoutFlags(new Set(["--formatter-enabled"]), call.flags.slice(1));
    return { ...call, flags: ["check", "--formatter-enabled=false", ...rest] };
  },
  command: (installed, { flags }) => command(installed, flags.length === 0 ? ["lint"] : flags),
});

/** The first of the call's flags is the subcommand. `part` is the flag that can switch off what the call is wanted for. */
function readCall({ program, args }: Invocation, subcommands: readonly string[], part: string): ToolCall | undefined {
  if (program !== "biome") return undefined;
  const { flags, paths, seen } = readArguments(args, table);
  const [subcommand, ...named] = paths;
  if (
    subcommand === undefined ||
    !subcommands.includes(subcommand) ||
    seen.get(part) === "false" ||
    seen.has("--stdin-file-path")
  )
    return undefined;
  const writes = ["--write", "--fix", "--apply", "--apply-unsafe"].some((flag) => seen.has(flag));
  return {
    paths: named,
    flags: [subcommand, ...flags],
    maxWarnings: seen.has("--error-on-warnings") ? 0 : Infinity,
    writes,
  };
}

/** Without these and their values, in one piece with them or behind them. */
function withoutFlags(names: ReadonlySet<string>, flags: readonly string[]): readonly string[] {
  return flags.filter((flag, index) => !names.has(flag.replace(/=.*/u, "")) && !names.has(flags[index - 1] ?? ""));
}

function configurationIn(workspace: Workspace, dir: RepoPath, part: "formatter" | "linter"): string | undefined {
  const path = configurations.map((name) => joinPath(dir, name)).find((candidate) => workspace.tree.has(candidate));
  return path === undefined || isSwitchedOff(workspace.readText(path) ?? "", part) ? undefined : path;
}

/** Is `"formatter": { "enabled": false }` in the configuration? Read as text, which a comment can deceive into running Biome, never out of it. */
function isSwitchedOff(text: string, part: string): boolean {
  const stripped = text.replaceAll(/^\s*\/\/.*$/gmu, "").replaceAll(/,(?=\s*[}\]])/gu, "");
  try {
    const value: unknown = JSON.parse(stripped);
    const settings = isObject(value) ? value[part] : undefined;
    return isObject(settings) && settings["enabled"] === false;
  } catch {
    return false;
  }
}

/** Configuration may leave none of the named files to Biome: that is no fault. */
function command(installed: InstalledPackage, args: readonly string[]): { file: string; args: readonly string[] } {
  const settings = ["--reporter=github", "--colors=off", "--max-diagnostics=none", "--no-errors-on-unmatched"];
  const native = nativeProgram(installed);
  const [subcommand = "lint", ...rest] = args;
  return native === undefined
    ? { file: process.execPath, args: [installed.bin("biome"), subcommand, ...settings, ...rest] }
    : { file: native, args: [subcommand, ...settings, ...rest] };
}

/** The program behind the npm package's launcher, whose start costs as much as Biome's whole run on a few files. */
function nativeProgram(installed: InstalledPackage): string | undefined {
  const name = `@biomejs/cli-${process.platform}-${process.arch}`;
  const dir = siblingPackage(installed.dir, process.platform === "linux" ? forThisLibc(name, `${name}-musl`) : name);
  const program = dir === undefined ? undefined : `${dir}/${process.platform === "win32" ? "biome.exe" : "biome"}`;
  return program !== undefined && existsSync(program) ? program : undefined;
}

const githubCommand =
  /^::(?<level>error|warning|notice) title=(?<rule>[^,]*),file=(?<file>.*?),line=(?<line>\d+),.*?::(?<message>.*)$/gmu;

/** Reads `--reporter=github`, the one format that Biome 1.9 and 2 share: a line for each diagnostic. */
export function readGithubCommands(stdout: string, place: Place): Reading {
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  const seen = new Set<string>();
  for (const { 0: text, groups } of withoutColors(stdout).matchAll(githubCommand)) {
    // Biome tells a syntax error once for each of its parts that meets it.
    if (groups === undefined || seen.has(text)) continue;
    seen.add(text);
    const isFormat = groups["rule"] === "format";
    const file = unescaped(groups["file"] ?? "");
    const path = printedPath(place.root, place.dir, file);
    const message = isFormat
      ? `not formatted; run \`npx biome format --write ${path ?? file}\``
      : withRule(unescaped(groups["message"] ?? ""), groups["rule"] ?? null);
    const finding = { path, line: isFormat ? null : Number(groups["line"]), message };
    if (groups["level"] === "error") errors.push(finding);
    else if (groups["level"] === "warning") warnings.push(finding);
  }
  return { errors, warnings };
}

function unescaped(text: string): string {
  return text
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}
