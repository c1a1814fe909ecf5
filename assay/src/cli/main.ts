#!/usr/bin/env node
// The program: reads arguments, runs one command, prints one answer, sets the exit code. Nothing else does any of these.
import { AssayError, toAssayError } from "../model/errors.ts";
import { formatOf, readArguments } from "./arguments.ts";
import type { CommandSpec, Console, Invocation } from "./command.ts";
import { Occasional } from "./occasional.ts";
import { openFile } from "./open-file.ts";
import { version } from "./version.ts";

const surroundings = { cwd: process.cwd(), stdoutIsTerminal: process.stdout.isTTY };

await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  // A reader that closes the pipe early has seen enough.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  try {
    const request = readArguments(argv, surroundings);
    if (request.kind === "version") return void process.stdout.write(`${version}\n`);
    if (request.kind === "help") return await printHelp(request.spec, argv);
    const command = await request.spec.load();
    const answer = await command(request.invocation, await openConsole());
    process.exitCode = answer.envelope.exit_code;
    print(request.invocation.format, answer.envelope, answer.text);
  } catch (error) {
    await printError(argv, toAssayError(error, "internal"));
  }
}

async function openConsole(): Promise<Console> {
  const { colourful, plain } = await import("../report/terminal.ts");
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => abort.abort(new AssayError("interrupted", `Interrupted by ${signal}`)));
  }
  const progressPaint = wantsColour(process.stderr) ? colourful : plain;
  const occasional = process.stderr.isTTY ? null : new Occasional((line) => tell(`assay: ${line}`), 30_000);
  const hear = occasional === null ? tell : (line: string): void => occasional.hear(line);
  return {
    paint: wantsColour(process.stdout) ? colourful : plain,
    signal: abort.signal,
    open: (file) => void (process.stdout.isTTY && openFile(file)),
    warn: (line) => tell(`assay: ${line}`),
    progress: (line) => hear(line(progressPaint)),
  };
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function printHelp(spec: CommandSpec | null, argv: readonly string[]): Promise<void> {
  const { helpText } = await import("./help.ts");
  const text = helpText(spec);
  if (!argv.includes("--json")) return void process.stdout.write(text);
  const { answerEnvelope } = await import("../report/to-envelope.ts");
  print("json", answerEnvelope("assay --help", { help: text }), text);
}

async function printError(argv: readonly string[], error: AssayError): Promise<void> {
  const { errorEnvelope } = await import("../report/to-envelope.ts");
  const { colourful, errorText, plain } = await import("../report/terminal.ts");
  process.exitCode = 2;
  const format = formatOf(argv, surroundings);
  const words = argv.filter((argument) => !argument.startsWith("-"));
  if (format === "json") print("json", errorEnvelope(["assay", ...words.slice(0, 1)].join(" "), error), "");
  else process.stderr.write(errorText(error, wantsColour(process.stderr) ? colourful : plain));
  // A bug of ours: where it happened helps whoever mends it.
  if (error.code === "internal" && error.cause instanceof Error) process.stderr.write(`${error.cause.stack ?? ""}\n`);
}

function print(format: Invocation["format"], envelope: object, text: string): void {
  process.stdout.write(format === "json" ? `${JSON.stringify(envelope)}\n` : text);
}

function wantsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
}
