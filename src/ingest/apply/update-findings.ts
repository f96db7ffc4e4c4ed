import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { closeFindings, type Finding, findingId, openFindings } from "./findings.ts";

/** A checked subject and the result of the check. */
export interface FindingCheck {
  readonly kind: string;
  /** Subject of the check: the same at each check. */
  readonly subject: string;
  /** Undefined: nothing is wrong, and an earlier finding about it is closed. */
  readonly finding: Omit<Finding, "id" | "kind"> | undefined;
}

/**
 * Opens and closes findings according to the checks, with an event for each change. Of several checks of one subject
 * the last one counts.
 */
export async function updateFindings(
  tx: Transaction,
  sourceId: string,
  checks: readonly FindingCheck[],
  whenOpen: "stays" | "refresh" = "refresh",
): Promise<NewEvent[]> {
  const byId = new Map(
    checks.map((check) => {
      const { kind, subject } = check;
      return [findingId(tx.tenantId, sourceId, kind, subject), check] as const;
    }),
  );
  const wrong = [...byId].flatMap(([id, { kind, finding }]) =>
    finding === undefined ? [] : [{ id, kind, ...finding }],
  );
  const right = [...byId].filter(([, { finding }]) => finding === undefined).map(([id]) => id);
  return [...(await openFindings(tx, sourceId, wrong, whenOpen)), ...(await closeFindings(tx, sourceId, right))];
}
