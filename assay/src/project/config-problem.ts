/** One thing wrong with `assay.toml`, and where. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}
