import type { ChangeCheck } from "../model/check.ts";
import { toAssayError } from "../model/errors.ts";
import type { Finding } from "../model/finding.ts";
import { approvalsPath, readApprovals, type Approval } from "./configuration/approvals.ts";

/**
 * Flags a change that writes an approval and something else. Approvals hold from the base on, so they are merged on
 * their own, where a person decides about nothing but them. Approvals that can't be read are flagged, too.
 *
 * Whoever may approve what they are about to do needs no approval.
 *
 * Not seen: who merges a change of the approvals alone. Make a person the code owner of `assay-approvals.toml`.
 */
export const approvalInChange: ChangeCheck = {
  id: "approval-in-change",
  kind: "change",
  summary: "A change approves something and does something else as well",
  in: ["loop", "gate"],

  async inspect({ pairs }) {
    const pair = pairs.find(({ change }) => change.path === approvalsPath);
    if (pair === undefined || pair.change.kind === "deleted") return [];
    const after = pair.headText === undefined ? "it is no text file" : await approvalsIn(pair.headText);
    if (typeof after === "string") return [finding(`${after}; an approval that can't be read approves nothing`)];
    const before = await approvalsIn(pair.baseText ?? "");
    const known = new Set(typeof before === "string" ? [] : before.map(entryOf));
    const fresh = after.find((approval) => !known.has(entryOf(approval)));
    if (fresh === undefined || pairs.length === 1) return [];
    const message = `approves "${fresh.what}" together with other changes; merge the approval on its own first, so that a person decides it`;
    return [finding(message)];
  },
};

/** What stands in the file, or why that can't be told. */
async function approvalsIn(text: string): Promise<readonly Approval[] | string> {
  try {
    return await readApprovals(text);
  } catch (error) {
    return toAssayError(error, "internal").message.replace(`${approvalsPath}: `, "");
  }
}

function entryOf({ check, what }: Approval): string {
  return JSON.stringify([check, what]);
}

function finding(message: string): Finding {
  return { path: approvalsPath, line: null, message };
}
