// What the tests said, as a report on the plan.
import { join, relative, sep } from "node:path";
import type { LineRange } from "../model/change.ts";
import { byPath, dirOf, isWithin, repoPath, type RepoPath } from "../model/paths.ts";
import { roleOf } from "../source/role.ts";
import type { MutationPlan, PlannedLine } from "./plan.ts";
import type { MutationRequest } from "./request.ts";
import { aroundOf } from "./shown-code.ts";
import type { MutantResult, MutationReport, TestName, Uncovered } from "./report.ts";
import type { TrialLog } from "./trial-log.ts";

type Place = Pick<MutationRequest, "root" | "pairs" | "equivalents">;

export function toReport(place: Place, plan: MutationPlan, log: TrialLog): MutationReport {
  const { root } = place;
  const results = resultsOf(place, plan, log);
  return {
    mutants: results.filter(({ status }) => status !== "pending"),
    pending: results.filter(({ status }) => status === "pending"),
    runtimeLines: plan.lines.length,
    uncovered: log.errors.length > 0 ? [] : uncovered(root, plan, log),
    processStarters: [...log.starters]
      .filter((file) => log.launchers.has(file) || roleOf(pathOf(root, file)) === "test")
      .map((file) => pathOf(root, file))
      .toSorted(byPath),
    candidates: plan.candidates,
    arid: plan.arid,
    testFilesRun: log.baselines.size,
    unasked: log.unasked,
    beside: log.beside.map((file) => pathOf(root, file)),
    commands: log.commands,
    errors: log.errors,
  };
}

function resultsOf({ root, pairs, equivalents }: Place, plan: MutationPlan, log: TrialLog): readonly MutantResult[] {
  const texts = new Map(pairs.map(({ change, headText }) => [change.path, headText]));
  return plan.mutants.flatMap((mutant, number) => {
    const around = aroundOf(mutant, texts.get(mutant.path) ?? "");
    const fingerprint = plan.fingerprints[number] ?? "";
    const entry = equivalents.find((other) => other.path === mutant.path && other.mutant === fingerprint);
    return resultOf(root, { mutant, fingerprint, acknowledged: entry?.reason ?? null, around }, number, log);
  });
}

function resultOf(
  root: string,
  place: Pick<MutantResult, "mutant" | "fingerprint" | "acknowledged" | "around">,
  number: number,
  log: TrialLog,
): MutantResult[] {
  const verdict = log.verdicts.get(number);
  const outlived = log.outlived.get(number) ?? [];
  const sumOf = (key: "testsRun" | "hits"): number => outlived.reduce((sum, run) => sum + (run[key] ?? 0), 0);
  const nearestRun = outlived[0];
  const nearest: TestName | null = nearestRun
    ? { file: pathOf(root, nearestRun.file), test: nearestRun.nearest }
    : null;
  const base = { ...place, killedBy: null, message: null, nearest, testsRun: sumOf("testsRun"), hits: sumOf("hits") };
  if (verdict === undefined && log.isStopped) return [{ ...base, status: "pending" }];
  // What is not settled was reached by no test, unless an error kept us from finding out.
  if (verdict === undefined) return log.errors.length > 0 ? [] : [{ ...base, status: "no-coverage" }];
  if (!("by" in verdict)) return [{ ...base, status: verdict.status }];
  const { by, status } = verdict;
  const killedBy = { file: pathOf(root, by.file), test: by.failure?.test ?? null };
  const own = "testsRun" in by ? { testsRun: base.testsRun + by.testsRun, hits: base.hits + (by.hits ?? 0) } : {};
  return [{ ...base, ...own, status, killedBy, message: by.failure?.message ?? null }];
}

function uncovered(root: string, plan: MutationPlan, log: TrialLog): Uncovered[] {
  const lines = new Map<RepoPath, PlannedLine[]>();
  for (const line of plan.lines) {
    if (line.probes.every((probe) => log.unexecuted.has(probe)))
      lines.set(line.path, [...(lines.get(line.path) ?? []), line]);
  }
  return [...lines].map(([path, own]) => ({
    path,
    ranges: toRanges(own.map(({ line }) => line)),
    instead: copyOf(root, path, log) ?? (log.loaded.has(join(root, path)) ? null : builtFrom(root, path, log)),
    isAskedFor: own.some(({ isAskedFor }) => isAskedFor),
  }));
}

/** An installed copy of the very file, which other tests may load than those that load the file. */
function copyOf(root: string, path: RepoPath, log: TrialLog): RepoPath | undefined {
  const copies = [...log.built].map((file) => pathOf(root, file)).filter((file) => inPackage.test(file));
  return copies.toSorted(byPath).find((file) => `/${path}`.endsWith(file.replace(inPackage, "/")));
}

const inPackage = /^.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\//;

/** The built module that lies nearest to a source file: the one with which it has most folders in common. */
function builtFrom(root: string, path: RepoPath, log: TrialLog): RepoPath | null {
  const built = [...log.built].map((file) => pathOf(root, file)).toSorted(byPath);
  for (let dir = dirOf(path); dir !== ""; dir = dirOf(dir)) {
    const found = built.find((file) => isWithin(dir, file));
    if (found !== undefined) return found;
  }
  return built[0] ?? null;
}

function toRanges(lines: readonly number[]): LineRange[] {
  const ranges: LineRange[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line === last.end + 1) ranges[ranges.length - 1] = { start: last.start, end: line };
    else ranges.push({ start: line, end: line });
  }
  return ranges;
}

export function pathOf(root: string, file: string): RepoPath {
  return repoPath(relative(root, file).split(sep).join("/"));
}
