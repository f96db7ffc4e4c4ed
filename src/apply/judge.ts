import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { closeFindings, type Finding, findingId, openFindings } from "./findings.ts";

/** What was looked at, and what was found. */
export interface Judgement {
  readonly kind: string;
  /** What it is about: the same each time that it is looked at. */
  readonly subject: string;
  /** Undefined: nothing is wrong, and an earlier finding of it is over. */
  readonly finding: Omit<Finding, "id" | "kind"> | undefined;
}

/** Opens and closes findings as the judgements say; an event for each that was not so before. */
export async function judge(tx: Transaction, sourceId: string, judgements: readonly Judgement[]): Promise<NewEvent[]> {
  const byId = new Map(
    judgements.map((judgement) => {
      const { kind, subject } = judgement;
      return [findingId(tx.tenantId, sourceId, kind, subject), judgement] as const;
    }),
  );
  const wrong = [...byId].flatMap(([id, { kind, finding }]) =>
    finding === undefined ? [] : [{ id, kind, ...finding }],
  );
  const right = [...byId].filter(([, { finding }]) => finding === undefined).map(([id]) => id);
  return [...(await openFindings(tx, sourceId, wrong, "toldAnew")), ...(await closeFindings(tx, sourceId, right))];
}
