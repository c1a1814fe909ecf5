import type { ChangeCheck } from "../model/check.ts";

/**
 * Flags what a change keeps for the sake of what was before, in a repository that says it has no users yet.
 *
 * A layer for callers that do not exist is code to read, to test and to delete later, and hides which name is the right
 * one.
 *
 * Flagged are deprecations, old names for what was renamed, files that only hand on what has moved, settings read under
 * two names, old signatures beside new ones, and what says by its name or in a comment that it is there for
 * compatibility.
 *
 * Not seen: old behaviour behind a condition that does not say so, and compatibility in data that was stored.
 */
export const compatibilityShim: ChangeCheck = {
  id: "compatibility-shim",
  kind: "change",
  summary: "Something old is kept beside what replaces it, and there are no users yet",
  in: ["loop", "gate"],

  async inspect(context) {
    if (!context.workspace.config.greenfield) return [];
    const { findShims } = await import("./find-shims.ts");
    return findShims(context);
  },
};
