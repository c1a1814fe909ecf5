// Where in the author's program a primitive was called.

const ownFrames = /\/cotangent\/[\w-]+\/(?:src|dist)\/|\/@cotangent\/[\w-]+\/dist\/|\/cotangent\/dist\/|node:internal/;

let noted = false;

/** Whether what is written down now is to say where it was called, also in branches and bodies. */
export function areLocationsNoted(): boolean {
  return noted;
}

/** Runs something while locations are noted, or are not. */
export function notingLocations<Result>(areNoted: boolean, run: () => Result): Result {
  const before = noted;
  noted = areNoted;
  try {
    return run();
  } finally {
    noted = before;
  }
}

/** `file:line:column` of the nearest frame outside this library; null where the engine tells no stack. */
export function callerLocation(): string | null {
  const frame = frames().find((each) => !ownFrames.test(each) || each.includes(".test."));
  return frame === undefined ? null : placeOf(frame.trim());
}

/** Of `at f (place)` or `at place`, as V8 says it, or `f@place`. */
function placeOf(frame: string): string | null {
  const [, place] = /\((.+)\)$/.exec(frame) ?? /^(?:at (?:async )?|[^@]*@)(.+)$/.exec(frame) ?? [];
  return place ?? null;
}

/** The stack, deeper than V8 tells by default: the library's own frames come first. */
function frames(): readonly string[] {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const { stack = "" } = new Error("location");
  Error.stackTraceLimit = before;
  return stack.split("\n").filter((line) => /:\d+:\d+\)?$/.test(line));
}
