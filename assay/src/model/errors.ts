/** Every way in which assay can be kept from knowing. A fault in the user's code is a `Finding`, never one of these. */
export type ErrorCode =
  | "usage"
  | "config-invalid"
  | "not-a-repository"
  | "base-not-found"
  | "git-failed"
  | "tool-missing"
  | "tool-failed"
  | "no-tests-ran"
  | "baseline-failed"
  | "check-crashed"
  | "interrupted"
  | "internal";

/** Something that stopped us from knowing. `hint` is the next step, typeable at a prompt where there is such a command. */
export class AssayError extends Error {
  override readonly name = "AssayError";
  readonly code: ErrorCode;
  readonly hint: string | null;

  constructor(code: ErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.hint = options.hint ?? null;
  }
}

/** Reads whatever was thrown; what is not ours becomes an error with the given code. */
export function toAssayError(thrown: unknown, code: ErrorCode): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AssayError(code, message, { cause: thrown });
}

/** The error of whatever judges a change when there is no base to judge it against. */
export function needsBase(base: { readonly reason: string; readonly hint: string }): AssayError {
  return new AssayError("base-not-found", base.reason, { hint: base.hint });
}
