import { singleBucket } from "../../connector-api/budget.ts";
import type { Connector } from "../../connector-api/connector.ts";
import { checkDatabase } from "./check-database.ts";
import { ledgerChannel } from "./channel.ts";
import { ledgerConfig, type LedgerConfig } from "./settings/config.ts";
import { ledgerFeed } from "./feed.ts";
import { FETCHABLE, fetchObjects } from "./fetch.ts";
import { ledgerCursor, type LedgerCursor, readStream } from "./read.ts";
import { STREAMS } from "./settings/streams.ts";

/** Statements at a time: the customer's database has other work. */
const MAX_CONCURRENT = 4;

/** Connector for tables of a customer's PostgreSQL: read once, then followed by logical replication. */
export const connector: Connector<LedgerConfig, LedgerCursor> = {
  name: "postgres-ledger",
  config: ledgerConfig,
  cursor: ledgerCursor,
  streams: STREAMS,
  target: ({ host, port, database, user }) => ({
    baseUrl: `postgres://${host.includes(":") ? `[${host}]` : host}:${port}`,
    credential: `${user}@${database}`,
  }),
  channel: ledgerChannel,
  budget: () => singleBucket({ requestsPerSecond: undefined, maxConcurrent: MAX_CONCURRENT }),
  check: checkDatabase,
  read: readStream,
  fetch: FETCHABLE,
  fetchMany: fetchObjects,
  feed: ledgerFeed,
};
