import type { Channel, ChannelInput, ChannelKind } from "../../connector-api/channel.ts";
import type pg from "pg";
import {
  closeConnection,
  type DatabaseAddress,
  openSqlConnection,
} from "../../protocols/postgres-cdc/database/connection.ts";
import type { FollowSlotOptions } from "../../protocols/postgres-cdc/follow-options.ts";
import { followSlot, type FollowedSlot } from "../../protocols/postgres-cdc/follow-slot.ts";
import { preflight } from "../../protocols/postgres-cdc/preflight/preflight.ts";
import type { PreflightOptions, PreflightProblem } from "../../protocols/postgres-cdc/preflight/problem.ts";
import { TableReader } from "../../protocols/postgres-cdc/snapshot/table-reader.ts";
import type { LedgerConfig } from "./settings/config.ts";

/** Connections to a customer's database: some that read tables, and one for each slot that is followed. */
export interface LedgerChannel extends Channel {
  /** Reads tables over a connection that no other call uses meanwhile. */
  read<Result>(signal: AbortSignal, run: (reader: TableReader) => Promise<Result>): Promise<Result>;
  /** Runs statements over a connection of their own, which is closed afterwards. */
  query<Result>(signal: AbortSignal, run: (client: pg.Client) => Promise<Result>): Promise<Result>;
  /** Returns why the tables could not be followed, or not completely. */
  preflight(options: Omit<PreflightOptions, "address">): Promise<readonly PreflightProblem[]>;
  follow(options: Omit<FollowSlotOptions, "address">): FollowedSlot;
}

/** Idle connections that are kept: the next chunk or object needs one. */
const MAX_IDLE = 2;

export const ledgerChannel: ChannelKind<LedgerConfig, LedgerChannel> = {
  open({ config, createSocket }: ChannelInput<LedgerConfig>): LedgerChannel {
    const { host, port, database, user, password, tls, ca } = config;
    const address: DatabaseAddress = {
      host,
      port,
      database,
      user,
      password,
      createSocket,
      tls: tls ? { ca } : undefined,
    };
    const idle: TableReader[] = [];
    const used = new Set<Promise<unknown>>();
    const followed = new Set<FollowedSlot>();
    let isClosed = false;

    async function read<Result>(signal: AbortSignal, run: (reader: TableReader) => Promise<Result>): Promise<Result> {
      const reader = idle.pop() ?? (await TableReader.open(address, signal));
      const abort = (): void => void reader.close();
      signal.addEventListener("abort", abort, { once: true });
      try {
        const result = await run(reader);
        if (!isClosed && !signal.aborted && idle.length < MAX_IDLE) idle.push(reader);
        else await reader.close();
        return result;
      } catch (reason) {
        await reader.close();
        signal.throwIfAborted();
        throw reason;
      } finally {
        signal.removeEventListener("abort", abort);
      }
    }

    async function query<Result>(signal: AbortSignal, run: (client: pg.Client) => Promise<Result>): Promise<Result> {
      const client = await openSqlConnection(address, signal);
      try {
        return await run(client);
      } finally {
        await closeConnection(client);
      }
    }

    function counted<Result>(result: Promise<Result>): Promise<Result> {
      const ended = result.then(
        () => undefined,
        () => undefined,
      );
      used.add(ended);
      void ended.then(() => used.delete(ended));
      return result;
    }

    return {
      read: (signal, run) => counted(read(signal, run)),
      query: (signal, run) => counted(query(signal, run)),
      preflight: (options) => counted(preflight({ ...options, address })),
      follow(options) {
        const slot = followSlot({ ...options, address });
        followed.add(slot);
        return {
          ...slot,
          async close() {
            followed.delete(slot);
            await slot.close();
          },
        };
      },
      async close() {
        isClosed = true;
        await Promise.all([...followed].map((slot) => slot.close()));
        await Promise.all(used);
        await Promise.all(idle.splice(0).map((reader) => reader.close()));
      },
    };
  },
};
