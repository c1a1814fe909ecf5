// What every worker process does the same way: reads its request from standard input, writes events, ends.
import { createInterface } from "node:readline";
import { keepCompiled, startCompileCache } from "../compile-cache.ts";
import { decodeRequest, encodeEvent, type SessionEvent, type SessionRequest } from "./protocol.ts";

/** `worker`: 0 unless given, which is the process itself. */
export type Say = (event: SessionEvent, worker?: number) => void;

const write = process.stdout.write.bind(process.stdout);

/** How a job ended. */
export type Answer = Omit<SessionEvent & { readonly kind: "done" }, "kind">;

/** Whatever a runner, its configuration or a test prints is of no interest, and would get between our lines. */
export function silence(): void {
  process.stdout.write = () => true;
}

/** Serves requests until one leaves nothing to go on with, then ends the process. Ends it as well when whoever asked is gone. */
export async function serve(work: (request: SessionRequest, say: Say) => Promise<Answer>): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  lines.once("close", () => process.exit(1));
  const nextLine = (): Promise<string> => new Promise((resolve) => lines.once("line", resolve));
  let request = decodeRequest(await nextLine(), null);
  const { token } = request;
  startCompileCache(request.compileCache);
  silence();
  // A line of its own, even where a test has begun one on the same descriptor.
  const say: Say = (event, worker) => void write(`\n${encodeEvent(token, event, worker)}\n`);
  try {
    for (;;) {
      const answer = await work(request, say);
      const next = nextLine();
      keepCompiled();
      say({ kind: "done", ...answer });
      if (!answer.takesTrials) break;
      request = decodeRequest(await next, request);
    }
  } catch (error) {
    say({ kind: "broken", message: messageOf(error) });
  }
  write("", () => process.exit(0));
}

/** Of a job that leaves nothing to go on with. */
export function over(trouble: string | null = null): Answer {
  return { trouble, takesTrials: false };
}

/** Of several errors in one the first: it says more than "there were errors". */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
