import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { RowsRead, TableName } from "../../protocols/postgres-cdc/snapshot/table-reader.ts";
import { ledgerChannel } from "./channel.ts";
import { messagesOf, readable } from "./read.ts";
import { payloadOf } from "./rows/payload.ts";
import { accountOfBalance } from "./rows/records.ts";
import { externalIdOf, keyOf, rowsOf } from "./rows/row.ts";
import { tombstonesOf, versionOf } from "./rows/row-messages.ts";
import type { LedgerConfig } from "./settings/config.ts";
import { ENTITY_OF, streamOf } from "./settings/streams.ts";
import type { AnyTable, StreamName } from "./settings/tables.ts";

type Input = FetchManyInput<LedgerConfig>;
type Messages = readonly (ObjectMessage | HintMessage)[];

const MAX_BATCH = 500;
export const FETCHABLE: Readonly<Partial<Record<(typeof ENTITY_OF)[StreamName], FetchLimits>>> = Object.fromEntries(
  Object.values(ENTITY_OF).map((entity) => [entity, { maxBatch: MAX_BATCH, idsPerCall: MAX_BATCH }]),
);

/** Reads objects by their ids. An account is read with its balances, wherever the database has them. */
export async function fetchObjects(input: Input): Promise<Messages> {
  const { entity, config } = input;
  const { accounts, balances } = config.tables;
  if (entity === "Balance" && balances === undefined && accounts !== undefined) return fetchColumns(input);
  const stream = streamOf(entity);
  if (stream === undefined || config.tables[stream] === undefined)
    throw new ServiceError("INVALID_INPUT", `the settings name no table for a ${entity}`);
  const own = await fetchRows(input, stream);
  return entity === "Account" && balances !== undefined ? [...own, ...(await fetchBalancesOf(input))] : own;
}

/** Reads rows by their keys; those that do not exist are deleted. */
async function fetchRows(input: Input, stream: StreamName): Promise<Messages> {
  const { externalIds, config } = input;
  const table = config.tables[stream];
  if (table === undefined) return [];
  const keys = new Map(externalIds.flatMap((id) => idWithKey(id, table)));
  if (keys.size === 0) return []; // no id of this table looks like these
  const read = await readKeys(input, readable(table), [...keys.values()]);
  const toRow = rowsOf(read.columns);
  const ids = new Set(read.rows.map(({ values }) => externalIdOf(toRow(values), table.id)));
  const raw = { payload: payloadOf(table.table, read.columns, []), path: "" };
  const absent = { stream, tables: config.tables, version: versionOf(read.absent), raw };
  const found = messagesOf(read, stream, table, config);
  return [...found, ...externalIds.filter((id) => !ids.has(id)).flatMap((id) => tombstonesOf(absent, id))];
}

/** Reads the balances that are columns of accounts. */
async function fetchColumns(input: Input): Promise<Messages> {
  const requested = new Set(input.externalIds);
  const accounts = new Set(input.externalIds.map(accountOfBalance).filter((id) => id !== ""));
  const messages = await fetchRows({ ...input, entity: "Account", externalIds: [...accounts] }, "accounts");
  return messages.filter((message) => {
    if (message.type === "record") return message.record.type === "Balance" && requested.has(message.record.externalId);
    return message.type !== "tombstone" || (message.entity === "Balance" && requested.has(message.externalId));
  });
}

/** Reads the rows of balances that belong to accounts. Those that do not exist are not known by their ids. */
async function fetchBalancesOf(input: Input): Promise<Messages> {
  const { externalIds, config } = input;
  const table = config.tables.balances;
  if (table === undefined || externalIds.length === 0) return [];
  const byAccount: TableName = { ...readable(table), key: [table.account] };
  const read = await readKeys(
    input,
    byAccount,
    externalIds.map((id) => [id]),
  );
  return messagesOf(read, "balances", table, config);
}

function readKeys(
  { client, signal }: Input,
  table: TableName,
  keys: readonly (readonly string[])[],
): Promise<RowsRead> {
  return client.call(
    {
      via: ledgerChannel,
      name: "fetch",
      isRead: true,
      run: (channel, limits) => channel.read(limits.signal, (reader) => reader.readKeys(table, keys)),
    },
    signal,
  );
}

function idWithKey(id: string, table: AnyTable): readonly (readonly [string, readonly string[]])[] {
  const key = keyOf(id, table.id);
  return key === undefined ? [] : [[id, key]];
}
