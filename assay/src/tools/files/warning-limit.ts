/** How many warnings a call of a linter allows; a number below zero, or none, allows any. */
export function warningLimit(flags: ReadonlyMap<string, string | null>): number {
  const given = flags.get("--max-warnings") ?? "";
  return /^\d+$/u.test(given) ? Number(given) : Infinity;
}
