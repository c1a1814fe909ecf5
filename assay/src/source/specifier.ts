// The words for what one file says about other files. Small values, since they are what the cache holds.
import type { OpaqueReason } from "./opaque.ts";

/**
 * In which form a file names another.
 *
 * `resolve` is `require.resolve` and `import.meta.resolve`, `url` is `new URL("./x", import.meta.url)`, `mock` is
 * `vi.mock` and its relatives, `reference` is a triple-slash path, `glob` is a pattern of `import.meta.glob`.
 */
export const specifierKinds = [
  "import",
  "type",
  "re-export",
  "dynamic",
  "require",
  "resolve",
  "url",
  "mock",
  "reference",
  "glob",
] as const;

export type SpecifierKind = (typeof specifierKinds)[number];

export interface Specifier {
  /** As written, unescaped. */
  readonly text: string;
  readonly kind: SpecifierKind;
  /** 1-based. */
  readonly line: number;
}

/** What a file says about other files. */
export interface ModuleFacts {
  /** In no particular order; one that is written twice is there twice. */
  readonly specifiers: readonly Specifier[];
  /** By what it can see files that it does not import. */
  readonly opaque: readonly OpaqueReason[];
}

/** Stands for the specifier of a call whose argument is computed. */
export const computed = "";

export type AddSpecifier = (text: string, kind: SpecifierKind, offset: number) => void;
