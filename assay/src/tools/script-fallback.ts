// Scripts by conventional names, for what no other file of this folder recognises.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Task } from "../model/check.ts";
import { AssayError } from "../model/errors.ts";
import type { TaskOutcome } from "../model/finding.ts";
import { ancestors, isWithin, rootDir } from "../model/paths.ts";
import type { Host } from "../model/process.ts";
import { isAffected } from "../model/scope.ts";
import { declaredDependencies, type Package, type PackageManager, type Workspace } from "../model/workspace.ts";
import { usesPlugAndPlay } from "./installed.ts";
import { leavesOf, type Invocation } from "./scripts.ts";
import type { Detection, Selection, Tool } from "./tool.ts";
import { interruptedOutcome, usefulLine } from "./tool-outcome.ts";
import { readCompilerCall } from "./tsc-programs.ts";

interface Convention {
  readonly role: "format" | "lint" | "types";
  /** The first that a package has is the one. */
  readonly names: readonly string[];
}

/** A `format:check` that calls a formatter which is not known here. */
export const formatScript: Tool = scriptTool({
  role: "format",
  names: ["format:check", "check:format", "fmt:check", "check:fmt", "prettier:check", "format-check", "check-format"],
});

/** A `lint` that calls a linter which is not known here. */
export const lintScript: Tool = scriptTool({ role: "lint", names: ["lint", "lint:check", "check:lint"] });

/** A `typecheck` that calls something other than the compiler itself: `vue-tsc`, `svelte-check`, `astro check`. */
export const typesScript: Tool = scriptTool({
  role: "types",
  names: ["typecheck", "type-check", "check-types", "check:types", "types:check", "typecheck:all", "types", "tsc"],
});

function scriptTool(convention: Convention): Tool {
  return {
    name: "script",
    role: convention.role,
    detect: (workspace) =>
      Promise.resolve(workspace.packages.flatMap((pkg) => detected(workspace, pkg, convention) ?? [])),
  };
}

function detected(workspace: Workspace, pkg: Package, { role, names }: Convention): Detection | undefined {
  const name = names.find((candidate) => candidate in pkg.manifest.scripts);
  if (name === undefined) return undefined;
  const leaves = leavesOf(pkg.manifest, name);
  const native = !usesPlugAndPlay(workspace, pkg.dir);
  const strange = leaves.filter(
    (leaf) => !silent.has(leaf.program) && !isElsewhere(leaf) && !(native && isNative(leaf)),
  );
  // A script that changes files is no check.
  if (strange.length === 0 || leaves.some(writes) || strange.some((leaf) => isLeftBehind(workspace, pkg, leaf)))
    return undefined;
  return {
    tool: "script",
    role,
    dir: pkg.dir,
    version: process.version,
    install: null,
    evidence: `"${name}": "${pkg.manifest.scripts[name] ?? ""}"`,
    plan: (selection) => (isSelected(pkg, selection, workspace) ? [task(workspace, pkg, name)] : []),
  };
}

const nativeTools = new Set(["biome", "eslint", "oxfmt", "oxlint", "prettier"]);
const silent = new Set([":", "echo", "exit", "true", "cd", "set"]);
const taskRunners = new Set(["lage", "lerna", "moon", "nx", "rush", "turbo", "wireit", "wsrun"]);
const managers = new Set(["npm", "pnpm", "yarn", "bun"]);

/** A program that the repository has stopped to declare and that is nowhere to be found: nobody runs this script any more. */
function isLeftBehind(workspace: Workspace, pkg: Package, { program }: Invocation): boolean {
  const manifests = workspace.packages
    .filter(({ dir }) => dir === pkg.dir || dir === rootDir)
    .map(({ manifest }) => manifest);
  const isDeclared = manifests.some((manifest) => declaredDependencies(manifest).has(program));
  const folders = [pkg.dir, ...ancestors(pkg.dir)].map((dir) => join(workspace.root, dir, "node_modules"));
  const isInstalled = folders.some((folder) => existsSync(join(folder, ".bin", program)));
  const nothingIsInstalled = !folders.some((folder) => existsSync(folder));
  if (isDeclared || isInstalled || nothingIsInstalled) return false;
  return !(process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function isNative(leaf: Invocation): boolean {
  return nativeTools.has(leaf.program) || readCompilerCall(leaf) !== undefined;
}

/** Work that is handed to the scripts of other packages, which are looked at themselves. */
function isElsewhere({ program, args }: Invocation): boolean {
  if (taskRunners.has(program)) return true;
  return (
    managers.has(program) &&
    (args[0] === "workspaces" ||
      args.some((arg) => /^(?:-r|-w|-ws|-F|--filter|--recursive|--workspaces?)\b/u.test(arg)))
  );
}

function writes({ args }: Invocation): boolean {
  return args.some((arg) => /^--(?:fix|write|fix-.*|apply.*|watch|unsafe)$/u.test(arg) || arg === "-w");
}

function isSelected(pkg: Package, selection: Selection, workspace: Workspace): boolean {
  if (selection.kind === "all") return true;
  const files = workspace.tree.files.filter(({ path }) => isWithin(pkg.dir, path));
  return files.some(({ path }) => selection.inScope(path) || isAffected(selection.affected, path));
}

const runCommands: { readonly [M in PackageManager]: readonly string[] } = {
  npm: ["run", "--silent"],
  pnpm: ["run", "--silent"],
  yarn: ["run"],
  bun: ["run", "--silent"],
};

function task(workspace: Workspace, pkg: Package, name: string): Task {
  const { manager } = workspace;
  const args = [...runCommands[manager], name];
  const where = pkg.dir === "" ? "" : ` in ${pkg.dir}`;
  const label = `${manager} run ${name}${where}`;
  return {
    label,
    cost: "medium",
    replay: {
      facts: ["script", manager, process.version, pkg.dir, ...args, pkg.manifest.scripts[name] ?? ""],
      inputs: { kind: "dirs", dirs: [rootDir] },
    },
    run: (host) => run({ label, file: manager, args, cwd: join(workspace.root, pkg.dir) }, host),
  };
}

/** The exit code is all that is known of such a script: its last words stand for the findings. */
async function run(
  { label, ...command }: { label: string; file: string; args: readonly string[]; cwd: string },
  host: Host,
): Promise<TaskOutcome> {
  const outcome = await host.run({ ...command, env: { NO_COLOR: "1", FORCE_COLOR: undefined } });
  const interrupted = interruptedOutcome(label, label, host, outcome);
  if (interrupted !== undefined) return interrupted;
  if (outcome.exitCode === 0) return { status: "passed" };
  if (outcome.exitCode === 126 || outcome.exitCode === 127) {
    const said = usefulLine(outcome.stderr) ?? usefulLine(outcome.stdout) ?? "a program of it was not found";
    return {
      status: "errored",
      error: new AssayError("tool-missing", `${label}: ${said}`, { hint: `${command.file} install` }),
    };
  }
  return {
    status: "failed",
    findings: lastWords(outcome.stdout, outcome.stderr).map((message) => ({
      path: null,
      line: null,
      message: `${label}: ${message}`,
    })),
  };
}

const shownLines = 5;

function lastWords(stdout: string, stderr: string): readonly string[] {
  const lines = `${stdout}\n${stderr}`.split("\n").flatMap((line) => usefulLine(line) ?? []);
  const telling = lines.filter((line) => /error|fail|warn|:\d+/iu.test(line));
  const shown = (telling.length > 0 ? telling : lines.slice(-shownLines)).slice(0, shownLines);
  return shown.length > 0 ? shown : ["it failed without a word"];
}
