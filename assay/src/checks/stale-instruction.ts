import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { joinPath, nameOf, type RepoPath } from "../model/paths.ts";
import { handWritten } from "./change/hand-written.ts";
import { ignoredPaths } from "./instructions/ignored-paths.ts";
import { instructionKind } from "./instructions/instruction-files.ts";
import { mentionsIn } from "./instructions/instruction-mentions.ts";
import { staleEntries } from "./instructions/manifest-entries.ts";
import { pathIn, type Mention, type Named, thingsOn, type Things } from "./instructions/named-things.ts";
import { goneWords } from "./instructions/gone-words.ts";
import { sidesOf } from "./change/sides.ts";
import { shortenedPath } from "./change/shortened.ts";

/**
 * Flags commands, scripts, options and paths that the repository's own instructions name and that are not there: in AGENTS.md,
 * README and CONTRIBUTING files, pages of `docs`, CI workflows, hooks and package scripts.
 *
 * Whoever reads them next, person or agent, runs what fails, and then guesses.
 *
 * Reported where the change takes away or renames what is named, also in files that it does not touch, and where it
 * writes down what has never been there.
 *
 * Not seen: options that were never there, names without code marks in pages for users, and what a page says in a sentence about something that was removed.
 */
export const staleInstruction: ChangeCheck = {
  id: "stale-instruction",
  kind: "change",
  summary: "An instruction names a command, script or path that is not there",
  in: ["loop", "gate"],

  async inspect(context) {
    const gone = goneWords(context);
    const entries = staleEntries(context);
    const pages = await pagesToRead(context, gone);
    if (pages.length === 0) return entries;
    const sides = await sidesOf(context);
    const [head, base] = [thingsOn(sides.head), thingsOn(sides.base)];
    const known = await whatPagesSaid(pages, base);
    const ignored = await ignoredPaths(context);
    const isStale = (mention: Mention, page: RepoPath): boolean => {
      const key = keyOf(mention);
      if (known.wrong.has(key) || head.has(mention.named) !== false) return false;
      return (
        known.right.has(key) || base.has(mention.named) === true || isWrongFromTheStart(mention, page, head, ignored)
      );
    };
    const findings: Finding[] = [...entries];
    for (const { path, after } of pages) {
      const stale = new Map<string, Mention>();
      for (const mention of await mentionsIn(path.after, after, head)) {
        if (stale.has(keyOf(mention)) || !isStale(mention, path.after) || isNameAlone(mention, context)) continue;
        stale.set(keyOf(mention), mention);
      }
      for (const mention of stale.values())
        findings.push({ path: path.after, line: mention.line, message: messageOf(mention, context, base) });
    }
    return findings;
  },
};

/** One file of instructions on both sides. */
interface Pages {
  readonly path: { readonly before: RepoPath; readonly after: RepoPath };
  readonly before: string | undefined;
  readonly after: string;
}

/** Keys of what changed pages said before, by whether it was right. */
async function whatPagesSaid(
  pages: readonly Pages[],
  base: Things,
): Promise<Record<"right" | "wrong", ReadonlySet<string>>> {
  const [right, wrong] = [new Set<string>(), new Set<string>()];
  for (const { path, before } of pages) {
    for (const mention of before === undefined ? [] : await mentionsIn(path.before, before, base)) {
      const is = base.has(mention.named);
      if (is !== undefined) (is ? right : wrong).add(keyOf(mention));
    }
  }
  return { right, wrong };
}

/** Every instruction that changed, and of the others those in which a word stands that the change took away. */
async function pagesToRead(context: ChangeContext, gone: ReadonlySet<string>): Promise<readonly Pages[]> {
  const changed = new Set(context.pairs.map(({ change }) => change.path));
  const pages: Pages[] = [];
  for (const { change, baseText, headText } of await handWritten(context)) {
    if (headText === undefined || instructionKind(change.path) === undefined) continue;
    const before = change.previousPath ?? change.path;
    pages.push({ path: { before, after: change.path }, before: baseText, after: headText });
  }
  if (gone.size === 0) return pages;
  for (const { path, symlink } of context.workspace.tree.files) {
    if (symlink || changed.has(path) || instructionKind(path) === undefined) continue;
    const text = context.workspace.readText(path);
    if (text !== undefined && wordsOf(text).some((word) => gone.has(word)))
      pages.push({ path: { before: path, after: path }, before: text, after: text });
  }
  return pages;
}

function wordsOf(text: string): readonly string[] {
  // `npm:lint` and `src/x.ts:12` hold a name each.
  return Array.from(text.matchAll(/[\w@.:-]+/g), ([word]) => [word.replace(/[.:]+$/, ""), ...word.split(":")]).flat();
}

/** Can the mention mean nothing but this repository, in which it has never been right? */
function isWrongFromTheStart(
  { named, firm, isLink = false }: Mention,
  page: RepoPath,
  head: Things,
  ignored: (path: RepoPath) => boolean,
): boolean {
  if (!firm || standsForAnything(named)) return false;
  if (named.kind !== "path") return true;
  const first = /^(?:\.\/)*([^/]+)\//.exec(named.path)?.[1];
  if (named.path.startsWith("/")) return false;
  const isOurs =
    isLink ||
    first === undefined ||
    first === ".." ||
    named.dirs.some((dir) => head.hasPath(joinPath(dir, first))) ||
    (isRun(page) && writtenByHand.has(first));
  const paths = named.dirs.flatMap((dir) => pathIn(dir, named.path) ?? []);
  return isOurs && paths.every((path) => !ignored(path));
}

/** Folders that nothing makes on the way. */
const writtenByHand: ReadonlySet<string> = new Set(["ci", "hack", "script", "scripts", "tools"]);

/** Is the file run as it stands, where a page may speak of its reader's project? */
function isRun(page: RepoPath): boolean {
  return ["workflow", "hook", "manifest"].includes(instructionKind(page) ?? "");
}

const placeholder =
  /(?:^|[/._:-])(?:path\/to|your|my|foo|bar|baz|qux|x+|y|example|some|[A-Z][A-Z_]+)(?:[/._:-]|$)|^(?:name|script|script-?name|command|task)$/;

/** Is it a name that nothing has, and that stands for one? */
function standsForAnything(named: Named): boolean {
  return placeholder.test(named.kind === "path" ? named.path.replace(/\/?(?:[A-Z]+\.md|README\w*)$/, "") : named.name);
}

function keyOf({ named }: Mention): string {
  if (named.kind === "path") return `path ${named.path.replace(/^(?:\.{0,2}\/)+|\/+$/g, "")}`;
  return `${named.kind} ${named.name}`;
}

function messageOf({ named, text }: Mention, { pairs }: ChangeContext, base: Things): string {
  const shown = shortenedPath(text, 70);
  if (named.kind !== "path") {
    const remedy = base.has(named) === true ? "name what took its place" : "correct it or add what it names";
    return `\`${shown}\` ${reasons.get(named.kind)}; ${remedy}`;
  }
  const moved = movedTo(named, pairs);
  const remedy = moved ? `it is ${moved.change.path} now` : "name what took its place, or take the mention out";
  return `\`${shown}\` is not there${base.has(named) === true ? " any more" : ""}; ${remedy}`;
}

/** Where the file lies that was there before. */
function movedTo(named: Extract<Named, { kind: "path" }>, pairs: ChangeContext["pairs"]): FilePair | undefined {
  return pairs.find(
    ({ change }) =>
      change.previousPath !== null && named.dirs.some((dir) => pathIn(dir, named.path) === change.previousPath),
  );
}

/** A name that says no place is still right where the file has moved and is called the same. */
function isNameAlone({ named }: Mention, { pairs }: ChangeContext): boolean {
  if (named.kind !== "path" || named.reach === "exact" || named.path.includes("/")) return false;
  const moved = movedTo(named, pairs);
  return moved !== undefined && nameOf(moved.change.path) === named.path;
}

const reasons: ReadonlyMap<Named["kind"], string> = new Map([
  ["script", "runs a script that no manifest has"],
  ["package", "names a workspace package that is not there"],
  ["target", "is no recipe that is there"],
  ["option", "gives an option that the program does not take any more"],
  ["tool", "runs a package that is not declared any more"],
]);
