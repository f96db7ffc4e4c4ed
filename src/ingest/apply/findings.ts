import { hash } from "node:crypto";
import type { FailureCause } from "../../domain/error.ts";
import { OPERATION_ID_PREFIXES } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";

/** A problem that a person should look at. */
export interface Finding {
  /** Result of `findingId`: the same each time that the same problem is found. */
  readonly id: string;
  readonly kind: string;
  readonly cause: FailureCause;
  readonly summary: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly remedy: string;
}

/**
 * Id of the only finding about the subject that the parts name: their order matters, and their meaning may never
 * change.
 */
export function findingId(...parts: readonly string[]): string {
  return `${OPERATION_ID_PREFIXES.Finding}_${hash("sha256", parts.join("\0"), "buffer").toString("base64url", 0, 16)}`;
}

/**
 * Opens findings, including those that were closed, with an event for each that was not open.
 * @param whenOpen treatment of a finding that is already open: it keeps its first content, or gets the current one
 */
export async function openFindings(
  tx: Transaction,
  sourceId: string,
  findings: readonly Finding[],
  whenOpen: "stays" | "refresh",
): Promise<NewEvent[]> {
  if (findings.length === 0) return [];
  // In a fixed order, so that no two transactions deadlock.
  const ordered = findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const column = (pick: (finding: Finding) => string): string[] => ordered.map(pick);
  const rows = await tx.query<{ id: string; opened: boolean }>(OPEN, [
    tx.tenantId,
    sourceId,
    whenOpen === "refresh",
    column(({ id }) => id),
    column(({ kind }) => kind),
    column(({ cause }) => cause),
    column(({ summary }) => summary),
    column(({ evidence }) => JSON.stringify(evidence)),
    column(({ remedy }) => remedy),
  ]);
  const opened = new Set(rows.filter((row) => row.opened).map(({ id }) => id));
  for (const { id, kind, cause } of ordered) {
    if (opened.has(id)) tx.report({ sentence: "finding opened", about: { sourceId, findingId: id, kind, cause } });
  }
  return [...opened].map((id) => ({ sourceId, body: { kind: "FindingOpened", findingId: id } }));
}

/**
 * An open finding that does not change is not even locked: every batch of a source may find the same problem at the
 * same time.
 */
const OPEN = `
  insert into findings as existing (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
  select $1, incoming.id, $2, incoming.kind, incoming.cause, incoming.summary, incoming.evidence, incoming.remedy, now()
  from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[])
    as incoming (id, kind, cause, summary, evidence, remedy)
  where $3 or not exists (
    select 1 from findings as known where known.tenant_id = $1 and known.id = incoming.id and known.closed_at is null)
  on conflict (tenant_id, id) do update set cause = excluded.cause, summary = excluded.summary,
    evidence = excluded.evidence, remedy = excluded.remedy, closed_at = null,
    opened_at = case when existing.closed_at is null then existing.opened_at else now() end
  where existing.closed_at is not null or ($3 and existing.summary <> excluded.summary)
  returning id, opened_at = now() as opened`;

/** Closes findings, with an event for each that was open. */
export async function closeFindings(tx: Transaction, sourceId: string, ids: readonly string[]): Promise<NewEvent[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string; kind: string }>(
    "update findings set closed_at = now() where id = any($1) and closed_at is null returning id, kind",
    [ids],
  );
  for (const { id, kind } of rows) tx.report({ sentence: "finding closed", about: { sourceId, findingId: id, kind } });
  return rows.map(({ id }) => ({ sourceId, body: { kind: "FindingClosed", findingId: id } }));
}
