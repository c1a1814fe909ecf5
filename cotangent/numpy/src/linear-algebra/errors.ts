/** A matrix without the result that was asked for: not square, singular, not positive definite, or not converged. */
export class LinAlgError extends RangeError {
  override readonly name = "LinAlgError";
}
