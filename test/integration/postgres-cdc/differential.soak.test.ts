import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createRandom } from "../../../sandbox/shared/random.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import type { SlotEvent } from "../../../src/protocols/postgres-cdc/events.ts";
import { parseLsn } from "../../../src/protocols/postgres-cdc/database/lsn.ts";
import type { SlotPosition } from "../../../src/protocols/postgres-cdc/database/position.ts";
import { TableReader } from "../../../src/protocols/postgres-cdc/snapshot/table-reader.ts";
import { type CdcServer, useCdcServer } from "../../helpers/cdc-server.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type Follower, follow } from "../../helpers/follow-changes.ts";
import { amountOf } from "../../helpers/length.ts";
import { RANDOM_TABLE, startTransactions } from "../../helpers/random-transactions.ts";
import { ReplicatedTable } from "../../helpers/replicated-table.ts";

const TABLE = { schema: "public", name: "random_rows", key: ["id"] };
const CHUNK = 7;
/** Turns between two looks at the clock: ten minutes of changes leave many. */
const TURNS_PER_LOOK = 200;

let server: CdcServer;

beforeAll(async () => {
  server = await useCdcServer();
  await server.sql(`${RANDOM_TABLE}; create publication changes for table random_rows`);
});
afterAll(async () => await server[Symbol.asyncDispose]());

/**
 * A consumer with a store: it applies chunks of a full read and changes of the stream, in random turns, and stores both
 * together with the position. When it is killed it goes on from what was stored.
 */
class Consumer {
  readonly #slot: string;
  readonly #random: () => number;
  #stored: {
    table: ReplicatedTable;
    position: SlotPosition | undefined;
    readAfter: readonly string[] | "done" | undefined;
  };
  #table = new ReplicatedTable(TABLE);
  /** Progress of the full read: the key of the last row; undefined: it begins. */
  #readAfter: readonly string[] | "done" | undefined;
  #follower: Follower | undefined;
  #reader: TableReader | undefined;
  kills = 0;

  constructor(slot: string, random: () => number) {
    this.#slot = slot;
    this.#random = random;
    this.#stored = { table: this.#table.clone(), position: undefined, readAfter: undefined };
  }

  get table(): ReplicatedTable {
    return this.#table;
  }

  /** One turn: an event of the stream, or a chunk; a lost connection is as a kill. */
  async turn(): Promise<void> {
    try {
      this.#follower ??= follow(server, { slot: this.#slot, position: this.#stored.position, reportIntervalMs: 20 });
      // what was read before the slot exists could change without notice
      const mayRead = this.#stored.position !== undefined && this.#readAfter !== "done";
      if (mayRead && this.#random() < 0.3) await this.#readChunk();
      else await this.#takeEvent();
    } catch (reason) {
      if (!(reason instanceof ServiceError) || !reason.retryable) throw reason;
      await this.kill();
    }
  }

  /** Loses everything that was not stored. */
  async kill(): Promise<void> {
    this.kills += 1;
    await this.close();
    this.#table = this.#stored.table.clone();
    this.#readAfter = this.#stored.readAfter;
  }

  async close(): Promise<void> {
    await this.#follower?.slot.close();
    await this.#reader?.close();
    this.#follower = this.#reader = undefined;
  }

  /** Takes everything that the server has, with the full reads that it makes necessary. */
  async finish(): Promise<void> {
    let reports = 0; // the second report was made after the last change of a definition
    const [row] = await server.sql("select pg_current_wal_insert_lsn() as lsn");
    const isAfter = (position: SlotPosition | undefined): boolean =>
      position !== undefined && parseLsn(position.lsn) >= parseLsn(row?.["lsn"] ?? "");
    this.onReport = () => (reports += 1);
    const isComplete = (): boolean => reports >= 2 && this.#readAfter === "done" && isAfter(this.#stored.position);
    await eventually("the stream and the full read are complete", async () => {
      for (let turns = 0; turns < TURNS_PER_LOOK && !isComplete(); turns += 1) await this.turn();
      return isComplete();
    });
    await eventually("nothing is left to be fetched again", async () => {
      await this.#table.refetch(await this.#openReader());
      return this.#table.conflicts === 0;
    });
  }

  onReport: () => void = () => undefined;

  async #readChunk(): Promise<void> {
    const reader = await this.#openReader();
    const after = this.#readAfter === "done" ? undefined : this.#readAfter;
    const chunk = await reader.readChunk(TABLE, after, CHUNK);
    const [low, high] = [Number(after?.[0] ?? -Infinity), Number(chunk.next?.[0] ?? Infinity)];
    this.#table.applyRows(chunk, ([key]) => Number(key) > low && Number(key) <= high);
    this.#readAfter = chunk.next ?? "done";
    if (this.#random() < 0.2) await this.#table.refetch(reader);
  }

  async #takeEvent(): Promise<void> {
    await this.#follower?.take((event) => {
      this.#apply(event);
      return true;
    }, false);
  }

  #apply(event: SlotEvent): void {
    this.#table.apply(event);
    if (event.type === "gap") this.#readAfter = undefined;
    if (event.type === "lag") this.onReport();
    if (event.type !== "commit" && event.type !== "position") return;
    this.#stored = { table: this.#table.clone(), position: event.position, readAfter: this.#readAfter };
    this.#follower?.slot.committed(event.position);
  }

  async #openReader(): Promise<TableReader> {
    return (this.#reader ??= await TableReader.open(server.address, new AbortController().signal));
  }
}

async function expectEqual(consumer: Consumer): Promise<void> {
  const truth = await server.sql("select * from random_rows");
  expect(consumer.table.rows()).toEqual(consumer.table.order(truth));
}

/** The long form of each test takes minutes by itself. */
const TIMEOUT_MS = amountOf({ short: 240_000, long: 1_500_000 });

test(
  "snapshot and stream of concurrent transactions are equal to the table, whatever was interleaved (F71)",
  async () => {
    const random = createRandom(7_001).next;
    const rounds = amountOf({ short: 3, long: 40 });
    for (let round = 0; round < rounds; round++) {
      const transactions = startTransactions({ server, random, sessions: 4, withDefinitions: false });
      const consumer = new Consumer(`round_${round}`, random);
      const untilMs = performance.now() + amountOf({ short: 700, long: 3_000 });
      while (performance.now() < untilMs) await consumer.turn();
      await transactions.stop();
      await consumer.finish();
      await expectEqual(consumer);
      expect(transactions.committed).toBeGreaterThan(0);
      await consumer.close();
      // The server notices the end of a connection when it next writes to it.
      await eventually("the slot to be dropped", () =>
        server.sql(`select pg_drop_replication_slot('round_${round}')`).then(
          () => true,
          (reason: { code?: string }) => {
            if (reason.code !== "55006") throw reason; // object_in_use
            return false;
          },
        ),
      );
    }
  },
  TIMEOUT_MS,
);

test(
  "a copy stays equal to the table through changed definitions, TRUNCATE, and kills of the consumer and the server (F63, F72, F73)",
  async () => {
    const random = createRandom(7_002).next;
    const transactions = startTransactions({ server, random, sessions: 3, withDefinitions: true });
    const consumer = new Consumer("survivor", random);
    const untilMs = performance.now() + amountOf({ short: 4_000, long: 600_000 });
    const serverKillEveryMs = amountOf({ short: 2_500, long: 20_000 });
    let nextKillMs = performance.now() + serverKillEveryMs;
    while (performance.now() < untilMs) {
      await consumer.turn();
      if (random() < 0.01) await consumer.kill();
      if (performance.now() > nextKillMs) {
        await server.crash();
        nextKillMs = performance.now() + serverKillEveryMs;
      }
    }
    await transactions.stop();
    await consumer.finish();
    await expectEqual(consumer);
    expect(consumer.kills).toBeGreaterThan(0);
    await consumer.close();
  },
  TIMEOUT_MS,
);
