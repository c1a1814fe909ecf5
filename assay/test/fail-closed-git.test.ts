// A git that lies, fails or stops half-way hides nothing: all is found, or there is no verdict.
import { expect, test } from "vitest";
import { lostIn, pathWithGit, silencedFiles, silencedRepository } from "./fault-repository.ts";
import { assay, assayWith } from "./repository.ts";

/** What a gate asks git. */
const subcommands = [
  "config",
  "rev-parse",
  "status",
  "for-each-ref",
  "ls-files",
  "merge-base",
  "diff-index",
  "cat-file",
];

const faults: Readonly<Record<string, string>> = {
  "says something else": "echo nonsense",
  "says nothing, and that all is well": "exit 0",
  "says nothing, and fails": "exit 1",
  "fails with a fatal error": "echo 'fatal: unable to read tree' >&2; exit 128",
  "is killed": "kill -9 $$",
  "stops in the middle of a record": '"$real" "$@" > "$0.$$"; head -c $(($(wc -c < "$0.$$") * 3 / 5)) "$0.$$"',
  "leaves out its last record": '"$real" "$@" > "$0.$$"; perl -0777 -pe "s/[^\\0\\n]+[\\0\\n]\\z//" "$0.$$"',
  "says everything twice": '"$real" "$@" > "$0.$$"; cat "$0.$$" "$0.$$"',
  "answers for an empty repository": 'mkdir -p "$0.d" && "$real" -C "$0.d" init -q; cd "$0.d" && exec "$real" "$@"',
};

const lies = subcommands.flatMap((subcommand) =>
  Object.entries(faults).map(([fault, script]) => ({ subcommand, fault, script })),
);

test.concurrent.each(lies)("a git whose $subcommand $fault hides nothing", async ({ subcommand, script }) => {
  const repository = silencedRepository();
  const PATH = pathWithGit(`case " $* " in *" ${subcommand} "*) ${script};; *) exec "$real" "$@";; esac`);
  const outcome = await assayWith(repository, { env: { PATH } }, "gate", "--base", "main", "--only", "suppression");
  expect(lostIn(outcome)).toEqual([]);
});

test("with git as it is, each of these faults is found", async () => {
  const { exitCode, envelope } = await assay(silencedRepository(), "gate", "--base", "main", "--only", "suppression");
  expect([exitCode, envelope.result.checks[0]?.details.length]).toEqual([1, silencedFiles.length]);
});
