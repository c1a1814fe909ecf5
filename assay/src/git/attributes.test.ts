import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { repoPath } from "../model/paths.ts";
import { isAttributesFile, normalisedPaths, rewrittenPaths } from "./attributes.ts";
import { openRepository, type Repository } from "./repository.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function repository(files: Readonly<Record<string, string>>): TestRepository {
  const made = makeRepository({ "a.ts": "a\n", ...files });
  onTestFinished(() => made.remove());
  return made;
}

/** The user's own attributes from now on. */
function userHas(attributes: string): void {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-home-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, "git"));
  writeFileSync(join(dir, "git/attributes"), attributes);
  vi.stubEnv("XDG_CONFIG_HOME", dir);
}

const all = ["a.ts", "b.ts", "c.ts", "d.ts", "é.ts"].map(repoPath);
const attributeFiles = [".gitattributes", "b/.gitattributes"].map(repoPath);

async function rewritten(made: TestRepository): Promise<readonly string[]> {
  return rewrittenPaths(await openRepository(made.root), all, attributeFiles);
}

test("what is filtered, expanded or re-encoded is rewritten, unless that is taken back", async () => {
  const made = repository({
    ".gitattributes":
      "*.ts filter=x\na.ts -filter\nb.ts !filter\nc.ts !filter ident\nd.ts -filter working-tree-encoding=UTF-16\n",
  });
  expect(await rewritten(made)).toEqual(["c.ts", "d.ts", "é.ts"]);
});

test("attributes of other kinds rewrite nothing", async () => {
  expect(await rewritten(repository({ ".gitattributes": "*.ts text eol=lf diff\n" }))).toEqual([]);
  expect(await rewritten(repository({}))).toEqual([]);
});

test("the clone's and the user's own attributes count, where there are any", async () => {
  const made = repository({});
  made.write(".git/info/attributes", "a.ts filter=x\n");
  expect(await rewritten(made)).toEqual(["a.ts"]);
  made.write(".git/info/attributes", "# a.ts filter=x\n");
  expect(await rewritten(made)).toEqual([]);
  userHas("b.ts ident\n");
  expect(await rewritten(made)).toEqual(["b.ts"]);
  made.write("own", "c.ts ident\n");
  made.git("config", "core.attributesFile", "own");
  expect(await rewritten(made)).toEqual(["c.ts"]);
});

test("line endings are normalised where an attribute says so, and where none does by the configuration", async () => {
  const made = repository({
    ".gitattributes": "a.ts text\nb.ts text=auto\nc.ts -text\nd.ts eol=lf\n",
  });
  const normalised = async (opened: Repository): Promise<readonly string[]> => [
    ...(await normalisedPaths(opened, all)),
  ];
  expect(await normalised(await openRepository(made.root))).toEqual(["a.ts", "b.ts", "d.ts"]);
  made.git("config", "core.autocrlf", "input");
  const opened = await openRepository(made.root);
  expect(await normalised(opened)).toEqual(["a.ts", "b.ts", "d.ts", "é.ts"]);
  vi.stubEnv("PATH", "/nonexistent");
  expect([...(await normalisedPaths(opened, []))]).toEqual([]);
});

test("a file of attributes is known by its whole name, in any folder", () => {
  const names = [".gitattributes", "a/.gitattributes", "x.gitattributes", ".gitattributes/a", "gitattributes"];
  expect(names.filter((name) => isAttributesFile(repoPath(name)))).toEqual([".gitattributes", "a/.gitattributes"]);
});
