// Test programs that can be told which files to run, though nothing more is known of them than what they print.
import picomatch from "picomatch";
import { isWithin, type RepoPath } from "../../model/paths.ts";
import type { Manifest } from "../../model/workspace.ts";
import { flagTable } from "../runners/runner-flags.ts";
import { readArguments, type ArgumentTable, type ReadArguments } from "../scripts/argument-lists.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { quoted } from "../scripts/quoted.ts";
import { readScript } from "../scripts/read-scripts.ts";

interface Program {
  readonly flags: ArgumentTable;
  /** A word in front of the files that says what to do. */
  readonly verbs: readonly string[];
  readonly stopFlags: readonly string[];
}

const programs: Readonly<Record<string, Program>> = {
  tap: {
    flags: flagTable({
      values: `
        -t --timeout -j --jobs -R --reporter -r --reporter-file --node-arg --test-arg --test-env --test-regex --plugin
        --coverage-map --coverage-report --before --after --exclude --include --tsconfig --only -g --grep --save -o
        --output-file -d --output-dir --test-ignore
      `,
      dropped: "-w --watch -b --bail -R --reporter -r --reporter-file --save -o --output-file -d --output-dir",
    }),
    verbs: ["run"],
    stopFlags: ["--bail"],
  },
  tape: {
    flags: flagTable({ values: "-r --require -i --ignore --import", dropped: "-i --ignore" }),
    verbs: [],
    stopFlags: [],
  },
};

/** Of a line for a shell: how some of its test files are run alone. */
export interface FileRuns {
  /** Is it among the files that the line names, by patterns or folders? */
  accepts(path: RepoPath): boolean;
  /** `files`: absolute paths. `stops`: with the first failure. */
  line(files: readonly string[], stops: boolean): string;
}

const partName = "the tests";

/** Undefined where the line starts anything but one such program, or only a shell knows with which flags. */
export function fileRuns(manifest: Manifest, dir: RepoPath, text: string): FileRuns | undefined {
  const reading = readScript({ ...manifest, scripts: { [partName]: text } }, partName);
  const [call, ...others] = reading?.invocations ?? [];
  if (call === undefined || others.length > 0 || reading?.plain !== true) return undefined;
  const program = programs[call.program];
  if (program === undefined || call.cd !== "" || call.nodeArgs.length > 0) return undefined;
  const given = readArguments(call.args, program.flags);
  const verb = program.verbs.filter((word) => word === given.paths[0]);
  const named = given.paths.slice(verb.length);
  if (given.flags.some((flag) => /[$`]/.test(flag))) return undefined;
  return {
    accepts: accepting(dir, named),
    line: (files, stops) =>
      [...startOf(call, verb, given), ...(stops ? program.stopFlags : []), ...files].map(quoted).join(" "),
  };
}

function startOf({ env, program }: Invocation, verb: readonly string[], { flags }: ReadArguments): readonly string[] {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [...(variables.length > 0 ? ["env", ...variables] : []), program, ...verb, ...flags];
}

function accepting(dir: RepoPath, named: readonly string[]): (path: RepoPath) => boolean {
  const patterns = named.map((word) => word.replace(/^\.\//, "").replace(/\/$/, ""));
  const fits = patterns.map((pattern) => picomatch(pattern));
  return (path) => {
    if (!isWithin(dir, path)) return false;
    const own = dir === "" ? path : path.slice(dir.length + 1);
    return fits.length === 0 || fits.some((fit) => fit(own)) || patterns.some((folder) => own.startsWith(`${folder}/`));
  };
}
