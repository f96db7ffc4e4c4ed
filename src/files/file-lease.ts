import { ServiceError } from "../domain/error.ts";
import type { AcceptedFile, FilePosition, FileResult } from "../statements/apply-file.ts";
import type { StatementPart } from "../domain/bank.ts";
import { documentText } from "../store/entities/document.ts";
import type { Transaction } from "../store/database.ts";

/** How long a file stays with a process that says nothing. */
export const LEASE_MS = 10_000;
export const RENEW_MS = 3_000;
/** Tries after which a file no longer holds up those that came after it. */
const BLOCKING_ATTEMPTS = 3;
/** After that, each claim puts the next one off at once, in case it ends the process: doubled, up to this. */
const MAX_CLAIM_PAUSE_SECONDS = 300;

/** The right to apply a file, as long as nobody took it over. */
export interface FileLease {
  readonly fileId: string;
  readonly owner: string;
  /** Rises with every change of hands: a write that carries an older one is refused. */
  readonly token: bigint;
}

export interface ClaimedFile {
  readonly file: AcceptedFile;
  readonly lease: FileLease;
  /** Tries, this one included. */
  readonly attempts: number;
}

const EXTENDED = `now() + interval '${LEASE_MS} milliseconds'`;

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
 * Takes the next accepted file of a source: in the order in which they came, as statements build on each other, and one
 * at a time over all processes. None while the source is paused. Judged by the database's clock alone.
 */
export async function claimFile(tx: Transaction, sourceId: string, owner: string): Promise<ClaimedFile | undefined> {
  // One claim of a source at a time: two would each see that the other's file is free.
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

/** `for update` waits for a holder that is just committing, and then sees the lease that it has extended. */
const CLAIM = `
  with due as (
    select id from files
    where source_id = $1 and status = 'ACCEPTED' and next_attempt_at <= now()
      and (lease_until is null or lease_until < now())
      and not exists (select 1 from sources where sources.id = $1 and paused)
      and not exists (select 1 from files held
        where held.source_id = $1 and held.status = 'ACCEPTED' and held.lease_until >= now())
      and not exists (select 1 from files older
        where older.source_id = $1 and older.status = 'ACCEPTED' and older.attempts < $3
          and (older.received_at, older.id) < (files.received_at, files.id))
    order by attempts >= $3, received_at, id limit 1 for update
  )
  update files set lease_owner = $2, lease_token = lease_token + 1, lease_until = ${EXTENDED}, attempts = attempts + 1,
    next_attempt_at = now() + case when attempts + 1 < $3 then 0 else least($4, 2 ^ least(attempts, 20)) end * interval '1 second'
  from due where files.id = due.id
  returning files.id, content_hash, parts, next_statement, next_entry, lease_token, attempts`;

/** Keeps the file ours. @throws ServiceError LEASE_LOST */
export async function renewLease(tx: Transaction, lease: FileLease): Promise<void> {
  await fenced(tx, lease, `lease_until = ${EXTENDED}`, []);
}

/** The fence, and how far the file is stored. Progress ends what failed tries said. @throws ServiceError LEASE_LOST */
export async function advanceFile(
  tx: Transaction,
  lease: FileLease,
  { statement, entry }: FilePosition,
): Promise<void> {
  await fenced(
    tx,
    lease,
    `lease_until = ${EXTENDED}, next_statement = $4, next_entry = $5,
     attempts = case when (next_statement, next_entry) < ($4, $5) then 1 else attempts end`,
    [statement, entry],
  );
}

/** The file is stored. @throws ServiceError LEASE_LOST */
export async function finishFile(tx: Transaction, lease: FileLease, result: FileResult): Promise<void> {
  await fenced(
    tx,
    lease,
    `status = 'STORED', finished_at = now(), result = $4, lease_until = null, lease_owner = null, error_code = null,
     error_message = null`,
    [documentText(result)],
  );
}

/** Another try later. @throws ServiceError LEASE_LOST */
export async function postponeFile(
  tx: Transaction,
  lease: FileLease,
  delayMs: number,
  error: ServiceError,
): Promise<void> {
  await fenced(
    tx,
    lease,
    `lease_until = null, lease_owner = null, next_attempt_at = now() + $4 * interval '1 millisecond', error_code = $5,
     error_message = $6`,
    [delayMs, error.code, error.publicMessage],
  );
}

/** Hands the file back untried: the process ends. @throws ServiceError LEASE_LOST */
export async function releaseFile(tx: Transaction, lease: FileLease): Promise<void> {
  await fenced(
    tx,
    lease,
    "lease_until = null, lease_owner = null, attempts = greatest(attempts - 1, 0), next_attempt_at = now()",
    [],
  );
}

async function fenced(tx: Transaction, lease: FileLease, change: string, values: readonly unknown[]): Promise<void> {
  const rows = await tx.query(
    `update files set ${change} where id = $1 and lease_owner = $2 and lease_token = $3 and status = 'ACCEPTED'
     returning 1 as held`,
    [lease.fileId, lease.owner, lease.token, ...values],
  );
  if (rows.length > 0) return;
  throw new ServiceError("LEASE_LOST", "another process has taken the file over", {
    detail: `${lease.fileId} token ${lease.token}`,
  });
}
