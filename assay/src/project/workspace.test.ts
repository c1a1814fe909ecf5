import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Config } from "../model/config.ts";
import { AssayError } from "../model/errors.ts";
import type { ProjectCheck } from "../model/own-check.ts";
import type { Workspace } from "../model/workspace.ts";
import { defaultConfig } from "../model/config.ts";
import { temporaryTree } from "./testing/temporary-tree.ts";
import { readWorkspace } from "./workspace.ts";

type Files = Readonly<Record<string, string>>;

/** What the workspace is refused with: code, message and hint in one. */
async function refusal(files: Files, config: Config = defaultConfig): Promise<string> {
  const error: unknown = await read(files, config).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof AssayError ? `${error.code}: ${error.message} (${error.hint ?? ""})` : String(error);
}

async function read(files: Files, config: Config = defaultConfig): Promise<Workspace> {
  const { root, tree } = temporaryTree(files);
  return readWorkspace(root, tree, config);
}

/** `folder=name` for each package. */
async function packagesIn(files: Files): Promise<string> {
  const { packages } = await read(files);
  return packages.map(({ dir, name }) => `${dir}=${name}`).join(" ");
}

function manifest(name: string | undefined, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...(name === undefined ? {} : { name }), ...fields });
}

const [a, b, c] = ["a", "b", "c"].map((name) => manifest(name));
if (a === undefined || b === undefined || c === undefined) throw new Error("three manifests");

const inPackages = { "packages/a/package.json": a, "packages/b/package.json": b };

const workspaces: readonly (readonly [string, Files, string])[] = [
  ["a single package", { "package.json": a, "src/a.ts": "" }, "=a"],
  ["no manifest at all", { "src/a.ts": "" }, ""],
  [
    "a list of globs",
    { "package.json": manifest("root", { workspaces: ["packages/*"] }), ...inPackages },
    "=root packages/a=a packages/b=b",
  ],
  [
    "the object form",
    { "package.json": manifest("root", { workspaces: { packages: ["packages/*"], nohoist: [] } }), ...inPackages },
    "=root packages/a=a packages/b=b",
  ],
  [
    "an object without packages",
    { "package.json": manifest("root", { workspaces: { catalog: {} } }), ...inPackages },
    "=root",
  ],
  [
    "a literal folder, with ./ and /",
    { "package.json": manifest("root", { workspaces: ["./packages/b/", "/packages/a"] }), ...inPackages },
    "=root packages/a=a packages/b=b",
  ],
  [
    "a folder with @ in its name",
    { "package.json": manifest("root", { workspaces: ["packages/@s/a"] }), "packages/@s/a/package.json": a },
    "=root packages/@s/a=a",
  ],
  [
    "a pattern two levels deep",
    {
      "package.json": manifest("root", { workspaces: ["packages/*/*"] }),
      ...inPackages,
      "packages/x/c/package.json": c,
    },
    "=root packages/x/c=c",
  ],
  [
    "a single star stays on its level",
    { "package.json": manifest("root", { workspaces: ["packages/*"] }), "packages/x/y/package.json": a },
    "=root",
  ],
  [
    "two stars go deep and leave node_modules out",
    {
      "package.json": manifest("root", { workspaces: ["packages/**"] }),
      ...inPackages,
      "packages/x/y/c/package.json": c,
      "packages/a/node_modules/z/package.json": manifest("z"),
    },
    "=root packages/a=a packages/b=b packages/x/y/c=c",
  ],
  [
    "braces",
    {
      "package.json": manifest("root", { workspaces: ["{packages,apps}/*"] }),
      ...inPackages,
      "apps/c/package.json": c,
    },
    "=root apps/c=c packages/a=a packages/b=b",
  ],
  [
    "a negation",
    { "package.json": manifest("root", { workspaces: ["packages/*", "!packages/b"] }), ...inPackages },
    "=root packages/a=a",
  ],
  [
    "a negation with a glob, before what it takes out",
    {
      "package.json": manifest("root", { workspaces: ["!**/b", "packages/*"] }),
      ...inPackages,
      "apps/c/package.json": c,
    },
    "=root packages/a=a",
  ],
  [
    "folders with parentheses in their names",
    {
      "package.json": manifest("root", { workspaces: ["apps/(web)", "(libs)/*"] }),
      "apps/(web)/package.json": a,
      "apps/web/package.json": c,
      "(libs)/b/package.json": b,
    },
    "=root (libs)/b=b apps/(web)=a",
  ],
  [
    "a choice in parentheses",
    { "package.json": manifest("root", { workspaces: ["packages/@(a|c)"] }), ...inPackages },
    "=root packages/a=a",
  ],
  [
    "a literal folder named like a manifest",
    {
      "package.json": manifest("root", { workspaces: ["tools/package.json-lint"] }),
      "tools/package.json-lint/package.json": a,
    },
    "=root tools/package.json-lint=a",
  ],
  [
    "folders whose order is not that of their manifests",
    {
      "package.json": manifest("root", { workspaces: ["*"] }),
      "a-b/package.json": b,
      "a/package.json": a,
      "old_node_modules/package.json": c,
    },
    "=root a=a a-b=b old_node_modules=c",
  ],
  [
    "hidden folders match no star",
    { "package.json": manifest("root", { workspaces: ["packages/*"] }), "packages/.a/package.json": a },
    "=root",
  ],
  [
    "a pattern that leaves the repository",
    { "package.json": manifest("root", { workspaces: ["../other/*", "packages/a"] }), ...inPackages },
    "=root packages/a=a",
  ],
  [
    "a pattern that names the manifest",
    { "package.json": manifest("root", { workspaces: ["packages/*/package.json"] }), ...inPackages },
    "=root packages/a=a packages/b=b",
  ],
  ["the root listed by itself", { "package.json": manifest("root", { workspaces: ["."] }), ...inPackages }, "=root"],
  [
    "pnpm",
    {
      "package.json": manifest("root"),
      "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n  - '!packages/b'\n",
      ...inPackages,
    },
    "=root packages/a=a",
  ],
  [
    "pnpm without a root manifest",
    { "pnpm-workspace.yaml": "packages: ['packages/*']\n", ...inPackages },
    "packages/a=a packages/b=b",
  ],
  [
    "a pnpm file with settings only",
    { "package.json": manifest("root"), "pnpm-workspace.yaml": "onlyBuiltDependencies: [x]\n", ...inPackages },
    "=root",
  ],
  ["an empty pnpm file", { "package.json": manifest("root"), "pnpm-workspace.yaml": "", ...inPackages }, "=root"],
  [
    "pnpm's list goes before the manifest's",
    {
      "package.json": manifest("root", { workspaces: ["packages/*"] }),
      "pnpm-workspace.yaml": "packages: [packages/a]\n",
      ...inPackages,
    },
    "=root packages/a=a",
  ],
  [
    "lerna",
    { "package.json": manifest("root"), "lerna.json": '{"packages":["packages/a"]}', ...inPackages },
    "=root packages/a=a",
  ],
  [
    "lerna's own default",
    { "package.json": manifest("root"), "lerna.json": '{"version":"1.0.0"}', ...inPackages },
    "=root packages/a=a packages/b=b",
  ],
  [
    "a workspace in a workspace",
    {
      "package.json": manifest("root", { workspaces: ["packages/*"] }),
      "packages/a/package.json": manifest("a", { workspaces: ["plugins/*"] }),
      "packages/a/plugins/c/package.json": c,
    },
    "=root packages/a=a packages/a/plugins/c=c",
  ],
  [
    "projects side by side without a manifest above them",
    {
      "web/package.json": a,
      "api/package.json": manifest("api", { workspaces: ["libs/*"] }),
      "api/libs/b/package.json": b,
      "api/example/package.json": c,
    },
    "api=api api/libs/b=b web=a",
  ],
  [
    "test data is no project",
    {
      "go/fixtures/x/package.json": a,
      "fixture/x/package.json": a,
      "testdata/x/package.json": a,
      "test-data/x/package.json": a,
      "__fixtures__/x/package.json": a,
      "templates/y/package.json": "{{ broken }}",
      "template/y/package.json": a,
      "web/package.json": c,
      "my-templates/web/package.json": b,
    },
    "my-templates/web=b web=c",
  ],
  ["a broken project that nothing lists", { "web/package.json": "{", "api/package.json": b }, "api=b"],
  [
    "no name",
    { "package.json": manifest(undefined, { workspaces: ["packages/*"] }), "packages/a/package.json": "{}" },
    "=. packages/a=packages/a",
  ],
  [
    "names that are no names",
    {
      "package.json": manifest("root", { workspaces: ["packages/*"] }),
      "packages/a/package.json": '{"name":""}',
      "packages/b/package.json": '{"name":1}',
    },
    "=root packages/a=packages/a packages/b=packages/b",
  ],
  [
    "one name twice",
    { "package.json": manifest("a", { workspaces: ["packages/*"] }), ...inPackages },
    "=a packages/a=a packages/b=b",
  ],
  ["a byte order mark", { "package.json": `\uFEFF${a}` }, "=a"],
  [
    "a broken manifest that no list matches",
    {
      "package.json": manifest("root", { workspaces: ["packages/*"] }),
      ...inPackages,
      "packages/a/test/fixtures/broken/package.json": "{ nope",
      "docs/package.json": "",
    },
    "=root packages/a=a packages/b=b",
  ],
];

test.each(workspaces)("packages of %s", async (_, files, expected) => {
  expect(await packagesIn(files)).toBe(expected);
});

test("every reason for a package is found at once, among many", async () => {
  const files: Record<string, string> = { "package.json": manifest("root", { workspaces: ["packages/*"] }) };
  for (let index = 0; index < 40; index++) files[`packages/p${index}/package.json`] = manifest(`p${index}`);
  expect((await read(files)).packages).toHaveLength(41);
});

const refusals: readonly (readonly [string, Files, string])[] = [
  ["the root manifest", { "package.json": '{\n  "name": "x",\n}' }, "package.json:3: not valid JSON: unexpected `}`"],
  [
    "a listed manifest",
    { "package.json": manifest("root", { workspaces: ["packages/*"] }), "packages/a/package.json": '{\n"name" "x"}' },
    'packages/a/package.json:2: not valid JSON: unexpected `"x"}`',
  ],
  ["an empty manifest", { "package.json": "" }, "package.json:1: not valid JSON: it ends too early"],
  ["a manifest that is a list", { "package.json": "[]" }, "package.json:1: must hold an object"],
  ["a list that is a string", { "package.json": '{"workspaces":"packages/*"}' }, 'package.json: "workspaces" must be'],
  ["a list with a number", { "package.json": '{"workspaces":["a",1]}' }, 'package.json: "workspaces" must be a list'],
  [
    "broken YAML",
    { "pnpm-workspace.yaml": "\npackages:\n  - 'a'b\n\nx: 1\n" },
    "pnpm-workspace.yaml:3: not valid YAML: Unexpected scalar at node end (Fix line 3 of pnpm-workspace.yaml.)",
  ],
  ["a pnpm list that is none", { "pnpm-workspace.yaml": "packages: a\n" }, 'pnpm-workspace.yaml: "packages" must be'],
  ["a broken lerna.json", { "lerna.json": "{\n" }, "lerna.json:2: not valid JSON"],
];

test.each(refusals)("%s that cannot be read is an error with its place", async (_, files, message) => {
  const text = await refusal(files);
  expect(text).toContain(`config-invalid: ${message}`);
  expect(text).toMatch(/ \(\S.*\)$/s);
});

test("a manifest that is no text is an error", async () => {
  const { root, tree } = temporaryTree({ "package.json": "" });
  writeFileSync(path.join(root, "package.json"), Buffer.from([0xff, 0xfe, 0x00]));
  await expect(readWorkspace(root, tree, defaultConfig)).rejects.toMatchObject({
    message: "package.json: cannot be read as text",
  });
});

const managers: readonly (readonly [string, Files])[] = [
  ["npm", {}],
  ["npm", { "package.json": a, "package-lock.json": "{}" }],
  ["npm", { "package.json": a, "npm-shrinkwrap.json": "{}" }],
  ["pnpm", { "package.json": a, "pnpm-lock.yaml": "" }],
  ["pnpm", { "package.json": a, "pnpm-workspace.yaml": "" }],
  ["yarn", { "package.json": a, "yarn.lock": "" }],
  ["yarn", { "package.json": a, ".yarnrc.yml": "" }],
  ["bun", { "package.json": a, "bun.lock": "" }],
  ["bun", { "package.json": a, "bun.lockb": "" }],
  ["yarn", { "package.json": manifest("a", { packageManager: "yarn@4.5.0+sha512.abc" }), "package-lock.json": "{}" }],
  ["pnpm", { "package.json": manifest("a", { packageManager: "pnpm@10.0.0" }) }],
  ["bun", { "package.json": manifest("a", { devEngines: { packageManager: { name: "bun" } } }) }],
  ["npm", { "package.json": manifest("a", { packageManager: "unheard-of@1" }) }],
  ["npm", { "package.json": manifest("a", { packageManager: 3, devEngines: "x" }) }],
];

test.each(managers)("%s is told from %j", async (manager, files) => {
  expect((await read(files)).manager).toBe(manager);
});

test("a manifest's fields of the wrong type are absent, and the whole is kept", async () => {
  const raw = {
    name: "x",
    type: "module",
    scripts: { test: "vitest", bad: 1 },
    dependencies: { y: "^1.0.0" },
    devDependencies: [],
    peerDependencies: null,
    prettier: "./p.json",
  };
  const { packages } = await read({ "package.json": JSON.stringify(raw) });
  expect(packages[0]?.manifest).toEqual({
    name: "x",
    type: "module",
    scripts: { test: "vitest" },
    dependencies: { y: "^1.0.0" },
    devDependencies: {},
    peerDependencies: {},
    optionalDependencies: {},
    raw,
    isAlone: true,
  });
});

test("the root is given without symbolic links", async () => {
  const { root, tree } = temporaryTree({ "package.json": a });
  const { root: links } = temporaryTree({});
  symlinkSync(root, path.join(links, "link"));
  const workspace = await readWorkspace(path.join(links, "link"), tree, defaultConfig);
  expect([workspace.root, workspace.packages[0]?.name]).toEqual([root, "a"]);
});

const monorepo = { "package.json": manifest("root", { workspaces: ["packages/*"] }), ...inPackages };
const own: ProjectCheck = {
  id: "k",
  kind: "command",
  command: ["true"],
  scopes: null,
  in: ["loop"],
  message: null,
  remedy: null,
  incident: null,
};

const configs: readonly (readonly [string, Partial<Config>, string])[] = [
  ["[scope.dependencies]", { dependencies: { zz: [] } }, 'unknown scope "zz" in [scope.dependencies]'],
  ["a dependency", { dependencies: { a: ["roof"] } }, 'unknown scope "roof" in [scope.dependencies]'],
  [
    "a boundary",
    { boundaries: { x: { forbidPackages: [], forbidMentions: [], allowTypeImports: false } } },
    'unknown scope "x" in [boundaries.x]',
  ],
  ["a check", { checks: [{ ...own, scopes: ["a", "q"] }] }, 'unknown scope "q" in the scopes of check "k"'],
];

test.each(configs)("without a path map an unknown package in %s is an error", async (_, part, message) => {
  const config = { ...defaultConfig, present: true, ...part };
  const text = await refusal(monorepo, config);
  expect(text).toContain(`config-invalid: assay.toml: ${message}`);
  expect(text).toContain("scopes are the workspace's packages");
  await expect(read(monorepo, { ...config, pathMap: { src: "src" } })).resolves.toBeDefined();
});

test("without a path map packages are known as scopes", async () => {
  const checks = [{ ...own, scopes: ["a", "root"] }];
  await expect(read(monorepo, { ...defaultConfig, dependencies: { b: ["a"] }, checks })).resolves.toBeDefined();
});

test("a package is known to be the only one, wherever it lies", async () => {
  const alone = async (files: Files): Promise<readonly unknown[]> => {
    const { packages } = await read(files);
    return packages.map(({ manifest }) => manifest.isAlone);
  };
  expect(await alone({ "package.json": "{}" })).toEqual([true]);
  expect(await alone({ "web/package.json": "{}" })).toEqual([true]);
  expect(await alone({ "package.json": '{ "workspaces": ["a"] }', "a/package.json": "{}" })).toEqual([
    undefined,
    undefined,
  ]);
  expect(await alone({})).toEqual([]);
});
