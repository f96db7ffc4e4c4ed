import { quarantine } from "../apply/quarantine.ts";
import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import { documentText } from "../store/entities/document.ts";
import type { Transaction } from "../store/database.ts";
import { writeChunks } from "./chunks.ts";
import type { FileInfo, FileWay, Refusal } from "./file.ts";
import type { Verdict } from "./validate.ts";

export interface NewFile extends FileInfo {
  readonly sourceId: string;
  readonly mediaType: string;
  readonly way: FileWay;
}

/**
 * Keeps a file with what its first reading found, and its bytes: one transaction, all or nothing. Whoever was first with
 * this content is kept; one that was refused until now takes the new verdict.
 * @param bytes read only when the content is new
 */
export async function storeFile(
  tx: Transaction,
  file: NewFile,
  verdict: Verdict,
  bytes: () => AsyncIterable<Uint8Array>,
): Promise<void> {
  const rows = await tx.query<{ is_new: boolean }>(UPSERT, [
    tx.tenantId,
    file.id,
    file.sourceId,
    file.contentHash,
    file.name,
    file.size,
    file.mediaType,
    file.way,
    ...verdictColumns(verdict),
  ]);
  const row = rows[0];
  if (row === undefined) return; // accepted or stored meanwhile, by somebody else
  if (row.is_new) await writeChunks(tx, file.id, bytes());
  await appendEvents(tx, await noteVerdict(tx, file, verdict));
}

/** A row that the insert has made carries no mark of a transaction that changed it. */
const UPSERT = `
  insert into files as held (tenant_id, id, source_id, content_hash, name, size, media_type, way, received_at,
    next_attempt_at, status, refusal, problem, line, "column", parts)
  values ($1, $2, $3, $4, $5, $6, $7, $8, now(), now(), $9, $10, $11, $12, $13, $14)
  on conflict (tenant_id, id) do update set status = excluded.status, refusal = excluded.refusal,
    problem = excluded.problem, line = excluded.line, "column" = excluded."column", parts = excluded.parts,
    next_attempt_at = now()
  where held.status = 'REFUSED'
  returning held.xmax = 0 as is_new`;

/** Status, refusal, problem, line, column, parts. */
export function verdictColumns(verdict: Verdict): readonly unknown[] {
  if ("parts" in verdict) return ["ACCEPTED", null, null, null, null, documentText(verdict.parts)];
  const { reason, problem, position } = verdict.refusal;
  return ["REFUSED", reason, problem, position?.line ?? null, position?.column ?? null, null];
}

/** Opens what stands in quarantine for a refused file, or counts it once more; closes what no longer holds. */
export async function noteVerdict(
  tx: Transaction,
  file: Pick<NewFile, "sourceId" | "contentHash" | "mediaType">,
  verdict: Verdict,
): Promise<NewEvent[]> {
  const path = "refusal" in verdict ? placeOf(verdict.refusal) : undefined;
  await tx.query(
    `update quarantined_records set status = 'RESOLVED', resolved_at = now()
     where status = 'OPEN' and source_id = $1 and raw_hash = $2 and raw_path = '' and external_id is null
       and entity_type = 'Statement' and path is distinct from $3`,
    [file.sourceId, file.contentHash, path ?? null],
  );
  if (!("refusal" in verdict)) return [];
  const payload = { bytes: new Uint8Array(), mediaType: file.mediaType }; // kept with the file, not as a payload
  return quarantine(tx, { sourceId: file.sourceId, runId: undefined }, [
    {
      message: {
        type: "malformed",
        entity: "Statement",
        externalId: undefined,
        path: placeOf(verdict.refusal),
        problem: `${verdict.refusal.reason}: ${verdict.refusal.problem}`,
        raw: { payload, path: "" },
      },
      raw: { rawHash: file.contentHash, deliveryId: undefined, path: "" },
    },
  ]);
}

/** Place of a refusal in the file; "" is the file as a whole. */
function placeOf({ position }: Refusal): string {
  return position === undefined ? "" : `line ${position.line}, column ${position.column}`;
}
