import type { ChangeCheck, ChangeContext } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import { handWritten } from "./change/hand-written.ts";
import { instructionKind, type InstructionKind } from "./instructions/instruction-files.ts";
import { mentionsIn } from "./instructions/instruction-mentions.ts";
import { type Mention, thingsOn, type Things } from "./instructions/named-things.ts";
import { sidesOf } from "./change/sides.ts";
import { shortened } from "./change/shortened.ts";

/**
 * Flags a command that verifies and is spelled out in one more place: a CI step, a hook, a page for developers.
 *
 * The places part ways: what CI runs is no longer what people and agents run before they push.
 *
 * Not seen: the same tool with its options in another order, and repetitions within one file.
 */
export const repeatedCommand: ChangeCheck = {
  id: "repeated-command",
  kind: "change",
  summary: "A command that verifies is spelled out in several places",
  in: ["loop", "gate"],
  optIn: true,

  async inspect(context) {
    const changed = (await handWritten(context)).filter(({ change }) => isPlace(change.path));
    if (changed.length === 0) return [];
    const sides = await sidesOf(context);
    const [head, base] = [thingsOn(sides.head), thingsOn(sides.base)];
    const findings: Finding[] = [];
    for (const { change, baseText = "", headText = "" } of changed) {
      if (nameOf(change.path) === "package.json") continue;
      const before = await commandsIn(change.previousPath ?? change.path, baseText, base);
      const old = new Set(before.map(({ text }) => text));
      const added = (await commandsIn(change.path, headText, head)).filter(({ text }) => !old.has(text));
      for (const mention of added) {
        const other = await placeOf(mention, change.path, context, head);
        if (other !== undefined) findings.push(toFinding(change.path, mention, other));
      }
    }
    return findings;
  },
};

const kinds: ReadonlySet<InstructionKind | undefined> = new Set(["agents", "workflow", "hook", "manifest"]);

function isPlace(path: RepoPath): boolean {
  return kinds.has(instructionKind(path));
}

/** A program alone says nothing that could part ways. */
async function commandsIn(path: RepoPath, text: string, side: Things): Promise<readonly Mention[]> {
  const mentions = await mentionsIn(path, text, side);
  return mentions.filter(({ named }) => named.kind === "command" && named.name.includes(" "));
}

/** Another file that spells the command out: a manifest rather than any other. */
async function placeOf(
  { text }: Mention,
  path: RepoPath,
  context: ChangeContext,
  side: Things,
): Promise<RepoPath | undefined> {
  const { workspace } = context;
  const others = workspace.tree.files.filter((file) => file.path !== path && !file.symlink && isPlace(file.path));
  const places: RepoPath[] = [];
  for (const other of others) {
    const content = workspace.readText(other.path);
    if (!content?.includes(text)) continue;
    if ((await commandsIn(other.path, content, side)).some((each) => each.text === text)) places.push(other.path);
  }
  return places.find((place) => nameOf(place) === "package.json") ?? places[0];
}

function toFinding(path: RepoPath, { text, line }: Mention, other: RepoPath): Finding {
  const shown = shortened(text, 60);
  const remedy = nameOf(other) === "package.json" ? "call that script" : "make it a script and call that in both";
  return { path, line, message: `\`${shown}\` is spelled out in ${other} as well; ${remedy}` };
}
