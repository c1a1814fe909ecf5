import { expect, test } from "vitest";
import { gitEnvironment } from "./environment.ts";

test("nothing that steers git is inherited, except how it reaches a remote", () => {
  const environment = gitEnvironment(
    {
      PATH: "/bin",
      HOME: "/home/u",
      GIT_DIR: "/elsewhere",
      GIT_WORK_TREE: "/elsewhere",
      GIT_INDEX_FILE: "/elsewhere/index",
      GIT_EXTERNAL_DIFF: "true",
      GIT_CONFIG_PARAMETERS: "'core.bare'='true'",
      GIT_CONFIG_GLOBAL: "/evil",
      GIT_ATTR_SOURCE: "HEAD",
      GIT_OBJECT_DIRECTORY: "/elsewhere",
      GIT_LITERAL_PATHSPECS: "1",
      GIT_TRACE: "1",
      git_namespace: "lower case counts on Windows",
      GIT_SSH_COMMAND: "ssh -i key",
      git_ssl_cainfo: "/ca.pem",
      UNSET: undefined,
      LC_ALL: "de_DE.UTF-8",
    },
    [["core.quotePath", "false"]],
  );
  expect(environment).toEqual({
    PATH: "/bin",
    HOME: "/home/u",
    GIT_SSH_COMMAND: "ssh -i key",
    git_ssl_cainfo: "/ca.pem",
    LC_ALL: "C",
    LANGUAGE: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.quotePath",
    GIT_CONFIG_VALUE_0: "false",
  });
});

test("an index of ours may be written, where git must not wait for anybody's lock", () => {
  expect(gitEnvironment({ GIT_INDEX_FILE: "/elsewhere/index" }, [], "/copies/index")).toMatchObject({
    GIT_INDEX_FILE: "/copies/index",
    GIT_OPTIONAL_LOCKS: "1",
  });
});
