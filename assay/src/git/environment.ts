// What git may know of the user's environment and configuration while assay reads a repository.

/** One configuration value that holds for a single git process: its key and its value. */
export type Override = readonly [key: string, value: string];

/**
 * How git reaches a remote when a partial clone has to fetch an object: what begins like these. Everything else named
 * GIT_… is dropped.
 */
const transport = ["GIT_ASKPASS", "GIT_SSH", "GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_"];

/** Holds in every repository, whatever its configuration says. */
export const fixedOverrides: readonly Override[] = [
  ["core.quotePath", "false"],
  ["core.fsmonitor", "false"],
  ["core.untrackedCache", "false"],
  ["core.splitIndex", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.trustctime", "true"],
  ["core.checkStat", "default"],
  ["core.abbrev", "no"],
  // A branch named HEAD must not keep git from naming the one that is checked out.
  ["core.warnAmbiguousRefs", "false"],
  ["diff.external", ""],
  ["diff.orderFile", "/dev/null"],
  ["diff.renames", "false"],
  ["diff.ignoreSubmodules", "none"],
  ["diff.relative", "false"],
  ["status.showStash", "false"],
  ["status.submoduleSummary", "false"],
  ["log.showSignature", "false"],
  ["submodule.recurse", "false"],
  ["color.ui", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
];

/**
 * The environment of a git process. Overrides travel in it, which unlike `-c` allows every key, and git hands
 * them on to the processes that it starts for submodules. An index of ours may be written; the repository's may not.
 */
export function gitEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  overrides: readonly Override[],
  ownIndex: string | null = null,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    // Windows ignores the case of a variable's name.
    const upper = name.toUpperCase();
    const isKept = !upper.startsWith("GIT_") || transport.some((start) => upper.startsWith(start));
    if (value !== undefined && isKept) environment[name] = value;
  }
  Object.assign(environment, {
    LC_ALL: "C",
    LANGUAGE: "C",
    ...(ownIndex === null ? { GIT_OPTIONAL_LOCKS: "0" } : { GIT_OPTIONAL_LOCKS: "1", GIT_INDEX_FILE: ownIndex }),
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_CONFIG_COUNT: String(overrides.length),
  });
  for (const [position, [key, value]] of overrides.entries()) {
    environment[`GIT_CONFIG_KEY_${position}`] = key;
    environment[`GIT_CONFIG_VALUE_${position}`] = value;
  }
  return environment;
}
