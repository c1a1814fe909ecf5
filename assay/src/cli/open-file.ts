import { spawn } from "node:child_process";

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Hands a file to the program that people have for it. It outlives assay, so no host starts it. */
export function openFile(file: string): void {
  const [command = "xdg-open", ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, file], { detached: true, stdio: "ignore" });
  // There may be no such program; the answer says where the file is.
  child.on("error", () => {});
  child.unref();
}
