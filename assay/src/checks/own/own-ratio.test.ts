import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PlanContext, TaskPlan } from "../../model/check.ts";
import { toAssayError } from "../../model/errors.ts";
import type { Ratio } from "../../model/own-check.ts";
import { repoPath } from "../../model/paths.ts";
import type { Command, Host, ProcessOutcome } from "../../model/process.ts";
import { pairOf, planContext, scopeOf } from "../../tools/testing/plan-context.ts";
import { testHost, testRepository } from "../../tools/testing/test-host.ts";
import { toRatioCheck } from "./own-ratio.ts";

const ratio: Ratio = {
  id: "no-slower",
  sides: { kind: "commands", numerator: ["node", "ours.js"], denominator: ["node", "their s.js"] },
  atMost: 2,
  measure: "stdout",
  seconds: 60,
  scopes: null,
  in: ["gate"],
  message: null,
  remedy: null,
  incident: null,
};
const revisions: Ratio["sides"] = { kind: "revisions", command: ["node", "bench.js"], prepare: null };

const ended: ProcessOutcome = {
  exitCode: 0,
  signal: null,
  spawnError: null,
  timedOut: false,
  stdout: "1\n",
  stderr: "",
  truncated: false,
  durationMs: 1,
};

/** A change of a file, so that there is something to measure. */
const changed = [pairOf("a.ts", "a();\n", "b();\n")];

async function plan(config: Partial<Ratio>, context: PlanContext): Promise<TaskPlan> {
  const check = toRatioCheck({ ...ratio, ...config });
  if (check.kind !== "tasks") throw new Error("it plans nothing");
  return check.plan(context);
}

/** What the check says where programs print what is given by their last argument. */
async function said(
  prints: (command: Command) => Partial<ProcessOutcome>,
  config: Partial<Ratio> = {},
): Promise<unknown> {
  using repository = testRepository({ "a.ts": "b();\n" });
  using host = testHost();
  const run: Host["run"] = async (command) => ({ ...ended, ...prints(command) });
  const planned = await plan(config, planContext(repository.workspace, { pairs: changed }));
  if (planned.status !== "planned") return planned.reason;
  const [task] = planned.tasks;
  const outcome = await task?.run({ ...host, run }).catch((thrown: unknown) => toAssayError(thrown, "internal"));
  if (outcome instanceof Error) return outcome.message;
  if (outcome?.status === "failed") return outcome.findings.map(({ message }) => message);
  return outcome?.status === "passed" ? outcome.note : outcome;
}

const printing = (ours: number, theirs: number): ((command: Command) => Partial<ProcessOutcome>) => {
  return ({ args }) => ({ stdout: `${args.includes("ours.js") ? ours : theirs}\n` });
};

test("what stays below the limit passes with its figures, what lies above it fails", async () => {
  expect(await said(printing(3, 2))).toBe("1.5 (1.5 to 1.5 in 6 rounds), at most 2; noise 0 %");
  const figures = "3 (3 to 3 in 6 rounds), at most 2; noise 0 %";
  expect(await said(printing(3, 1))).toEqual([`the ratio is above its limit: ${figures}`]);
  expect(await said(printing(3, 1), { message: "it is slow", remedy: "make it quick" })).toEqual([
    `it is slow: ${figures}; make it quick`,
  ]);
});

test("what is undecided is no pass", async () => {
  expect(await said(printing(2, 1))).toEqual({
    status: "skipped",
    reason: "undecided: 2 (2 to 2 in 24 rounds), at most 2; noise 0 %; this is no pass",
  });
});

test("it says what it compares, and by what", () => {
  const { page, summary } = toRatioCheck(ratio);
  expect(summary).toBe(
    'Compares `node ours.js` with `node "their s.js"` by the number in their last line of output: the ratio may be 2 at most.',
  );
  expect(page).toContain(summary);
  expect(toRatioCheck({ ...ratio, sides: revisions, measure: "time" }).summary).toBe(
    "Compares `node bench.js` with itself at the base by the time that they take: the ratio may be 2 at most.",
  );
});

test("a measurement is made of what the change concerns, alone", async () => {
  using repository = testRepository({});
  const of = (more: Partial<PlanContext>): PlanContext => planContext(repository.workspace, more);
  const planned = await plan({}, of({ pairs: changed }));
  expect(planned.status === "planned" && planned.tasks.map(({ label }) => label)).toEqual([
    '`node ours.js` with `node "their s.js"`, measured',
  ]);
  const none = { status: "skipped", reason: "no affected scope" };
  expect(await plan({}, of({}))).toEqual(none);
  expect(await plan({ scopes: ["core"] }, of({ pairs: changed }))).toEqual(none);
  expect((await plan({ scopes: ["core"] }, of({ scope: scopeOf({ touched: ["core"] }) }))).status).toBe("planned");
  expect(toRatioCheck(ratio)).toMatchObject({ phase: "measure" });
});

test("without a base nothing is measured against itself, and commands are all the same", async () => {
  using repository = testRepository({});
  const diff = { base: { kind: "none", reason: "there is no main", hint: "git fetch" }, changes: [] } as const;
  expect((await plan({}, planContext(repository.workspace, { diff }))).status).toBe("planned");
  await expect(plan({ sides: revisions }, planContext(repository.workspace, { diff }))).rejects.toThrow(
    "there is no main",
  );
});

test("a program is run in copies of the head and of the base, in which it is prepared", async () => {
  using repository = testRepository({
    "a.ts": "new();\n",
    "b.ts": "b();\n",
    "bench.js": "new\n",
    "fresh.ts": "f();\n",
  });
  using host = testHost();
  writeFileSync(join(repository.root, "ignored.txt"), "");
  mkdirSync(join(repository.root, "made"));
  writeFileSync(join(repository.root, "made/ignored.txt"), "");
  chmodSync(join(repository.root, "a.ts"), 0o755);
  const former = new Map([
    ["a.ts", "old();\n"],
    ["gone/g.ts", "g();\n"],
    ["bench.js", "old\n"],
  ]);
  const gone = pairOf("gone/g.ts", "g();\n", undefined, { kind: "deleted", baseBlob: "x" });
  const pairs = [
    pairOf("a.ts", "old();\n", "new();\n", { baseBlob: "x" }),
    pairOf("bench.js", "old\n", "new\n", { baseBlob: "x" }),
    pairOf("fresh.ts", undefined, "f();\n", { kind: "added" }),
    gone,
  ];
  const context = planContext(repository.workspace, {
    pairs,
    base: {
      read: async (paths) => paths.map((path) => former.get(path)),
      paths: async () => ["a.ts", "b.ts", "bench.js", "gone/g.ts"].map(repoPath),
    },
  });
  const seen: string[] = [];
  const read = (cwd: string, path: string): string =>
    existsSync(join(cwd, path)) ? readFileSync(join(cwd, path), "utf8").trim() : "-";
  const run: Host["run"] = async ({ file, args, cwd }) => {
    const files = ["a.ts", "b.ts", "bench.js", "fresh.ts", "gone/g.ts", "ignored.txt", "made/ignored.txt"];
    seen.push(
      [file, ...args, ...files.map((path) => read(cwd, path)), (statSync(join(cwd, "a.ts")).mode & 0o100) > 0].join(
        " ",
      ),
    );
    return ended;
  };
  const planned = await plan(
    { sides: { kind: "revisions", command: ["node", "bench.js"], prepare: ["npm", "ci"] } },
    context,
  );
  if (planned.status === "planned") await planned.tasks[0]?.run({ ...host, run });
  expect(seen.slice(0, 4)).toEqual([
    "npm ci new(); b(); new f(); - - - true",
    "npm ci old(); b(); new - g(); - - true",
    "node bench.js new(); b(); new f(); - - - true",
    "node bench.js old(); b(); new - g(); - - true",
  ]);
});

test("what can not be prepared, or copied, is not measured", async () => {
  const sides: Ratio["sides"] = { kind: "revisions", command: ["node", "bench.js"], prepare: ["npm", "ci"] };
  expect(await said(({ file }) => (file === "npm" ? { exitCode: 1, stderr: "no lockfile\n" } : {}), { sides })).toBe(
    "`npm ci` fails at the head: no lockfile",
  );
  using repository = testRepository({ "a.png": "x" });
  using host = testHost();
  const pairs = [pairOf("a.png", undefined, undefined, { baseBlob: "x" })];
  const planned = await plan({ sides }, planContext(repository.workspace, { pairs }));
  if (planned.status !== "planned") throw new Error(planned.reason);
  await expect(planned.tasks[0]?.run(host)).rejects.toThrow("a.png has changed and is no text");
});
