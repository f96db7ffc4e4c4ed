import type { StatementPart } from "../../domain/bank.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";

/** Progress of storing the entries of a file. */
export interface FilePosition {
  /** Index of the statement in the file, and of the next entry in it. */
  readonly statement: number;
  readonly entry: number;
}

/** An accepted file, as stored in its row. */
export interface AcceptedFile {
  readonly id: string;
  /** SHA-256 of its decoded bytes, hex. */
  readonly contentHash: string;
  /** Statement parts found by the first parse, in file order. */
  readonly parts: readonly StatementPart[];
  /** Position at which storing continues. */
  readonly position: FilePosition;
}

/** Result for one statement of a file, for the caller that delivered the file. */
export interface StoredStatement {
  /** Global ids. */
  readonly id: string;
  readonly accountId: string;
  readonly kind: string;
  readonly statementId: string | null;
  readonly entries: number;
  readonly booked: number;
  readonly faulty: number;
  readonly isBalanced: boolean | null;
}

/** Result of storing a file. */
export interface FileResult {
  readonly statements: readonly StoredStatement[];
  /** Number of transactions that this file reported first. */
  readonly created: number;
  /** Number of transactions that were already known. */
  readonly known: number;
  readonly quarantined: number;
}

export interface ApplyFileInput {
  readonly db: Database;
  readonly source: Source;
  readonly file: AcceptedFile;
  readonly bytes: AsyncIterable<Uint8Array>;
  /**
   * Runs as the first statement of each transaction: verifies that we still hold the lease on the file, and records the
   * progress. @throws ServiceError LEASE_LOST
   */
  readonly advance: (tx: Transaction, position: FilePosition) => Promise<void>;
  /** Runs in the last transaction, after everything except the events: marks the file as stored. */
  readonly finish: (tx: Transaction, result: FileResult) => Promise<void>;
  readonly signal: AbortSignal;
}
