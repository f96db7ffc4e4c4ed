import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { z } from "zod";
import { closeConnection, type DatabaseAddress, openSqlConnection, type TextRow } from "../database/connection.ts";
import { type Lsn, parseLsn } from "../database/lsn.ts";
import { describeOldestTransaction } from "../database/oldest-transaction.ts";
import { readCatalogDigest } from "./catalog.ts";
import type { LogEnd } from "../stream/lag.ts";
import { readSlot, type SlotState } from "./slot-state.ts";

/** What the database states about a slot besides its changes. */
export interface SlotReport {
  /** End of the log, before the rest was read. */
  readonly end: LogEnd;
  /** Digest of what is published; see `readCatalogDigest`. */
  readonly catalog: string;
  /** Bytes of log that the server must retain for the slot; undefined: the slot does not exist yet, or is lost. */
  readonly retainedBytes: bigint | undefined;
  /** Bytes that can still be written before the server may invalidate the slot; undefined: no limit is set. */
  readonly safeBytes: bigint | undefined;
  /** Milliseconds until then, at the recent rate of writes; undefined: no limit is set, or the rate is not known yet. */
  readonly timeLeftMs: number | undefined;
  /** The oldest open transaction, as a sentence; undefined: none. */
  readonly oldestTransaction: string | undefined;
}

export interface SlotMonitorOptions {
  readonly address: DatabaseAddress;
  readonly slot: string;
  readonly publications: readonly string[];
  readonly intervalMs: number;
  readonly signal: AbortSignal;
  readonly onReport: (report: SlotReport) => void;
  /** Called when a report cannot be made; the next interval tries again over a new connection. */
  readonly onFailure: () => void;
}

/**
 * Reads in an interval, over an ordinary connection, what the replication connection cannot state while it streams.
 * Never rejects; resolves when the signal was aborted and the connection is closed.
 */
export async function monitorSlot(options: SlotMonitorOptions): Promise<void> {
  const { signal, intervalMs } = options;
  const rate = new WriteRate();
  let client: pg.Client | undefined;
  const abort = (): void => void client?.connection.stream.destroy();
  signal.addEventListener("abort", abort, { once: true });
  while (!signal.aborted) {
    try {
      client ??= await openSqlConnection(options.address, signal);
      options.onReport(await readReport(client, options, rate));
    } catch {
      if (!signal.aborted) options.onFailure();
      if (client !== undefined) await closeConnection(client);
      client = undefined;
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined); // rejects only because of the signal
  }
  if (client !== undefined) await closeConnection(client);
}

async function readReport(client: pg.Client, options: SlotMonitorOptions, rate: WriteRate): Promise<SlotReport> {
  const { slot, publications } = options;
  const end = await readLogEnd(client);
  const { writtenTo } = end;
  rate.add(writtenTo, performance.now());
  const state = await readSlot(client, slot);
  const oldestTransaction = await describeOldestTransaction(client);
  const freedBytes = state === undefined || oldestTransaction !== undefined ? 0n : unneededBytes(state);
  const retainedFrom = state?.retainedFrom;
  const safeBytes = state?.safeBytes === undefined ? undefined : state.safeBytes + freedBytes;
  return {
    end,
    catalog: await readCatalogDigest(client, publications),
    retainedBytes: retainedFrom === undefined ? undefined : writtenTo - retainedFrom - freedBytes,
    safeBytes,
    timeLeftMs: safeBytes === undefined ? undefined : rate.timeFor(safeBytes),
    oldestTransaction,
  };
}

/** The time is read first: nothing that is committed before it is behind the end. */
async function readLogEnd(client: pg.Client): Promise<LogEnd> {
  const { rows } = await client.query<TextRow>(
    "select (extract(epoch from now()) * 1000000)::int8 as at, pg_current_wal_lsn() as lsn",
  );
  const { at, lsn } = logEndRow.parse(rows[0]);
  return { writtenTo: parseLsn(lsn), atUs: BigInt(at) };
}

const logEndRow = z.object({ at: z.string(), lsn: z.string() });

/**
 * Bytes of log that the server retains although nothing needs them, because no transaction is open. It frees them when
 * it next writes the list of open transactions: within 15 seconds of a write, and never while nothing is written.
 */
function unneededBytes({ retainedFrom, confirmedTo }: SlotState): bigint {
  if (retainedFrom === undefined || confirmedTo === undefined || confirmedTo <= retainedFrom) return 0n;
  return confirmedTo - retainedFrom;
}

/** Reports that the rate is taken over: some minutes at the usual interval. */
const RATE_WINDOW = 30;

/** How fast log is written. */
export class WriteRate {
  readonly #points: { readonly lsn: Lsn; readonly atMs: number }[] = [];

  add(lsn: Lsn, atMs: number): void {
    this.#points.push({ lsn, atMs });
    if (this.#points.length > RATE_WINDOW) this.#points.shift();
  }

  /** Milliseconds in which so many bytes are written; undefined: nothing is being written, or it is not known. */
  timeFor(bytes: bigint): number | undefined {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (first === undefined || last === undefined || last.lsn <= first.lsn) return undefined;
    return (Number(bytes) * (last.atMs - first.atMs)) / Number(last.lsn - first.lsn);
  }
}
