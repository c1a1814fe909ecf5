// What a person has approved: loosened configuration that `assay-approvals.toml` names, as it stands at the base.
import type { ChangeContext } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { Finding } from "../../model/finding.ts";
import { repoPath, type RepoPath } from "../../model/paths.ts";

/** Where approvals are written. Only what the base says counts, so that no change approves itself. */
export const approvalsPath: RepoPath = repoPath("assay-approvals.toml");

/** One way in which a change makes a tool or the harness see less. */
export interface Loosening {
  readonly path: RepoPath | null;
  /** 1-based; null where the whole file is meant. */
  readonly line: number | null;
  /** What an approval names, the same however often the change is edited: `tsconfig.json strict`. */
  readonly what: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** An entry of the file. */
export interface Approval {
  readonly check: string;
  readonly what: string;
  readonly reason: string;
}

/**
 * The loosenings that nobody has approved at the base, as findings that end in what an approval would name, each once.
 *
 * @throws AssayError `config-invalid` when the approvals of the base can't be read.
 */
export async function notApproved(
  context: ChangeContext,
  checkId: string,
  loosenings: readonly Loosening[],
): Promise<readonly Finding[]> {
  if (loosenings.length === 0) return [];
  const [text] = await context.base.read([approvalsPath]);
  const approved = new Set(
    (await readApprovals(text ?? "")).filter(({ check }) => check === checkId).map(({ what }) => what),
  );
  return loosenings
    .filter(({ what }, index) => !approved.has(what) && loosenings.findIndex((each) => each.what === what) === index)
    .map(({ path, line, what, message }) => ({ path, line, message: `${message} [${what}]` }));
}

/** @throws AssayError `config-invalid`: a file that is half understood approves what nobody meant. */
export async function readApprovals(text: string): Promise<readonly Approval[]> {
  if (text.trim() === "") return [];
  const { approval = [], ...others } = await parseToml(text);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(`unknown key "${unknown}"`);
  if (!Array.isArray(approval)) throw invalid("approval is no list of tables");
  return approval.map((entry: unknown, index) => readEntry(entry, `[[approval]] ${index + 1}`));
}

const keys = ["check", "what", "reason"] as const;
const shortestReason = 20;

function readEntry(entry: unknown, name: string): Approval {
  if (typeof entry !== "object" || entry === null) throw invalid(`${name} is no table`);
  const fields = new Map<string, unknown>(Object.entries(entry));
  const unknown = [...fields.keys()].find((key) => !keys.some((known) => known === key));
  if (unknown !== undefined) throw invalid(`${name} has the unknown key "${unknown}"`);
  const [check = "", what = "", reason = ""] = keys.map((key) => {
    const value = fields.get(key);
    if (typeof value !== "string" || value.trim() === "") throw invalid(`${name} needs the string "${key}"`);
    return value;
  });
  if (reason.trim().length < shortestReason) throw invalid(`${name} needs a reason that is a sentence`);
  return { check, what, reason };
}

async function parseToml(text: string): Promise<Readonly<Record<string, unknown>>> {
  const { parse } = await import("smol-toml");
  try {
    return parse(text);
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw invalid(reason.replace("Invalid TOML document: ", "not valid TOML: "));
  }
}

function invalid(problem: string): AssayError {
  return new AssayError("config-invalid", `${approvalsPath}: ${problem}`, {
    hint: `write [[approval]] with check, what and reason, and merge ${approvalsPath} on its own`,
  });
}
