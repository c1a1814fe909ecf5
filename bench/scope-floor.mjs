// The least that finding out "did anything change, and who depends on it?" can cost: start Node, ask git four
// questions at once, read every package's manifest, walk the dependents, print JSON. `assay loop` with nothing
// changed is measured against this; it decides nothing and checks nothing.
//
// node bench/scope-floor.mjs DIR BASE
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [dir, base] = process.argv.slice(2);

const [mergeBase, tracked, unstaged, untracked] = await Promise.all([
  git("merge-base", base, "HEAD"),
  git("ls-files", "-z"),
  git("diff", "--name-status", "-z", "--no-renames", base),
  git("ls-files", "--others", "--exclude-standard", "-z"),
]);
const manifests = entries(tracked).filter((path) => path.endsWith("/package.json"));
const packages = await Promise.all(manifests.map(readPackage));
const names = new Set(packages.map((pkg) => pkg.name));
const changed = [...entries(unstaged).filter((_, index) => index % 2 === 1), ...entries(untracked)];
const direct = new Set(changed.map(ownerOf).filter((name) => name !== undefined));
process.stdout.write(
  `${JSON.stringify({ base: mergeBase.trim(), changed_files: changed.length, direct: [...direct], expanded: dependentsOf(direct) })}\n`,
);

/** @param {readonly string[]} args @returns {Promise<string>} */
function git(...args) {
  return new Promise((resolve, reject) => {
    execFile("git", args, { cwd: dir, encoding: "utf8", maxBuffer: 1 << 28 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}

/** @param {string} text */
function entries(text) {
  return text.split("\0").filter((entry) => entry !== "");
}

/** @typedef {{ name: string, dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Manifest */

/** @param {string} path */
async function readPackage(path) {
  const manifest = /** @type {Manifest} */ (JSON.parse(await readFile(join(dir, path), "utf8")));
  const { name, dependencies = {}, devDependencies = {} } = manifest;
  return {
    name,
    dir: path.slice(0, -"package.json".length),
    needs: Object.keys({ ...dependencies, ...devDependencies }),
  };
}

/** @param {string} path */
function ownerOf(path) {
  return packages.find((pkg) => path.startsWith(pkg.dir))?.name;
}

/** @param {ReadonlySet<string>} start */
function dependentsOf(start) {
  const reached = new Set(start);
  for (const name of reached) {
    for (const pkg of packages) if (names.has(name) && pkg.needs.includes(name)) reached.add(pkg.name);
  }
  return [...reached];
}
