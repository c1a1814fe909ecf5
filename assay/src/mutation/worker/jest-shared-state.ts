// What the environments of jest's tests have in common: the process that they run in.

export interface SharedState {
  begin(): void;
  /** Puts back what the run has changed. Answers the first error since its beginning that nobody has handled. */
  end(): string | null;
}

/** Remembers the process as it is now. To be called once. */
export function openSharedState(): SharedState {
  const directory = process.cwd();
  const streams = [process.stdout, process.stderr].map((stream) => ({
    stream,
    write: Object.getOwnPropertyDescriptor(stream, "write"),
  }));
  let unhandled: string | null = null;
  const note = (reason: unknown): void => {
    const message: unknown = reason instanceof Object && "message" in reason ? reason.message : reason;
    unhandled ??= `unhandled error: ${String(message)}`;
  };
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  return {
    begin() {
      unhandled = null;
    },
    end() {
      if (process.cwd() !== directory) process.chdir(directory);
      process.exitCode = undefined;
      for (const { stream, write } of streams) {
        if (write) Object.defineProperty(stream, "write", write);
        else Reflect.deleteProperty(stream, "write");
      }
      return unhandled;
    },
  };
}
