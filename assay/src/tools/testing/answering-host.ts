// For the tests of what is made of a tool's answer: a host that starts nothing, and tools that are installed in name only.
import type { TaskOutcome } from "../../model/finding.ts";
import type { Command, ProcessOutcome } from "../../model/process.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Selection, Tool } from "../tool.ts";
import { temporaryWorkspace } from "./temporary-workspace.ts";
import { endedWell, everything, plans, testHost } from "./test-host.ts";

/** A workspace with these packages installed, each by its version. Their one command is called as they are, and is a file that is not there. */
export function installedInName(
  files: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, string>>,
): Workspace {
  const manifests = Object.entries(packages).map(([name, version]): [string, string] => [
    `node_modules/${name}/package.json`,
    JSON.stringify({ name, version, bin: `bin/${name.slice(name.lastIndexOf("/") + 1)}.js` }),
  ]);
  return temporaryWorkspace({ ...files, ...Object.fromEntries(manifests) });
}

export interface Answered {
  readonly commands: readonly Command[];
  readonly outcomes: readonly TaskOutcome[];
}

/** Runs the work that a selection calls for, where every process ends as `answer` says: well, unless it says otherwise. */
export async function answered(
  tool: Tool,
  workspace: Workspace,
  answer: (command: Command) => Partial<ProcessOutcome> = () => ({}),
  selection: Selection = everything,
): Promise<Answered> {
  using host = testHost();
  const commands: Command[] = [];
  const run = (command: Command): Promise<ProcessOutcome> => {
    commands.push(command);
    return Promise.resolve({ ...endedWell, ...answer(command) });
  };
  const outcomes: TaskOutcome[] = [];
  for (const task of plans(await tool.detect(workspace), selection)) outcomes.push(await task.run({ ...host, run }));
  return { commands, outcomes };
}
