import type { CommandSpec } from "../command.ts";

/** Every command, in the order in which help lists them. Each is loaded when it is used. */
export const commands: readonly CommandSpec[] = [
  {
    name: "loop",
    summary: "Check what a change affects, inside a time budget: after every edit",
    operand: null,
    options: ["base", "only", "except", "budget"],
    load: async () => (await import("./verify.ts")).loop,
  },
  {
    name: "mutate",
    summary: "Check that the tests verify the changed lines, not only execute them",
    operand: null,
    options: ["base", "only", "budget", "files", "all", "mutants", "report"],
    load: async () => (await import("./verify.ts")).mutate,
  },
  {
    name: "gate",
    summary: "Check everything: before the merge",
    operand: null,
    options: ["base", "only", "except"],
    load: async () => (await import("./verify.ts")).gate,
  },
  {
    name: "scope",
    summary: "Show what a change affects, and why",
    operand: null,
    options: ["base"],
    load: async () => (await import("./scope.ts")).scope,
  },
  {
    name: "plan",
    summary: "Show what a loop would run, without running it",
    operand: null,
    options: ["base", "only"],
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    name: "doctor",
    summary: "Show what was detected in this repository and what is missing",
    operand: null,
    options: [],
    load: async () => (await import("./doctor.ts")).doctor,
  },
  {
    name: "explain",
    summary: "Show what a check looks for and how to put it right",
    operand: "CHECK",
    options: [],
    load: async () => (await import("./explain.ts")).explain,
  },
  {
    name: "demo",
    summary: "Show the whole story on a small repository made for it",
    operand: null,
    options: [],
    load: async () => (await import("./demo.ts")).demo,
  },
];
