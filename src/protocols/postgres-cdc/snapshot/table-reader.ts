import type pg from "pg";
import { z } from "zod";
import { ServiceError } from "../../../domain/error.ts";
import { classifyDatabaseError, isUnfitValue } from "../database/classify.ts";
import { closeConnection, type DatabaseAddress, openSqlConnection, type TextRow } from "../database/connection.ts";
import { type Lsn, parseLsn } from "../database/lsn.ts";
import { describeOldestTransaction } from "../database/oldest-transaction.ts";
import { quoteIdentifier } from "../database/quote.ts";
import { readCheckpointWatermark, readWatermark, Watermarks } from "./watermarks.ts";

/*
 * Reads rows of a table so that they can be ordered with the changes of a slot, whichever is applied first, without
 * writing into the database and without keeping a transaction open for longer than one chunk.
 *
 * Every change has a place in the log, which is its version. A row that is read has an interval of places: not before
 * `from` and not after `until`. A snapshot is taken, and then the end U of the log is read. Every change that the
 * snapshot sees was written before U. For a row whose header names no transaction (`xmax` is 0) every change that it
 * does not see is written at or after U: a change marks the row before it is logged, and the row is read after U. The
 * row's version is then the exact place just before U, at which no record begins. Otherwise a transaction has changed or
 * locked the row, perhaps one whose commit was already sent through the slot: the interval then begins where the
 * snapshot is known to be complete (`Watermarks`), as it does for rows that are absent.
 */

/** A table and the columns that identify a row, which are unique and not null. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
  readonly key: readonly string[];
}

/** Places of the log; bounds as those of a record's version. */
export interface LsnInterval {
  readonly from: Lsn;
  readonly until: Lsn;
}

export interface SnapshotRow {
  /** Values in the order of `RowsRead.columns`, in the same text form as in the stream. */
  readonly values: readonly (string | null)[];
  readonly version: LsnInterval;
}

export interface RowsRead {
  readonly columns: readonly string[];
  readonly rows: readonly SnapshotRow[];
  /** Version of the absence of every row in the range that is not among `rows`. */
  readonly absent: LsnInterval;
  /** What keeps `absent` wide, as a sentence: an old transaction that is open. Undefined: nothing. */
  readonly waitsFor: string | undefined;
}

export interface ChunkRead extends RowsRead {
  /** Key of the last row; undefined: it was the last chunk. */
  readonly next: readonly string[] | undefined;
}

/** A statement that waits for a lock makes those behind it wait too. */
const LOCK_TIMEOUT_MS = 5_000;

const snapshotFacts = z.object({
  xmin: z.string().transform(BigInt),
  end: z.string().transform(parseLsn),
});

/** Reads rows over a connection of its own. One read at a time. */
export class TableReader {
  readonly #client: pg.Client;
  readonly #watermarks = new Watermarks();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @throws ServiceError as `openSqlConnection` */
  static async open(address: DatabaseAddress, signal: AbortSignal): Promise<TableReader> {
    const client = await openSqlConnection(address, signal);
    const reader = new TableReader(client);
    try {
      await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
      const mark = await readCheckpointWatermark(client);
      if (mark !== undefined) reader.#watermarks.add(mark);
      return reader;
    } catch (reason) {
      await closeConnection(client);
      throw classifyDatabaseError(reason);
    }
  }

  /**
   * Reads the rows that follow a key, in the order of the key.
   * @param after `next` of the chunk before; undefined: from the beginning. It stays valid after a restart
   * @throws ServiceError UPSTREAM_UNAVAILABLE | UPSTREAM_UNAUTHORIZED | UPSTREAM_REJECTED
   */
  async readChunk(table: TableName, after: readonly string[] | undefined, limit: number): Promise<ChunkRead> {
    const key = table.key.map(quoteIdentifier).join(", ");
    const range = after === undefined ? "" : `where (${key}) > (${parameters(after.length, 0)})`;
    const read = await this.#read(table, `${range} order by ${key} limit ${limit}`, after ?? []);
    const last = read.rows.length < limit ? undefined : read.rows.at(-1);
    const next = last && table.key.map((name) => last.values[read.columns.indexOf(name)] ?? "");
    return { ...read, next };
  }

  /**
   * Reads the rows with these keys; those that do not exist are absent, and so are keys that a column of this type cannot
   * have, such as those from before its type was changed. Fails as `readChunk`.
   */
  async readKeys(table: TableName, keys: readonly (readonly string[])[]): Promise<RowsRead> {
    try {
      return await this.#readSet(table, keys);
    } catch (reason) {
      if (!isUnfitValue(ServiceError.from(reason))) throw reason;
      if (keys.length === 1) return await this.#read(table, "where false", []);
      const middle = keys.length >> 1;
      const before = await this.readKeys(table, keys.slice(0, middle));
      const after = await this.readKeys(table, keys.slice(middle));
      // the table may have got other columns in between: rows of two forms are not mixed
      if (before.columns.join() !== after.columns.join()) return await this.readKeys(table, keys);
      return { ...after, rows: [...before.rows, ...after.rows], absent: before.absent };
    }
  }

  async #readSet(table: TableName, keys: readonly (readonly string[])[]): Promise<RowsRead> {
    const width = table.key.length;
    const tuples = keys.map((_, at) => `(${parameters(width, at * width)})`).join(", ");
    return await this.#read(table, `where (${table.key.map(quoteIdentifier).join(", ")}) in (${tuples})`, keys.flat());
  }

  /** Resolves when the connection is closed. */
  async close(): Promise<void> {
    await closeConnection(this.#client);
  }

  async #read(table: TableName, rest: string, values: readonly string[]): Promise<RowsRead> {
    const client = this.#client;
    try {
      const mark = await readWatermark(client);
      this.#watermarks.add(mark);
      await client.query("begin isolation level repeatable read, read only");
      try {
        return await this.#readInTransaction(table, rest, values, mark.lsn);
      } finally {
        await client.query("rollback");
      }
    } catch (reason) {
      throw classifyDatabaseError(reason);
    }
  }

  /** @param latest the latest place before which the snapshot may be complete */
  async #readInTransaction(table: TableName, rest: string, values: readonly string[], latest: Lsn): Promise<RowsRead> {
    const client = this.#client;
    const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
    // before the snapshot: a table that is rewritten after it would be empty for this transaction
    await client.query(`lock table ${name} in access share mode`);
    const facts = await client.query<TextRow>(
      `select pg_snapshot_xmin(pg_current_snapshot()) as xmin, pg_current_wal_insert_lsn() as "end"`,
    );
    const { xmin, end } = snapshotFacts.parse(facts.rows[0]);
    const until = end - 1n;
    const from = this.#watermarks.completeBefore(xmin);
    const { rows, fields } = await client.query<(string | null)[]>({
      text: `select xmax, * from ${name} ${rest}`,
      values: [...values],
      rowMode: "array",
    });
    return {
      columns: fields.slice(1).map((field) => field.name),
      rows: rows.map(([xmax, ...rowValues]) => ({
        values: rowValues,
        version: xmax === NO_TRANSACTION ? { from: until, until } : { from, until },
      })),
      absent: { from, until },
      waitsFor: from < latest ? await describeOldestTransaction(client) : undefined,
    };
  }
}

const NO_TRANSACTION = "0";

/** Returns `$1, $2` after the given number of parameters. */
function parameters(count: number, before: number): string {
  return Array.from({ length: count }, (_, at) => `$${before + at + 1}`).join(", ");
}
