// A small project whose tests are run by a command: mocha, or whatever its test script says.
import { testCommands } from "../../tools/index.ts";
import { temporaryWorkspace } from "../../tools/testing/temporary-workspace.ts";
import { repoPath } from "../../model/paths.ts";
import type { MutationReport } from "../report.ts";
import type { MutationRequest } from "../request.ts";
import { mutate, type Project } from "./project.ts";

export interface CommandProject extends Project {
  readonly mutate: (options?: Parameters<typeof mutate>[1]) => Promise<MutationReport>;
}

/** `script` is the test script; `more` goes into the manifest. */
export function commandProject(
  script: string,
  files: Readonly<Record<string, string>>,
  more: object = {},
): CommandProject {
  const scripts = { test: script };
  const manifest = JSON.stringify({ name: "project", type: "module", scripts, ...more });
  const all = { "package.json": manifest, ...files };
  const workspace = temporaryWorkspace(all, ["mocha", "typescript"]);
  const testFiles = Object.keys(all).filter((path) => path.includes(".test."));
  return {
    root: workspace.root,
    files: all,
    mutate: async (options = {}) => {
      const commands: MutationRequest["commands"] = (await testCommands(workspace)).map((command) => ({
        command,
        testFiles: testFiles.map((path) => repoPath(path)),
      }));
      return mutate({ root: workspace.root, files: all }, { runners: [], commands, ...options });
    },
  };
}
