// The envelope's shape for readers outside: the JSON Schema is made from it, and tests hold every answer against it.
import * as v from "valibot";
import { bounds } from "./envelope.ts";

const text = v.pipe(v.string(), v.maxLength(bounds.text));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const scopeNames = v.pipe(v.array(text), v.maxLength(bounds.scopes));

const error = v.pipe(
  v.object({ code: v.string(), message: text, hint: v.nullable(text) }),
  v.description("What kept the run from a verdict; null where it has one."),
);

const scope = v.object({
  base: v.pipe(v.nullable(v.string()), v.description("Full object id of the merge base; null without one.")),
  changed_files: count,
  direct_scopes: scopeNames,
  expanded_scopes: scopeNames,
  fallback: v.pipe(
    v.nullable(v.object({ reason: v.string(), detail: text })),
    v.description("Why scope was widened to everything; null where it was not."),
  ),
});

const check = v.object({
  id: v.string(),
  status: v.picklist(["pass", "fail", "error", "deferred", "skip"]),
  details: v.pipe(v.array(text), v.maxLength(bounds.details)),
  omitted_details: count,
  duration_ms: count,
  cached: v.pipe(v.boolean(), v.description("A pass of an earlier run with the same inputs was replayed.")),
});

const summary = v.object({
  total: count,
  passed: count,
  failed: count,
  errored: count,
  deferred: count,
  skipped: count,
  omitted_checks: v.pipe(count, v.description("Checks that are counted above and not listed.")),
});

/** Fields may be added, so unknown ones are no fault. */
export const envelopeSchema = v.object({
  schema: v.literal("assay/1"),
  ok: v.pipe(v.boolean(), v.description("Exactly when exit_code is 0.")),
  exit_code: v.pipe(
    v.picklist([0, 1, 2]),
    v.description("0: nothing failed. 1: at least one check failed. 2: could not verify."),
  ),
  command: text,
  error: v.nullable(error),
  result: v.object({
    scope,
    checks: v.pipe(v.array(check), v.maxLength(bounds.checks), v.description("Failures first.")),
    summary,
    report: v.pipe(
      v.exactOptional(v.object({ page: v.string(), json: v.string() })),
      v.description("Where the report is that was asked for, from the repository's root or absolute."),
    ),
  }),
  next_actions: v.pipe(v.array(v.object({ command: text, description: text })), v.maxLength(bounds.actions)),
});
