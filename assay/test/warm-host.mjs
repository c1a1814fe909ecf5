// Runs the built program again and again in one process: to start it takes longer than most of what it does. The file
// that is started is evaluated anew for each run; what it loads stays loaded.
//
// node warm-host.mjs PROGRAM: in comes a line with `{ root, args }` for each run, out goes `{ exitCode, stdout }`.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const program = process.argv[2];
const { href } = pathToFileURL(program);
const write = process.stdout.write.bind(process.stdout);
// Each run listens for signals.
process.setMaxListeners(0);
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);

let runs = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { root, args } = JSON.parse(line);
  process.chdir(root);
  process.argv = [process.execPath, program, ...args];
  process.exitCode = undefined;
  const printed = [];
  process.stdout.write = (chunk) => printed.push(chunk) > 0;
  await import(`${href}?run=${runs++}`);
  process.stdout.write = write;
  const { exitCode } = process;
  process.exitCode = undefined;
  write(`${JSON.stringify({ exitCode, stdout: printed.join("") })}\n`);
}
