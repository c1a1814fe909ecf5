// Scripts by conventional names, for formatters, linters and type checkers that no other file here recognises.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Task } from "../../model/check.ts";
import { ancestors, isWithin, rootDir } from "../../model/paths.ts";
import { isAffected } from "../../model/scope.ts";
import { declaredDependencies, type Package, type Workspace } from "../../model/workspace.ts";
import { usesPlugAndPlay } from "../packages/installed.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { delegates, readScript } from "../scripts/read-scripts.ts";
import { runScript, scriptLabel } from "../scripts/run-script.ts";
import type { Detection, Selection, Tool } from "../tool.ts";
import { readCompilerCall } from "../types/tsc-programs.ts";

interface Convention {
  readonly role: "format" | "lint" | "types";
  /** The first that a package has is the one. */
  readonly names: readonly string[];
}

const format: Convention = {
  role: "format",
  names: ["format:check", "check:format", "fmt:check", "check:fmt", "prettier:check", "format-check", "check-format"],
};
const lint: Convention = { role: "lint", names: ["lint", "lint:check", "check:lint"] };
const types: Convention = {
  role: "types",
  names: ["typecheck", "type-check", "check-types", "check:types", "types:check", "typecheck:all", "types", "tsc"],
};
const conventions = [format, lint, types];

/** A `format:check` that calls a formatter which is not known here. */
export const formatScript: Tool = scriptTool(format);

/** A `lint` that calls a linter which is not known here. */
export const lintScript: Tool = scriptTool(lint);

/** A `typecheck` that calls something other than a compiler: `svelte-check`, `astro check`. */
export const typesScript: Tool = scriptTool(types);

/** The scripts of a package that are run as they are, under one of these tools. */
export function scriptsRunWhole(workspace: Workspace, pkg: Package): readonly string[] {
  return conventions.flatMap((convention) =>
    detected(workspace, pkg, convention) === undefined ? [] : (chosenName(pkg, convention) ?? []),
  );
}

function scriptTool(convention: Convention): Tool {
  return {
    name: "script",
    role: convention.role,
    detect: (workspace) =>
      Promise.resolve(workspace.packages.flatMap((pkg) => detected(workspace, pkg, convention) ?? [])),
  };
}

function chosenName(pkg: Package, { names }: Convention): string | undefined {
  return names.find((candidate) => candidate in pkg.manifest.scripts);
}

function detected(workspace: Workspace, pkg: Package, convention: Convention): Detection | undefined {
  const { role } = convention;
  const name = chosenName(pkg, convention);
  if (name === undefined) return undefined;
  const started = readScript(pkg.manifest, name)?.invocations ?? [];
  const native = !usesPlugAndPlay(workspace, pkg.dir);
  const strange = started.filter(
    (invocation) => !silent.has(invocation.program) && !delegates(invocation) && !(native && isNative(invocation)),
  );
  // A script that changes files is no check.
  const left = strange.some((invocation) => isLeftBehind(workspace, pkg, invocation));
  if (strange.length === 0 || left || started.some(writes)) return undefined;
  return {
    tool: "script",
    role,
    dir: pkg.dir,
    version: "",
    install: null,
    evidence: `"${name}": "${pkg.manifest.scripts[name] ?? ""}"`,
    plan: (selection) => (isSelected(pkg, selection, workspace) ? [task(workspace, pkg, name)] : []),
  };
}

const nativeTools = new Set(["biome", "eslint", "oxfmt", "oxlint", "prettier"]);
const silent = new Set([":", "echo", "exit", "true", "cd", "set"]);

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

function isNative(invocation: Invocation): boolean {
  return nativeTools.has(invocation.program) || readCompilerCall(invocation) !== undefined;
}

export function writes({ args }: Invocation): boolean {
  return args.some((arg) => /^--(?:fix|write|fix-.*|apply.*|watch|unsafe)$/u.test(arg) || arg === "-w");
}

function isSelected(pkg: Package, selection: Selection, workspace: Workspace): boolean {
  if (selection.kind === "all") return true;
  const files = workspace.tree.files.filter(({ path }) => isWithin(pkg.dir, path));
  return files.some(({ path }) => selection.inScope(path) || isAffected(selection.affected, path));
}

function task(workspace: Workspace, pkg: Package, name: string): Task {
  const facts = ["script", workspace.manager, process.version, pkg.dir, name, pkg.manifest.scripts[name] ?? ""];
  return {
    label: scriptLabel(workspace, pkg, name),
    cost: "medium",
    replay: { facts, inputs: { kind: "dirs", dirs: [rootDir] } },
    run: (host) => runScript(host, workspace, pkg, name),
  };
}
