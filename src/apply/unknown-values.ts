import { hash } from "node:crypto";
import type { RecordMessage } from "../connector-api/messages.ts";
import { OPERATION_ID_PREFIXES } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";

/** Opens one finding per (entity, path, value) that the upstream sends and we have no word for; a repeat opens nothing. */
export async function reportUnknownValues(
  tx: Transaction,
  sourceId: string,
  messages: readonly RecordMessage[],
): Promise<NewEvent[]> {
  const findings = new Map<string, { summary: string; evidence: string }>();
  for (const message of messages) {
    for (const { path, value } of message.unknowns) {
      const digest = hash("sha256", [tx.tenantId, sourceId, message.record.type, path, value].join("\0"), "buffer");
      findings.set(`${OPERATION_ID_PREFIXES.Finding}_${digest.toString("base64url", 0, 16)}`, {
        summary: `${message.record.type}.${path} has a value that this version does not know: ${JSON.stringify(value)}`,
        evidence: JSON.stringify({ entity: message.record.type, externalId: message.record.externalId, path, value }),
      });
    }
  }
  if (findings.size === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
     select $1, offered.id, $2, 'UNKNOWN_VALUE', 'FORMAT_MISMATCH', offered.summary, offered.evidence, $3, now()
     from unnest($4::text[], $5::text[], $6::jsonb[]) as offered (id, summary, evidence)
     on conflict do nothing returning id`,
    [
      tx.tenantId,
      sourceId,
      "The raw value is kept and shown. Update Sluice to a version that knows it, then sync the stream in full.",
      [...findings.keys()],
      [...findings.values()].map((finding) => finding.summary),
      [...findings.values()].map((finding) => finding.evidence),
    ],
  );
  return rows.map((row) => ({ sourceId, body: { kind: "FindingOpened", findingId: row.id } }));
}
