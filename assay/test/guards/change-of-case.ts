// A case of the corpus as a change that is on no disk: what git, the project and the scope say of it, without asking git.
import { createChangeContext } from "../../src/checks/change/pairs.ts";
import { baseReader } from "../../src/git/base-reader.ts";
import { describeChanges } from "../../src/git/changes.ts";
import type { Contents } from "../../src/git/content.ts";
import { pathChanges } from "../../src/git/difference.ts";
import { blobId } from "../../src/git/disk.ts";
import { headTree } from "../../src/git/head-tree.ts";
import type { Differences, IndexEntry } from "../../src/git/listing.ts";
import type { WorkTree } from "../../src/git/work-tree.ts";
import type { ChangeContext } from "../../src/model/check.ts";
import type { Commits, Diff, RevertedCommit } from "../../src/model/change.ts";
import { repoPath, type RepoPath } from "../../src/model/paths.ts";
import { readConfig } from "../../src/project/config.ts";
import { describeWorkspace } from "../../src/project/workspace.ts";
import { resolveScope, wholeScope } from "../../src/scope/scope.ts";
import type { CorpusCase, Files } from "../corpus/case.ts";

type Entries = ReadonlyMap<RepoPath, IndexEntry>;

/** What every repository of the corpus has, unless its case says otherwise. */
const ignoresPackages: Files = { ".gitignore": "node_modules\n" };

/** As if nothing was edited since it was added. */
const cleanTree: WorkTree = { edited: new Map(), leftOut: new Set(), untracked: new Map() };

const startId = "a".repeat(40);

/** What guards are given in a gate. The change is committed, unless the case asks for another stage. */
export async function changeOfCase(corpusCase: CorpusCase): Promise<ChangeContext> {
  const base = { ...ignoresPackages, ...corpusCase.base };
  const head = ".gitignore" in corpusCase.base ? corpusCase.head : { ...ignoresPackages, ...corpusCase.head };
  const before = entriesOf(base);
  const index = { entries: entriesOf(head), unmerged: new Set<RepoPath>() };
  const contents = contentsOf(base, head);
  const paths = pathChanges({
    base: differencesOf(before, index.entries),
    headCommit: new Map(),
    index,
    workTree: cleanTree,
  });
  const diff: Diff = {
    base: { kind: "found", commit: startId, ref: "main", tip: startId },
    changes: await describeChanges(contents, paths),
  };
  const workspace = await describeWorkspace({
    root: "/nowhere",
    tree: headTree(index, cleanTree),
    config: await readConfig(head["assay.toml"]),
    readText: (path) => head[path],
  });
  return createChangeContext({
    diff,
    workspace,
    scope: wholeScope(resolveScope({ diff, workspace })),
    base: baseReader(contents, () => before),
    commits: async () => commitsOf(corpusCase),
    reverted: async () => revertedBy(corpusCase),
  });
}

function entriesOf(files: Files): Entries {
  return new Map(
    Object.entries(files).map(([path, text]) => [
      repoPath(path),
      { mode: "100644", id: blobId("sha1", Buffer.from(text)), unwatched: "no" },
    ]),
  );
}

function differencesOf(before: Entries, after: Entries): Differences {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return new Map(
    paths
      .map((path) => [path, { before: before.get(path) ?? null, after: after.get(path) ?? null }] as const)
      .filter(([, difference]) => difference.before?.id !== difference.after?.id),
  );
}

function contentsOf(base: Files, head: Files): Contents {
  const blobs = new Map(Object.values(base).map((text) => [blobId("sha1", Buffer.from(text)), Buffer.from(text)]));
  return {
    blobs: async () => blobs,
    onDisk: (path) => (head[path] === undefined ? undefined : Buffer.from(head[path])),
    countLines: () => undefined,
  };
}

/** Of a case that has an earlier state the base is a commit of its own. */
function revertedBy({ former, base, message, stage }: CorpusCase): readonly RevertedCommit[] {
  if (former === undefined || !message.includes("{base}") || stage !== "committed") return [];
  const paths = [...new Set([...Object.keys(former), ...Object.keys(base)])];
  const files = paths.map((path) => ({ path: repoPath(path), before: former[path], after: base[path] }));
  return [{ id: startId, files: files.filter(({ before, after }) => before !== after) }];
}

/** The repository has two: the start, and the change. */
function commitsOf({ message, stage }: CorpusCase): Commits {
  if (stage !== undefined && stage !== "committed") return { ofChange: [], before: [] };
  return {
    ofChange: [{ id: "b".repeat(40), parents: 1, author: "t", message: `${message}\n` }],
    before: [{ id: startId, parents: 0, author: "t", message: "test: the start\n" }],
  };
}
