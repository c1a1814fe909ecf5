// The files of a change before and after, read together and parsed on first use.
import type { BaseReader, Change, Commits, Diff, RevertedCommit } from "../../model/change.ts";
import type { ChangeContext, FilePair } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { Scope } from "../../model/scope.ts";
import type { SourceFile } from "../../model/source-file.ts";
import type { Workspace } from "../../model/workspace.ts";
import { isMarkupWithScript } from "../../source/components.ts";
import { isSourcePath } from "../../source/role.ts";
import { once } from "./remembered.ts";

export interface ChangeInput {
  readonly diff: Diff;
  readonly scope: Scope;
  readonly workspace: Workspace;
  readonly base: BaseReader;
  readonly commits: () => Promise<Commits>;
  readonly reverted: () => Promise<readonly RevertedCommit[]>;
}

/** What guards look at. Every version of a file is parsed at most once, whoever asks. */
export async function createChangeContext(input: ChangeInput): Promise<ChangeContext> {
  const pairs = await pairsOf(input.diff, input.workspace, input.base);
  const parse = await loadParser();
  const changed = new Map(pairs.map((pair) => [pair.change.path, pair]));
  const others = new Map<RepoPath, SourceFile | undefined>();
  return {
    ...input,
    pairs,
    parse(path) {
      const pair = changed.get(path);
      if (pair) return pair.head;
      if (!others.has(path)) others.set(path, parse(path, input.workspace.readText(path)));
      return others.get(path);
    },
  };
}

/** One pair for each change, in their order. All texts of the base are read in one go. */
export async function pairsOf(diff: Diff, workspace: Workspace, base: BaseReader): Promise<readonly FilePair[]> {
  const atBase = diff.changes.filter((change) => change.baseBlob !== null && wasText(change));
  const texts = await base.read(atBase.map(basePathOf));
  const baseTexts = new Map(atBase.map((change, index) => [change, fileText(change, texts[index])]));
  const parse = await loadParser();
  return diff.changes.map((change) => createPair(change, baseTexts.get(change), workspace, parse));
}

type Parse = (path: RepoPath, text: string | undefined) => SourceFile | undefined;

// The parser is loaded late: the list of guards is read by commands that look at no file.
async function loadParser(): Promise<Parse> {
  const { parseFile } = await import("../../source/parse.ts");
  return (path, text) =>
    text !== undefined && (isSourcePath(path) || isMarkupWithScript(path)) ? parseFile(path, text) : undefined;
}

function createPair(change: Change, baseText: string | undefined, workspace: Workspace, parse: Parse): FilePair {
  const headText = once(() =>
    isText(change) && change.kind !== "deleted" ? workspace.readText(change.path) : undefined,
  );
  const base = once(() => parse(basePathOf(change), baseText));
  const head = once(() => parse(change.path, headText()));
  return {
    change,
    baseText,
    get headText() {
      return headText();
    },
    get base() {
      return base();
    },
    get head() {
      return head();
    },
  };
}

function basePathOf(change: Change): RepoPath {
  return change.previousPath ?? change.path;
}

function wasText(change: Change): boolean {
  return !change.binary && !change.submodule;
}

/** A file that became a link was text before; a path in one line was a link then, too. */
function fileText({ symlink }: Change, text: string | undefined): string | undefined {
  return symlink && text?.includes("\n") !== true ? undefined : text;
}

// What a symbolic link holds is a path, not text.
function isText(change: Change): boolean {
  return !change.binary && !change.submodule && !change.symlink;
}
