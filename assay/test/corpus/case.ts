// One change of the corpus, as its file tells it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** How far a change has come: what an agent wrote counts wherever git has it. */
export const stages = ["committed", "staged", "unstaged", "untracked"] as const;
export type Stage = (typeof stages)[number];

export interface CorpusCase {
  /** `evasions/suppression/ts-ignore`: its file without the ending. */
  readonly name: string;
  /** Why this is an evasion, or honest, in a sentence. */
  readonly why: string;
  /** Checks that must fail; empty where the change is honest and none may. */
  readonly finds: readonly string[];
  /** The stage that the change is at in a test of all cases. Undefined: any, and each case gets another. */
  readonly stage: Stage | undefined;
  /** What its commit says. `{base}` stands for the id of the commit before. */
  readonly message: string;
  /** What was there before the last commit of the base; undefined where that is the first. */
  readonly former: Files | undefined;
  readonly base: Files;
  readonly head: Files;
}

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Every case of the corpus, ordered by name. */
export function corpusCases(): readonly CorpusCase[] {
  return casesBelow("");
}

/** The evasions of a family, and the honest changes that look like them. */
export function casesOf(family: string): readonly CorpusCase[] {
  return kinds.flatMap((kind) => casesBelow(`${kind}/${family}/`));
}

/** `suppression`, `types`, and so on, ordered. */
export function families(): readonly string[] {
  return [...new Set(kinds.flatMap((kind) => readdirSync(`${folder}${kind}`)))].toSorted();
}

const kinds = ["evasions", "honest"] as const;

function casesBelow(dir: string): readonly CorpusCase[] {
  const below = `${folder}${dir}`;
  const names = readdirSync(below, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".txt"));
  return names
    .toSorted()
    .map((name) => parseCase(dir + name.replace(/\.txt$/, ""), readFileSync(`${below}${name}`, "utf8")));
}

/**
 * Reads a case: lines `key: value`, then the files, each behind a line `=== base PATH`, `=== head PATH` or
 * `=== both PATH`. A file that only the base has is deleted by the change. Where the commit before the change matters, what
 * was there before it stands behind `=== former PATH`. Keys are `why`, `finds` (ids, or `nothing`), `stage` and `message`,
 * in which `\n` is a line break.
 *
 * @throws Error on anything else, so that no case is quietly a weaker one.
 */
export function parseCase(name: string, text: string): CorpusCase {
  const [top = "", ...sections] = text.split(/^=== /m);
  const settings = new Map<string, string>();
  for (const line of top.split("\n").filter((each) => each.trim() !== "")) {
    const [, key, value] = /^(why|finds|stage|message): (.+)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new Error(`${name}: "${line}" is no setting`);
    settings.set(key, value);
  }
  const former: Record<string, string> = {};
  const base: Record<string, string> = {};
  const head: Record<string, string> = {};
  for (const section of sections) {
    const [, side, path, content] = /^(former|base|head|both) (.+)\n([^]*)$/.exec(section) ?? [];
    if (side === undefined || path === undefined || content === undefined) throw new Error(`${name}: "=== ${section}"`);
    if (side === "former") former[path] = content;
    if (side === "base" || side === "both") base[path] = content;
    if (side === "head" || side === "both") head[path] = content;
  }
  const why = settings.get("why");
  const finds = settings.get("finds");
  if (why === undefined || finds === undefined || sections.length === 0)
    throw new Error(`${name}: why, finds or files are missing`);
  if (name.startsWith("honest/") !== (finds === "nothing"))
    throw new Error(`${name}: an evasion is found, and nothing else is`);
  return {
    name,
    why,
    finds: finds === "nothing" ? [] : finds.split(/,\s*/),
    stage: stages.find((each) => each === settings.get("stage")),
    message: settings.get("message")?.replaceAll("\\n", "\n") ?? "feat: change something",
    former: Object.keys(former).length > 0 ? former : undefined,
    base,
    head,
  };
}
