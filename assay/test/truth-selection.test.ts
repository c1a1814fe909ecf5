// What each kind of change must select, in each kind of checkout: the truth, or everything, or no verdict.
import { renameSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { assay } from "./repository.ts";
import { checkoutAt, openNursery, workspaceFiles, type Checkout } from "./truth-workspace.ts";
import { warmAssay } from "./warm-program.ts";

const nursery = openNursery();
afterAll(() => nursery.remove(), 60_000);

interface ChangeCase {
  readonly name: string;
  readonly make: (checkout: Checkout) => void;
  /** Packages whose tests can see it. */
  readonly truth: readonly string[];
  /** A scope that has to be among the direct ones. */
  readonly direct?: string;
  /** The package whose test is no more. */
  readonly without?: string;
}

const all = ["core", "util", "app", "linker", "lone"];
const edited = (path: string): Readonly<Record<string, string>> => ({ [path]: `${workspaceFiles[path]}// edited\n` });

const sourceEdit: ChangeCase = {
  name: "a source edit",
  make: (at) => at.write(edited("packages/core/src/value.ts")),
  truth: ["core", "util", "app", "linker"],
};

const changes: readonly ChangeCase[] = [
  sourceEdit,
  {
    name: "a new source file",
    make: (at) => at.write({ "packages/util/src/more.ts": "export const more = 1;\n" }),
    truth: ["util"],
  },
  {
    name: "a moved module that others import",
    make: (at) => void at.git("mv", "packages/util/src/two.ts", "packages/util/src/zwei.ts"),
    truth: ["util", "app"],
  },
  {
    name: "a deleted test file",
    make: (at) => unlinkSync(join(at.root, "packages/util/src/index.test.ts")),
    // No other test can see it; the package is selected all the same.
    truth: [],
    direct: "util-package",
    without: "util",
  },
  {
    name: "the shared tsconfig",
    make: (at) => at.write({ "tsconfig.base.json": '{ "compilerOptions": { "noLib": true } }\n' }),
    truth: all,
  },
  {
    name: "a linter that is told to look at nothing",
    make: (at) => at.write({ ".oxlintrc.json": '{ "ignorePatterns": ["packages/**"] }\n' }),
    truth: all,
  },
  { name: "a file outside every package", make: (at) => at.write({ "data/x.txt": "x\n" }), truth: all },
  {
    name: "a dependency's range",
    make: (at) =>
      at.write({
        "packages/util/package.json":
          '{"name":"util-package","type":"module","exports":"./src/index.ts","dependencies":{"core":"^1.2.0"}}\n',
      }),
    truth: ["util", "app"],
  },
  {
    name: "white space in the lockfile",
    make: (at) => at.write({ "package-lock.json": `${workspaceFiles["package-lock.json"]}\n` }),
    truth: [],
  },
  {
    name: "no common ancestor",
    make(at) {
      at.git("checkout", "-q", "--orphan", "rootless");
      at.commit();
    },
    truth: all,
  },
];

interface Surroundings {
  readonly name: string;
  /** Makes the change in a checkout of this kind; answers where to look and against what. */
  readonly enter: (change: ChangeCase) => { readonly root: string; readonly base: string };
  /** Packages that something else in the same change adds to the truth. */
  readonly adds?: readonly string[];
  /** The changes tried here; all of them unless given. */
  readonly tried?: (change: ChangeCase) => boolean;
}

function committed(change: ChangeCase, also: (checkout: Checkout) => void = () => {}): Checkout {
  const checkout = nursery.copy();
  also(checkout);
  change.make(checkout);
  checkout.commit();
  return checkout;
}

/** On a branch, with something else in the same change. */
function together(name: string, also: (checkout: Checkout) => void, adds: readonly string[]): Surroundings {
  return { name, adds, enter: (change) => ({ root: committed(change, also).root, base: "main" }) };
}

function clone(change: ChangeCase, ...options: string[]): { readonly root: string; readonly base: string } {
  const origin = committed(change);
  const branch = origin.git("branch", "--show-current").trim();
  const root = nursery.free();
  origin.git("clone", "-q", "--no-single-branch", "--branch", branch, ...options, `file://${origin.root}`, root);
  return { root, base: "origin/main" };
}

const surroundings: readonly Surroundings[] = [
  { name: "a branch", enter: (change) => ({ root: committed(change).root, base: "main" }) },
  {
    name: "an uncommitted change",
    enter(change) {
      const checkout = nursery.copy();
      change.make(checkout);
      return { root: checkout.root, base: "main" };
    },
  },
  { name: "a shallow clone with the merge base", enter: (change) => clone(change, "--depth", "2") },
  {
    name: "a shallow clone without the merge base",
    enter(change) {
      const { root } = committed({ ...change, make: (at) => (change.make(at), at.commit(), at.git("branch", "kept")) });
      const shallow = nursery.free();
      const at = checkoutAt(root);
      at.git("switch", "-q", "main");
      at.commit();
      at.git("clone", "-q", "--no-single-branch", "--branch", "kept", "--depth", "1", `file://${root}`, shallow);
      return { root: shallow, base: "origin/main" };
    },
  },
  {
    name: "a detached head",
    enter(change) {
      const checkout = committed(change);
      checkout.git("switch", "-q", "--detach");
      return { root: checkout.root, base: "main" };
    },
  },
  {
    name: "a linked worktree",
    enter(change) {
      const checkout = nursery.copy();
      const root = nursery.free();
      checkout.git("worktree", "add", "-q", "-b", "linked", root, "main");
      change.make(checkoutAt(root));
      checkoutAt(root).commit();
      return { root, base: "main" };
    },
  },
  {
    name: "a merge queue",
    adds: ["lone"],
    // The merge gives what had no common ancestor one.
    tried: ({ name }) => name !== "no common ancestor",
    enter(change) {
      const checkout = committed(change);
      const branch = checkout.git("branch", "--show-current").trim();
      checkout.git("switch", "-q", "-c", "queue", "main");
      checkout.write(edited("packages/lone/src/index.ts"));
      checkout.commit();
      checkout.git("merge", "-q", "--no-ff", "--allow-unrelated-histories", "-X", "ours", "-m", "queue", branch);
      return { root: checkout.root, base: "main" };
    },
  },
  {
    name: "a submodule",
    enter(change) {
      const inner = nursery.copyAsSubmodule();
      change.make(inner);
      inner.commit();
      return { root: inner.root, base: "origin/main" };
    },
  },
  together("beside a rename", (at) => void at.git("mv", "packages/lone/src/Lone.ts", "packages/lone/src/other.ts"), [
    "lone",
  ]),
  together(
    "beside a file that became a symbolic link",
    (at) => {
      rmSync(join(at.root, "packages/lone/src/Lone.ts"));
      symlinkSync("../../util/src/two.ts", join(at.root, "packages/lone/src/Lone.ts"));
    },
    ["lone"],
  ),
  together(
    "beside a folder that became a symbolic link",
    (at) => {
      renameSync(join(at.root, "packages/lone/src"), join(at.root, "packages/lone/real"));
      symlinkSync("real", join(at.root, "packages/lone/src"));
    },
    ["lone"],
  ),
  together(
    "beside a rename in case alone",
    (at) => void at.git("mv", "packages/lone/src/Lone.ts", "packages/lone/src/lone.ts"),
    ["lone"],
  ),
  together("beside a deleted package", (at) => rmSync(join(at.root, "packages/lone"), { recursive: true }), all),
  together("beside a generated file", (at) => at.write(edited("packages/core/src/made.gen.ts")), [
    "core",
    "util",
    "app",
  ]),
];

interface Selected {
  readonly everything: boolean;
  readonly files: readonly { readonly path: string }[];
  readonly packages: readonly { readonly path: string }[];
  readonly scope: {
    readonly changed_files: number;
    readonly direct_scopes: readonly string[];
    readonly fallback: unknown;
  };
}

/** What of the truth is not selected: packages whose test is left out, or a scope. */
function missed(
  selected: Selected,
  { truth, direct, without }: ChangeCase,
  adds: readonly string[],
): readonly string[] {
  if (selected.everything) return [];
  const isSelected = (path: string): boolean =>
    selected.files.some((file) => file.path === path) ||
    selected.packages.some((pkg) => pkg.path === "" || path.startsWith(`${pkg.path}/`));
  const tested = [...truth, ...adds].filter((name) => name !== without);
  const packages = tested.filter((name) => !isSelected(`packages/${name}/src/index.test.ts`));
  const isDirect = direct === undefined || selected.scope.direct_scopes.includes(direct);
  return [...packages, ...(isDirect ? [] : [direct])];
}

describe.each(surroundings)("$name", ({ enter, adds = [], tried = () => true }) => {
  test.concurrent.each(changes.filter((change) => tried(change)))("$name", async (change) => {
    const { root, base } = enter(change);
    const { exitCode, stdout } = await warmAssay({ root }, "scope", "--json", "--base", base);
    expect(exitCode).toBe(0);
    const { result } = JSON.parse(stdout) as { readonly result: Selected };
    expect(result.scope.changed_files > 0 || result.scope.fallback !== null).toBe(true);
    expect(missed(result, change, adds)).toEqual([]);
  });

  test.concurrent("a base that is not there", async () => {
    const { root } = enter(sourceEdit);
    const { exitCode, envelope } = await assay({ root }, "scope", "--base", "nowhere");
    expect([exitCode, envelope.error?.code, envelope.error?.hint]).toEqual([
      2,
      "base-not-found",
      expect.stringMatching(/./),
    ]);
  });
});
