// What a line verified at the base and no longer verifies.
import type { VerificationKind } from "./known-verifiers.ts";
import type { Amount, Verification } from "./verifications.ts";

export interface Loss {
  /** The same however often the change is edited. */
  readonly key: string;
  /** Ends a sentence that begins with the line's name. */
  readonly says: string;
}

const deeds: Readonly<Record<VerificationKind, string>> = {
  tests: "runs tests",
  types: "checks types",
  lint: "lints",
  format: "checks the format",
  coverage: "measures coverage",
  package: "checks the package",
  build: "builds",
  gate: "judges the change",
  audit: "looks for dependencies with known holes",
};

export interface Surroundings {
  /** Are these commands, or others in their place, run somewhere else now? */
  readonly isElsewhere: (kind: VerificationKind, lost: readonly Verification[]) => boolean;
  /** Does the repository still have the program? */
  readonly isDeclared: (program: string) => boolean;
  /** Is there another version of the program than there was? */
  readonly isUpgraded: (program: string) => boolean;
  /** Is it what builds, and still there under its name? */
  readonly isBuild: boolean;
}

export function lossesOf(base: Amount, head: Amount, surroundings: Surroundings): readonly Loss[] {
  return [
    ...lostKinds(base, head, surroundings),
    ...newWeaknesses(base, head),
    ...lostStrictness(base, head, surroundings),
  ];
}

/** What an amount verifies for certain. */
export function kindsIn({ verifications }: Amount): ReadonlySet<VerificationKind> {
  return new Set(verifications.flatMap(({ kinds }) => kinds));
}

function lostKinds(base: Amount, head: Amount, { isElsewhere, isDeclared, isBuild }: Surroundings): readonly Loss[] {
  const kept = kindsIn(head);
  const hasStranger = head.strangers.some((program) => !base.strangers.includes(program));
  if (hasStranger) return [];
  return [...kindsIn(base)].flatMap((kind): readonly Loss[] => {
    const ofKind = base.verifications.filter(({ kinds }) => kinds.includes(kind));
    if (!kept.has(kind)) {
      if (kind === "coverage" && ofKind.every(({ ownCoverage }) => ownCoverage === "reported")) return [];
      // What compiled and checked in one may be built by another program.
      if (
        kind === "types" &&
        ofKind.every(({ kinds }) => kinds.includes("build")) &&
        hasNewProgram(base, head, "build")
      )
        return [];
      // A build that is made by other means, or needed no more, is no loss: one that does nothing under its name is.
      const counts = kind !== "build" || (isBuild && head.verifications.length === 0 && head.strangers.length === 0);
      return counts && !isElsewhere(kind, ofKind) ? [{ key: kind, says: `no longer ${deeds[kind]}` }] : [];
    }
    if (kind === "build" || kind === "coverage") return [];
    if (hasNewProgram(base, head, kind)) return [];
    const before = [...new Set(ofKind.map(({ program }) => program))];
    const after = programsOf(head, kind);
    return before
      .filter(
        (program) =>
          !after.includes(program) &&
          isDeclared(program) &&
          !isElsewhere(
            kind,
            ofKind.filter((each) => each.program === program),
          ),
      )
      .map((program) => ({ key: program, says: `no longer runs ${program}` }));
  });
}

function hasNewProgram(base: Amount, head: Amount, kind: VerificationKind): boolean {
  const before = programsOf(base, kind);
  return programsOf(head, kind).some((program) => !before.includes(program));
}

function programsOf({ verifications }: Amount, kind: VerificationKind): readonly string[] {
  return verifications.filter(({ kinds }) => kinds.includes(kind)).map(({ program }) => program);
}

/** A command beside the old ones may be as weak as it likes. */
function newWeaknesses(base: Amount, head: Amount): readonly Loss[] {
  const found = new Map<string, Loss>();
  for (const { kinds, program, weaknesses } of head.verifications) {
    for (const [key, says] of weaknesses) {
      const clean = (amount: Amount): number =>
        amount.verifications.filter((each) => isAlike(each, kinds) && !each.weaknesses.has(key)).length;
      if (clean(head) >= clean(base)) continue;
      found.set(`${program} ${key}`, { key: `${program} ${key}`, says: `runs ${program}, which now ${says}` });
    }
  }
  return [...found.values()];
}

function isAlike(verification: Verification, kinds: readonly VerificationKind[]): boolean {
  return verification.kinds.some((kind) => kinds.includes(kind));
}

const coverageLimits: ReadonlySet<string> = new Set(
  ["check-coverage", "100", "per-file", "lines", "branches", "functions", "statements"].map((name) => `--${name}`),
);

/** It fails where too little is covered, and says nowhere on its command line how much that is. */
function isLimitedByFile({ kinds, strictness }: Verification): boolean {
  return kinds.includes("coverage") && ![...strictness.keys()].some((flag) => coverageLimits.has(flag));
}

/** Another version of a program may be strict by itself. */
function lostStrictness(base: Amount, head: Amount, { isUpgraded }: Surroundings): readonly Loss[] {
  const found = new Map<string, Loss>();
  for (const { program, strictness } of base.verifications) {
    const rest = head.verifications.filter((each) => each.program === program);
    if (rest.length === 0 || isUpgraded(program)) continue;
    for (const [flag, level] of strictness) {
      if (rest.some((each) => (each.strictness.get(flag) ?? -Infinity) >= level)) continue;
      const isGone = rest.every((each) => !each.strictness.has(flag));
      if (coverageLimits.has(flag) && rest.every(isLimitedByFile)) continue;
      const says = `runs ${program} ${isGone ? "without" : "with a looser"} \`${flag}\``;
      found.set(`${program} ${flag}`, { key: `${program} ${flag}`, says });
    }
  }
  return [...found.values()];
}

/** Commands of the kind that were not there before, or all those that are lost. */
export function isCovered(kind: VerificationKind, lost: readonly Verification[], before: Amount, now: Amount): boolean {
  const clean = now.verifications.filter(
    (each) => each.kinds.includes(kind) && !each.weaknesses.has("failure ignored"),
  );
  const old = new Set(before.verifications.map(commandOf));
  const present = new Set(clean.map(commandOf));
  return clean.some((each) => !old.has(commandOf(each))) || lost.every((each) => present.has(commandOf(each)));
}

/** Tells commands apart that judge different things, in one folder or another. */
export function commandOf({ program, args, dir }: Verification): string {
  return [dir, program, ...args.filter((arg) => !/^--(?:reporter|color|pretty|cache|silent|verbose)/.test(arg))].join(
    " ",
  );
}
