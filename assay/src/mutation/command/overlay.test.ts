import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { snapshotOf } from "../testing/project.ts";
import { Overlay, type OverlayPlan } from "./overlay.ts";

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function link(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

/** A repository of these files, of which git knows those that are named in `paths`, and where to copy it. */
function repository(
  files: Readonly<Record<string, string>>,
  paths = Object.keys(files),
): { plan: OverlayPlan; at: string } {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "assay-overlay-")));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const root = join(base, "repository");
  write(root, files);
  return { plan: { root, paths, texts: {} }, at: join(base, "run", "copy") };
}

const read = (overlay: Overlay, path: string): string => readFileSync(join(overlay.root, path), "utf8");

test("files are copied, those of the change with other contents, and what git ignores is there too", () => {
  const { plan, at } = repository(
    {
      "src/a.js": "a",
      "src/run.sh": "#!/bin/sh",
      "dist/a.js": "built",
      ".env": "KEY=1",
      ".git/config": "",
      "src/local.json": "{}",
    },
    ["src/a.js", "src/run.sh", "src/removed.js"],
  );
  link(plan.root, "current", join(plan.root, "src"));
  const overlay = new Overlay(
    { ...plan, paths: [...plan.paths, "current"], texts: { [join(plan.root, "src/a.js")]: "edited" } },
    at,
  );
  expect(
    ["src/a.js", "dist/a.js", ".env", "src/local.json", "current/a.js"].map((path) => read(overlay, path)),
  ).toEqual(["edited", "built", "KEY=1", "{}", "edited"]);
  expect([".git", "src/removed.js"].filter((path) => existsSync(join(overlay.root, path)))).toEqual([]);
  expect(overlay.leftOut).toEqual([]);
});

test("what is not on disk and has a text is there as well, in a folder that is not there either", () => {
  const { plan, at } = repository({ "src/a.js": "a" });
  const gone = "test/deep/a.test.js";
  const overlay = new Overlay(
    { ...plan, paths: [...plan.paths, gone], texts: { [join(plan.root, gone)]: "gone" } },
    at,
  );
  expect([read(overlay, gone), read(overlay, "src/a.js")]).toEqual(["gone", "a"]);
  rmSync(join(overlay.root, "test"), { recursive: true });
  overlay.restore();
  expect([read(overlay, gone), read(overlay, "src/a.js")]).toEqual(["gone", "a"]);
});

test("installed packages are linked, and those of the workspace lead into the copy", () => {
  const { plan, at } = repository(
    {
      "package.json": "{}",
      "packages/core/index.js": "core",
      "packages/app/index.js": "app",
      "node_modules/left/index.js": "left",
      "node_modules/left/bin.js": "bin",
      "node_modules/.cache/tool": "cached",
      "node_modules/.package-lock.json": "{}",
      "packages/app/node_modules/.pnpm/deep@1/node_modules/deep/index.js": "deep",
    },
    ["package.json", "packages/core/index.js", "packages/app/index.js"],
  );
  link(plan.root, "node_modules/@my/core", "../../packages/core");
  link(plan.root, "node_modules/.bin/left", "../left/bin.js");
  link(plan.root, "packages/app/node_modules/core", "../../core");
  link(plan.root, "packages/app/node_modules/deep", ".pnpm/deep@1/node_modules/deep");
  link(plan.root, "packages/app/node_modules/gone", "../nowhere");
  const before = snapshotOf(plan.root);
  const overlay = new Overlay({ ...plan, texts: { [join(plan.root, "packages/core/index.js")]: "edited" } }, at);
  expect(
    [
      "node_modules/@my/core/index.js",
      "packages/app/node_modules/core/index.js",
      "packages/app/node_modules/deep/index.js",
      "node_modules/.bin/left",
    ].map((path) => read(overlay, path)),
  ).toEqual(["edited", "edited", "deep", "bin"]);
  expect(realpathSync(join(overlay.root, "node_modules/left"))).toBe(join(plan.root, "node_modules/left"));
  expect(existsSync(join(overlay.root, "node_modules/.cache"))).toBe(false);
  // What is written at the top of installed packages stays in the copy.
  write(overlay.root, { "node_modules/.cache/tool": "new", "node_modules/.package-lock.json": "new" });
  expect(readFileSync(join(plan.root, "node_modules/.package-lock.json"), "utf8")).toBe("{}");
  expect(snapshotOf(plan.root)).toEqual(before);
});

test("a package that lies outside of the repository, and a command that is no link, are found in the copy", () => {
  const { plan, at } = repository({ "package.json": "{}", "node_modules/.bin/tool": "script" }, ["package.json"]);
  write(dirname(plan.root), { "outside/index.js": "outside" });
  link(plan.root, "node_modules/outside", "../../outside");
  const overlay = new Overlay(plan, at);
  expect([read(overlay, "node_modules/outside/index.js"), read(overlay, "node_modules/.bin/tool")]).toEqual([
    "outside",
    "script",
  ]);
  write(overlay.root, { "node_modules/.bin/tool": "another" });
  expect(readFileSync(join(plan.root, "node_modules/.bin/tool"), "utf8")).toBe("script");
});

test("packages above the repository are found from the copy as well", () => {
  const { plan, at } = repository({ "a.js": "" });
  write(dirname(plan.root), { "node_modules/above/index.js": "above" });
  const overlay = new Overlay(plan, at);
  expect(readFileSync(join(dirname(overlay.root), "node_modules/above/index.js"), "utf8")).toBe("above");
});

test("packages further above are found too", () => {
  const { plan, at } = repository({ "deep/er/a.js": "" });
  write(dirname(plan.root), { "node_modules/above/index.js": "above" });
  const overlay = new Overlay({ ...plan, root: join(plan.root, "deep/er"), paths: ["a.js"] }, at);
  expect(readFileSync(join(dirname(overlay.root), "node_modules/above/index.js"), "utf8")).toBe("above");
});

test("links lead into the copy where they name the repository in full, and elsewhere as they are written", () => {
  const { plan, at } = repository({ "src/a.js": "a" });
  write(dirname(plan.root), { "repository-other/a.js": "other" });
  const targets = {
    whole: plan.root,
    inside: join(plan.root, "src"),
    beside: `${plan.root}-other`,
    relative: "src",
    nowhere: "missing",
  };
  for (const [path, target] of Object.entries(targets)) link(plan.root, path, target);
  const overlay = new Overlay({ ...plan, paths: [...plan.paths, ...Object.keys(targets)] }, at);
  expect(Object.keys(targets).map((path) => readlinkSync(join(overlay.root, path)))).toEqual([
    overlay.root,
    join(overlay.root, "src"),
    `${plan.root}-other`,
    "src",
    "missing",
  ]);
});

test("a file with another text may be run as the one on disk may", () => {
  const { plan, at } = repository({ "run.sh": "" });
  chmodSync(join(plan.root, "run.sh"), 0o755);
  const overlay = new Overlay({ ...plan, texts: { [join(plan.root, "run.sh")]: "edited" } }, at);
  expect(lstatSync(join(overlay.root, "run.sh")).mode & 0o777).toBe(0o755);
});

test("restoring takes away what is new, and puts back what was changed or removed", () => {
  const { plan, at } = repository({ "src/a.js": "a", "src/b.js": "b", "src/c.js": "c" });
  const overlay = new Overlay(plan, at);
  write(overlay.root, { "dist/a.js": "built" });
  overlay.remember();
  write(overlay.root, { "src/a.js": "x", "new/deep/file": "", "dist/b.js": "" });
  rmSync(join(overlay.root, "src/b.js"));
  // As old as it was, and as long.
  const { atime, mtime } = lstatSync(join(overlay.root, "src/c.js"));
  write(overlay.root, { "src/c.js": "y" });
  utimesSync(join(overlay.root, "src/c.js"), atime, mtime);
  overlay.restore();
  expect(["src/a.js", "src/b.js", "src/c.js", "dist/a.js"].map((path) => read(overlay, path))).toEqual([
    "a",
    "b",
    "c",
    "built",
  ]);
  expect(["new", "dist/b.js"].filter((path) => existsSync(join(overlay.root, path)))).toEqual([]);
});

test("restoring leaves what nobody has touched as it is, and what it has put back itself", () => {
  const { plan, at } = repository({ "src/a.js": "a", "src/b.js": "b" });
  const overlay = new Overlay(plan, at);
  const inode = (path: string): number => lstatSync(join(overlay.root, path)).ino;
  const before = inode("src/a.js");
  write(overlay.root, { "src/b.js": "changed" });
  overlay.restore();
  const restored = inode("src/b.js");
  overlay.restore();
  expect([inode("src/a.js"), inode("src/b.js"), read(overlay, "src/b.js")]).toEqual([before, restored, "b"]);
});

test("what may be done with a file is as it was, and a folder in its place is gone", () => {
  const { plan, at } = repository({ "a.js": "a", "b.js": "b", "src/deep/c.js": "c" });
  link(plan.root, "current", "src");
  const overlay = new Overlay({ ...plan, paths: [...plan.paths, "current"] }, at);
  const mode = lstatSync(join(overlay.root, "a.js")).mode;
  chmodSync(join(overlay.root, "a.js"), 0o777);
  rmSync(join(overlay.root, "b.js"));
  write(overlay.root, { "b.js/deep/file": "" });
  rmSync(join(overlay.root, "current"));
  write(overlay.root, { current: "a file" });
  rmSync(join(overlay.root, "src"), { recursive: true });
  write(overlay.root, { src: "a file" });
  overlay.restore();
  expect(lstatSync(join(overlay.root, "a.js")).mode).toBe(mode);
  expect(["b.js", "src/deep/c.js", "current/deep/c.js"].map((path) => read(overlay, path))).toEqual(["b", "c", "c"]);
});

test("a link that has taken the place of a folder is not written through", () => {
  const { plan, at } = repository({ "src/a.js": "a" });
  const overlay = new Overlay(plan, at);
  const outside = join(dirname(plan.root), "outside");
  write(outside, { "a.js": "theirs" });
  rmSync(join(overlay.root, "src"), { recursive: true });
  symlinkSync(outside, join(overlay.root, "src"));
  overlay.restore();
  expect([read(overlay, "src/a.js"), readFileSync(join(outside, "a.js"), "utf8")]).toEqual(["a", "theirs"]);
});
