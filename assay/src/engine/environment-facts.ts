// The process environment as facts of a replay key.
import { readlinkSync, statSync } from "node:fs";
import { contentFact } from "./content-fact.ts";

/** Variables that differ from one shell to the next without a program caring. */
const volatile =
  /^(_|PWD|OLDPWD|SHLVL|COLUMNS|LINES|TERM|TERM_.*|COLORTERM|WINDOWID|SSH_.*|XDG_SESSION_.*|DBUS_.*|GPG_.*|npm_lifecycle_.*|npm_command|npm_execpath|INIT_CWD|ASSAY_RUN|.*SESSION_ID|.*THREAD_ID|.*_PID|HISTFILE.*)$/;

/** Node itself, the variables, the time zone, and the files that NODE_OPTIONS loads into every program. */
export function environmentFacts(
  environment: Readonly<Record<string, string | undefined>>,
  zoneLink = "/etc/localtime",
): readonly string[] {
  return [
    ...nodeFacts(),
    environment["TZ"] ?? linkOf(zoneLink),
    ...Object.entries(environment)
      .filter(([name, value]) => value !== undefined && !volatile.test(name))
      .map(([name, value]) => `${name}=${value}`)
      .toSorted(),
    ...loadedFiles(environment["NODE_OPTIONS"] ?? ""),
  ];
}

function nodeFacts(): readonly string[] {
  const { size, mtimeMs } = statSync(process.execPath);
  return [process.version, process.platform, process.arch, process.execPath, `${size} ${mtimeMs}`];
}

/** Relative paths lead into the tree or into what is installed. */
function loadedFiles(nodeOptions: string): readonly string[] {
  return nodeOptions
    .split(/[\s="']+/)
    .filter((word) => word.startsWith("/") || word.startsWith("file:///"))
    .map((word) => `${word} ${contentFact(word.replace(/^file:\/\//, "")) ?? "unread"}`);
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
