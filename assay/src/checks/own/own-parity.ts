// A project's own `[[parity]]` as a check: "we cover all of X", compared name by name.
import type { Check, PlanContext } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { Finding, TaskOutcome } from "../../model/finding.ts";
import type { NameSource, Parity } from "../../model/own-check.ts";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import { isAffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import { tellingLine } from "../../tools/runners/test-report.ts";
import { notApproved } from "../configuration/approvals.ts";
import { isConcerned, ownBase, shown } from "./own-check.ts";
import { formatOf, readNames, type ListedName, type ListText } from "./name-lists.ts";
import { lostNames } from "./parity-reference.ts";

export function toParityCheck(config: Parity): Check {
  const how = `Compares ${fromOf(config.covered)} with ${fromOf(config.reference)}: every name of the reference must be covered.`;
  return {
    ...ownBase(config, how),
    kind: "tasks",
    phase: "verify",
    mustFinish: false,
    plan: async (context) => {
      if (!isReached(config, context)) return { status: "skipped", reason: "no affected scope or list" };
      const { workspace } = context;
      const judge = async (host: Host): Promise<TaskOutcome> => {
        const reference = await namesFrom(config.reference, { host, workspace });
        if (reference.status !== "read") return reference.outcome;
        const covered = await namesFrom(config.covered, { host, workspace });
        if (covered.status !== "read") return covered.outcome;
        const gone = await lostNames(config.id, context, reference.names);
        const shortened = await withoutApproval(config, context, gone);
        return outcomeOf(config, reference.names, covered.names, shortened);
      };
      return { status: "planned", tasks: [{ label: how, cost: "medium", replay: null, run: judge }] };
    },
  };
}

/** Beside its scopes the lists themselves count: a file that has changed, a program that can see the change. */
function isReached(config: Parity, context: PlanContext): boolean {
  const { affected } = context;
  if (config.scopes !== null ? isConcerned(config, context) : affected.everything) return true;
  const sources = [config.reference, config.covered];
  const changed = new Set(context.diff.changes.flatMap(({ path, previousPath }) => [path, previousPath]));
  return sources.some((source) => {
    if ("file" in source) return changed.has(source.file);
    // What a program looks at, only its scopes could tell.
    return config.scopes === null || source.command.flatMap(pathIn).some((path) => isAffected(affected, path));
  });
}

function pathIn(word: string): readonly RepoPath[] {
  try {
    return [repoPath(word)];
  } catch {
    return [];
  }
}

interface Reading {
  readonly host: Host;
  readonly workspace: Workspace;
}

type Names =
  | { readonly status: "read"; readonly names: readonly ListedName[] }
  | { readonly status: "unread"; readonly outcome: TaskOutcome };

async function namesFrom(source: NameSource, reading: Reading): Promise<Names> {
  const from = fromOf(source);
  const { pointer } = source;
  if ("file" in source) {
    const text = reading.workspace.readText(source.file);
    if (text === undefined) {
      const hint = "Write it, or correct its path in assay.toml.";
      throw new AssayError("tool-failed", `${from} is not there, is no text or leads out of the repository`, { hint });
    }
    return { status: "read", names: await readNames({ text, from, format: formatOf(source.file), pointer }) };
  }
  const [file = "", ...args] = source.command;
  const outcome = await reading.host.run({ file, args, cwd: reading.workspace.root });
  if (outcome.timedOut) return { status: "unread", outcome: { status: "deferred", remaining: from } };
  return { status: "read", names: await readNames(printed(outcome, from, pointer)) };
}

/** @throws AssayError `tool-failed` where the program has printed no list. */
function printed(outcome: ProcessOutcome, from: string, pointer: string | null): ListText {
  const said = tellingLine(outcome.stderr);
  const failure =
    outcome.spawnError ?? outcome.signal ?? (outcome.exitCode === 0 ? null : `exit code ${outcome.exitCode}`);
  const fault = failure ?? (outcome.truncated ? "it prints more than 64 MiB" : null);
  if (fault !== null) {
    const more = said === "" ? "" : `: ${said}`;
    throw new AssayError("tool-failed", `\`${from}\` did not list names: ${fault}${more}`, { hint: from });
  }
  if (outcome.stdout.trim() === "") throw new AssayError("tool-failed", `\`${from}\` prints nothing`, { hint: from });
  return { text: outcome.stdout, from: `\`${from}\``, format: undefined, pointer };
}

function outcomeOf(
  config: Parity,
  reference: readonly ListedName[],
  covered: readonly ListedName[],
  shortened: readonly Finding[],
): TaskOutcome {
  const from = fromOf(config.reference);
  if (reference.length === 0) {
    const hint = "An empty list is covered by anything; fill it, or remove the check.";
    throw new AssayError("tool-failed", `${from}, the reference of ${config.id}, has no names`, { hint });
  }
  const findings = [
    ...shortened,
    ...uncovered(config, reference, covered),
    ...(config.allowsExtra ? [] : unknown(config, reference, covered)),
    ...staleExceptions(config, reference, covered),
    ...twice(config.reference, reference),
    ...twice(config.covered, covered),
  ];
  if (findings.length > 0) return { status: "failed", findings };
  const names = new Set(reference.map(({ name }) => name)).size;
  return { status: "passed", note: `all ${names} names of ${from} are covered` };
}

/** What a person has approved at the base may go. */
async function withoutApproval(
  config: Parity,
  context: PlanContext,
  gone: readonly string[],
): Promise<readonly Finding[]> {
  const loosenings = gone.map((name) => ({
    path: fileOf(config.reference),
    line: null,
    what: `reference ${name}`,
    message: `"${name}" was in the reference and is not any more; put it back, or let a person approve that`,
  }));
  return notApproved(context, config.id, loosenings);
}

function uncovered(
  config: Parity,
  reference: readonly ListedName[],
  covered: readonly ListedName[],
): readonly Finding[] {
  const known = namesIn(covered);
  const missing = [...namesIn(reference)].filter((name) => !known.has(name) && !Object.hasOwn(config.except, name));
  const what = config.message ?? "cover it";
  return missing.map((name) => {
    const message = `"${name}" of ${fromOf(config.reference)} is not covered; ${config.remedy ?? what}`;
    return { path: fileOf(config.covered), line: null, message };
  });
}

function unknown(config: Parity, reference: readonly ListedName[], covered: readonly ListedName[]): readonly Finding[] {
  const known = namesIn(reference);
  const extra = covered.filter(({ name }) => !known.has(name));
  return extra.map(({ name, line }) => {
    const message = `"${name}" counts as covered, and ${fromOf(config.reference)} has no such name; correct it, or set \`extra = "allow"\``;
    return { path: fileOf(config.covered), line, message };
  });
}

function staleExceptions(
  config: Parity,
  reference: readonly ListedName[],
  covered: readonly ListedName[],
): readonly Finding[] {
  const [wanted, known] = [namesIn(reference), namesIn(covered)];
  return Object.keys(config.except)
    .filter((name) => !wanted.has(name) || known.has(name))
    .map((name) => {
      const why = known.has(name) ? "is covered" : "is not in the reference";
      return { path: repoPath("assay.toml"), line: null, message: `"${name}" ${why}; remove it from \`except\`` };
    });
}

function twice(source: NameSource, names: readonly ListedName[]): readonly Finding[] {
  const seen = new Set<string>();
  return names.flatMap(({ name, line }) => {
    const isNew = !seen.has(name);
    seen.add(name);
    const message = `"${name}" is in ${fromOf(source)} twice; remove one, so that counts are right`;
    return isNew ? [] : [{ path: fileOf(source), line, message }];
  });
}

function namesIn(list: readonly ListedName[]): ReadonlySet<string> {
  return new Set(list.map(({ name }) => name));
}

function fileOf(source: NameSource): RepoPath | null {
  return "file" in source ? source.file : null;
}

function fromOf(source: NameSource): string {
  return "file" in source ? source.file : shown(source.command);
}
