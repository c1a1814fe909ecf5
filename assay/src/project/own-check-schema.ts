// The shape of what a project adds to assay's checks: `[[check]]`, `[[parity]]` and `[[ratio]]`.
import * as v from "valibot";

export const text = v.pipe(v.string(), v.minLength(1, "must not be empty"));

export const checkId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be kebab-case: lower-case letters, digits and single dashes"),
  v.description("Names the fault that it finds; unique, kebab-case. `--only` and reports use it."),
);

const command = v.pipe(
  v.array(text),
  v.minLength(1, "must not be empty"),
  v.description('Program and arguments as a list, run at the root without a shell: `["node", "tools/check.mjs"]`.'),
);

const scopeNames = v.pipe(
  v.array(text),
  v.minLength(1, "must not be empty; leave it out to mean every scope"),
  v.description("Scopes that it concerns. Left out: every scope."),
);

export const seconds = v.pipe(
  v.number(),
  v.minValue(1, "must be from 1 to 86400 seconds"),
  v.maxValue(86_400, "must be from 1 to 86400 seconds"),
);

/** What every one of them says of itself. */
function own<const Commands extends readonly ("loop" | "gate")[]>(usually: Commands) {
  return {
    id: checkId,
    scopes: v.optional(scopeNames),
    in: v.pipe(
      v.optional(v.pipe(v.array(v.picklist(["loop", "gate"])), v.minLength(1, "must not be empty")), [...usually]),
      v.description("Commands that run it."),
    ),
    message: v.pipe(v.optional(text), v.description("What is wrong where it fails, in a clause.")),
    remedy: v.pipe(v.optional(text), v.description("What to do then, in a clause.")),
    incident: v.pipe(v.optional(text), v.description("What taught it. `assay explain` tells it.")),
  };
}

const globs = v.pipe(v.array(text), v.minLength(1, "must not be empty; leave it out to mean every file"));

export const projectCheck = v.strictObject({
  ...own(["loop", "gate"]),
  command: v.optional(command),
  pattern: v.pipe(
    v.optional(v.union([text, v.pipe(v.array(text), v.minLength(1, "must not be empty"))])),
    v.description(
      "Instead of a command: code that may not be added, such as `process.stdout.write($$$)`. `$A` stands for one node, `$$$` for any number. A list: any of them.",
    ),
  ),
  files: v.pipe(v.optional(globs), v.description("Globs of the files in which the pattern is looked for.")),
  except: v.pipe(v.optional(globs), v.description("Globs of the files in which it is not.")),
});

const names = v.union([text, command]);
const pointer = v.optional(v.pipe(v.string(), v.regex(/^\//, "must be a JSON pointer, such as `/names`")));

export const parity = v.strictObject({
  ...own(["loop", "gate"]),
  reference: v.pipe(names, v.description("A file that lists the names to cover, or a command that prints them.")),
  reference_pointer: v.pipe(pointer, v.description("Where the list stands in a JSON, YAML or TOML document.")),
  covered: v.pipe(names, v.description("A file that lists the names that are covered, or a command that prints them.")),
  covered_pointer: v.pipe(pointer, v.description("Where the list stands in a JSON, YAML or TOML document.")),
  extra: v.pipe(
    v.optional(v.picklist(["fail", "allow"]), "fail"),
    v.description("What becomes of names that are covered and are not in the reference."),
  ),
  except: v.pipe(
    v.optional(
      v.record(
        text,
        v.pipe(v.string(), v.minLength(10, "must say why the name need not be covered, in ten letters or more")),
      ),
      {},
    ),
    v.description("Names of the reference that need not be covered, each with the reason."),
  ),
});

export const ratio = v.strictObject({
  ...own(["gate"]),
  numerator: v.optional(command),
  denominator: v.optional(command),
  command: v.optional(command),
  against: v.pipe(
    v.optional(v.picklist(["base"])),
    v.description("Instead of two commands: `command` at the head and at the base, each in a copy of the repository."),
  ),
  prepare: v.pipe(v.optional(command), v.description("Run in both copies before the first measurement: a build.")),
  at_most: v.pipe(
    v.number(),
    v.minValue(0.001, "must be from 0.001 to 1000000"),
    v.maxValue(1_000_000, "must be from 0.001 to 1000000"),
    v.description("The most that the numerator may be, as a multiple of the denominator; the head, of the base."),
  ),
  measure: v.pipe(
    v.optional(v.picklist(["time", "stdout"]), "time"),
    v.description("The time of the whole process, or the number that its last line of output is: less is better."),
  ),
  seconds: v.pipe(v.optional(seconds, 120), v.description("How long measuring may go on until it is decided.")),
});
