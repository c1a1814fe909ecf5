import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";
import { isFixture } from "./change/hand-written.ts";
import { notApproved } from "./configuration/approvals.ts";
import { isLintConfigPath, isManifestPath, isWorkflowPath } from "./configuration/config-paths.ts";

const id = "loosened-linter";

/**
 * Flags configuration of linters and formatters that makes them see less: severities lowered, rules or presets taken
 * out, files ignored, the whole configuration deleted.
 *
 * A rule that was switched off finds nothing, and nobody sees that it is off.
 *
 * Both versions are read and compared for the files of the repository, so that order and spelling make no difference.
 * Tightening passes, and so does the change to another tool.
 *
 * A configuration in a folder of fixtures is material of tests, unless a manifest, a workflow or a
 * configuration of the code names it.
 *
 * Not seen: what is worked out at run time, options of rules other than numbers, and rules that presets bring.
 */
export const loosenedLinter: ChangeCheck = {
  id,
  kind: "change",
  summary: "A linter or formatter is configured to see less",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = context.pairs.filter((pair) => mayConfigure(pair) && !isMaterial(pair, context));
    if (!pairs.some(mentionsLinter)) return [];
    const { linterLoosenings } = await import("./linters/linter-loosenings.ts");
    const read = pairs.map((pair) => (isMovedAway(pair, context) ? withoutHead(pair) : pair));
    return notApproved(context, id, await linterLoosenings(context, read));
  },
};

function mayConfigure({ change: { path, previousPath } }: FilePair): boolean {
  return isLintConfigPath(previousPath ?? path) || isLintConfigPath(path) || isManifestPath(path);
}

function mentionsLinter({ change, baseText = "" }: FilePair): boolean {
  return (
    !isManifestPath(change.path) ||
    /"(?:eslintConfig|eslintIgnore|xo|standard|stylelint|prettier|commitlint)"\s*:\s*[{[]/.test(baseText)
  );
}

/** One of tests that run a linter: it holds for no code of the repository. */
function isMaterial({ change: { path, previousPath } }: FilePair, context: ChangeContext): boolean {
  return isFixture(path) && isFixture(previousPath ?? path) && !isNamed(path, context);
}

/** To where no tool looks for it, and none is told to. */
function isMovedAway({ change: { path, previousPath } }: FilePair, context: ChangeContext): boolean {
  if (previousPath === null || !isLintConfigPath(previousPath) || isFixture(previousPath)) return false;
  return (!isLintConfigPath(path) || isFixture(path)) && !isNamed(path, context);
}

/** As if it had been deleted. */
function withoutHead({ change, base, baseText }: FilePair): FilePair {
  const gone = { ...change, kind: "deleted" as const, path: change.previousPath ?? change.path, previousPath: null };
  return { change: gone, base, baseText, head: undefined, headText: undefined };
}

/** By a manifest, a workflow, or a configuration of the code. */
function isNamed(path: RepoPath, { workspace }: ChangeContext): boolean {
  const named = path.split("/").slice(-2).join("/");
  const callers = workspace.tree.files.filter(
    (file) =>
      isManifestPath(file.path) || isWorkflowPath(file.path) || (isLintConfigPath(file.path) && !isFixture(file.path)),
  );
  return callers.some((file) => workspace.readText(file.path)?.includes(named) === true);
}
