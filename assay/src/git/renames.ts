// Pairs files that went with files that came.
import { extname } from "node:path";
import { dirOf, nameOf, type RepoPath } from "../model/paths.ts";
import { isBinary, type Contents } from "./content.ts";
import type { PathChange } from "./difference.ts";
import { isRegular } from "./listing.ts";

/** At least so much of the larger file's bytes stands in lines that both have. */
const leastSimilarity = 0.5;
/** With more pairs than this only contents of equal names are compared. */
const mostPairs = 40_000;
const largestCompared = 1024 * 1024;

interface Gone {
  readonly path: RepoPath;
  readonly id: string;
}

interface Weights {
  readonly size: number;
  readonly bytesOfLine: ReadonlyMap<string, number>;
}

interface Candidate {
  readonly from: RepoPath;
  readonly to: RepoPath;
  readonly similarity: number;
}

/**
 * Finds renames: the previous path by the new one. Equal contents first, then similar ones, best first.
 *
 * Not seen: a renamed empty file or symbolic link, and a file that was also changed and is binary or has another
 * extension now; those are an addition and a deletion.
 */
export async function findRenames(
  contents: Contents,
  changes: readonly PathChange[],
): Promise<ReadonlyMap<RepoPath, RepoPath>> {
  const gone = new Map<RepoPath, string>();
  const came = new Map<RepoPath, string>();
  for (const { path, base, head } of changes) {
    if (head === null && base !== null && isRegular(base)) gone.set(path, base.id);
    if (base === null && head !== null && isRegular(head)) came.set(path, head.id);
  }
  const renames = new Map<RepoPath, RepoPath>();
  const pair = (from: RepoPath, to: RepoPath) => {
    if (!gone.has(from) || !came.has(to)) return;
    renames.set(to, from);
    gone.delete(from);
    came.delete(to);
  };
  for (const { from, to } of equalPairs(gone, came, emptyIds)) pair(from, to);
  for (const { from, to } of await similarPairs(contents, gone, [...came.keys()])) pair(from, to);
  return renames;
}

const emptyIds = new Set([
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);

/** A file with the same content; if there are several, one with the same name or in the same folder. */
function* equalPairs(
  gone: ReadonlyMap<RepoPath, string>,
  came: ReadonlyMap<RepoPath, string>,
  except: ReadonlySet<string>,
) {
  const byId = new Map<string, Set<RepoPath>>();
  for (const [path, id] of gone) {
    if (except.has(id)) continue;
    const paths = byId.get(id);
    if (paths) paths.add(path);
    else byId.set(id, new Set([path]));
  }
  for (const isWanted of [hasSameName, hasSameFolder, () => true]) {
    for (const [to, id] of came) {
      const sources = byId.get(id);
      const from = [...(sources ?? [])].find((from) => isWanted(from, to));
      if (from === undefined) continue;
      sources?.delete(from);
      yield { from, to };
    }
  }
}

async function similarPairs(
  contents: Contents,
  gone: ReadonlyMap<RepoPath, string>,
  came: readonly RepoPath[],
): Promise<Candidate[]> {
  const endings = new Set(came.map((path) => extname(path)));
  const sources = Array.from(gone, ([path, id]): Gone => ({ path, id })).filter(({ path }) =>
    endings.has(extname(path)),
  );
  const blobs = await contents.blobs(sources.map(({ id }) => id));
  const before = weighAll(sources.map(({ path, id }) => [path, blobs.get(id)]));
  const isWanted = new Set(sources.map(({ path }) => extname(path)));
  const after = weighAll(
    came.filter((path) => isWanted.has(extname(path))).map((path) => [path, contents.onDisk(path)]),
  );
  const namesOnly = before.size * after.size > mostPairs;
  const candidates: Candidate[] = [];
  for (const [from, weights] of before) {
    for (const [to, other] of after) {
      if (extname(from) !== extname(to) || (namesOnly && !hasSameName(from, to))) continue;
      const similarity = similarityOf(weights, other);
      if (similarity >= leastSimilarity) candidates.push({ from, to, similarity });
    }
  }
  return candidates.toSorted(
    (a, b) => b.similarity - a.similarity || Number(hasSameName(b.from, b.to)) - Number(hasSameName(a.from, a.to)),
  );
}

/** Of files that can be compared. */
function weighAll(contents: readonly (readonly [RepoPath, Buffer | undefined])[]): ReadonlyMap<RepoPath, Weights> {
  const weights = new Map<RepoPath, Weights>();
  for (const [path, content] of contents) if (content && isComparable(content)) weights.set(path, weigh(content));
  return weights;
}

function isComparable(content: Buffer): boolean {
  return content.length > 0 && content.length <= largestCompared && !isBinary(content);
}

function weigh(content: Buffer): Weights {
  const bytesOfLine = new Map<string, number>();
  for (const line of content.toString("latin1").split("\n"))
    bytesOfLine.set(line, (bytesOfLine.get(line) ?? 0) + line.length + 1);
  return { size: content.length + 1, bytesOfLine };
}

function similarityOf(a: Weights, b: Weights): number {
  let common = 0;
  for (const [line, bytes] of a.bytesOfLine) common += Math.min(bytes, b.bytesOfLine.get(line) ?? 0);
  return common / Math.max(a.size, b.size);
}

function hasSameName(a: RepoPath, b: RepoPath): boolean {
  return nameOf(a) === nameOf(b);
}

function hasSameFolder(a: RepoPath, b: RepoPath): boolean {
  return dirOf(a) === dirOf(b);
}
