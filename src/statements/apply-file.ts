import type { EntryMessage } from "../connector-api/files.ts";
import type { StatementPart } from "../domain/bank.ts";
import { ServiceError } from "../domain/error.ts";
import { entityId } from "../domain/ids.ts";
import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type BegunStatement, beginStatement } from "./begin-statement.ts";
import { compareMessages } from "./compare-messages.ts";
import { judge } from "../apply/judge.ts";
import { judgeStatement, restated } from "./judge-statement.ts";
import { pageOf } from "./statement-key.ts";
import { storeEntries } from "./store-entries.ts";
import { linkStatement } from "./store-links.ts";
import { writeRecords } from "./write-records.ts";
/** How far the entries of a file are stored. */
export interface FilePosition {
  /** Place of the statement in the file, and of the next entry in it. */
  readonly statement: number;
  readonly entry: number;
}

/** An accepted file, as its row has it. */
export interface AcceptedFile {
  readonly id: string;
  /** SHA-256 of its plain bytes, hex. */
  readonly contentHash: string;
  /** What the first reading found, in the order of the file. */
  readonly parts: readonly StatementPart[];
  /** Where to go on. */
  readonly position: FilePosition;
}

/** What became of one statement of a file, for whoever brought it. */
export interface StoredStatement {
  /** Global ids. */
  readonly id: string;
  readonly accountId: string;
  readonly kind: string;
  readonly statementId: string | null;
  readonly entries: number;
  readonly booked: number;
  readonly faulty: number;
  readonly closes: boolean | null;
}

/** What became of a file. */
export interface FileResult {
  readonly statements: readonly StoredStatement[];
  /** Transactions that this file told first. */
  readonly created: number;
  /** Those that were known already. */
  readonly known: number;
  readonly quarantined: number;
}

export interface ApplyFileInput {
  readonly db: Database;
  readonly source: Source;
  readonly file: AcceptedFile;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** First statement of each transaction: proves that the file is still ours, and notes how far it is stored. @throws ServiceError LEASE_LOST */
  readonly advance: (tx: Transaction, position: FilePosition) => Promise<void>;
  /** In the last transaction, after everything else but the events: the file is stored. */
  readonly finish: (tx: Transaction, result: FileResult) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Entries of one transaction at most: enough that its fixed cost does not show, few enough that it takes well under a second. */
const MAX_ENTRIES = 500;
/** And their details: an entry may have thousands. */
const MAX_DETAILS = 5_000;

/** Some entries of one statement, in their order. */
interface Piece {
  readonly part: StatementPart;
  readonly items: readonly EntryMessage[];
  /** Nothing of the statement comes after it. */
  readonly isLast: boolean;
}

/** What is stored in one transaction. */
interface Batch {
  readonly pieces: readonly Piece[];
  /** How far the file is stored with it. */
  readonly position: FilePosition;
}

/**
 * Stores what an accepted file says, from its position to its end, some hundreds of entries in a transaction. Again, or
 * begun anew after a crash, it changes nothing that was stored; its counts are then those of the rest.
 * @throws ServiceError STORE_UNAVAILABLE | LEASE_LOST | CANCELED
 */
export async function applyFile(input: ApplyFileInput): Promise<FileResult> {
  const { db, source, signal } = input;
  let result: FileResult = { statements: [], created: 0, known: 0, quarantined: 0 };
  for await (const { pieces, position } of batchesOf(input)) {
    throwIfAborted(signal);
    const isEnd = position.statement === input.file.parts.length;
    const before = result;
    result = await db.transaction(source.tenantId, async (tx) => {
      await input.advance(tx, position);
      const nowMicros = await lockAccounts(tx, source.id, pieces);
      let sum = before;
      const events: NewEvent[] = [];
      for (const piece of pieces) {
        const stored = await storePiece(tx, input, piece, nowMicros);
        events.push(...stored.events);
        sum = {
          statements: [...sum.statements, ...stored.statements],
          created: sum.created + stored.created,
          known: sum.known + stored.known,
          quarantined: sum.quarantined + stored.quarantined,
        };
      }
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
  { part, items, isLast }: Piece,
  nowMicros: bigint,
): Promise<FileResult & { readonly events: readonly NewEvent[] }> {
  const origin = { sourceId: source.id, fileId: file.id, contentHash: file.contentHash };
  const begun = await beginStatement(tx, { ...origin, part, nowMicros });
  const events = await writeRecords(tx, origin, begun.records);
  const stored = await storeEntries(tx, { ...origin, part, record: begun.record, items });
  events.push(...stored.events);
  if (begun.isRestated) {
    const statementId = entityId(tx.tenantId, source.id, "Statement", begun.record.externalId);
    events.push(...(await judge(tx, source.id, [restated(statementId, pageOf(part), file.id)])));
  }
  if (!isLast) return { ...stored, statements: [], events };
  const statement = storedStatement(tx, source.id, begun);
  events.push(...(await judgeAll(tx, source.id, statement, begun)));
  return { ...stored, statements: [statement], events };
}

/** Once all its entries are here: does it close, is it whole, does it follow the one before it, and is all in it that was told. */
async function judgeAll(
  tx: Transaction,
  sourceId: string,
  { id: statementId, accountId }: StoredStatement,
  { record, pages }: BegunStatement,
): Promise<readonly NewEvent[]> {
  const { kind, firstDay, lastDay } = record;
  const own = judgeStatement(statementId, record, pages);
  if (firstDay === undefined || lastDay === undefined) return judge(tx, sourceId, own);
  const compared = await compareMessages(tx, { accountId, firstDay, lastDay });
  const found = await judge(tx, sourceId, [...own, ...compared]);
  if (kind !== "STATEMENT") return found;
  return [...found, ...(await linkStatement(tx, { sourceId, accountId, statementId, lastDay }))];
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
    closes: record.closes ?? null,
  };
}

/** Two files may tell of one booking at the same time: who decides what is new sees all that came before. */
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

/** Cuts the file into what is stored together. Small statements share a transaction, large ones have several. */
async function* batchesOf({ source, file, bytes, signal }: ApplyFileInput): AsyncGenerator<Batch> {
  const { files } = source.connector;
  if (files === undefined) throw new TypeError(`connector ${source.connector.name} takes no files`);
  let pieces: Piece[] = [];
  /** What comes of one statement, one after the other, is stored as one. */
  const put = (part: StatementPart, items: readonly EntryMessage[], isLast: boolean): void => {
    const last = pieces.at(-1);
    if (last?.part === part) pieces[pieces.length - 1] = { part, items: [...last.items, ...items], isLast };
    else pieces.push({ part, items, isLast });
  };
  let [entries, details] = [0, 0];
  const cut = (position: FilePosition): Batch => {
    const batch = { pieces, position };
    pieces = [];
    [entries, details] = [0, 0];
    return batch;
  };
  for await (const message of files.read({ config: source.config, bytes, entries: true, signal })) {
    const index = message.type === "entries" ? message.statement : message.part.index;
    const part = file.parts[index];
    if (part === undefined) throw new ServiceError("INTERNAL", "a file says something else when it is read again");
    if (index < file.position.statement) continue;
    if (message.type === "statement") {
      put(part, [], true);
      if (index + 1 < file.parts.length && entries < MAX_ENTRIES) continue;
      yield cut({ statement: index + 1, entry: 0 });
      continue;
    }
    const items = message.items.filter((item) => index > file.position.statement || item.index >= file.position.entry);
    put(part, items, false);
    entries += items.length;
    details += items.reduce((sum, item) => sum + (item.entry?.details.length ?? 0), 0);
    const next = (message.items.at(-1)?.index ?? -1) + 1;
    if (entries >= MAX_ENTRIES || details >= MAX_DETAILS) yield cut({ statement: index, entry: next });
  }
  if (file.parts.length === 0 || file.position.statement >= file.parts.length)
    yield cut({ statement: file.parts.length, entry: 0 });
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw ServiceError.from(signal.reason);
}
