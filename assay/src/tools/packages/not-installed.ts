// Tells a checkout that is not installed from code that is wrong: both show as a module that can't be found.
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { isWithin, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { findInstalled, usesPlugAndPlay } from "./installed.ts";

const missingModule =
  /\b(?:find|resolve|load) (?:module|package|import) ['"](?<name>@[\w.-]+\/[\w.-]+|\w[\w.-]*)[/'"]/u;

/**
 * The outcome of work in `dir`; an error with the command that installs, where it complains of a package which a
 * manifest declares and nobody has installed. What else it found may follow from that.
 */
export function withInstallHint(workspace: Workspace, dir: RepoPath, outcome: TaskOutcome): TaskOutcome {
  if (outcome.status === "failed") {
    for (const { path, message } of outcome.findings) {
      const name = missingPackage(workspace, path ?? dir, message);
      if (name !== undefined) return { status: "errored", error: notInstalled(workspace, name, message) };
    }
  }
  if (outcome.status !== "errored" || outcome.error.hint !== null) return outcome;
  const { message } = outcome.error;
  const name = missingPackage(workspace, dir, message);
  return name === undefined ? outcome : { status: "errored", error: notInstalled(workspace, name, message) };
}

function missingPackage(workspace: Workspace, at: RepoPath, message: string): string | undefined {
  const name = missingModule.exec(message)?.groups?.["name"];
  if (name === undefined || usesPlugAndPlay(workspace, at)) return undefined;
  const declared = workspace.packages.some(
    ({ dir, manifest }) => isWithin(dir, at) && (name in manifest.dependencies || name in manifest.devDependencies),
  );
  return declared && findInstalled(workspace, at, name) === undefined ? name : undefined;
}

function notInstalled({ manager }: Workspace, name: string, message: string): AssayError {
  return new AssayError("tool-missing", `${name} is declared and not installed: ${message}`, {
    hint: `${manager} install`,
  });
}
