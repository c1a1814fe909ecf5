// A small workspace whose dependencies are known by heart, so that a selection can be held against the truth.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "./repository.ts";

const tools = fileURLToPath(new URL("../../node_modules", import.meta.url));

export interface Checkout {
  readonly root: string;
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  commit(message?: string): void;
}

/** Nobody's name, and nothing that tidies up afterwards in a process of its own. */
const options = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "maintenance.auto=false"];

export function checkoutAt(root: string): Checkout {
  const git = (...args: string[]): string =>
    execFileSync("git", [...options, ...args], {
      cwd: root,
      encoding: "utf8",
      env: cleanEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    root,
    git,
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    commit(message = "test: a change") {
      git("add", "-A");
      git("commit", "-q", "--no-verify", "--allow-empty", "-m", message);
    },
  };
}

const manifest = (name: string, ...dependencies: string[]): string =>
  `${JSON.stringify({
    name,
    version: "1.0.0",
    type: "module",
    exports: "./src/index.ts",
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, "^1.0.0"])),
  })}\n`;

const testOf = (name: string, value: number): string =>
  `import { expect, test } from "vitest";\nimport { ${name} } from "./index.ts";\n\ntest("${name}", () => {\n  expect(${name}()).toBe(${value});\n});\n`;

/** core <- util <- app; linker sees core through a symbolic link and says so nowhere; lone and old stand alone. */
export const workspaceFiles: Readonly<Record<string, string>> = {
  ".gitignore": "node_modules\n",
  ".gitattributes": "*.gen.ts linguist-generated\n",
  ".oxlintrc.json": '{ "rules": { "no-debugger": "error" } }\n',
  "package.json": `${JSON.stringify({
    name: "root",
    private: true,
    workspaces: ["packages/*"],
    scripts: { test: "vitest run", lint: "oxlint", types: "tsc -p tsconfig.json" },
    devDependencies: { vitest: "4", oxlint: "1", typescript: "7" },
  })}\n`,
  "package-lock.json": '{ "name": "root", "lockfileVersion": 3, "packages": {} }\n',
  "tsconfig.base.json": `${JSON.stringify({
    compilerOptions: {
      strict: true,
      module: "nodenext",
      target: "es2023",
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      preserveSymlinks: true,
    },
  })}\n`,
  "tsconfig.json": '{ "extends": "./tsconfig.base.json", "include": ["packages/*/src"] }\n',
  "packages/core/package.json": manifest("core"),
  "packages/core/src/index.ts": 'export { core } from "./value.ts";\nexport { made } from "./made.gen.ts";\n',
  "packages/core/src/value.ts": "export function core(): number {\n  return 1;\n}\n",
  "packages/core/src/made.gen.ts": "export const made = 1;\n",
  "packages/core/src/index.test.ts": testOf("core", 1),
  "packages/util/package.json": manifest("util", "core"),
  "packages/util/src/index.ts":
    'import { core } from "core";\nimport { two } from "./two.ts";\n\nexport const util = (): number => core() + two;\n',
  "packages/util/src/two.ts": "export const two = 2;\n",
  "packages/util/src/index.test.ts": testOf("util", 3),
  "packages/app/package.json": manifest("app", "util"),
  "packages/app/src/index.ts": 'import { util } from "util-package";\n\nexport const app = (): number => util() + 1;\n',
  "packages/app/src/index.test.ts": testOf("app", 4),
  "packages/linker/package.json": manifest("linker"),
  "packages/linker/src/index.ts":
    'import { core } from "./shared/value.ts";\n\nexport const linker = (): number => core();\n',
  "packages/linker/src/index.test.ts": testOf("linker", 1),
  "packages/lone/package.json": manifest("lone"),
  "packages/lone/src/index.ts": 'export { lone } from "./Lone.ts";\n',
  "packages/lone/src/Lone.ts": "export const lone = (): number => 5;\n",
  "packages/lone/src/index.test.ts": testOf("lone", 5),
};

const renamed: Readonly<Record<string, string>> = {
  // `util` is a module of Node's own, so the package goes by another name.
  "packages/util/package.json": manifest("util-package", "core"),
  "packages/app/package.json": manifest("app", "util-package"),
};

/** Makes what an installation makes: the tools, and links to the packages of this checkout. */
export function install(root: string): void {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  for (const name of ["vitest", "oxlint", "typescript"])
    symlinkSync(join(tools, name), join(root, "node_modules", name));
  for (const name of ["core", "app", "linker", "lone"]) {
    symlinkSync(`../packages/${name}`, join(root, "node_modules", name));
  }
  symlinkSync("../packages/util", join(root, "node_modules/util-package"));
  writeFileSync(join(root, "node_modules/.package-lock.json"), '{ "packages": {} }\n');
}

/** A place for checkouts, with the workspace on `main` to copy from. */
export interface Nursery {
  /** A copy on the branch `work`. */
  copy(): Checkout;
  /** The same in a submodule, whose `origin/main` the branch has left. */
  copyAsSubmodule(): Checkout;
  /** A path that nothing is at. */
  free(): string;
  remove(): void;
}

export function openNursery(): Nursery {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-truth-")));
  let count = 0;
  const free = (): string => join(dir, `c${String((count += 1))}`);
  const template = checkoutAt(free());
  mkdirSync(template.root);
  template.git("init", "-q", "--template=", "-b", "main");
  template.write({ ...workspaceFiles, ...renamed });
  symlinkSync("../../core/src", join(template.root, "packages/linker/src/shared"));
  // A message of its own: a rootless commit of the same files in the same second would be this very commit.
  template.commit("test: the start");
  const copyOf = (root: string): string => {
    const copy = free();
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
    return copy;
  };
  let outer: string | undefined;
  const makeOuter = (): string => {
    const at = checkoutAt(free());
    mkdirSync(at.root);
    at.git("init", "-q", "-b", "main");
    at.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", `file://${template.root}`, "inner");
    checkoutAt(join(at.root, "inner")).git("switch", "-q", "-c", "work");
    return at.root;
  };
  // A submodule is cloned from what is checked out.
  const original = copyOf(template.root);
  checkoutAt(original).git("switch", "-q", "-c", "work");
  return {
    free,
    copy: () => checkoutAt(copyOf(original)),
    copyAsSubmodule: () => checkoutAt(join(copyOf((outer ??= makeOuter())), "inner")),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
