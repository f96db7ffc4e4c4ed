import type { ServiceError } from "../../domain/error.ts";
import { FILE } from "../../domain/lifecycles.ts";
import { after, allows } from "../../store/status-sql.ts";
import type { AcceptedFile, FilePosition, FileResult } from "../statements/apply-file.ts";
import type { StatementPart } from "../../domain/bank.ts";
import { documentText } from "../../store/document.ts";
import type { Transaction } from "../../store/database.ts";
import { isLeased, isUnleased, type Lease, leasedTable } from "../../store/lease.ts";

/** Time after which the lease of a process that does not renew it expires. */
export const LEASE_MS = 10_000;
/** Number of attempts after which a file no longer blocks those that arrived after it. */
const BLOCKING_ATTEMPTS = 3;
/**
 * After that, each claim immediately postpones the next one, in case applying the file crashes the process: doubled
 * each time, up to this limit.
 */
const MAX_CLAIM_PAUSE_SECONDS = 300;

/** Right to apply a file, valid as long as no other process took it over. */
export interface FileLease extends Lease {
  readonly fileId: string;
}

/** A file that has its final status is no longer written. */
export const leasedFiles = leasedTable<FileLease>({
  update: "update files set",
  key: { id: "fileId" },
  condition: allows("status", FILE, "store"),
  leaseMs: LEASE_MS,
  lostMessage: "another process has taken over the file",
});

export interface ClaimedFile {
  readonly file: AcceptedFile;
  readonly lease: FileLease;
  /** Number of attempts, including this one. */
  readonly attempts: number;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly content_hash: string;
  readonly parts: readonly StatementPart[];
  readonly next_statement: number;
  readonly next_entry: number;
  readonly lease_token: bigint;
  readonly attempts: number;
}

/**
 * Claims the next accepted file of a source: in the order of arrival, as statements build on each other, and one at a
 * time over all processes. Claims none while the source is paused. Only the database's clock is used.
 */
export async function claimFile(tx: Transaction, sourceId: string, owner: string): Promise<ClaimedFile | undefined> {
  // One claim of a source at a time: two concurrent ones would each see that the other's file is free.
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `sluice files\n${tx.tenantId}\n${sourceId}`,
  ]);
  const [row] = await tx.query<Row>(CLAIM, [sourceId, owner, BLOCKING_ATTEMPTS, MAX_CLAIM_PAUSE_SECONDS]);
  if (row === undefined) return undefined;
  return {
    file: {
      id: row.id,
      contentHash: row.content_hash,
      parts: row.parts,
      position: { statement: row.next_statement, entry: row.next_entry },
    },
    lease: { fileId: row.id, owner, token: row.lease_token },
    attempts: row.attempts,
  };
}

/** `for update` waits for an owner that is just committing, and then sees the lease that it has extended. */
const CLAIM = `
  with due as (
    select id from files
    where source_id = $1 and ${allows("status", FILE, "store")} and next_attempt_at <= now()
      and ${isUnleased("files")}
      and not exists (select 1 from sources where sources.id = $1 and paused)
      and not exists (select 1 from files other
        where other.source_id = $1 and ${allows("other.status", FILE, "store")} and ${isLeased("other")})
      and not exists (select 1 from files older
        where older.source_id = $1 and ${allows("older.status", FILE, "store")} and older.attempts < $3
          and (older.received_at, older.id) < (files.received_at, files.id))
    order by attempts >= $3, received_at, id limit 1 for update
  )
  update files set lease_owner = $2, lease_token = lease_token + 1, lease_until = ${leasedFiles.end}, attempts = attempts + 1,
    next_attempt_at = now() + case when attempts + 1 < $3 then 0 else least($4, 2 ^ least(attempts, 20)) end * interval '1 second'
  from due where files.id = due.id
  returning files.id, content_hash, parts, next_statement, next_entry, lease_token, attempts`;

/**
 * Checks the fencing token and stores the progress of the file. Progress clears the errors of failed attempts. @throws
 * ServiceError LEASE_LOST
 */
export async function advanceFile(
  tx: Transaction,
  lease: FileLease,
  { statement, entry }: FilePosition,
): Promise<void> {
  await leasedFiles.extend(tx, lease, {
    set: `next_statement = $1, next_entry = $2,
      attempts = case when (next_statement, next_entry) < ($1, $2) then 1 else attempts end`,
    values: [statement, entry],
  });
}

/** Marks the file as stored. @throws ServiceError LEASE_LOST */
export async function finishFile(tx: Transaction, lease: FileLease, result: FileResult): Promise<void> {
  await leasedFiles.release(tx, lease, {
    set: `status = ${after(FILE, "store")}, finished_at = now(), result = $1, error_code = null, error_message = null`,
    values: [documentText(result)],
  });
}

/** Schedules another attempt. @throws ServiceError LEASE_LOST */
export async function postponeFile(
  tx: Transaction,
  lease: FileLease,
  delayMs: number,
  error: ServiceError,
): Promise<void> {
  await leasedFiles.release(tx, lease, {
    set: "next_attempt_at = now() + $1 * interval '1 millisecond', error_code = $2, error_message = $3",
    values: [delayMs, error.code, error.publicMessage],
  });
}

/** Returns the file without counting an attempt, because the process ends. @throws ServiceError LEASE_LOST */
export async function releaseFile(tx: Transaction, lease: FileLease): Promise<void> {
  await leasedFiles.release(tx, lease, {
    set: "attempts = greatest(attempts - 1, 0), next_attempt_at = now()",
    values: [],
  });
}
