import type { PayoutLinesMessage } from "../../connector-api/messages.ts";
import { entityId } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { RowChange } from "../../store/entities/merge-objects.ts";
import { completePayouts, linkLines } from "../../store/entities/payout-lines.ts";

/**
 * Records by which payout each ledger entry was paid out, and which payouts have all their lines. The newest list that
 * contains an entry wins; a list that does not name payouts changes nothing. Runs after the records of the same batch
 * are applied. Uses two SQL statements, regardless of the number of lines.
 * @returns the rows that actually changed
 */
export async function linkPayoutLines(
  tx: Transaction,
  sourceId: string,
  messages: readonly PayoutLinesMessage[],
): Promise<readonly RowChange[]> {
  if (messages.length === 0) return [];
  const payoutIdOf = ({ payoutExternalId }: PayoutLinesMessage) =>
    entityId(tx.tenantId, sourceId, "Payout", payoutExternalId);
  const lines = messages.flatMap((message) =>
    message.lines.map((externalId) => ({
      id: entityId(tx.tenantId, sourceId, "LedgerEntry", externalId),
      payoutId: payoutIdOf(message),
      version: message.version.until,
    })),
  );
  const linked = await linkLines(tx, lines);
  const complete = await completePayouts(tx, messages.filter(({ isLast }) => isLast).map(payoutIdOf));
  return [
    ...linked.map((id) => ({ entityType: "LedgerEntry", id, change: "UPDATED" }) as const),
    ...complete.map((id) => ({ entityType: "Payout", id, change: "UPDATED" }) as const),
  ];
}
