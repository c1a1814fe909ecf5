// The parts of a jest that a test has use for.
import type { Context, Jest, ProjectConfig, RuntimeArguments } from "../worker/jest-api.ts";

/** A project's configuration without anything of its own. */
export const plainConfig: ProjectConfig = {
  rootDir: "/repo",
  roots: ["/repo"],
  cacheDirectory: "/tmp/jest",
  globals: {},
  runner: "jest-runner",
  testRunner: "jest-circus",
  transform: [],
};

/** Whatever is not given can not be used. */
export function jestOf(parts: Partial<Omit<Jest, "Runtime">>, createContext = noContext): Jest {
  class Runtime {
    readonly given: RuntimeArguments;
    constructor(...given: RuntimeArguments) {
      this.given = given;
    }
    static createContext(config: ProjectConfig, options: object): Promise<Context> {
      return createContext(config, options);
    }
  }
  class SearchSource {
    readonly context: Context;
    constructor(context: Context) {
      this.context = context;
    }
    isTestFilePath(file: string): boolean {
      return file.endsWith(".test.ts") && this.context.config.roots.some((root) => file.startsWith(root));
    }
  }
  return {
    buildArgv: unused,
    readConfigs: unused,
    createScriptTransformer: unused,
    SearchSource,
    Runtime,
    ...parts,
  };
}

function unused(): Promise<never> {
  return Promise.reject(new Error("nobody asks for this"));
}

function noContext(_config: ProjectConfig, _options: object): Promise<Context> {
  return unused();
}
