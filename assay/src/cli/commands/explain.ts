import { readFile } from "node:fs/promises";
import { allChecks } from "../../checks/index.ts";
import { openRepository } from "../../git/repository.ts";
import { AssayError, toAssayError } from "../../model/errors.ts";
import { defaultConfig, type Config } from "../../model/config.ts";
import type { Check } from "../../model/check.ts";
import { answerEnvelope } from "../../report/to-envelope.ts";
import type { Answer, Invocation } from "../command.ts";
import { docsFile } from "../package-files.ts";
import { readSettings } from "../settings.ts";

/** The page of a check, as the documentation has it, or what `assay.toml` says of a check of the project's own. Runs nothing of the repository's. */
export async function explain(invocation: Invocation): Promise<Answer> {
  const [id = ""] = invocation.operands;
  const builtIn = await allChecks(defaultConfig);
  // A page is there wherever one asks, and whatever is wrong with a configuration.
  const checks = builtIn.some((check) => check.id === id) ? builtIn : await allChecks(await configAt(invocation.dir));
  const check = checks.find((each) => each.id === id);
  if (check === undefined) {
    // The project's own are the fewer ones.
    const ids = [...checks.filter(({ page }) => page), ...builtIn].map((each) => each.id);
    throw new AssayError("usage", `"${id}" is not a check; there are ${ids.join(", ")}`, {
      hint: `assay explain ${builtIn[0]?.id ?? ""}`,
    });
  }
  const page = await pageOf(check);
  return { envelope: answerEnvelope("assay explain", { page }), text: page };
}

async function configAt(dir: string): Promise<Config> {
  try {
    return await readSettings((await openRepository(dir)).root);
  } catch (error) {
    if (toAssayError(error, "internal").code === "not-a-repository") return defaultConfig;
    throw error;
  }
}

async function pageOf(check: Check): Promise<string> {
  return check.page ?? (await readFile(docsFile(`checks/${check.id}.md`), "utf8"));
}
