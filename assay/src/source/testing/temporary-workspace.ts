// For tests: a workspace of real files in a temporary folder.
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { byPath, dirOf, nameOf, repoPath, type RepoPath } from "../../model/paths.ts";
import { defaultConfig } from "../../model/config.ts";
import type { HeadFile, HeadTree } from "../../model/change.ts";
import type { Manifest, Package, Workspace } from "../../model/workspace.ts";

export interface TemporaryWorkspace {
  readonly root: string;
  /** Writes files, path to text; null deletes. */
  write(files: Readonly<Record<string, string | null>>): void;
  /** The workspace as it is now. Files in `dist` and `node_modules` are ignored, as git would be told to. */
  read(): Workspace;
  remove(): void;
}

export function temporaryWorkspace(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-source-")));
  const write: TemporaryWorkspace["write"] = (files) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(root, path);
      if (text === null) rmSync(file);
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
  };
  write(files);
  return { root, write, read: () => readWorkspace(root), remove: () => rmSync(root, { recursive: true, force: true }) };
}

function readWorkspace(root: string): Workspace {
  const tree = readTree(root);
  const readText = (path: RepoPath): string | undefined =>
    tree.has(path) ? readFileSync(join(root, path), "utf8") : undefined;
  const manifests = tree.files.filter(({ path }) => nameOf(path) === "package.json");
  return {
    root,
    manager: "npm",
    tree,
    packages: manifests
      .map(({ path }) => readPackage(dirOf(path), readText(path) ?? "{}"))
      .toSorted((a, b) => byPath(a.dir, b.dir)),
    config: defaultConfig,
    readText,
  };
}

function readPackage(dir: RepoPath, text: string): Package {
  const raw = JSON.parse(text) as Partial<Pick<Manifest, "name" | "scripts" | "dependencies">>;
  return {
    name: raw.name ?? dir,
    dir,
    manifest: {
      name: raw.name ?? null,
      type: "module",
      scripts: raw.scripts ?? {},
      dependencies: raw.dependencies ?? {},
      devDependencies: {},
      peerDependencies: {},
      optionalDependencies: {},
      raw: { ...raw },
    },
  };
}

function readTree(root: string): HeadTree {
  const files: HeadFile[] = [];
  const visit = (dir: RepoPath): void => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      if (entry.name === "node_modules" || entry.name === "dist") continue;
      const path = repoPath(`${dir}/${entry.name}`.replace(/^\//, ""));
      if (entry.isDirectory()) visit(path);
      else files.push({ path, ...contentOf(join(root, path)) });
    }
  };
  visit(repoPath(""));
  files.sort((a, b) => byPath(a.path, b.path));
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  return { files, has: (path) => blobs.has(path), blobOf: (path) => blobs.get(path) ?? null };
}

function contentOf(file: string): { readonly blob: string; readonly symlink: boolean } {
  const symlink = lstatSync(file).isSymbolicLink();
  const content = symlink ? Buffer.from("link") : readFileSync(file);
  return { blob: createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex"), symlink };
}
