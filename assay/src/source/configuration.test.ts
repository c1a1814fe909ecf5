import { afterEach, expect, test } from "vitest";
import type { Workspace } from "../model/workspace.ts";
import { repoPath } from "../model/paths.ts";
import { extendedConfigs, resolvingConfiguration } from "./configuration.ts";
import { temporaryWorkspace, type TemporaryWorkspace } from "./testing/temporary-workspace.ts";

const made: TemporaryWorkspace[] = [];

afterEach(() => {
  for (const workspace of made.splice(0)) workspace.remove();
});

function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const temporary = temporaryWorkspace(files);
  made.push(temporary);
  return temporary.read();
}

test("what decides about resolving is every manifest, tsconfig and file that one extends, with its content", () => {
  const deciding = ["a/package.json", "jsconfig.json", "package.json", "tsconfig.build-all.json", "tsconfig.json"];
  const others = ["a/a.json", "a/my-package.json", "mytsconfig.json", "tsconfig.json.bak", "tsconfig.json.md"];
  const workspace = workspaceOf(Object.fromEntries([...deciding, ...others].map((path) => [path, "{}"])));
  const extended = [repoPath("base.json"), repoPath("tsconfig.json")];
  const empty = workspace.tree.blobOf(repoPath("package.json"));
  expect(resolvingConfiguration(workspace, extended).split("\n")).toEqual([
    " ",
    "a a",
    "",
    ...deciding.map((path) => `${path} ${empty}`),
    "base.json unreadable",
  ]);
});

test("a package that takes another name decides about resolving", () => {
  const [first, second] = ["a", "b"].map((name) => workspaceOf({ "package.json": JSON.stringify({ name }) }));
  expect(first && resolvingConfiguration(first, [])).toMatch(/^ a\n/);
  expect(second && resolvingConfiguration(second, [])).toMatch(/^ b\n/);
});

const targets = {
  "base.json": "{}",
  "core/base.json": "{}",
  "core/package.json": '{"name":"@x/core"}',
  "more.json": "{}",
};

test.each<readonly [string, string, readonly string[]]>([
  ["tsconfig.json", '{"extends":"./base.json"}', ["base.json"]],
  ["tsconfig.json", '{ "extends" : "./base" }', ["base.json"]],
  ["tsconfig.json", '{"extends":["./base", "./more.json"]}', ["base.json", "more.json"]],
  ["tsconfig.json", '{"extends": [ "./base" ]}', ["base.json"]],
  ["core/jsconfig.json", '{"extends":"./base"}', ["core/base.json"]],
  ["core/src/tsconfig.app.json", '{"extends":"../base"}', ["core/base.json"]],
  ["tsconfig-app.json", '{"extends":"./base"}', ["tsconfig-app.json", "base.json"]],
  ["tsconfig.json", '{"extends":"@x/core/base.json"}', ["core/base.json"]],
  ["tsconfig.json", '{"extends":"@x/core/base"}', ["core/base.json"]],
  ["tsconfig.json", '{"extends":"@x/core-more/base"}', []],
  ["tsconfig.json", '{"extends":"../outside"}', []],
  ["tsconfig.json", '{"extends":""}', []],
  ["tsconfig.json", "{}", []],
  ["mytsconfig.json", '{"extends":"./base"}', []],
  ["tsconfig.json.bak", '{"extends":"./base"}', []],
])("%s with %s brings in %j", (path, text, expected) => {
  expect(extendedConfigs(workspaceOf({ ...targets, [path]: text }))).toEqual(expected);
});

test("what is extended may extend in turn, in a circle as well", () => {
  const files = { ...targets, "base.json": '{"extends":"./more.json"}', "more.json": '{"extends":"./base.json"}' };
  expect(extendedConfigs(workspaceOf({ ...files, "tsconfig.json": '{"extends":"./base"}' }))).toEqual([
    "base.json",
    "more.json",
  ]);
});
