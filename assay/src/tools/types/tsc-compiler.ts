// The compiler that a script means by `tsc`, `tsgo` or `vue-tsc`, and the program that is behind it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../../model/errors.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { findInstalled, type InstalledPackage } from "../packages/installed.ts";
import { siblingPackage } from "../packages/native-binary.ts";

/** Programs that take the compiler's arguments and print its diagnostics. */
export type Compiler = "tsc" | "tsgo" | "vue-tsc";

export const compilerPackages: { readonly [C in Compiler]: string } = {
  tsc: "typescript",
  tsgo: "@typescript/native-preview",
  "vue-tsc": "vue-tsc",
};

/**
 * The installed package that `dir` gets the compiler from. Usually it is called `typescript`; where that name stands
 * for a package without such a command, another alias of TypeScript has it.
 */
export function findCompiler(workspace: Workspace, dir: RepoPath, compiler: Compiler): InstalledPackage | undefined {
  const usual = findInstalled(workspace, dir, compilerPackages[compiler]);
  if (usual === undefined || hasCommand(usual, compiler)) return usual;
  const inReach = workspace.packages.filter((pkg) => pkg.dir === dir || pkg.dir === "");
  const declared = inReach.flatMap(({ manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }),
  );
  const aliases = declared.filter(([, range]) => range.startsWith("npm:typescript@")).map(([name]) => name);
  const others = aliases.flatMap((name) => findInstalled(workspace, dir, name) ?? []);
  return others.find((installed) => hasCommand(installed, compiler)) ?? usual;
}

function hasCommand(installed: InstalledPackage, command: string): boolean {
  try {
    return existsSync(installed.bin(command));
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/**
 * The program without its launcher. TypeScript 7's is native, and starting Node first would double its time on a small
 * project.
 */
export function compilerProgram(
  installed: InstalledPackage,
  compiler: Compiler,
): { file: string; args: readonly string[] } {
  const native = nativeProgram(installed, compiler);
  if (native !== undefined) return { file: native, args: [] };
  const script = join(installed.dir, "lib", "tsc.js");
  const isScript = compiler === "tsc" && majorOf(installed) < 7 && existsSync(script);
  return { file: process.execPath, args: [isScript ? script : installed.bin(compiler)] };
}

function nativeProgram(installed: InstalledPackage, compiler: Compiler): string | undefined {
  if (compiler === "vue-tsc" || (compiler === "tsc" && majorOf(installed) < 7)) return undefined;
  const stem = compiler === "tsc" ? "typescript" : "native-preview";
  const dir = siblingPackage(installed.dir, `@typescript/${stem}-${process.platform}-${process.arch}`);
  const file =
    dir === undefined ? undefined : join(dir, "lib", process.platform === "win32" ? `${compiler}.exe` : compiler);
  return file !== undefined && existsSync(file) ? file : undefined;
}

function majorOf({ version }: InstalledPackage): number {
  return Number(version.split(".")[0]);
}
