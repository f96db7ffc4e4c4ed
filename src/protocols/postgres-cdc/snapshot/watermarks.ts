import type pg from "pg";
import { z } from "zod";
import { sqlStateOf } from "../database/classify.ts";
import type { TextRow } from "../database/connection.ts";
import { type Lsn, parseLsn } from "../database/lsn.ts";

/** Every transaction whose id is `nextXid` or higher writes its changes, and its commit, at or after `lsn`. */
export interface Watermark {
  readonly lsn: Lsn;
  /** With its epoch: it never repeats. */
  readonly nextXid: bigint;
}

/** True for every transaction. */
const BEGINNING: Watermark = { lsn: 0n, nextXid: 0n };

const MOST_MARKS = 64;

const FIRST_NORMAL_XID = 3n;
const XIDS = 1n << 32n;

/**
 * Places in the log before which a snapshot is complete. The present end of the log is not such a place: a transaction
 * whose commit record was written before it can still be invisible, for long if it waits for a synchronous replica. But
 * once every transaction that had an id at some moment has ended, a snapshot sees everything up to that moment's place.
 */
export class Watermarks {
  /** In order, evenly spaced; without the latest. */
  #marks: Watermark[] = [];
  #latest: Watermark = BEGINNING;
  /** Of so many marks one is remembered. */
  #stride = 1;
  #added = 0;

  /** Remembers one; they are added in the order in which they were read. */
  add(mark: Watermark): void {
    if (this.#added % this.#stride === 0) this.#marks.push(this.#latest);
    this.#added += 1;
    this.#latest = mark;
    if (this.#marks.length <= MOST_MARKS) return;
    // while an old transaction is open none becomes usable: then half of them do as well
    this.#marks = this.#marks.filter((_, at) => at % 2 === 0);
    this.#stride *= 2;
  }

  /**
   * Returns the latest place before which every change is visible to a snapshot with this `xmin`, and to every later
   * one: those before it are forgotten.
   */
  completeBefore(xmin: bigint): Lsn {
    if (this.#latest.nextXid <= xmin) {
      this.#marks = [];
      this.#stride = 1;
      return this.#latest.lsn;
    }
    const at = this.#marks.findLastIndex(({ nextXid }) => nextXid <= xmin);
    if (at > 0) this.#marks = this.#marks.slice(at);
    return this.#marks[0]?.lsn ?? BEGINNING.lsn;
  }
}

const numbers = z.object({ xmax: z.string().transform(BigInt), age: z.string().transform(BigInt) });

/**
 * Reads a watermark of this moment. The place is read before the id, in a statement of its own. `xmax` of a snapshot is
 * not the next id, only one after the latest that has ended; the distance of the next one is in the age of a fixed one.
 * @param client outside a transaction
 */
export async function readWatermark(client: pg.Client): Promise<Watermark> {
  const [place, ids] = (await client.query<TextRow>(`
    select pg_current_wal_insert_lsn() as lsn;
    select pg_snapshot_xmax(pg_current_snapshot()) as xmax, age('${FIRST_NORMAL_XID}'::xid) as age
  `)) as unknown as readonly [pg.QueryResult<TextRow>, pg.QueryResult<TextRow>]; // one for each statement
  const { xmax, age } = numbers.parse(ids.rows[0]);
  const distance = BigInt.asUintN(32, age + FIRST_NORMAL_XID - xmax);
  return { lsn: parseLsn(place.rows[0]?.["lsn"] ?? ""), nextXid: xmax + distance };
}

const checkpoint = z.object({ redo_lsn: z.string(), next_xid: z.string().regex(/^\d+:\d+$/) });

/**
 * Returns the watermark that the server wrote into its latest checkpoint, minutes ago: it is usable although a
 * transaction has been open since before we began. Undefined if this role may not read it.
 */
export async function readCheckpointWatermark(client: pg.Client): Promise<Watermark | undefined> {
  try {
    const { rows } = await client.query<TextRow>("select redo_lsn, next_xid from pg_control_checkpoint()");
    const { redo_lsn, next_xid } = checkpoint.parse(rows[0]);
    const [epoch = "", xid = ""] = next_xid.split(":");
    return { lsn: parseLsn(redo_lsn), nextXid: BigInt(epoch) * XIDS + BigInt(xid) };
  } catch (reason) {
    if (sqlStateOf(reason) === INSUFFICIENT_PRIVILEGE) return undefined;
    throw reason;
  }
}

const INSUFFICIENT_PRIVILEGE = "42501";
