import { allTools } from "../../tools/index.ts";
import type { Detection } from "../../tools/tool.ts";
import { runsBeside } from "../../tools/runners/runs-beside.ts";
import type { Workspace } from "../../model/workspace.ts";
import { answerEnvelope } from "../../report/to-envelope.ts";
import { count } from "../../report/text.ts";
import type { Answer, Invocation } from "../command.ts";
import { readSituation, type Situation } from "../situation.ts";
import { version } from "../version.ts";

/** What was found in the repository and what is missing. Exit code 0 whatever it finds: it reports, it does not judge. */
export async function doctor(invocation: Invocation): Promise<Answer> {
  const situation = await readSituation(invocation);
  const detections = (await Promise.all(allTools.map((tool) => tool.detect(situation.workspace)))).flat();
  return {
    envelope: answerEnvelope("assay doctor", { doctor: facts(situation, detections) }),
    text: describe(situation, detections),
  };
}

function facts({ diff, workspace }: Situation, detections: readonly Detection[]): object {
  return {
    assay: version,
    node: process.version,
    base: diff.base,
    manager: workspace.manager,
    packages: workspace.packages.map(({ name, dir }) => ({ name, dir })),
    files: workspace.tree.files.length,
    configured: workspace.config.present,
    tools: detections.map(({ tool, role, dir, version: installed, evidence, install }) => ({
      tool,
      role,
      dir,
      version: installed,
      evidence,
      install,
    })),
    missing_roles: missingRoles(detections),
    not_run: notRun(workspace),
  };
}

function missingRoles(detections: readonly Detection[]): readonly string[] {
  const roles = new Set(allTools.map((tool) => tool.role));
  return [...roles].filter((role) => !detections.some((detection) => detection.role === role));
}

/** Scripts that run tests which no check runs. */
function notRun({ packages }: Workspace): readonly { readonly dir: string; readonly script: string }[] {
  return packages.flatMap((pkg) => runsBeside(pkg).map((script) => ({ dir: pkg.dir, script })));
}

function describe({ diff, workspace, repository }: Situation, detections: readonly Detection[]): string {
  const base =
    diff.base.kind === "found"
      ? `${diff.base.ref}, merge base ${diff.base.commit.slice(0, 12)}`
      : `none: ${diff.base.reason}; try: ${diff.base.hint}`;
  return `${[
    `assay ${version}, Node ${process.version}`,
    `repository: ${repository.root}${repository.shallow ? " (shallow)" : ""}`,
    `base: ${base}`,
    `packages: ${workspace.packages.length} (${workspace.manager}), ${count(workspace.tree.files.length, "file")}`,
    `assay.toml: ${workspace.config.present ? "yes" : "no, not needed"}`,
    ...detections.map(toolLine),
    ...missingRoles(detections).map((role) => `- no tool for ${role} was found`),
    ...notRun(workspace).map(
      ({ dir, script }) =>
        `- not run: ${script} in ${dir === "" ? "." : dir} is no part of the test script; if it is to be, name it in a [[check]] of assay.toml`,
    ),
  ].join("\n")}\n`;
}

function toolLine({ role, tool, version: installed, dir, evidence, install, gateOnly }: Detection): string {
  const where = dir === "" ? "." : dir;
  if (installed === null)
    return `✘ ${role}: ${tool} in ${where} is declared (${evidence}) but not installed; try: ${install}`;
  // A script has no version; its name and text are the evidence.
  return `✔ ${role}: ${[tool, installed].filter((word) => word !== "").join(" ")} in ${where} (${evidence})${gateOnly === undefined ? "" : ", by `assay gate` alone"}`;
}
