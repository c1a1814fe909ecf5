// Which files of a change somebody wrote to be used: not those a program writes, not those that tests take as material.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { ancestors, byPath, dirOf, joinPath, type RepoPath } from "../../model/paths.ts";
import { baseTextReader } from "./base-text.ts";

const fixtureFolder = /(?:^|\/)(?:__)?(?:test)?(?:fixtures?|testdata|test-data)(?:__)?\//i;

/** Does the file lie in a folder of fixtures? */
export function isFixture(path: RepoPath): boolean {
  return fixtureFolder.test(path);
}

const known = new WeakMap<ChangeContext, Promise<readonly FilePair[]>>();

/**
 * The pairs that guards look at: no fixtures, nothing that `.gitattributes` marks as `linguist-generated`, and nothing that
 * a build made of sources of the same package. Worked out once for a change, whichever guard asks first.
 */
export function handWritten(context: ChangeContext): Promise<readonly FilePair[]> {
  const found = known.get(context) ?? findHandWritten(context);
  known.set(context, found);
  return found;
}

async function findHandWritten(context: ChangeContext): Promise<readonly FilePair[]> {
  const isGenerated = await generatedFiles(context);
  const written = context.pairs.filter(({ change: { path } }) => !isFixture(path) && !isGenerated(path));
  const candidates = written.map(({ change: { path } }) => path).filter((path) => outputFolder.test(path));
  if (candidates.length === 0) return written;
  const { builtFiles } = await import("./built-files.ts");
  const built = await builtFiles(context, candidates);
  return written.filter(({ change: { path } }) => !built.has(path));
}

/** Worth a look at the scripts that build. */
const outputFolder = /(?:^|\/)(?:dist|build|out|output|lib|types|typings|esm|cjs|umd|es)\/.*\.[cm]?[jt]sx?$/;

interface Rule {
  readonly dir: RepoPath;
  readonly generated: boolean;
  matches(relativePath: string): boolean;
}

/**
 * Reads the marks as they were at the base where the change touches them: a change can not declare itself generated.
 */
async function generatedFiles(context: ChangeContext): Promise<(path: RepoPath) => boolean> {
  const dirs = new Set(context.pairs.flatMap(({ change }) => [...ancestors(change.path)]));
  const readBase = baseTextReader(context);
  const rules: Rule[] = [];
  // The root comes first: what stands deeper, or later in a file, overrides.
  for (const dir of [...dirs].toSorted(byPath)) {
    const text = readBase(joinPath(dir, ".gitattributes"));
    if (text?.includes("linguist-generated")) rules.push(...(await parseAttributes(dir, text)));
  }
  return (path) => rules.findLast((rule) => matches(rule, path))?.generated ?? false;
}

async function parseAttributes(dir: RepoPath, text: string): Promise<readonly Rule[]> {
  const rules = text.split(/\r?\n/).map(async (line): Promise<readonly Rule[]> => {
    const [pattern, ...attributes] = line.trim().split(/\s+/);
    const mark = attributes.findLast((attribute) => /^[-!]?linguist-generated(?:=|$)/.test(attribute));
    if (pattern === undefined || pattern.startsWith("#") || mark === undefined) return [];
    const generated = !/^[-!]|=(?:false|0|off|no)$/i.test(mark);
    return [{ dir, generated, matches: await matcherOf(pattern) }];
  });
  return (await Promise.all(rules)).flat();
}

/** A pattern without a slash matches the name at any depth, as in `.gitignore`. */
async function matcherOf(pattern: string): Promise<Rule["matches"]> {
  // Most are names, for which no library is loaded.
  if (/^[\w.-]+$/.test(pattern)) return (path) => `/${path}`.endsWith(`/${pattern}`);
  const { default: picomatch } = await import("picomatch");
  return picomatch(pattern.includes("/") ? pattern.replace(/^\//, "") : `**/${pattern}`, { dot: true });
}

function matches(rule: Rule, path: RepoPath): boolean {
  if (rule.dir !== "" && !`${dirOf(path)}/`.startsWith(`${rule.dir}/`)) return false;
  return rule.matches(rule.dir === "" ? path : path.slice(rule.dir.length + 1));
}
