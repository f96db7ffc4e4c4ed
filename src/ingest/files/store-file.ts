import { codeSample } from "../apply/drift-path.ts";
import type { Drift } from "../apply/record-drift.ts";
import { quarantine, resolveReadable } from "../apply/quarantine.ts";
import { appendEvents } from "../../events/append.ts";
import { FILE, stateAfter } from "../../domain/lifecycles.ts";
import type { NewEvent } from "../../events/event.ts";
import { documentText } from "../../store/document.ts";
import type { Transaction } from "../../store/database.ts";
import { leads } from "../../store/status-sql.ts";
import { writeChunks } from "./chunks.ts";
import type { FileInfo, FileOrigin, FileProblem } from "./file.ts";
import type { ValidationResult } from "./validate.ts";

export interface NewFile extends FileInfo {
  readonly sourceId: string;
  readonly mediaType: string;
  readonly origin: FileOrigin;
}

/**
 * Stores a file with the result of its first parse, and its bytes: in one transaction, all or nothing. The first file
 * with this content is kept; one that was refused until now gets the new result.
 * @param bytes read only when the content is new
 */
export async function storeFile(
  tx: Transaction,
  file: NewFile,
  validation: ValidationResult,
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
    file.origin,
    ...validationColumns(validation),
  ]);
  const row = rows[0];
  if (row === undefined) return; // accepted or stored meanwhile by another process
  if (row.is_new) await writeChunks(tx, file.id, bytes());
  reportReceived(tx, file, validation);
  await appendEvents(tx, await recordValidation(tx, file, validation));
}

function reportReceived(tx: Transaction, { id, sourceId, size, origin }: NewFile, validation: ValidationResult): void {
  const about = { sourceId, fileId: id, size, origin };
  if ("parts" in validation)
    tx.report({ sentence: "file accepted", about: { ...about, statements: validation.parts.length } });
  else tx.report({ sentence: "file refused", about: { ...about, reason: validation.refusal.reason } });
}

/** A row that the insert has created has no `xmax` of an updating transaction. */
const UPSERT = `
  insert into files as existing (tenant_id, id, source_id, content_hash, name, size, media_type, origin, received_at,
    next_attempt_at, status, refusal, problem, line, "column", parts)
  values ($1, $2, $3, $4, $5, $6, $7, $8, now(), now(), $9, $10, $11, $12, $13, $14)
  on conflict (tenant_id, id) do update set status = excluded.status, refusal = excluded.refusal,
    problem = excluded.problem, line = excluded.line, "column" = excluded."column", parts = excluded.parts,
    next_attempt_at = now()
  where ${leads("existing.status", "excluded.status", FILE, ["accept", "refuse"])}
  returning existing.xmax = 0 as is_new`;

/** Status, refusal, problem, line, column, parts. */
export function validationColumns(validation: ValidationResult): readonly unknown[] {
  if ("parts" in validation)
    return [stateAfter(FILE, "accept"), null, null, null, null, documentText(validation.parts)];
  const { reason, problem, position } = validation.refusal;
  return [stateAfter(FILE, "refuse"), reason, problem, position?.line ?? null, position?.column ?? null, null];
}

/**
 * Quarantines a refused file, or counts it once more; closes problems that this parse no longer finds: a refusal, a
 * statement that could not be used.
 */
export async function recordValidation(
  tx: Transaction,
  file: Pick<NewFile, "sourceId" | "contentHash" | "mediaType">,
  validation: ValidationResult,
): Promise<NewEvent[]> {
  const path = "refusal" in validation ? placeOf(validation.refusal) : undefined;
  const usable = "parts" in validation ? validation.parts.map((part) => part.path) : [];
  await resolveReadable(tx, file, { path, usable });
  if (!("refusal" in validation)) return [];
  const payload = { bytes: new Uint8Array(), mediaType: file.mediaType }; // stored with the file, not as a payload
  const item = {
    message: {
      type: "malformed",
      entity: "Statement",
      externalId: undefined,
      path: placeOf(validation.refusal),
      problem: `${validation.refusal.reason}: ${validation.refusal.problem}`,
      raw: { payload, path: "" },
    },
    raw: { rawHash: file.contentHash, deliveryId: undefined, path: "" },
  } as const;
  return quarantine(tx, { sourceId: file.sourceId, runId: undefined }, [item], driftOfRefusal(validation.refusal));
}

/** A refused file differs from the contract only if its format has another version: otherwise it has none. */
function driftOfRefusal({ reason, problem }: FileProblem): readonly Drift[] {
  if (reason !== "UNSUPPORTED_VERSION") return [];
  const sample = codeSample(problem.split(" ", 1)[0] ?? "");
  return [
    {
      kind: "CHANGED_VERSION",
      entity: "Statement",
      path: "Document",
      samplePath: "Document",
      sample,
      externalId: undefined,
    },
  ];
}

/** Position of a refusal in the file; "" is the file as a whole. */
function placeOf({ position }: FileProblem): string {
  return position === undefined ? "" : `line ${position.line}, column ${position.column}`;
}
