// The heavy half of config.ts: loaded only when there is an assay.toml.
import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import type { Config } from "../model/config.ts";
import { AssayError } from "../model/errors.ts";
import { repoPath } from "../model/paths.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { brokenRules, prefixOf } from "./config-rules.ts";
import { configSchema, type ConfigFile } from "./config-schema.ts";
import { shapeProblem, toProblem } from "./config-shape.ts";
import { toParity, toProjectCheck, toRatio } from "./own-checks.ts";
import { lineOfKey } from "./toml-lines.ts";

/** @throws AssayError `config-invalid`. */
export function parseConfig(toml: string): Config {
  const raw = parseToml(toml);
  const misplaced = shapeProblem(configSchema, raw);
  if (misplaced !== undefined) throw invalid(toml, [misplaced]);
  const parsed = v.safeParse(configSchema, raw);
  if (!parsed.success) throw invalid(toml, parsed.issues.map(toProblem));
  const problems = [...brokenRules(parsed.output)];
  if (problems.length > 0) throw invalid(toml, problems);
  return toConfig(parsed.output);
}

function parseToml(toml: string): unknown {
  try {
    return parse(toml, { unsafeKeyBehaviour: "throw" });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = (error.message.split("\n")[0] ?? "").replace("Invalid TOML document: ", "");
    throw new AssayError("config-invalid", `assay.toml:${error.line}: not valid TOML: ${reason}`, {
      hint: `Fix line ${error.line} of assay.toml (column ${error.column}); \`assay --help\` names the keys.`,
      cause: error,
    });
  }
}

/** Reports the problem that comes first in the file. */
function invalid(toml: string, problems: readonly ConfigProblem[]): AssayError {
  const first = problems
    .map(({ path, message, hint }) => ({ line: lineOfKey(toml, path), message, hint }))
    .reduce((a, b) => (b.line < a.line ? b : a));
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new AssayError("config-invalid", `assay.toml:${first.line}: ${first.message}${more}`, {
    hint: first.hint,
  });
}

function toConfig(file: ConfigFile): Config {
  const pathMap = file.scope.path_map;
  return {
    present: true,
    base: file.base ?? null,
    greenfield: file.project.greenfield,
    checksOn: file.checks.on,
    checksOff: file.checks.off,
    pathMap: pathMap === undefined ? null : mapKeys(pathMap, prefixOf),
    dependencies: file.scope.dependencies,
    boundaries: mapValues(file.boundaries, ({ forbid_packages, forbid_mentions, allow_type_imports }) => ({
      forbidPackages: forbid_packages,
      forbidMentions: forbid_mentions,
      allowTypeImports: allow_type_imports,
    })),
    maxFileLines: file.limits.max_file_lines,
    budgetSeconds: file.loop.budget_seconds,
    maxMutants: file.mutate.max_mutants,
    mutators: file.mutate.mutators ?? null,
    commandSeconds: file.mutate.command_seconds,
    requireChangedTests: file.mutate.require_changed_tests,
    equivalents: file.mutate.equivalent.map((entry) => ({ ...entry, path: repoPath(entry.path) })),
    checks: file.check.map(toProjectCheck),
    parities: file.parity.map(toParity),
    ratios: file.ratio.map(toRatio),
  };
}

function mapKeys<Value>(record: Readonly<Record<string, Value>>, of: (key: string) => string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [of(key), value]));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, of: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
