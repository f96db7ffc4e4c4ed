import type { StatementPart } from "../domain/bank.ts";
import type { Database, Transaction } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";

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

/**
 * Stores what an accepted file says, from its position to its end, some hundreds of entries in a transaction. Again, or
 * begun anew after a crash, it changes nothing that was stored.
 * @throws ServiceError STORE_UNAVAILABLE | LEASE_LOST | CANCELED
 */
export async function applyFile(input: ApplyFileInput): Promise<FileResult> {
  throw new TypeError(`not yet: ${input.file.id}`);
}
