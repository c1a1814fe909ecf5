// The process that asks the repository's own compiler.
import { over, serve } from "./serve.ts";
import { typeCheck } from "./type-check.ts";

await serve(async ({ job }, say) => {
  if (job.kind !== "types") throw new Error(`the compiler runs no tests: ${job.kind}`);
  await typeCheck(job, say);
  return over();
});
