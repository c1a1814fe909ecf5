// The shape of assay.toml. What a shape cannot say (known scope names, cycles, paths) is in config-rules.ts.
import * as v from "valibot";
import { mutatorIds } from "../model/mutant.ts";
import { checkId, parity, projectCheck, ratio, seconds, text } from "./own-check-schema.ts";

function wholeNumber(least: number, most: number) {
  const range = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(), v.integer(range), v.minValue(least, range), v.maxValue(most, range));
}

const names = v.array(text);

const project = v.strictObject({
  greenfield: v.pipe(v.optional(v.boolean(), false), v.description("No users yet: compatibility shims are findings.")),
});

const checks = v.strictObject({
  on: v.pipe(v.optional(v.array(checkId), []), v.description("Checks that are off unless named here.")),
  off: v.pipe(v.optional(v.array(checkId), []), v.description("Checks that are reported as skipped.")),
});

const scope = v.strictObject({
  path_map: v.pipe(
    v.optional(v.record(v.string(), text)),
    v.description(
      "Folder or file to the name of its scope; the longest prefix wins. Left out: scopes are the workspace's packages.",
    ),
  ),
  dependencies: v.pipe(
    v.optional(v.record(v.string(), names), {}),
    v.description("Scope to the scopes it may import. A change reaches every scope that depends on it, however far."),
  ),
});

const boundary = v.strictObject({
  forbid_packages: v.pipe(v.optional(names, []), v.description("Packages that this scope may not reach in any form.")),
  forbid_mentions: v.pipe(
    v.optional(names, []),
    v.description("Words that may not occur as identifier or string in this scope's source."),
  ),
  allow_type_imports: v.pipe(
    v.optional(v.boolean(), false),
    v.description("Types may cross this boundary: `import type` and its relatives."),
  ),
});

const equivalent = v.strictObject({
  path: v.pipe(text, v.description("The file with the mutant.")),
  mutant: v.pipe(
    v.string(),
    v.regex(/^[0-9a-f]{10}$/, "must be the ten digits behind a survivor's family"),
    v.description("Its fingerprint: the ten digits behind the family where it survived."),
  ),
  reason: v.pipe(
    v.string(),
    v.minLength(20, "must say in a sentence why no test can tell the mutant from the original"),
    v.description("Why no test can tell it from the original."),
  ),
});

/** Every key of `assay.toml`. */
export const configSchema = v.strictObject({
  base: v.pipe(
    v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[!-,.-~\u00A1-\uFFFF][!-~\u00A1-\uFFFF]*$/, "must be a revision, such as `origin/main`"),
      ),
    ),
    v.description("The branch that changes are judged against. Left out: the remote's default branch."),
  ),
  project: v.pipe(v.optional(project, {}), v.description("What kind of project this is.")),
  checks: v.pipe(v.optional(checks, {}), v.description("Which of the built-in checks run.")),
  scope: v.pipe(v.optional(scope, {}), v.description("How paths belong together, and what depends on what.")),
  boundaries: v.pipe(
    v.optional(v.record(v.string(), boundary), {}),
    v.description("Per scope: what it may not reach. Imports between scopes follow `scope.dependencies`."),
  ),
  limits: v.pipe(
    v.optional(
      v.strictObject({
        max_file_lines: v.pipe(
          v.optional(wholeNumber(1, 1_000_000), 500),
          v.description("A source file above this may not grow."),
        ),
      }),
      {},
    ),
    v.description("Sizes that a change may not exceed."),
  ),
  loop: v.pipe(
    v.optional(
      v.strictObject({
        budget_seconds: v.pipe(
          v.optional(seconds, 180),
          v.description("Time for one `assay loop`; what does not fit is deferred."),
        ),
      }),
      {},
    ),
    v.description("Settings of `assay loop`."),
  ),
  mutate: v.pipe(
    v.optional(
      v.strictObject({
        max_mutants: v.pipe(v.optional(wholeNumber(1, 10_000), 12), v.description("Mutants tried in one run.")),
        mutators: v.pipe(
          v.optional(
            v.pipe(
              v.array(v.picklist(mutatorIds)),
              v.minLength(1, "must not be empty; leave it out to mean the usual ones"),
            ),
          ),
          v.description(
            "Kinds of edits that are tried. Left out: those whose survivors are nearly always worth a test.",
          ),
        ),
        command_seconds: v.pipe(
          v.optional(seconds, 120),
          v.description(
            "A test command that is run anew for every mutant, as mocha is, may take this long; above it there is no verdict.",
          ),
        ),
        require_changed_tests: v.pipe(
          v.optional(v.boolean(), true),
          v.description("A change to runtime code without a changed test fails."),
        ),
        equivalent: v.pipe(
          v.optional(v.array(equivalent), []),
          v.description(
            "Survivors that do what the original does. They hold as long as the function around them stays.",
          ),
        ),
      }),
      {},
    ),
    v.description("Settings of `assay mutate`."),
  ),
  check: v.pipe(
    v.optional(v.array(projectCheck), []),
    v.description(
      "The project's own checks: a command whose exit code is the verdict, or a pattern that no code may match.",
    ),
  ),
  parity: v.pipe(v.optional(v.array(parity), []), v.description('"We cover all of X", made checkable.')),
  ratio: v.pipe(
    v.optional(v.array(ratio), []),
    v.description(
      "Two commands, or one at the head and at the base, measured against each other, interleaved in one run.",
    ),
  ),
});

/** `assay.toml` as it is written, with the defaults filled in. */
export type ConfigFile = v.InferOutput<typeof configSchema>;
