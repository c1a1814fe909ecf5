// A copy of the repository that is ready for one test command, and runs of it there.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../../model/errors.ts";
import type { Host } from "../../model/process.ts";
import { shellCall, type TestCommand } from "../../tools/runners/test-command.ts";
import type { Preparation } from "../../tools/scripts/test-steps.ts";
import { tellingLine } from "../../tools/runners/test-report.ts";
import type { Control } from "./facts.ts";
import { standingAlone } from "./instrumented.ts";
import { Overlay, type OverlayPlan } from "./overlay.ts";
import { runProgram, runTests, type Place, type TestRun } from "./test-run.ts";

export interface BenchPlan extends OverlayPlan {
  /** An absolute path at which nothing is yet. */
  readonly at: string;
  readonly command: TestCommand;
  /** Absolute path of what instrumented code loads. */
  readonly switchProgram: string;
  /** What instrumented code calls. */
  readonly switchName: string;
}

/** A build may take this long. */
const longestBuildMs = 600_000;

export class Bench {
  readonly command: TestCommand;
  readonly place: Place;
  readonly overlay: Overlay;
  /** Instrumented files, in the order of their numbers. */
  readonly instrumented: readonly string[];
  /** How often loops go round without a mutant. */
  rounds: Control["rounds"] = {};
  runs = 0;
  /** The steps whose results are here. */
  readonly made: Preparation[] = [];

  constructor(host: Host, plan: BenchPlan) {
    this.command = plan.command;
    this.instrumented = Object.keys(plan.texts);
    const control = join(plan.at, "control.json");
    const files = { program: plan.switchProgram, control, switchName: plan.switchName };
    const texts = Object.entries(plan.texts).map(([path, source], number) => [
      path,
      standingAlone(path, source, number, files),
    ]);
    const instrumented = Object.fromEntries(texts) as Record<string, string>;
    this.overlay = new Overlay({ ...plan, texts: instrumented }, join(plan.at, "repository"));
    const notes = join(plan.at, "notes");
    mkdirSync(join(notes, "made"), { recursive: true });
    // What a build executes on its way, it executes as it is.
    writeFileSync(control, JSON.stringify({ mutant: null, facts: join(notes, "made"), rounds: {} } satisfies Control));
    this.place = { host, root: plan.root, copy: this.overlay.root, control, program: plan.switchProgram, notes };
  }

  /** Runs lines of scripts, whose results stay. Answers what went wrong. */
  async make(steps: readonly Preparation[]): Promise<AssayError | undefined> {
    // What runs of the tests have left is no result of these.
    this.overlay.restore();
    for (const step of steps) {
      const { line, mayFail } = step;
      const call = shellCall(line, { CI: "true" });
      const outcome = await runProgram(this.place, this.command.dir, call, {}, longestBuildMs);
      if (outcome.exitCode === 0) this.made.push(step);
      if (outcome.exitCode === 0 || mayFail) continue;
      const said = tellingLine(`${outcome.stdout}\n${outcome.stderr}`);
      const why = outcome.timedOut ? "takes more than 10 minutes" : said;
      return new AssayError("baseline-failed", `\`${line}\` fails in a copy of the repository: ${why}`);
    }
    this.overlay.remember();
    return undefined;
  }

  /** `files`: absolute paths in the copy; null: all. */
  async run(mutant: number | null, files: readonly string[] | null, limitMs: number): Promise<TestRun> {
    this.runs++;
    this.overlay.restore();
    return runTests(this.place, this.command, { mutant, files, limitMs, rounds: this.rounds });
  }
}
