import type { Invocation } from "../command.ts";

/** For tests: `--base main`, and nothing else that a command may be told. */
export const invocation: Invocation = {
  dir: "/",
  operands: [],
  base: "main",
  only: [],
  except: [],
  budgetSeconds: null,
  files: [],
  mutants: null,
  report: false,
  repeated: [],
  ownRepeated: [],
  format: "json",
};
