// Whole files instead of a change, and the report for people and other programs.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

interface ReportedAnswer {
  readonly result: { readonly report?: { readonly page: string; readonly json: string } };
}

interface WrittenReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const half = {
  "src/half.ts": "export function half(value: number): number {\n  return value / 2;\n}\n",
  "src/half.test.ts":
    'import { expect, test } from "vitest";\nimport { half } from "./half.ts";\n\ntest("halves", () => {\n  expect(half(4)).toBeDefined();\n});\n',
};

function reportOf({ root }: TestRepository, envelope: ReportedAnswer): WrittenReport {
  return JSON.parse(readFileSync(join(root, envelope.result.report?.json ?? ""), "utf8")) as WrittenReport;
}

test("whole files are mutated though nothing has changed", async () => {
  const repository = gitRepository({ ...smallPackage, ...half });
  const { exitCode, envelope } = await assay(repository, "mutate", "--files", "src/ha*.ts", "--report");
  expect([exitCode, envelope.result.checks.map(({ id }) => id)]).toEqual([1, ["mutation"]]);
  expect(envelope.result.checks[0]?.details[0]).toMatch(/^src\/half\.ts:2 .*survived 1 test/);
  expect(Object.keys(reportOf(repository, envelope).files)).toEqual(["src/half.ts"]);
  expect(envelope.next_actions[0]?.command).toBe("assay mutate --only mutation --files 'src/ha*.ts'");
});

test("what was found in some files is not said of others", async () => {
  const repository = gitRepository({ ...smallPackage, ...half });
  const strong = await assay(repository, "mutate", "--files", "src/sum.ts");
  const weak = await assay(repository, "mutate", "--files", "src/half.ts");
  const again = await assay(repository, "mutate", "--files", "src/half.ts");
  const verdicts = [strong, weak, again].map(({ exitCode, envelope }) => [exitCode, envelope.result.checks[0]?.cached]);
  expect(verdicts).toEqual([
    [0, false],
    [1, false],
    [1, true],
  ]);
});

test("all source files are, and the report is written where git does not look", async () => {
  const repository = gitRepository({ ...smallPackage, ...half });
  const { envelope } = await assay(repository, "mutate", "--all", "--report");
  const { files } = reportOf(repository, envelope);
  expect(Object.keys(files)).toEqual(["src/half.ts", "src/sum.ts"]);
  expect(files["src/sum.ts"]?.mutants.map(({ status }) => status)).toEqual(["Killed"]);
  expect(envelope.result.report).toEqual({
    page: ".git/assay/reports/mutation.html",
    json: ".git/assay/reports/mutation.json",
  });
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("each worktree has a report of its own", async () => {
  const repository = gitRepository({ ...smallPackage, ...half });
  const other = join(repository.root, "../", `${basename(repository.root)}-linked`);
  repository.git("worktree", "add", "-q", other);
  onTestFinished(() => rmSync(other, { recursive: true, force: true }));
  symlinkSync(join(repository.root, "node_modules"), join(other, "node_modules"));
  const [here, there] = [
    await assay(repository, "mutate", "--files", "src/half.ts", "--report"),
    await assay({ root: other }, "mutate", "--files", "src/sum.ts", "--report"),
  ];
  expect(Object.keys(reportOf(repository, here.envelope).files)).toEqual(["src/half.ts"]);
  const { json = "" } = (there.envelope as ReportedAnswer).result.report ?? {};
  expect(Object.keys((JSON.parse(readFileSync(json, "utf8")) as WrittenReport).files)).toEqual(["src/sum.ts"]);
});

test("a verdict that is said again has its report as well", async () => {
  const repository = gitRepository(smallPackage);
  repository.write(half);
  const first = await assay(repository, "mutate", "--base", "main");
  const again = await assay(repository, "mutate", "--base", "main", "--report");
  const statuses = [first, again].map(({ envelope }) => statusOf(envelope, "mutation"));
  expect([statuses, again.envelope.result.checks.find(({ id }) => id === "mutation")?.cached]).toEqual([
    ["fail", "fail"],
    true,
  ]);
  expect(Object.keys(reportOf(repository, again.envelope).files)).toEqual(["src/half.ts"]);
});

test("text of the repository can not end the page's script", async () => {
  const repository = gitRepository(smallPackage);
  const name = '"</script><script>document.title = 1</script>"';
  repository.write({
    "src/page.ts": `export const is = (text: string): boolean => text === ${name};\n`,
    "src/page.test.ts":
      'import { expect, test } from "vitest";\nimport { is } from "./page.ts";\n\ntest("is", () => {\n  expect(is("")).toBe(false);\n});\n',
  });
  const { envelope } = await assay(repository, "mutate", "--base", "main", "--report");
  const page = readFileSync(join(repository.root, (envelope as ReportedAnswer).result.report?.page ?? ""), "utf8");
  expect(page).toContain(String.raw`\u003c/script>\u003cscript>document.title`);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
});

test("a pattern that no source file fits is a usage error", async () => {
  const { exitCode, envelope } = await assay(gitRepository(smallPackage), "mutate", "--files", "nowhere/**");
  expect([exitCode, envelope.error?.code, envelope.error?.hint]).toEqual([2, "usage", "assay mutate --all"]);
});

/** A report with one mutant of `half`. */
function listOf(replacement: string, path = "src/half.ts"): string {
  const location = { start: { line: 2, column: 10 }, end: { line: 2, column: 19 } };
  const mutant = { id: "half", mutatorName: "Mine", replacement, location };
  return JSON.stringify({ files: { [path]: { mutants: [mutant] } } });
}

test("the mutants of a report are tried, whoever wrote it, and no others", async () => {
  const repository = gitRepository({ ...smallPackage, ...half, "mutants.json": listOf("value * 2") });
  const { exitCode, envelope } = await assay(repository, "mutate", "--mutants", "mutants.json", "--report");
  expect([exitCode, envelope.result.checks.map(({ id }) => id)]).toEqual([1, ["mutation"]]);
  expect(envelope.result.checks[0]?.details).toEqual([
    expect.stringMatching(/^src\/half\.ts:2 `value \/ 2` → `value \* 2` \(Mine \w+\) survived 1 test/),
  ]);
  expect(reportOf(repository, envelope).files["src/half.ts"]?.mutants).toMatchObject([
    { id: "half", mutatorName: "Mine", replacement: "value * 2", status: "Survived" },
  ]);
  expect(envelope.next_actions[0]?.command).toBe("assay mutate --only mutation --mutants mutants.json");
});

test("an answer is told again as a whole until a word or the commit is another", async () => {
  const repository = gitRepository({ ...smallPackage, "README.md": "# Halves\n" });
  repository.write(half);
  const cached = async (): Promise<readonly boolean[]> => {
    const { envelope } = await assay(repository, "mutate", "--base", "main", "--only", "mutation,untested-change");
    return envelope.result.checks.map((check) => check.cached);
  };
  expect([await cached(), await cached()]).toEqual([
    [false, false],
    [true, true],
  ]);
  repository.write({ "README.md": "# Half\n" });
  expect((await cached()).at(-1)).toBe(false);
  expect(await cached()).toEqual([true, true]);
  repository.git("checkout", "-q", "-b", "change");
  repository.commit({});
  // Guards read what commits say; of the files mutation knows that they are the same.
  expect([await cached(), await cached()]).toEqual([
    [true, false],
    [true, true],
  ]);
});

test("other mutants of the same place are other questions", async () => {
  const repository = gitRepository({ ...smallPackage, ...half });
  const cached: unknown[] = [];
  for (const replacement of ["value * 2", "undefined", "undefined"]) {
    const list = join(repository.root, ".git", "mutants.json");
    writeFileSync(list, listOf(replacement));
    const { exitCode, envelope } = await assay(repository, "mutate", "--mutants", list);
    cached.push([exitCode, envelope.result.checks[0]?.cached]);
  }
  expect(cached).toEqual([
    [1, false],
    [0, false],
    [0, true],
  ]);
});

const unfit: Readonly<Record<string, readonly [list: string, message: RegExp]>> = {
  "a list that is no JSON": ["{", /mutants\.json can not be read/],
  "a list that is no report": ['{ "files": { "a": {} } }', /is no mutation report: files\.a\.mutants/],
  "an empty list": ['{ "files": {} }', /lists no mutant/],
  "a list of files that are not there": [listOf("1", "src/none.ts"), /names src\/none\.ts, which is no file/],
  "a mutant of what is no code": [
    listOf("1").replace('"column":19', '"column":18'),
    /the mutant half of src\/half\.ts:2/,
  ],
};

for (const [title, [list, message]] of Object.entries(unfit)) {
  test(`${title} is no verdict`, async () => {
    const repository = gitRepository({ ...smallPackage, ...half, "mutants.json": list });
    const { exitCode, stdout } = await assay(repository, "mutate", "--mutants", "mutants.json");
    expect([exitCode, stdout]).toEqual([2, expect.stringMatching(message)]);
  });
}
