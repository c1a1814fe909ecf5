// For tests: a command in this process, as `main` would run it.
import { onTestFinished } from "vitest";
import { makeRepository, type TestRepository } from "../../git/test-repository.ts";
import { AssayError } from "../../model/errors.ts";
import { plain } from "../../report/terminal.ts";
import { readArguments } from "../arguments.ts";
import type { Answer, Console } from "../command.ts";

/** A repository on `main` that goes when the test ends. */
export function repositoryOf(files: Readonly<Record<string, string>>): TestRepository {
  const repository = makeRepository(files);
  onTestFinished(() => repository.remove());
  return repository;
}

export interface Heard {
  readonly progress: readonly string[];
  readonly warnings: readonly string[];
  readonly opened: readonly string[];
}

/** What a command answers, and what it said meanwhile. */
export async function answerOf(
  { root }: TestRepository,
  argv: readonly string[],
  signal = new AbortController().signal,
): Promise<Answer & Heard> {
  const request = readArguments(argv, { cwd: root, stdoutIsTerminal: false });
  if (request.kind !== "run") throw new Error(`asks for ${request.kind}`);
  const [progress, warnings, opened]: [string[], string[], string[]] = [[], [], []];
  const console: Console = {
    progress: (line) => void progress.push(line(plain)),
    open: (file) => void opened.push(file),
    warn: (line) => void warnings.push(line),
    paint: plain,
    signal,
  };
  const command = await request.spec.load();
  return { ...(await command(request.invocation, console)), progress, warnings, opened };
}

/** The error that somebody is told, where this is one. */
export async function refusalOf(answer: Promise<unknown>): Promise<AssayError> {
  const refusal = await answer.catch((error: unknown) => error);
  if (refusal instanceof AssayError) return refusal;
  throw new Error("it is not refused", { cause: refusal });
}
