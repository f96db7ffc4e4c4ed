import type { UnusableStatement } from "../../connector-api/files.ts";
import { ServiceError } from "../../domain/error.ts";
import { entityId } from "../../domain/ids.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { setChangeCause } from "../../store/entities/change-cause.ts";
import { type BegunStatement, beginStatement } from "./begin-statement.ts";
import { checkMovements } from "./check-movements.ts";
import { compareMessages } from "./compare-messages.ts";
import { resolveAccountCurrency } from "./account-currencies.ts";
import { findUnresolved, resolveTransactions } from "./resolve-transactions.ts";
import { updateFindings } from "../apply/update-findings.ts";
import { driftOfUnknowns } from "../apply/object-drift.ts";
import { recordDrift } from "../apply/record-drift.ts";
import { quarantine } from "../apply/quarantine.ts";
import type { ApplyFileInput, FileResult, StoredStatement } from "./apply-file-input.ts";
import { batchesOf, type Piece } from "./file-batches.ts";
import { checkStatement, restated } from "./check-statement.ts";
import { pageOf } from "./statement-key.ts";
import { storeEntries } from "./store-entries.ts";
import { linkStatement } from "./store-links.ts";
import { writeRecords } from "./write-records.ts";
export type { AcceptedFile, ApplyFileInput, FilePosition, FileResult, StoredStatement } from "./apply-file-input.ts";

/**
 * Stores the contents of an accepted file, from its position to its end, some hundreds of entries per transaction.
 * Repeating it, or restarting it after a crash, changes nothing that was stored; its counts are then those of the
 * remainder.
 * @throws ServiceError STORE_UNAVAILABLE | LEASE_LOST | CANCELED
 */
export async function applyFile(input: ApplyFileInput): Promise<FileResult> {
  const { db, source, signal } = input;
  let result: FileResult = { statements: [], created: 0, known: 0, quarantined: 0 };
  for await (const { pieces, unusable, unknowns, position, isEnd } of batchesOf(input)) {
    throwIfAborted(signal);
    const before = result;
    result = await db.transaction(source.tenantId, async (tx) => {
      await Promise.all([input.advance(tx, position), setChangeCause(tx, input.file.id)]);
      const nowMicros = await lockAccounts(tx, source.id, pieces);
      let sum = before;
      const events: NewEvent[] = [];
      for (const [index, piece] of pieces.entries()) {
        // A statement may be in a batch twice: its later state is newer.
        const stored = await storePiece(tx, input, piece, nowMicros + BigInt(index));
        events.push(...stored.events);
        sum = {
          statements: [...sum.statements, ...stored.statements],
          created: sum.created + stored.created,
          known: sum.known + stored.known,
          quarantined: sum.quarantined + stored.quarantined,
        };
      }
      events.push(...(await quarantineStatements(tx, input, unusable)));
      events.push(...(await recordDrift(tx, source.id, driftOfUnknowns("Statement", undefined, unknowns))));
      sum = { ...sum, quarantined: sum.quarantined + unusable.length };
      if (isEnd) await input.finish(tx, sum);
      await appendEvents(tx, events);
      return sum;
    });
  }
  return result;
}

async function storePiece(
  tx: Transaction,
  { source, file }: ApplyFileInput,
  { part, items, isLast, occurrence }: Piece,
  nowMicros: bigint,
): Promise<FileResult & { readonly events: readonly NewEvent[] }> {
  const origin = { sourceId: source.id, fileId: file.id, contentHash: file.contentHash };
  const begun = await beginStatement(tx, { ...origin, part, occurrence, nowMicros });
  const { record, copy } = begun;
  const events = await writeRecords(tx, origin, begun.records);
  const account = { sourceId: source.id, accountId: copy.accountId };
  events.push(...(await resolveAccountCurrency(tx, account, begun.currencies)));
  const stored = await storeEntries(tx, { ...origin, part, record, copy, items });
  events.push(...stored.events);
  // A booked entry that no other message reports, on a page whose displayed copy is this one, needs no reconciliation:
  // its own values are final.
  const touched = stored.transactions.filter(({ isKnown, isBooked }) => isKnown || !isBooked || !begun.isCurrent);
  events.push(
    ...(await resolveTransactions(
      tx,
      account,
      touched.map(({ id }) => id),
    )),
  );
  if (isLast) events.push(...(await resolveTransactions(tx, account, await findUnresolved(tx, copy))));
  if (begun.isRestated) {
    const statementId = entityId(tx.tenantId, source.id, "Statement", begun.record.externalId);
    events.push(...(await updateFindings(tx, source.id, [restated(statementId, pageOf(part), file.id)])));
  }
  if (!isLast) return { ...stored, statements: [], events };
  const statement = storedStatement(tx, source.id, begun);
  events.push(...(await checkWholeStatement(tx, source.id, statement, begun)));
  return { ...stored, statements: [statement], events };
}

/**
 * Checks a statement once all its entries are stored: whether it balances, is complete, follows its predecessor, and
 * contains everything that was reported for its days.
 */
async function checkWholeStatement(
  tx: Transaction,
  sourceId: string,
  { id: statementId, accountId }: StoredStatement,
  { record, pages }: BegunStatement,
): Promise<readonly NewEvent[]> {
  const { kind, firstDay, lastDay } = record;
  const own = checkStatement(statementId, record, pages);
  if (firstDay === undefined || lastDay === undefined) return updateFindings(tx, sourceId, own);
  const days = { accountId, firstDay, lastDay };
  const compared = [...(await compareMessages(tx, days)), ...(await checkMovements(tx, days, statementId))];
  const found = await updateFindings(tx, sourceId, [...own, ...compared]);
  const currencies = record.checks.map(({ currency }) => currency);
  if (kind !== "STATEMENT" || currencies.length === 0) return found;
  return [...found, ...(await linkStatement(tx, { sourceId, accountId, statementId, lastDay, currencies }))];
}

/** Quarantines statements that cannot be stored, each under its place in the file. */
function quarantineStatements(
  tx: Transaction,
  { source, file }: ApplyFileInput,
  unusable: readonly UnusableStatement[],
): Promise<readonly NewEvent[]> {
  const raw = { payload: { bytes: new Uint8Array(), mediaType: "application/xml" } }; // the file contains the bytes
  const items = unusable.map(({ path, fault }) => ({
    message: {
      type: "malformed" as const,
      entity: "Statement" as const,
      externalId: undefined,
      ...fault,
      raw: { ...raw, path },
    },
    raw: { rawHash: file.contentHash, deliveryId: undefined, path },
  }));
  return quarantine(tx, { sourceId: source.id, runId: undefined }, items);
}

function storedStatement(tx: Transaction, sourceId: string, { record }: BegunStatement): StoredStatement {
  return {
    id: entityId(tx.tenantId, sourceId, "Statement", record.externalId),
    accountId: entityId(tx.tenantId, sourceId, "Account", record.accountExternalId),
    kind: record.kind,
    statementId: record.statementId ?? null,
    entries: record.entries,
    booked: record.booked,
    faulty: record.faulty,
    isBalanced: record.isBalanced ?? null,
  };
}

/**
 * Locks the accounts, because two files may report one booking at the same time: the transaction that decides what is
 * new must see everything stored before.
 */
async function lockAccounts(tx: Transaction, sourceId: string, pieces: readonly Piece[]): Promise<bigint> {
  const ids = new Set(pieces.map(({ part }) => entityId(tx.tenantId, sourceId, "Account", part.account.externalId)));
  await tx.query("select pg_advisory_xact_lock(hashtextextended(id, 4)) from unnest($1::text[]) as id", [
    [...ids].toSorted(),
  ]);
  const rows = await tx.query<{ now: bigint }>(
    "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now",
  );
  return rows[0]?.now ?? 0n;
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw ServiceError.from(signal.reason);
}
