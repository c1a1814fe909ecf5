// What `git add -A` and `git commit` write for plain files, without a process: starting git takes longer than all of it.
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync, type BigIntStats } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";

/** Each answers whether it did it. What it does not know by heart it leaves alone, for git to do. */
export interface PlainGit {
  readonly stage: () => boolean;
  /** What was staged here last. */
  readonly commit: (message: string) => boolean;
  /** Checks a new branch out where HEAD is. */
  readonly startBranch: (name: string) => boolean;
}

/** The one rule that is known by heart. */
export const ignoresPackages = "node_modules\n";

/** What is in the git folder of a repository to which nothing happened that is not told here. */
const known = new Set(["HEAD", "assay", "config", "hooks", "index", "info", "objects", "refs"]);

interface Entry {
  readonly path: string;
  readonly id: Buffer;
  readonly stats: BigIntStats;
}

const start = "ref: refs/heads/main\n";

/** What git configures in a repository here: it is asked for the first one. */
let usualConfig: string | undefined;

/** Makes a repository without commits, on the branch `main`. */
export function plainGit(root: string, git: (...args: readonly string[]) => string): PlainGit {
  const folder = join(root, ".git");
  const at = (...names: readonly string[]): string => join(folder, ...names);
  if (usualConfig === undefined) git("init", "-q", "-b", "main", "--template=");
  const config = (usualConfig ??= readFileSync(at("config"), "utf8"));
  for (const name of ["hooks", "info", "objects/info", "objects/pack", "refs/heads", "refs/tags"])
    mkdirSync(at(name), { recursive: true });
  writeFileSync(at("config"), config);
  writeFileSync(at("HEAD"), start);
  let staged: { readonly index: Buffer; readonly tree: Buffer } | undefined;
  let committed: { readonly id: string; readonly tree: Buffer } | undefined;

  /** Is the repository as it was left here, but for files? */
  const isUntouched = (): boolean => {
    const names = readdirSync(folder);
    const rules = [...readdirSync(at("hooks")), ...readdirSync(at("info"))];
    const index = names.includes("index") ? readFileSync(at("index")) : undefined;
    const isSame = staged === undefined ? index === undefined : index?.equals(staged.index) === true;
    return isSame && rules.length === 0 && names.every((name) => known.has(name)) && read("config") === config;
  };
  const read = (...names: readonly string[]): string | undefined =>
    existsSync(at(...names)) ? readFileSync(at(...names), "utf8") : undefined;
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
  };
  const object = (type: string, content: Buffer): Buffer => {
    const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash("sha1").update(bytes).digest();
    const name = id.toString("hex");
    const path = `objects/${name.slice(0, 2)}/${name.slice(2)}`;
    if (!existsSync(at(path))) put(path, deflateSync(bytes, { level: 1 }));
    return id;
  };
  /** The branch that is checked out, as a path below the git folder. */
  const branch = (): string => /^ref: (refs\/heads\/\S+)\n$/.exec(read("HEAD") ?? "")?.[1] ?? "";
  const tip = (): string | undefined => read(branch())?.trim();

  return {
    stage() {
      const paths = isUntouched() ? plainFiles(root) : undefined;
      if (paths === undefined) return false;
      const entries = paths.map((path): Entry => {
        const file = join(root, path);
        return { path, id: object("blob", readFileSync(file)), stats: lstatSync(file, { bigint: true }) };
      });
      staged = { index: indexOf(entries), tree: writeTree(entries, object) };
      put("index", staged.index);
      return true;
    },
    commit(message) {
      if (staged === undefined || !isUntouched() || branch() === "") return false;
      // git says what is wrong with a commit of nothing, and knows the tree of a commit that it made itself.
      if (tip() !== committed?.id || committed?.tree.equals(staged.tree) === true) return false;
      const { tree } = staged;
      committed = { id: object("commit", commitText(tree, tip(), message)).toString("hex"), tree };
      put(branch(), `${committed.id}\n`);
      return true;
    },
    startBranch(name) {
      const commit = tip();
      const isTaken = [read("packed-refs"), read("refs/heads", name)].some((text) => text !== undefined);
      if (commit === undefined || isTaken) return false;
      put(`refs/heads/${name}`, `${commit}\n`);
      put("HEAD", `ref: refs/heads/${name}\n`);
      return true;
    },
  };
}

/** Files below the root in git's order; undefined where one of them is more than a file, or may say something of others. */
function plainFiles(root: string): readonly string[] | undefined {
  const paths: string[] = [];
  if (!collect(root, "", paths)) return undefined;
  return paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function collect(root: string, below: string, paths: string[]): boolean {
  return readdirSync(join(root, below), { withFileTypes: true }).every((entry) => {
    const path = below + entry.name;
    if (entry.name === "node_modules" || path === ".git") return true;
    if (path === ".gitignore") {
      paths.push(path);
      return readFileSync(join(root, path), "utf8") === ignoresPackages;
    }
    if ([".git", ".gitattributes", ".gitignore"].includes(entry.name)) return false;
    if (entry.isDirectory()) return collect(root, `${path}/`, paths);
    paths.push(path);
    return entry.isFile() && (lstatSync(join(root, path)).mode & 0o111) === 0;
  });
}

/** Version 2 of the format, with what git takes as a sign that a file is as it was. */
function indexOf(entries: readonly Entry[]): Buffer {
  const body = Buffer.concat([
    Buffer.from("DIRC"),
    words(2n, BigInt(entries.length)),
    ...entries.flatMap(({ path, id, stats }) => {
      const name = Buffer.from(path);
      const second = 1_000_000_000n;
      const times = [stats.ctimeNs, stats.mtimeNs].flatMap((time) => [time / second, time % second]);
      const { dev, ino, uid, gid, size } = stats;
      const head = words(...times, dev, ino, 0o100644n, uid, gid, size);
      const length = Buffer.from([name.length >> 8, name.length & 0xff]);
      // At least one zero byte, and as many as make the entry's length a multiple of eight.
      return [head, id, length, name, Buffer.alloc(8 - ((62 + name.length) % 8))];
    }),
  ]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

function words(...values: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [position, value] of values.entries()) bytes.writeUInt32BE(Number(value & 0xffff_ffffn), 4 * position);
  return bytes;
}

function writeTree(entries: readonly Entry[], object: (type: string, content: Buffer) => Buffer): Buffer {
  const folders = new Map<string, Entry[]>();
  const rows: { readonly order: string; readonly row: Buffer }[] = [];
  const add = (order: string, mode: string, name: string, id: Buffer): void =>
    void rows.push({ order, row: Buffer.concat([Buffer.from(`${mode} ${name}\0`), id]) });
  for (const entry of entries) {
    const slash = entry.path.indexOf("/");
    if (slash === -1) add(entry.path, "100644", entry.path, entry.id);
    else {
      const name = entry.path.slice(0, slash);
      folders.set(name, [...(folders.get(name) ?? []), { ...entry, path: entry.path.slice(slash + 1) }]);
    }
  }
  // A folder is ordered as if its name ended in a slash.
  for (const [name, inside] of folders) add(`${name}/`, "40000", name, writeTree(inside, object));
  rows.sort((a, b) => Buffer.compare(Buffer.from(a.order), Buffer.from(b.order)));
  return object("tree", Buffer.concat(rows.map(({ row }) => row)));
}

function commitText(tree: Buffer, parent: string | undefined, message: string): Buffer {
  const person = "t <t@example.org> 1704067200 +0000";
  const lines = [
    `tree ${tree.toString("hex")}`,
    ...(parent === undefined ? [] : [`parent ${parent}`]),
    `author ${person}`,
    `committer ${person}`,
    "",
    message
      .replace(/[^\S\n]+$/gm, "")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
    "",
  ];
  return Buffer.from(lines.join("\n"));
}
