import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { compilerProgram, findCompiler, type Compiler } from "./tsc-compiler.ts";

/** An installed package with these commands, the files of which are there. */
function installed(name: string, version: string, ...commands: readonly string[]): Readonly<Record<string, string>> {
  const bin = Object.fromEntries(commands.map((command) => [command, `bin/${command}`]));
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version, bin }),
    ...Object.fromEntries(commands.map((command) => [`node_modules/${name}/bin/${command}`, ""])),
  };
}

/** Name and version of the package that has the compiler. */
function found(files: Readonly<Record<string, string>>, compiler: Compiler = "tsc", dir = ""): string | undefined {
  const compilerPackage = findCompiler(temporaryWorkspace(files), repoPath(dir), compiler);
  return compilerPackage && `${compilerPackage.name}@${compilerPackage.version}`;
}

test("a compiler is found in the package that is called after it", () => {
  const files = {
    ...installed("typescript", "5.9.3", "tsc"),
    ...installed("@typescript/native-preview", "7.0.0", "tsgo"),
  };
  expect([found(files), found(files, "tsgo"), found(files, "vue-tsc")]).toEqual([
    "typescript@5.9.3",
    "@typescript/native-preview@7.0.0",
    undefined,
  ]);
});

test("where that package is another one, an alias of TypeScript that is declared has it", () => {
  const aliases = JSON.stringify({
    dependencies: { old: "npm:typescript@4", other: "5" },
    devDependencies: { ts: "npm:typescript@5" },
  });
  const packages = {
    ...installed("typescript", "1.0.0"),
    ...installed("old", "4.0.0"),
    ...installed("other", "9.0.0", "tsc"),
    ...installed("ts", "5.0.0", "tsc"),
  };
  expect(found({ ...packages, "package.json": aliases })).toBe("ts@5.0.0");
  expect(found({ ...packages, "package.json": "{}", "a/package.json": aliases }, "tsc", "a")).toBe("ts@5.0.0");
  expect(found({ ...packages, "package.json": aliases, "a/package.json": "{}" }, "tsc", "a")).toBe("ts@5.0.0");
  expect(found({ ...packages, "package.json": "{}", "a/package.json": aliases })).toBe("typescript@1.0.0");
  expect(found({ ...packages, "package.json": "{}" })).toBe("typescript@1.0.0");
  expect(found({ "package.json": aliases, ...installed("ts", "5.0.0", "tsc") })).toBeUndefined();
});

test("a command whose file is not there is none", () => {
  const broken = { "node_modules/typescript/package.json": '{ "version": "5.0.0", "bin": { "tsc": "bin/gone" } }' };
  const manifest = JSON.stringify({ devDependencies: { ts: "npm:typescript@5" } });
  expect(found({ ...broken, ...installed("ts", "5.1.0", "tsc"), "package.json": manifest })).toBe("ts@5.1.0");
});

/** The program that is started and its first argument, from the repository's root. */
function program(version: string, compiler: Compiler, ...beside: readonly string[]): readonly string[] {
  const names = { tsc: "typescript", tsgo: "@typescript/native-preview", "vue-tsc": "vue-tsc" } as const;
  const workspace = temporaryWorkspace(installed(names[compiler], version, compiler));
  for (const path of beside) {
    const file = join(workspace.root, "node_modules", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }
  const compilerPackage = findCompiler(workspace, rootDir, compiler);
  if (compilerPackage === undefined) return [];
  const { file, args } = compilerProgram(compilerPackage, compiler);
  return [file, ...args].map((part) =>
    part === process.execPath ? "node" : part.replace(`${workspace.root}/node_modules/`, ""),
  );
}

test("the compiler is started without its launcher: its script under Node, from version 7 on its own program", () => {
  const script = "typescript/lib/tsc.js";
  const exe = process.platform === "win32" ? ".exe" : "";
  const native = (stem: string, name: string): string =>
    `@typescript/${stem}-${process.platform}-${process.arch}/lib/${name}${exe}`;
  const ofTsc = native("typescript", "tsc");
  expect(program("5.9.3", "tsc", script, ofTsc)).toEqual(["node", script]);
  expect(program("5.9.3", "tsc")).toEqual(["node", "typescript/bin/tsc"]);
  expect(program("7.0.0", "tsc", script, ofTsc)).toEqual([ofTsc]);
  expect(program("7.0.0", "tsc", script)).toEqual(["node", "typescript/bin/tsc"]);
  expect(program("7.0.0", "tsc", `${dirname(ofTsc)}/README.md`)).toEqual(["node", "typescript/bin/tsc"]);
  const ofTsgo = native("native-preview", "tsgo");
  expect(program("7.0.0", "tsgo", ofTsgo)).toEqual([ofTsgo]);
  expect(program("6.0.0", "tsgo", ofTsgo)).toEqual([ofTsgo]);
  expect(program("3.0.0", "vue-tsc", script, ofTsc, ofTsgo)).toEqual(["node", "vue-tsc/bin/vue-tsc"]);
});
