// A copy of the repository outside of it, in which tests and builds may write, with other contents for some files.
import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { ignoredFiles } from "./ignored-files.ts";
import { linkModules } from "./linked-modules.ts";

export interface OverlayPlan {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  /** Paths from the root that git tracks or would, and of files that are to be there beside them. */
  readonly paths: readonly string[];
  /** Contents by absolute path that stand instead of those on disk, or of nothing. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Where what lies in a copy came from: a file, or a text. */
type Origin = { readonly file: string } | { readonly file: string; readonly text: string };

/**
 * Files are copied, since tests may write into them; installed packages are linked, except that the links of a
 * workspace's own packages lead into the copy.
 *
 * Not seen: packages that an installed package finds for itself, which are the original's; git's own folder, which a
 * copy has none of.
 */
export class Overlay {
  readonly root: string;
  /** Ignored files and folders that are too large to be copied. */
  readonly leftOut: readonly string[];
  /** The repository's root. */
  readonly #from: string;
  readonly #origins = new Map<string, Origin>();
  #known = new Map<string, Stats>();

  /** `at` is an absolute path at which nothing is yet. */
  constructor(plan: OverlayPlan, at: string) {
    mkdirSync(at, { recursive: true });
    this.root = realpathSync(at);
    this.#from = plan.root;
    for (const path of plan.paths) this.#note(plan, path);
    const folders = foldersOf(plan.paths);
    const ignored = ignoredFiles(plan.root, folders, (path) => this.#origins.has(join(this.root, path)));
    for (const path of ignored.paths) this.#note(plan, path);
    this.leftOut = ignored.leftOut;
    for (const folder of [...folders, ...ignored.folders]) mkdirSync(join(this.root, folder), { recursive: true });
    for (const [to, origin] of this.#origins) put(plan.root, this.root, origin, to);
    for (const folder of ignored.modules) linkModules(plan.root, this.root, folder);
    linkOutside(plan.root, this.root);
    this.remember();
  }

  #note(plan: OverlayPlan, path: string): void {
    const file = join(plan.root, path);
    const text = plan.texts[file];
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // A submodule is a folder.
    if (stats === undefined ? text === undefined : stats.isDirectory()) return;
    this.#origins.set(join(this.root, path), text === undefined ? { file } : { file, text });
  }

  /** What is there now is what `restore` leaves. */
  remember(): void {
    this.#known = statsBelow(this.root);
  }

  /** Takes away what has come since, and puts back what was changed or removed. Files made in the copy stay changed. */
  restore(): void {
    const now = statsBelow(this.root);
    for (const path of now.keys()) if (!this.#known.has(path)) rmSync(path, { recursive: true, force: true });
    for (const [path, stats] of this.#known) {
      // Through a link in a folder's place all below it would be written elsewhere.
      if (stats.isDirectory() && now.get(path)?.isDirectory() !== true) {
        rmSync(path, { recursive: true, force: true });
        mkdirSync(path, { recursive: true });
      }
      const origin = this.#origins.get(path);
      if (origin === undefined || isSame(stats, now.get(path))) continue;
      rmSync(path, { recursive: true, force: true });
      put(this.#from, this.root, origin, path);
      this.#known.set(path, lstatSync(path));
    }
  }
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>([""]);
  for (const path of paths) {
    for (let dir = dirname(path); dir !== "." && !folders.has(dir); dir = dirname(dir)) folders.add(dir);
  }
  return folders;
}

function put(root: string, copy: string, origin: Origin, to: string): void {
  const stats = lstatSync(origin.file, { throwIfNoEntry: false });
  if ("text" in origin) {
    writeFileSync(to, origin.text);
    if (stats !== undefined) chmodSync(to, stats.mode);
  }
  // What is there no more was removed meanwhile, as an editor does before it writes.
  else if (stats?.isSymbolicLink() === true) symlinkSync(targetIn(root, copy, readlinkSync(origin.file)), to);
  else if (stats?.isFile() === true) copyFileSync(origin.file, to, constants.COPYFILE_FICLONE);
}

/** A link that names the repository in full leads into the copy. */
function targetIn(root: string, copy: string, target: string): string {
  const inside = isAbsolute(target) && (target === root || target.startsWith(root + sep));
  return inside ? join(copy, relative(root, target)) : target;
}

/** Packages that Node would find above the repository. */
function linkOutside(root: string, copy: string): void {
  for (let dir = dirname(root); ; dir = dirname(dir)) {
    const modules = join(dir, "node_modules");
    if (lstatSync(modules, { throwIfNoEntry: false }) !== undefined) {
      symlinkSync(modules, join(dirname(copy), "node_modules"));
      return;
    }
    if (dir === dirname(dir)) return;
  }
}

/** Without installed packages, in which caches may grow: they are keyed by contents, which stay the same. */
function statsBelow(root: string): Map<string, Stats> {
  const stats = new Map<string, Stats>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      if (name === "node_modules") continue;
      const path = join(folder, name);
      const own = lstatSync(path);
      stats.set(path, own);
      if (own.isDirectory()) walk(path);
    }
  };
  walk(root);
  return stats;
}

function isSame(a: Stats, b: Stats | undefined): boolean {
  return b !== undefined && a.ino === b.ino && a.size === b.size && a.ctimeMs === b.ctimeMs && a.mode === b.mode;
}
