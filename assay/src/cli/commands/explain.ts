import { readFile } from "node:fs/promises";
import { allChecks } from "../../checks/index.ts";
import { AssayError } from "../../model/errors.ts";
import { defaultConfig } from "../../model/config.ts";
import { answerEnvelope } from "../../report/to-envelope.ts";
import type { Answer, Invocation } from "../command.ts";
import { docsFile } from "../package-files.ts";

/** The page of a check, as the documentation has it. */
export async function explain(invocation: Invocation): Promise<Answer> {
  const [id = ""] = invocation.operands;
  const ids = allChecks(defaultConfig).map((check) => check.id);
  if (!ids.includes(id)) {
    throw new AssayError("usage", `"${id}" is not a check; there are ${ids.join(", ")}`, {
      hint: `assay explain ${ids[0] ?? ""}`,
    });
  }
  const page = await readFile(docsFile(`checks/${id}.md`), "utf8");
  return { envelope: answerEnvelope("assay explain", { page }), text: page };
}
