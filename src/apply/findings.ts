import { hash } from "node:crypto";
import type { FailureCause } from "../domain/error.ts";
import { OPERATION_ID_PREFIXES } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";

/** What somebody should look at. */
export interface Finding {
  /** From `findingId`: the same each time that the same thing is found. */
  readonly id: string;
  readonly kind: string;
  readonly cause: FailureCause;
  readonly summary: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly remedy: string;
}

/** The id of the one finding about what the parts name: the order counts, and what they are may never change. */
export function findingId(...parts: readonly string[]): string {
  return `${OPERATION_ID_PREFIXES.Finding}_${hash("sha256", parts.join("\0"), "buffer").toString("base64url", 0, 16)}`;
}

/**
 * Opens findings, also those that were closed; an event for each that was not open.
 * @param whenOpen what becomes of one that is open: it stays as it was first told, or tells what is found now
 */
export async function openFindings(
  tx: Transaction,
  sourceId: string,
  findings: readonly Finding[],
  whenOpen: "stays" | "toldAnew",
): Promise<NewEvent[]> {
  if (findings.length === 0) return [];
  // In one order, so that no two transactions wait for each other for ever.
  const ordered = findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const column = (pick: (finding: Finding) => string): string[] => ordered.map(pick);
  const rows = await tx.query<{ id: string; opened: boolean }>(OPEN, [
    tx.tenantId,
    sourceId,
    whenOpen === "toldAnew",
    column(({ id }) => id),
    column(({ kind }) => kind),
    column(({ cause }) => cause),
    column(({ summary }) => summary),
    column(({ evidence }) => JSON.stringify(evidence)),
    column(({ remedy }) => remedy),
  ]);
  return rows
    .filter(({ opened }) => opened)
    .map(({ id }) => ({ sourceId, body: { kind: "FindingOpened", findingId: id } }));
}

/** One that is open and stays as it is is not even locked: every batch of a source may find the same thing at the same time. */
const OPEN = `
  insert into findings as held (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
  select $1, offered.id, $2, offered.kind, offered.cause, offered.summary, offered.evidence, offered.remedy, now()
  from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[])
    as offered (id, kind, cause, summary, evidence, remedy)
  where $3 or not exists (
    select 1 from findings as known where known.tenant_id = $1 and known.id = offered.id and known.closed_at is null)
  on conflict (tenant_id, id) do update set cause = excluded.cause, summary = excluded.summary,
    evidence = excluded.evidence, remedy = excluded.remedy, closed_at = null,
    opened_at = case when held.closed_at is null then held.opened_at else now() end
  where held.closed_at is not null or ($3 and held.summary <> excluded.summary)
  returning id, opened_at = now() as opened`;

/** Closes findings; an event for each that was open. */
export async function closeFindings(tx: Transaction, sourceId: string, ids: readonly string[]): Promise<NewEvent[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    "update findings set closed_at = now() where id = any($1) and closed_at is null returning id",
    [ids],
  );
  return rows.map(({ id }) => ({ sourceId, body: { kind: "FindingClosed", findingId: id } }));
}
