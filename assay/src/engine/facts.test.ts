import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { contentFact } from "./content-fact.ts";
import { environmentFacts } from "./environment-facts.ts";
import { ignoredFacts } from "./ignored-facts.ts";
import { factsAbove } from "./outside-facts.ts";
import { headOf } from "./testing/head-of.ts";
import { treeFacts } from "./tree-facts.ts";

/** A repository in a folder of its own, with these files. */
function repositoryOf(files: readonly string[]): string {
  const above = realpathSync(mkdtempSync(join(tmpdir(), "assay-facts-")));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const root = join(above, "repository");
  mkdirSync(root);
  for (const file of files) write(root, file);
  return root;
}

/** A file holds its own name. */
function write(root: string, file: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), file);
}

test("the environment is Node, the time zone, the variables in order and what Node is told to load", () => {
  const { size, mtimeMs } = statSync(process.execPath);
  const node = [process.version, process.platform, process.arch, process.execPath, `${size} ${mtimeMs}`];
  expect(environmentFacts({}, "/nowhere")).toEqual([...node, ""]);
  expect(environmentFacts({ B: "2", TZ: "UTC", A: "1", C: undefined })).toEqual([
    ...node,
    "UTC",
    "A=1",
    "B=2",
    "TZ=UTC",
  ]);
  const link = join(repositoryOf([]), "zone");
  symlinkSync("../Europe/Vienna", link);
  expect(environmentFacts({}, link)).toEqual([...node, "../Europe/Vienna"]);
});

test("the time zone's own place is asked", () => {
  const withoutZone = environmentFacts({}, "/nowhere");
  const zone = environmentFacts({ TZ: undefined }).at(-1);
  expect(environmentFacts({})).toEqual([...withoutZone.slice(0, -1), zone]);
  expect(zone).toBe(linkOf("/etc/localtime"));
});

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

test("variables that differ from one shell to the next do not count, others with such a name in theirs do", () => {
  const names = (...given: readonly string[]): readonly string[] =>
    environmentFacts(Object.fromEntries(given.map((name) => [name, "1"])), "/nowhere").slice(6);
  expect(
    names("PWD", "TERM_PROGRAM", "SSH_TTY", "npm_lifecycle_event", "MY_SESSION_ID", "A_PID", "_", "HISTFILESIZE"),
  ).toEqual([]);
  expect(names("MY_PWD", "PWDX", "TERMINAL", "MY_SSH_TTY", "PIDS")).toEqual([
    "MY_PWD=1",
    "MY_SSH_TTY=1",
    "PIDS=1",
    "PWDX=1",
    "TERMINAL=1",
  ]);
});

test("what Node is told to load counts by its content, where its path is absolute", () => {
  const root = repositoryOf(["a.cjs", "b.mjs"]);
  const [a, b] = [join(root, "a.cjs"), join(root, "b.mjs")];
  const options = `--require ${a} --import="file://${b}" --require=./c.cjs --require d/file:///e --import=/nowhere`;
  expect(environmentFacts({ NODE_OPTIONS: options }, "/nowhere").slice(7)).toEqual([
    `${a} ${contentFact(a)}`,
    `file://${b} ${contentFact(b)}`,
    "/nowhere unread",
  ]);
});

const notTracked = [
  "dist/deep/b.js",
  "src/ignored/a.ts",
  ".env",
  "x.git",
  ".gitx",
  "my.log.txt",
  "discover.coverage.js",
];
const passedOver = ["node_modules/a.js", "coverage/a.html", ".turbo/a", "src/a.log", ".DS_Store", ".vscode/a.json"];

/** As `headOf`, but for the files that a test calls ignored. */
async function ignoredIn(
  root: string,
  ignored: readonly string[],
  read?: (path: string) => boolean,
): Promise<readonly string[] | null> {
  const workspace = await headOf(root);
  const files = workspace.tree.files.filter(({ path }) => !ignored.includes(path));
  const paths = new Set(files.map(({ path }) => path));
  const tree = { ...workspace.tree, files, has: (path: (typeof files)[number]["path"]) => paths.has(path) };
  return ignoredFacts({ ...workspace, tree }, read);
}

test("ignored files count by their content, in order, but for what tools remember", async () => {
  const root = repositoryOf(["src/a.ts", ...notTracked, ...passedOver]);
  const expected = notTracked.map((file) => `${file}\0${contentFact(join(root, file))}`).toSorted();
  expect(await ignoredIn(root, [...notTracked, ...passedOver])).toEqual(expected);
  const isRead = (path: string): boolean => path === ".env";
  expect(await ignoredIn(root, [...notTracked, ...passedOver], isRead)).toEqual(
    notTracked.map((file) => `${file}\0${file === ".env" ? contentFact(join(root, file)) : ""}`).toSorted(),
  );
});

test("a folder that is passed over is looked through where files in it are tracked", async () => {
  const root = repositoryOf([".vscode/settings.json", ".vscode/own.json"]);
  expect(await ignoredIn(root, [".vscode/own.json"])).toEqual([
    `.vscode/own.json\0${contentFact(join(root, ".vscode/own.json"))}`,
  ]);
  const workspace = await headOf(root);
  rmSync(join(root, ".vscode"), { recursive: true });
  expect(ignoredFacts(workspace)).toEqual([]);
});

test("an ignored link counts by where it leads, and one that leaves the repository by what is there", async () => {
  const root = repositoryOf(["src/a.ts"]);
  write(dirname(root), "outside.txt");
  const links = { "dist/inside": "../src/a.ts", "dist/nowhere": "gone", "dist/outside": "../../outside.txt" };
  mkdirSync(join(root, "dist"));
  for (const [link, target] of Object.entries(links)) symlinkSync(target, join(root, link));
  expect(await ignoredIn(root, Object.keys(links))).toEqual([
    "dist/inside\0../src/a.ts",
    "dist/nowhere\0nowhere",
    `dist/outside\0${contentFact(join(dirname(root), "outside.txt"))}`,
  ]);
  symlinkSync("../..", join(root, "dist/folder"));
  expect(await ignoredIn(root, [...Object.keys(links), "dist/folder"])).toBe(null);
});

const configurations = `package.json tsconfig.json tsconfig.base.json jsconfig.json biome.json .biome.jsonc biome.jsonc
  deno.json deno.jsonc pnpm-workspace.yaml .npmrc .yarnrc.yml .editorconfig .prettierrc .babelrc.json .eslintrc.cjs
  .prettierignore .my-tool-ignore vite.config.ts eslint.config.mjs a.b-c.config.cjs jest.config.js`.split(/\s+/);
const others =
  `package.json5 my-package.json config.json tsconfig.yaml ytsconfig.json biome.js deno.jsx pnpm-workspace.yml
  npmrc x.npmrc editorconfig prettierrc .rcx rc ignore .ignorex vite.config.tsx vite.config.ts.bak config.ts
  .prettierrcx notes.txt a!.config.ts vite.config.xjs x.prettierrc`.split(/\s+/);

test("of what lies above the repository all configuration counts, by its content", () => {
  const root = repositoryOf([]);
  const above = dirname(root);
  for (const name of [...configurations, ...others]) write(above, name);
  const own = (): readonly string[] => factsAbove(root).filter((fact) => fact.startsWith(`${above}/`));
  expect(own()).toEqual(
    configurations.toSorted().map((name) => `${join(above, name)}\0${contentFact(join(above, name))}`),
  );
  rmSync(join(above, "package.json"));
  mkdirSync(join(above, "package.json"));
  expect(own()).toContain(`${join(above, "package.json")}\0unread`);
});

test("folders that can not be listed hold nothing for anybody", () => {
  const above = dirname(repositoryOf([]));
  expect(factsAbove(join(above, "nowhere/at/all"))).toEqual(factsAbove(join(above, "repository")));
});

test("a file of the tree counts by its content and, where it may be run, by the bit that lets it", async () => {
  const root = repositoryOf(["run", "a.ts"]);
  symlinkSync("a.ts", join(root, "link"));
  symlinkSync("gone", join(root, "lost"));
  const blobOf = async (path: string): Promise<unknown> => (await headOf(root)).tree.blobOf(repoPath(path));
  const factsOf = async (...paths: readonly string[]): Promise<unknown> =>
    treeFacts(await headOf(root))(paths.map(repoPath));
  expect(await factsOf("run", "link", "lost", "none")).toEqual([
    `run\0${String(await blobOf("run"))}`,
    `link\0link ${String(await blobOf("link"))} /a.ts`,
    `lost\0link ${String(await blobOf("lost"))} nowhere`,
    "none\0gone",
  ]);
  for (const mode of [0o744, 0o755]) {
    chmodSync(join(root, "run"), mode);
    expect(await factsOf("run")).toEqual([`run\0x ${String(await blobOf("run"))}`]);
  }
  chmodSync(join(root, "run"), 0o645);
  expect(await factsOf("run")).toEqual([`run\0${String(await blobOf("run"))}`]);
  const workspace = await headOf(root);
  rmSync(join(root, "run"));
  expect(treeFacts(workspace)([repoPath("run")])).toEqual([`run\0${String(workspace.tree.blobOf(repoPath("run")))}`]);
});

test.each("a.ts a.mts a.cts a.tsx a.jsx a.json a.jsonc a.md a.css a.svg a.yml a.yaml a.toml a.txt a.lock".split(" "))(
  "%s is never run, whatever its bits",
  async (name) => {
    const root = repositoryOf([name]);
    const fact = treeFacts(await headOf(root))([repoPath(name)]);
    chmodSync(join(root, name), 0o755);
    expect(treeFacts(await headOf(root))([repoPath(name)])).toEqual(fact);
    expect(fact?.[0]).not.toContain("\0x ");
  },
);

test.each(["a", "a.sh", "a.js", "a.ts.sh", "a.json5", "ats", "a.xts"])("%s may be run", async (name) => {
  const root = repositoryOf([name]);
  const fact = treeFacts(await headOf(root))([repoPath(name)]);
  chmodSync(join(root, name), 0o755);
  expect(treeFacts(await headOf(root))([repoPath(name)])).not.toEqual(fact);
});

test("a folder beside the repository whose name begins like its own is outside", async () => {
  const root = repositoryOf(["src/a.ts"]);
  write(`${root}-2`, "outside.txt");
  symlinkSync("../../repository-2/outside.txt", join(root, "src/link"));
  const outside = contentFact(join(`${root}-2`, "outside.txt"));
  expect(await ignoredIn(root, ["src/link"])).toEqual([`src/link\0${outside}`]);
  const workspace = await headOf(root);
  const blob = workspace.tree.blobOf(repoPath("src/link"));
  expect(treeFacts(workspace)([repoPath("src/link")])).toEqual([`src/link\0link ${blob} ${outside}`]);
});

test("a link in the place of a tracked folder counts as a link, and nothing behind it", async () => {
  const root = repositoryOf(["src/a.ts", "other/b.ts"]);
  const workspace = await headOf(root);
  rmSync(join(root, "src"), { recursive: true });
  symlinkSync("other", join(root, "src"));
  expect(ignoredFacts(workspace)).toEqual(["src\0other"]);
});

test("five thousand ignored files are looked through, and no more", async () => {
  const root = repositoryOf([]);
  const workspace = await headOf(root);
  for (let at = 1; at <= 5000; at++) writeFileSync(join(root, `.env.${at}`), "");
  expect(ignoredFacts(workspace, () => false)).toHaveLength(5000);
  writeFileSync(join(root, ".env"), "");
  expect(ignoredFacts(workspace, () => false)).toBe(null);
});

test("of several files of the tree one that can not be identified leaves nothing of the others", async () => {
  const workspace = await headOf(repositoryOf(["a.ts"]));
  const files = [...workspace.tree.files, { path: repoPath("vendor"), blob: null, symlink: false }];
  const factsOf = treeFacts({ ...workspace, tree: { ...workspace.tree, files } });
  expect(factsOf([repoPath("a.ts"), repoPath("vendor")])).toBe(null);
  expect(factsOf([repoPath("a.ts")])).toHaveLength(1);
  expect(factsOf([])).toEqual([]);
});
