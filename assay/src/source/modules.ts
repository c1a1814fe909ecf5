// Reads the facts of the files that are not known yet.
import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { join } from "node:path";
import type { HeadFile } from "../model/change.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { isComponentPath } from "./components.ts";
import { readFacts, unreadable } from "./facts.ts";
import type { Module } from "./graph-cache.ts";
import { isSourcePath } from "./role.ts";
import type { ModuleFacts } from "./specifier.ts";

/** More parses than this at a time gain nothing: the rest of the work is on the main thread. */
const parallelParses = 8;

/** Every module of the head, ordered by path; `fresh` of them had to be read, the others are known by their content. */
export async function readModules(
  workspace: Workspace,
  known: readonly Module[],
): Promise<{ readonly modules: readonly Module[]; readonly fresh: number }> {
  const byPath = new Map(known.map((module) => [module.path, module]));
  const files = workspace.tree.files.filter(({ path }) => isSourcePath(path) || isComponentPath(path));
  const modules: Module[] = [];
  const unknown: (readonly [place: number, file: HeadFile])[] = [];
  for (const [place, file] of files.entries()) {
    const before = byPath.get(file.path);
    if (before && before.blob === file.blob && !file.symlink) modules[place] = before;
    else unknown.push([place, file]);
  }
  const waiting = unknown.values();
  const readAll = async (): Promise<void> => {
    for (const [place, file] of waiting) modules[place] = await readModule(workspace, file, byPath.get(file.path));
  };
  await Promise.all(Array.from({ length: parallelParses }, readAll));
  return { modules, fresh: unknown.length };
}

async function readModule(workspace: Workspace, file: HeadFile, before: Module | undefined): Promise<Module> {
  const { path } = file;
  const text = file.symlink ? undefined : workspace.readText(path);
  if (text !== undefined) {
    const facts = await readFacts(path, text);
    // Written since git looked: what was read here must not be remembered as what git saw.
    const blob = isContent(file.blob, text) ? file.blob : null;
    return { path, blob, facts, targets: before ? keptTargets(facts, before) : unknownTargets(facts) };
  }
  const facts = file.symlink ? factsOfLink(workspace, path) : unreadable;
  return { path, blob: null, facts, targets: unknownTargets(facts) };
}

/** Is this the text that git names so, as it is or with the line endings that git stores? */
function isContent(blob: string | null, text: string): boolean {
  return blob !== null && (blob === blobId(blob, text) || blob === blobId(blob, text.replaceAll("\r\n", "\n")));
}

/** Git's id of a text, of the kind that `like` is. */
function blobId(like: string, text: string): string {
  return createHash(like.length === 64 ? "sha256" : "sha1")
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest("hex");
}

/** An edit rarely changes the imports, and what was resolved before needs no resolver. */
function keptTargets({ specifiers }: ModuleFacts, before: Module): Module["targets"] {
  return specifiers.map(({ text, kind }) => {
    const place = before.facts.specifiers.findIndex((old) => old.text === text && old.kind === kind);
    return before.targets[place];
  });
}

function unknownTargets({ specifiers }: ModuleFacts): Module["targets"] {
  return specifiers.map(() => undefined);
}

/** A symbolic link names one file, the one it points to. */
function factsOfLink(workspace: Workspace, path: RepoPath): ModuleFacts {
  try {
    const target = readlinkSync(join(workspace.root, path));
    return { specifiers: [{ text: target, kind: "url", line: 1 }], opaque: [] };
  } catch {
    return unreadable;
  }
}
