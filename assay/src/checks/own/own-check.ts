// What a project's own checks have in common: whom they concern, and what `assay explain` says of them.
import type { Check, PlanContext } from "../../model/check.ts";
import type { OwnCheck } from "../../model/own-check.ts";

type Common = Pick<Check, "id" | "summary" | "in"> & { readonly page: string };

/** `how` says what it does, in sentences of its own. */
export function ownBase(own: OwnCheck, how: string): Common {
  const summary = own.message ?? how.split("\n", 1)[0] ?? "";
  const where = own.scopes === null ? "every scope" : own.scopes.join(", ");
  const parts = [
    `# ${own.id}`,
    own.message === null ? null : sentence(own.message),
    how,
    own.remedy === null ? null : `## What to do\n\n${sentence(own.remedy)}`,
    own.incident === null ? null : `## What taught it\n\n${own.incident.trim()}`,
    `A check of this project's own, from assay.toml: ${own.in.map((name) => `assay ${name}`).join(", ")}; ${where}.`,
  ];
  return { id: own.id, summary, in: own.in, page: `${parts.filter((part) => part !== null).join("\n\n")}\n` };
}

/** Is one of its scopes affected? Where everything is, as in a gate, all are. */
export function isConcerned(own: OwnCheck, { scope, affected }: PlanContext): boolean {
  return affected.everything || own.scopes === null || own.scopes.some((name) => scope.expanded.includes(name));
}

/** What to do about a fault, behind what is wrong. */
export function withRemedy(message: string, { remedy }: OwnCheck): string {
  return remedy === null ? message : `${message}; ${remedy}`;
}

/** A command as it would be typed. */
export function shown(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
}

function sentence(clause: string): string {
  const trimmed = clause.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
