// Which files tell people and agents what to run and where to look.
import { nameOf, type RepoPath } from "../../model/paths.ts";
import { isFixture } from "../change/hand-written.ts";

/**
 * Who a file speaks to. `agents` and `readme` are pages about this repository, `guide` is any other page, which may be
 * about the reader's own project. `workflow`, `hook` and `manifest` are run.
 */
export type InstructionKind = "agents" | "readme" | "guide" | "workflow" | "hook" | "manifest";

const forDevelopers =
  /^(?:agents(?:\.\w+)?|claude(?:\.local)?|gemini|copilot-instructions|contributing|architecture|develop\w*|hacking|testing|maintain\w*|building|releasing|debugging)\.(?:md|mdc)$/i;
const rules =
  /(?:^|\/)(?:\.cursor\/rules|\.github\/instructions|\.claude|\.windsurf\/rules|\.clinerules|\.agents)\/.+\.(?:md|mdc)$|(?:^|\/)\.(?:cursor|windsurf|cline)rules$/;
const workflow =
  /^\.github\/workflows\/[^/]+\.ya?ml$|^\.github\/actions\/.+\/action\.ya?ml$|^action\.ya?ml$|^\.gitlab-ci\.ya?ml$|^\.circleci\/config\.ya?ml$|^(?:azure|bitbucket)-pipelines\.ya?ml$|^lefthook\.ya?ml$/;
const hook = /^\.(?:husky|githooks)\/[\w-]+$/;

/** Pages that speak of what was, or of what is only meant. */
const ofThePast =
  /(?:^|\/)(?:change-?logs?|changes|history|news|releases?|release-notes|migrat\w+|upgrad\w+|breaking-?changes|deprecat\w+|licen[cs]e\w*|notice|security|code_of_conduct|third[-_]?party\w*|roadmap|proposal\w*)(?:[-_.][\w.-]+)?\.mdc?$|(?:^|\/)(?:\.changeset|\.changes|decisions|adrs?|rfcs?|proposals?|plans?|change-?logs?|archived?|blog|versioned_docs|migrations?|templates?|node_modules|vendor|third_party|skills)\//i;

/** What a file is among the instructions; undefined for everything else. */
export function instructionKind(path: RepoPath): InstructionKind | undefined {
  const name = nameOf(path);
  if (name === "package.json") return isFixture(path) ? undefined : "manifest";
  if (workflow.test(path)) return "workflow";
  if (hook.test(path)) return "hook";
  if (isFixture(path) || ofThePast.test(path)) return undefined;
  if (rules.test(path) || forDevelopers.test(name)) return "agents";
  if (!/\.md$/i.test(name)) return undefined;
  if (/^readme(?:[.-][\w-]+)?\.md$/i.test(name)) return "readme";
  return "guide";
}
