import type { AccessEndMessage, ContractMessage, FindingMessage } from "../../connector-api/messages.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { updateContract } from "./update-contract.ts";
import { updateFindings } from "./update-findings.ts";

/** A message about the upstream as a whole, and not about one object. */
export type Condition = FindingMessage | ContractMessage | AccessEndMessage;

export function isCondition<Message extends { readonly type: string }>(
  message: Message,
): message is Extract<Message, Condition> {
  return message.type === "finding" || message.type === "contract" || message.type === "accessEnd";
}

/**
 * Opens and closes the findings that the messages are about, with an event for each change.
 * @param runId the run that reads the source; undefined: its feed
 */
export async function reportConditions(
  tx: Transaction,
  { sourceId, runId }: { readonly sourceId: string; readonly runId: string | undefined },
  conditions: readonly Condition[],
): Promise<NewEvent[]> {
  const findings = conditions.filter((message) => message.type === "finding");
  const events = await updateFindings(tx, sourceId, findings, "stays");
  const contracts = conditions.filter((message) => message.type === "contract");
  // of several descriptions of one part the last one counts
  const bySubject = new Map(contracts.map((contract) => [contract.subject, contract]));
  for (const contract of bySubject.values()) events.push(...(await updateContract(tx, { sourceId, runId }, contract)));
  return events;
}
