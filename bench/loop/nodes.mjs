// Node versions to measure start-up on: the running one, and others as npm packages that hold the bare program.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { nodeVersions } from "../monorepo/versions.mjs";

/**
 * @param {string} dir A folder to install into.
 * @returns {{ major: string, path: string }[]} The running Node first.
 */
export function installNodes(dir) {
  const running = process.versions.node.split(".")[0];
  const nodes = [{ major: running, path: process.execPath }];
  for (const [major, version] of Object.entries(nodeVersions)) {
    if (major === running) continue;
    const name = `node-${process.platform}-${process.arch}`;
    const path = join(dir, "node_modules", name, "bin/node");
    if (!existsSync(path)) {
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, "package.json"), `{ "private": true }\n`);
      execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `${name}@${version}`], {
        cwd: dir,
        stdio: "ignore",
      });
    }
    nodes.push({ major, path });
  }
  return nodes;
}
