import type { Transaction } from "../store/database.ts";
import type { AuditSubject, Plain } from "./entry.ts";

/** Columns of the state of each kind of subject, by name: no secrets, no bodies, no personal data of payers. */
const STATES: Readonly<Record<string, { readonly table: string; readonly columns: Readonly<Record<string, string>> }>> =
  {
    SOURCE: {
      table: "sources",
      columns: {
        connector: "connector",
        platform: "platform",
        origin: "origin",
        status: "status",
        statusCode: "status_code",
        paused: "paused",
        scheduleSeconds: "schedule_seconds",
        disconnectedAt: "disconnected_at",
      },
    },
    API_KEY: {
      table: "api_keys",
      columns: {
        name: "name",
        preview: "preview",
        scopes: "scopes",
        createdBy: "created_by",
        expiresAt: "expires_at",
        revokedAt: "revoked_at",
        revokedBy: "revoked_by",
      },
    },
    DELIVERY: {
      table: "deliveries",
      columns: {
        sourceId: "source_id",
        status: "status",
        attempts: "attempts",
        contentHash: "content_hash",
        errorCode: "error_code",
        discardReason: "discard_reason",
        discardedBy: "discarded_by",
      },
    },
    EVIDENCE_PACK: {
      table: "evidence_packs",
      columns: { from: "from_at", to: "to_at", sourceIds: "source_ids", findingId: "finding_id", status: "status" },
    },
    SYNC_RUN: {
      table: "sync_runs",
      columns: {
        sourceId: "source_id",
        mode: "mode",
        trigger: "trigger",
        status: "status",
        cancelRequested: "cancel_requested",
      },
    },
    QUARANTINED_RECORD: {
      table: "quarantined_records",
      columns: {
        sourceId: "source_id",
        status: "status",
        code: "code",
        path: "path",
        occurrences: "occurrences",
        discardReason: "discard_reason",
        discardedBy: "discarded_by",
      },
    },
  };

/** Returns the state of what was acted on; undefined for a kind without one, and for what does not exist. */
export async function readState(tx: Transaction, subject: AuditSubject | undefined): Promise<Plain | undefined> {
  const known = subject && STATES[subject.type];
  if (subject === undefined || known === undefined) return undefined;
  if (subject.id.includes("\0")) return undefined; // PostgreSQL text cannot contain U+0000: nothing has such an id
  const pairs = Object.entries(known.columns).map(([name, column]) => `'${name}', ${column}`);
  const rows = await tx.query<{ state: Plain }>(
    `select json_build_object(${pairs.join(", ")}) as state from ${known.table} where id = $1`,
    [subject.id],
  );
  return rows[0]?.state;
}
