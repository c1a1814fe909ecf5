// Scripts that tell a tool to take another configuration than the one that lies there for it.
import { dirOf, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import type { Loss } from "./verification-losses.ts";
import type { Amount, Verification } from "./verifications.ts";

const usual: readonly (readonly [programs: readonly string[], name: RegExp])[] = [
  [["vitest"], /^vite(?:st)?\.config\.[cm]?[jt]s$/],
  [["jest", "jest-cli"], /^jest\.config\.(?:[cm]?[jt]s|json)$/],
  [["mocha", "_mocha"], /^\.mocharc/],
  [["playwright"], /^playwright\.config\.[cm]?[jt]s$/],
  [["eslint"], /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc.*)$/],
  [["oxlint"], /^\.oxlintrc\.jsonc?$/],
];

/** Of tools that took the usual one, in runs of which none takes it any more. What it says may be less, and it can't be told. */
export function otherConfigs(base: Amount, head: Amount, paths: readonly RepoPath[]): readonly Loss[] {
  return usual.flatMap(([programs, name]): readonly Loss[] => {
    const before = base.verifications.filter((each) => programs.includes(each.program));
    const after = head.verifications.filter((each) => programs.includes(each.program));
    const [first] = after;
    if (first === undefined || !before.some((each) => configOf(each) === undefined)) return [];
    const others = after.flatMap((each) => configOf(each) ?? []);
    const [other] = others;
    // `lax/vitest.config.ts` and `lax.vitest.config.ts` are others than the `vitest.config.ts` that lies there.
    const taken = new Set(others.map((each) => pathInside(first.dir, each)));
    const isLeft = paths.some((path) => dirOf(path) === first.dir && name.test(nameOf(path)) && !taken.has(path));
    if (other === undefined || others.length < after.length || !isLeft) return [];
    return [
      {
        key: `${first.program} configuration`,
        says: `runs ${first.program} with ${other} in place of its usual configuration`,
      },
    ];
  });
}

/**
 * Without the runs that could only fail: the file that they are told to take was not there. What a build may have made, and
 * what a package brings, is taken to be.
 */
export function withoutMissingConfig(amount: Amount, read: (path: RepoPath) => string | undefined): Amount {
  const verifications = amount.verifications.filter(({ dir, ...each }) => {
    const config = configOf(each);
    const path = config === undefined || !committedFile.test(config) ? undefined : pathInside(dir, config);
    return path === undefined || read(path) !== undefined;
  });
  return { ...amount, verifications };
}

const committedFile = /^(?!.*(?:^|\/)(?:node_modules|dist|build|out|lib)\/)[\w@./-]+\.(?:[cm]?[jt]s|json|ya?ml|toml)$/;

/** Of the compiler: by default it takes `tsconfig.json`, and the other project asks for less in so many words. */
export function laxerProject(
  base: Amount,
  head: Amount,
  read: (path: RepoPath) => string | undefined,
): readonly Loss[] {
  const [before, after] = [base.verifications.filter(isCompiler), head.verifications.filter(isCompiler)];
  // A laxer project beside the usual one is more than there was.
  if (!before.some(takesUsual) || after.some(takesUsual)) return [];
  return after.flatMap((each): readonly Loss[] => {
    const project = projectOf(each);
    const path =
      project === undefined
        ? undefined
        : pathInside(each.dir, project.endsWith(".json") ? project : `${project}/tsconfig.json`);
    return path !== undefined && lax.test(read(path) ?? "")
      ? [{ key: "tsc project", says: `runs ${each.program} on ${project}, which asks for less than tsconfig.json` }]
      : [];
  });
}

const lax =
  /"(?:strict\w*|no(?:Implicit|Unchecked|Unused)\w*|exactOptionalPropertyTypes|useUnknownInCatchVariables)"\s*:\s*false|"(?:skipLibCheck|noCheck)"\s*:\s*true/;

function isCompiler({ program }: Verification): boolean {
  return ["tsc", "tsgo", "vue-tsc"].includes(program);
}

function takesUsual(verification: Verification): boolean {
  return projectOf(verification) === undefined;
}

function projectOf({ args }: Verification): string | undefined {
  const at = args.findIndex((arg) => /^(?:--project|-p|--build|-b)(?:=|$)/.test(arg));
  const [flag, next] = at < 0 ? [] : args.slice(at);
  const project = flag?.split("=")[1] ?? next;
  return project?.startsWith("-") === true ? undefined : project;
}

function configOf({ args }: Pick<Verification, "args">): string | undefined {
  const at = args.findIndex((arg) => /^(?:--config|-c)(?:=|$)/.test(arg));
  const flag = args[at];
  return flag === undefined ? undefined : (flag.split("=")[1] ?? args[at + 1]);
}
