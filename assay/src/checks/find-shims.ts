// Everything in a change that is kept for the sake of what was before.
import type { ChangeContext } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { byPath } from "../model/paths.ts";
import { roleOf } from "../source/role.ts";
import { fallbackReads } from "./fallback-reads.ts";
import { handWritten } from "./hand-written.ts";
import { keptAliases } from "./kept-aliases.ts";
import { entriesLeftBehind, filesLeftBehind, filesOfTheOld, signaturesLeftBehind } from "./left-behind.ts";
import { newFindings } from "./new-findings.ts";
import { shimSightings } from "./shim-sightings.ts";

export async function findShims(context: ChangeContext): Promise<readonly Finding[]> {
  const pairs = (await handWritten(context)).filter(({ change }) => roleOf(change.path) !== "test");
  const sources = pairs.filter(({ change }) => roleOf(change.path) === "source");
  const findings = [
    ...newFindings(sources, shimSightings),
    ...keptAliases(sources),
    ...filesLeftBehind(sources),
    ...filesOfTheOld(sources),
    ...entriesLeftBehind(pairs),
    ...signaturesLeftBehind(sources),
    ...fallbackReads(sources),
  ];
  const first = new Map(findings.map((finding) => [`${finding.path}:${finding.line}`, finding]));
  return [...first.values()].toSorted((a, b) => byPath(a.path ?? "", b.path ?? "") || (a.line ?? 0) - (b.line ?? 0));
}
