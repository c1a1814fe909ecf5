/** The versioned object that every command prints as JSON. Fields may be added; a rename or removal makes `assay/2`. */
export interface Envelope {
  readonly schema: "assay/1";
  /** Exactly when `exit_code` is 0. */
  readonly ok: boolean;
  /** 0: nothing failed. 1: at least one check failed. 2: could not verify. */
  readonly exit_code: 0 | 1 | 2;
  readonly command: string;
  /** What kept the run from a verdict; null where it has one. */
  readonly error: EnvelopeError | null;
  readonly result: EnvelopeResult;
  /** What to do next, the most useful first. At most 5. */
  readonly next_actions: readonly NextAction[];
}

export interface EnvelopeError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

export interface EnvelopeResult {
  readonly scope: EnvelopeScope;
  /** At most 20, failures first. */
  readonly checks: readonly EnvelopeCheck[];
  readonly summary: EnvelopeSummary;
  /** Where the report is that was asked for, from the repository's root or absolute. */
  readonly report?: { readonly page: string; readonly json: string };
}

export interface EnvelopeScope {
  /** Full object id of the merge base; null without one. */
  readonly base: string | null;
  readonly changed_files: number;
  /** At most 40 of each. */
  readonly direct_scopes: readonly string[];
  readonly expanded_scopes: readonly string[];
  /** Why scope was widened to everything; null where it was not. */
  readonly fallback: { readonly reason: string; readonly detail: string } | null;
}

export interface EnvelopeCheck {
  readonly id: string;
  readonly status: "pass" | "fail" | "error" | "deferred" | "skip";
  /** At most 8, each at most 240 characters. */
  readonly details: readonly string[];
  readonly omitted_details: number;
  readonly duration_ms: number;
  readonly cached: boolean;
}

export interface EnvelopeSummary {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly deferred: number;
  readonly skipped: number;
  /** Checks that are counted above and not listed. */
  readonly omitted_checks: number;
}

export interface NextAction {
  readonly command: string;
  /** At most 240 characters. */
  readonly description: string;
}

export const bounds = {
  checks: 20,
  details: 8,
  text: 240,
  scopes: 40,
  actions: 5,
  /** A green envelope is this long at most, as compact JSON. */
  greenJson: 1500,
} as const;
