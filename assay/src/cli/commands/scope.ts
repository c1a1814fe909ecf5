import type { Situation } from "../situation.ts";
import { readSituation } from "../situation.ts";
import { affectedBy } from "../affected.ts";
import type { Affected } from "../../model/scope.ts";
import { answerEnvelope, toEnvelopeScope } from "../../report/to-envelope.ts";
import { count, showText } from "../../report/text.ts";
import type { Answer, Invocation } from "../command.ts";

const shownFiles = 200;

/** What a change affects: scopes and files, each with its reason. */
export async function scope(invocation: Invocation): Promise<Answer> {
  const situation = await readSituation(invocation);
  const { affected } = await affectedBy("loop", situation);
  const envelope = answerEnvelope("assay scope", {});
  return {
    envelope: {
      ...envelope,
      result: {
        ...envelope.result,
        scope: toEnvelopeScope(situation.diff.base, situation.scope),
        ...reasons(situation, affected),
      },
    },
    text: describe(situation, affected),
  };
}

interface Reasons {
  readonly everything: boolean;
  readonly scopes: readonly { readonly name: string; readonly why: string }[];
  readonly packages: readonly { readonly path: string; readonly why: string }[];
  readonly files: readonly { readonly path: string; readonly why: string }[];
  readonly omitted_files: number;
}

function reasons({ scope }: Situation, affected: Affected): Reasons {
  const files = [...affected.reached].map(([path, reach]) => ({ path, why: reach.why }));
  return {
    everything: affected.everything,
    scopes: scope.expanded.map((name) => ({ name, why: scope.why.get(name) ?? "everything is affected" })),
    packages: [...affected.whole].map(([path, why]) => ({ path, why })),
    files: files.slice(0, shownFiles),
    omitted_files: Math.max(0, files.length - shownFiles),
  };
}

function describe(situation: Situation, affected: Affected): string {
  const { diff, scope } = situation;
  const { scopes, packages, files, omitted_files } = reasons(situation, affected);
  const base =
    diff.base.kind === "found"
      ? `${diff.base.ref} (merge base ${diff.base.commit.slice(0, 12)})`
      : `none: ${diff.base.reason}`;
  return `${[
    `base: ${base}`,
    `change: ${count(scope.changes.length, "file")}`,
    ...(scope.fallback
      ? [`everything is affected (${scope.fallback.reason}): ${showText(scope.fallback.detail, 240)}`]
      : []),
    `scopes: ${scopes.length === 0 ? "none" : ""}`,
    ...scopes.map(({ name, why }) => row({ path: name, why })),
    ...(packages.length > 0
      ? ["whole packages:", ...packages.map(({ path, why }) => row({ path: path === "" ? "." : path, why }))]
      : []),
    ...(files.length > 0 ? ["files:", ...files.map(row)] : []),
    ...(omitted_files > 0 ? [`  and ${omitted_files} more`] : []),
  ].join("\n")}\n`;
}

function row({ path, why }: { readonly path: string; readonly why: string }): string {
  return `  ${showText(path, 120)}: ${showText(why, 240)}`;
}
