import { z } from "zod";
import type { ReadInput } from "../../connector-api/connector.ts";
import type { ContractMessage, HintMessage, ObjectMessage, ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { RowsRead, TableName } from "../../protocols/postgres-cdc/snapshot/table-reader.ts";
import { requireCatalog } from "./check-database.ts";
import type { CatalogTable } from "./catalog/read-catalog.ts";
import { tableContract } from "./catalog/table-contract.ts";
import { ledgerChannel } from "./channel.ts";
import type { LedgerConfig } from "./settings/config.ts";
import { payloadOf } from "./rows/payload.ts";
import { rowsOf } from "./rows/row.ts";
import { messagesOfRow, versionOf } from "./rows/row-messages.ts";
import { isStream } from "./settings/streams.ts";
import { type AnyTable, nameOf, type StreamName } from "./settings/tables.ts";

/** Key of the last row that was read; null: all rows were read, and the feed brings what changes. */
export const ledgerCursor = z.strictObject({ after: z.array(z.string()).nullable() });
export type LedgerCursor = z.infer<typeof ledgerCursor>;

/** Rows of one chunk: one transaction of ours, and milliseconds of a snapshot at the customer's database. */
const CHUNK_ROWS = 1_000;

/**
 * Reads all rows of a stream's table in the order of its key. A resumed read continues after the last chunk, and one
 * that follows a finished read finds nothing: the feed brings what has changed, and a gap in it begins a new read.
 */
export async function* readStream(
  input: ReadInput<LedgerConfig, LedgerCursor>,
): AsyncGenerator<ReadMessage<LedgerCursor>, void> {
  const { stream, config, client, signal, cursor } = input;
  if (!isStream(stream)) throw new ServiceError("INVALID_INPUT", "the connector has no such stream");
  const table = config.tables[stream];
  let after = cursor?.after ?? undefined;
  if (table !== undefined && cursor?.after !== null) {
    if (after === undefined) yield* pinnedContract(await requireCatalog(input), table);
    for (;;) {
      const at = after;
      const chunk = await client.call(
        {
          via: ledgerChannel,
          name: "read",
          isRead: true,
          run: (channel, limits) =>
            channel.read(limits.signal, (reader) => reader.readChunk(readable(table), at, CHUNK_ROWS)),
        },
        signal,
      );
      yield* messagesOf(chunk, stream, table, config);
      if (chunk.next === undefined) break;
      after = [...chunk.next];
      yield { type: "checkpoint", cursor: { after }, progress: undefined };
    }
  }
  yield { type: "checkpoint", cursor: { after: null }, progress: 1 };
}

/** The columns at the beginning of a full read are what later changes of the table are compared with. */
function* pinnedContract(catalog: ReadonlyMap<string, CatalogTable>, table: AnyTable): Generator<ContractMessage> {
  const { schema, name } = nameOf(table.table);
  const found = catalog.get(`${schema}.${name}`);
  if (found !== undefined) yield { ...tableContract(`${schema}.${name}`, found), pinned: "present" };
}

/** Returns how a table is read. */
export function readable(table: AnyTable): TableName {
  return { ...nameOf(table.table), key: table.id };
}

/** Returns the messages of rows that were read. */
export function messagesOf(
  read: RowsRead,
  stream: StreamName,
  table: AnyTable,
  { tables }: LedgerConfig,
): readonly (ObjectMessage | HintMessage)[] {
  const toRow = rowsOf(read.columns);
  const payload = payloadOf(
    table.table,
    read.columns,
    read.rows.map(({ values }) => values),
  );
  return read.rows.flatMap(({ values, version }, index) =>
    messagesOfRow({
      stream,
      tables,
      row: toRow(values),
      version: versionOf(version),
      raw: { payload, path: `/rows/${index}` },
    }),
  );
}
