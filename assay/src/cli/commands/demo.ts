// The whole story in one command, on a repository made for it.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createScratchRepository, type ScratchRepository } from "../../git/scratch-repository.ts";
import { AssayError } from "../../model/errors.ts";
import { answerEnvelope } from "../../report/to-envelope.ts";
import type { Answer, Console, Invocation } from "../command.ts";
import { strongTest, theChange, theStart } from "../demo/files.ts";
import { provideVitest } from "../demo/vitest.ts";

type Verify = (invocation: Invocation, console: Console) => Promise<Answer>;

interface Step {
  readonly shown: string;
  readonly run: Verify;
  readonly expected: 0 | 1;
}

/**
 * An agent adds a function and a test that asserts next to nothing: the loop is green, mutate is not. The test is made
 * to verify, and the gate is green.
 */
export async function demo(invocation: Invocation, console: Console): Promise<Answer> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-demo-")));
  try {
    console.progress(() => "making a repository");
    const repository = await createScratchRepository(root, theStart);
    await provideVitest(root, invocation.dir, console);
    const told = await tell(
      repository,
      { ...invocation, dir: root, base: "main", repeated: ["--base", "main"] },
      console,
    );
    return { envelope: answerEnvelope("assay demo", { steps: told.steps }), text: told.text };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Told {
  readonly steps: readonly { readonly command: string; readonly exit_code: number }[];
  readonly text: string;
}

async function tell(repository: ScratchRepository, invocation: Invocation, console: Console): Promise<Told> {
  const { gate, loop, mutate } = await import("./verify.ts");
  const paragraphs: string[] = [];
  const steps: { command: string; exit_code: number }[] = [];
  const say = (text: string): void => void paragraphs.push(console.paint("dim", `# ${text}`));
  const take = async ({ shown, run, expected }: Step): Promise<void> => {
    const command = `assay ${shown} --base main`;
    console.progress(() => command);
    const answer = await run(invocation, console);
    paragraphs.push(`${console.paint("bold", `$ ${command}`)}\n${answer.text}`);
    steps.push({ command, exit_code: answer.envelope.exit_code });
    if (answer.envelope.exit_code !== expected) {
      throw new AssayError("internal", `the demo expected exit code ${expected} of ${command}:\n${answer.text}`);
    }
  };

  say("An agent adds scaleGradient, and a test that only asserts how many values come back.");
  await repository.branch("agent/scale-gradient");
  await repository.commit(theChange, "feat: scale gradients to a maximum norm");
  await take({ shown: "loop", run: loop, expected: 0 });
  say("Every check is green. But would the test notice if the code were wrong?");
  await take({ shown: "mutate", run: mutate, expected: 1 });
  say("It would not. The test is made to verify what the function does.");
  await repository.commit(strongTest, "test: verify the scaled gradient");
  await take({ shown: "mutate", run: mutate, expected: 0 });
  await take({ shown: "gate", run: gate, expected: 0 });
  return { steps, text: paragraphs.join("\n") };
}
