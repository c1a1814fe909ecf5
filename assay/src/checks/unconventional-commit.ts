import type { Commit } from "../model/change.ts";
import type { ChangeCheck } from "../model/check.ts";
import { conventionalForm, conventionOf, isExempt, subjectOf, type Convention } from "./change/commit-convention.ts";
import { shortened } from "./change/shortened.ts";

/**
 * Flags commits of the change whose message is no conventional commit, in a repository that uses them: it has a
 * commitlint configuration, or nearly all of its last fifty commits follow the form.
 *
 * Release notes and version numbers are made from these messages; one that says nothing is missing from both.
 *
 * Left alone are merges, reverts, releases, the first commit, what a bot wrote, and `fixup!` and `squash!`, which are
 * still to be squashed. What is not committed has no message yet.
 *
 * Not seen: rules for a message's body, and rules of a commitlint configuration that are worked out when it runs.
 */
export const unconventionalCommit: ChangeCheck = {
  id: "unconventional-commit",
  kind: "change",
  summary: "A commit message is not in the form that the repository uses",
  in: ["gate"],

  async inspect(context) {
    const { ofChange, before } = await context.commits();
    const worded = ofChange.filter((commit) => !isExempt(commit));
    const convention = worded.length === 0 ? undefined : await conventionOf(context, before);
    if (convention === undefined) return [];
    return worded.flatMap((commit) => {
      const fault = faultOf(subjectOf(commit.message), convention);
      return fault === undefined ? [] : [{ path: null, line: null, message: messageOf(commit, fault) }];
    });
  },
};

/** Where it is a type, it is written as the specification writes the word, and seldom enough to be in no custom. */
const breaking = "BREAKING";

/** Words that say that something was done, and not what. */
const vague =
  /^(?:updates?|updated|changes?|changed|misc|stuff|wip|tmp|temp|work|working|various|edits?|edited|modif(?:y|ied)|commit|save|checkpoint|minor|more|done|progress|things?|asdf|foo)$/i;

function faultOf(subject: string, { types, scopes, maxHeader, used, isLower }: Convention): string | undefined {
  const { type, scope } = conventionalForm.exec(subject)?.groups ?? {};
  if (type === undefined) return "word it as `type(scope): what it does`";
  if (isLower && !/^[a-z]/.test(type) && type !== breaking) return "write its type in small letters, as the others do";
  if (used !== null && !used.has(type.toLowerCase()) && vague.test(type))
    return `"${type}" is no type; say what the change is, such as feat, fix or refactor`;
  if (types !== null && !types.includes(type)) return `its type is none of ${shortened(types.join(", "), 70)}`;
  const parts = scope?.split(/[/\\,] ?/) ?? [];
  if (scopes !== null && !parts.every((part) => scopes.includes(part)))
    return `its scope is none of ${shortened(scopes.join(", "), 60)}`;
  return maxHeader !== null && subject.length > maxHeader
    ? `make the first line ${maxHeader} characters or fewer`
    : undefined;
}

function messageOf({ id, message }: Commit, fault: string): string {
  return `commit ${id.slice(0, 10)} says "${shortened(subjectOf(message), 50)}"; ${fault} (\`git rebase -i\`, reword)`;
}
