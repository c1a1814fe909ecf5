// A project's own `[[ratio]]` as a check: one measurement is at most so many times another.
import type { Check, PlanContext, Task } from "../../model/check.ts";
import { needsBase } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import type { Ratio } from "../../model/own-check.ts";
import type { Host } from "../../model/process.ts";
import { ownBase, shown, withRemedy } from "./own-check.ts";
import { fewestRounds, type RatioEstimate } from "./ratio-decision.ts";
import type { Measured, Program } from "./ratio-rounds.ts";

export function toRatioCheck(config: Ratio): Check {
  const unit = config.measure === "time" ? "the time that they take" : "the number in their last line of output";
  return {
    ...ownBase(config, `Compares ${sidesOf(config)} by ${unit}: the ratio may be ${config.atMost} at most.`),
    kind: "tasks",
    // Nothing else runs in this phase.
    phase: "measure",
    mustFinish: false,
    plan: async (context) => {
      if (!isTouched(config, context)) return { status: "skipped", reason: "no affected scope" };
      const { base } = context.diff;
      if (config.sides.kind === "revisions" && base.kind === "none") throw needsBase(base);
      return { status: "planned", tasks: [toTask(config, context)] };
    },
  };
}

function sidesOf({ sides }: Ratio): string {
  if (sides.kind === "revisions") return `\`${shown(sides.command)}\` with itself at the base`;
  return `\`${shown(sides.numerator)}\` with \`${shown(sides.denominator)}\``;
}

/** A gate looks at everything, and a measurement is only of what the change concerns. */
function isTouched({ scopes }: Ratio, { scope, diff }: PlanContext): boolean {
  if (scopes !== null) return scopes.some((name) => scope.touched.includes(name));
  return diff.base.kind === "none" || diff.changes.length > 0;
}

function toTask(config: Ratio, context: PlanContext): Task {
  return {
    label: `${sidesOf(config)}, measured`,
    cost: "expensive",
    replay: null,
    run: async (host) => {
      const programs = await programsOf(config, context, host);
      const { measureRatio } = await import("./ratio-rounds.ts");
      const measured = await measureRatio(config, programs, host);
      if (measured.status === "deferred") return { status: "deferred", remaining: sidesOf(config) };
      return toOutcome(config, measured);
    },
  };
}

interface Programs {
  readonly numerator: Program;
  readonly denominator: Program;
}

async function programsOf({ id, sides }: Ratio, context: PlanContext, host: Host): Promise<Programs> {
  if (sides.kind === "commands") {
    const cwd = context.workspace.root;
    return {
      numerator: { argv: sides.numerator, cwd, name: shown(sides.numerator) },
      denominator: { argv: sides.denominator, cwd, name: shown(sides.denominator) },
    };
  }
  const { command: argv } = sides;
  const { copiesFor } = await import("./ratio-copies.ts");
  const { head, base } = await copiesFor({ id, argv, prepare: sides.prepare }, context, host);
  return {
    numerator: { argv, cwd: head, name: `${shown(argv)} at the head` },
    denominator: { argv, cwd: base, name: `${shown(argv)} at the base` },
  };
}

function toOutcome(config: Ratio, { estimate, rounds }: Extract<Measured, { status: "measured" }>): TaskOutcome {
  const { verdict } = estimate;
  const figures = figuresOf(config, estimate, rounds);
  if (verdict === "within") return { status: "passed", note: figures };
  if (verdict === "above") {
    const message = withRemedy(`${config.message ?? "the ratio is above its limit"}: ${figures}`, config);
    return { status: "failed", findings: [{ path: null, line: null, message }] };
  }
  const why = rounds < fewestRounds ? `too few rounds fit into ${config.seconds} s; raise \`seconds\`` : "undecided";
  return { status: "skipped", reason: `${why}: ${figures}; this is no pass` };
}

function figuresOf({ atMost }: Ratio, { ratio, interval, noise }: RatioEstimate, rounds: number): string {
  const span = `${figure(interval.low)} to ${figure(interval.high)}`;
  const count = `${rounds} ${rounds === 1 ? "round" : "rounds"}`;
  return `${figure(ratio)} (${span} in ${count}), at most ${atMost}; noise ${figure(noise * 100)} %`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
