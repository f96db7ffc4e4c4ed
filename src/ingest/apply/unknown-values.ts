import type { RecordMessage } from "../../connector-api/messages.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { type Finding, findingId, openFindings } from "./findings.ts";

/**
 * Opens one finding per (entity, path, value) that the upstream sends and that we have no mapping for; a repeat opens
 * nothing.
 */
export function reportUnknownValues(
  tx: Transaction,
  sourceId: string,
  messages: readonly RecordMessage[],
): Promise<NewEvent[]> {
  const findings = new Map<string, Finding>();
  for (const { record, unknowns } of messages) {
    for (const { path, value } of unknowns) {
      const id = findingId(tx.tenantId, sourceId, record.type, path, value);
      findings.set(id, {
        id,
        kind: "UNKNOWN_VALUE",
        cause: "FORMAT_MISMATCH",
        summary: `${record.type}.${path} has a value that this version does not know: ${JSON.stringify(value)}`,
        evidence: { entity: record.type, externalId: record.externalId, path, value },
        remedy:
          "The raw value is stored and returned. Update Sluice to a version that knows it, then sync the stream in full.",
      });
    }
  }
  return openFindings(tx, sourceId, [...findings.values()], "stays");
}
