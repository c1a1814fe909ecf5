import { expect, test } from "vitest";
import { camelCased, flagTable, wordsOf } from "./runner-flags.ts";

test("flags are listed as on a command line, over several lines if need be", () => {
  const { values, lists, paths, dropped } = flagTable({
    values: `
      -c --config
      --root
    `,
    paths: "--path",
    dropped: "--watch --ui",
  });
  expect([[...values], [...(paths ?? [])], [...dropped], lists?.has("--root")]).toEqual([
    ["-c", "--config", "--root"],
    ["--path"],
    ["--watch", "--ui"],
    false,
  ]);
});

test("a flag has what is in one piece with it, and what stands behind it up to the next flag", () => {
  const flags = ["--a", "one", "--skip", "two", "three-", "-b", "four", "--skip=five", "--skipped", "six"];
  expect(wordsOf(flags, "--skip")).toEqual(["two", "three-", "five"]);
  expect(wordsOf(flags, "--skipped")).toEqual(["six"]);
  expect(wordsOf(["--skip=a", "b"], "--skip")).toEqual(["a", "b"]);
  expect(wordsOf(flags, "--other")).toEqual([]);
});

test("a flag with dashes is the one of that name in humps, and everything else stays as it is", () => {
  expect(camelCased(["--max-workers", "2", "--pass-with-no-tests=true", "--pool-options.forks.max-forks"])).toEqual([
    "--maxWorkers",
    "2",
    "--passWithNoTests=true",
    "--poolOptions.forks.max-forks",
  ]);
  const others = [
    "--maxWorkers",
    "--config=my-own.ts",
    "--no-file-parallelism",
    "-t",
    "a--b-c",
    "--",
    "--max-workers",
    "--",
  ];
  expect(camelCased(others)).toEqual(others);
});
