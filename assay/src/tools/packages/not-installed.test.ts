import { expect, test } from "vitest";
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { repoPath, rootDir } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { withInstallHint } from "./not-installed.ts";

function judge(outcome: TaskOutcome): string {
  const manifest = { dependencies: { "@x/y": "1", here: "1" }, peerDependencies: { peer: "1" } };
  const workspace = temporaryWorkspace({ "package.json": JSON.stringify(manifest), "a/b.ts": "" });
  const judged = withInstallHint(workspace, rootDir, outcome);
  return judged.status === "errored" ? `${judged.error.code} ${judged.error.hint ?? "-"}` : judged.status;
}

const failed = (message: string): string =>
  judge({ status: "failed", findings: [{ path: repoPath("a/b.ts"), line: 1, message }] });

test("a module that is declared and not installed is no fault of the code", () => {
  expect(failed("Cannot find module '@x/y/sub' or its corresponding type declarations. (TS2307)")).toBe(
    "tool-missing npm install",
  );
  expect(failed("Cannot find package 'here' imported from a/b.ts")).toBe("tool-missing npm install");
  const error = new AssayError("tool-failed", "eslint ended with exit code 2: Error: Cannot find module '@x/y'");
  expect(judge({ status: "errored", error })).toBe("tool-missing npm install");
});

test("one that nobody declares, that only a peer has to bring, or that is a file is", () => {
  const messages = ["Cannot find module 'nobody'", "Cannot find module 'peer'", "Cannot find module './here'", "here"];
  expect(messages.map(failed)).toEqual(messages.map(() => "failed"));
});

test("the package is looked for from the file that misses it, and in the manifests above that", () => {
  const workspace = temporaryWorkspace({
    "package.json": "{}",
    "a/package.json": JSON.stringify({ devDependencies: { x: "1", b1: "1", "@long.scope/a-b": "1" } }),
    "b/package.json": "{}",
  });
  const judged = (message: string, path: string | null, dir = ""): string => {
    const findings = [{ path: path === null ? null : repoPath(path), line: 1, message }];
    const outcome = withInstallHint(workspace, repoPath(dir), { status: "failed", findings });
    return outcome.status === "errored" ? outcome.error.message : outcome.status;
  };
  const missing = "Cannot find module 'x'";
  const told = `x is declared and not installed: ${missing}`;
  expect([judged(missing, "a/x.ts"), judged(missing, "b/x.ts"), judged(missing, "b/x.ts", "a")]).toEqual([
    told,
    "failed",
    "failed",
  ]);
  expect([judged(missing, null, "a"), judged(missing, null)]).toEqual([told, "failed"]);
  expect(judged("Cannot resolve import 'b1/sub'", "a/x.ts")).toContain("b1 is declared and not installed");
  expect(judged("Cannot find module '@long.scope/a-b/c'", "a/x.ts")).toContain("@long.scope/a-b is declared");
  expect(["Cannot refind module 'x'", "unload package 'x'"].map((text) => judged(text, "a/x.ts"))).toEqual([
    "failed",
    "failed",
  ]);
});

test("what some manifest declares is installed, and never added to another", () => {
  const files = {
    "package.json": "{}",
    "a/package.json": '{ "dependencies": { "x": "1" } }',
    "a/b/package.json": "{}",
  };
  const workspace = { ...temporaryWorkspace(files), manager: "pnpm" as const };
  const findings = [{ path: repoPath("a/b/c.ts"), line: 1, message: "Cannot find module 'x'" }];
  expect(withInstallHint(workspace, rootDir, { status: "failed", findings })).toMatchObject({
    error: { hint: "pnpm install" },
  });
});
