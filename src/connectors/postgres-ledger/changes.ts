import type { HintMessage, ObjectMessage, RawPointer } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { SlotEvent } from "../../protocols/postgres-cdc/events.ts";
import type { Lsn } from "../../protocols/postgres-cdc/database/lsn.ts";
import type { DeleteEvent, InsertEvent, UpdateEvent } from "../../protocols/postgres-cdc/pgoutput/change.ts";
import { NOT_SENT, type Relation, type Row } from "../../protocols/postgres-cdc/pgoutput/relation.ts";
import { columnsOf } from "./settings/columns-of.ts";
import type { LedgerConfig } from "./settings/config.ts";
import { payloadOf } from "./rows/payload.ts";
import { externalIdOf, rowsOf } from "./rows/row.ts";
import { messagesOfRow, tombstonesOf, versionOf } from "./rows/row-messages.ts";
import { isStream } from "./settings/streams.ts";
import { type AnyTable, nameOf, type StreamName } from "./settings/tables.ts";

/** Converts changes of rows to messages. Rows of one table share a payload, so that its cost is per group. */
export interface ChangeMapper {
  /** Takes a change, and returns the messages of a group that is complete with it. */
  take(event: SlotEvent): readonly (ObjectMessage | HintMessage)[];
  /** Returns the messages of the changes that were taken and not returned yet. */
  flush(): readonly (ObjectMessage | HintMessage)[];
  /** Returns the streams of tables that the settings name. */
  streamsOf(relations: readonly Relation[]): readonly StreamName[];
}

type RowEvent = InsertEvent | UpdateEvent | DeleteEvent;

interface Change {
  readonly lsn: Lsn;
  /** The row that exists after the change; undefined: none. */
  readonly row: Row | undefined;
  /** Values of the key of a row that does not exist any more. */
  readonly removed: Row | undefined;
}

interface StreamTable {
  readonly stream: StreamName;
  readonly table: AnyTable;
}

interface Group extends StreamTable {
  readonly relation: Relation;
  readonly changes: Change[];
}

/** Rows that share a payload: it is stored, and read, as a whole. */
const MAX_GROUP = 200;

export function createChangeMapper({ tables }: LedgerConfig): ChangeMapper {
  const streams = new Map<string, StreamTable>();
  for (const [stream, table] of Object.entries(tables)) {
    if (!isStream(stream) || table === undefined) continue;
    const { schema, name } = nameOf(table.table);
    streams.set(`${schema}.${name}`, { stream, table });
  }
  const streamOf = ({ schema, name }: Relation) => streams.get(`${schema}.${name}`);
  let group: Group | undefined;

  function flush(): readonly (ObjectMessage | HintMessage)[] {
    if (group === undefined) return [];
    const { relation, stream, table, changes } = group;
    group = undefined;
    const columns = relation.columns.map(({ name }) => name);
    const toRow = rowsOf(columns);
    const sent = changes.map(({ row, removed }) => row ?? removed ?? []);
    const payload = payloadOf(table.table, columns, sent);
    return changes.flatMap(({ lsn, row, removed }, index): readonly (ObjectMessage | HintMessage)[] => {
      const raw: RawPointer = { payload, path: `/rows/${index}` };
      const version = versionOf({ from: lsn, until: lsn });
      const removedMessages =
        removed === undefined
          ? []
          : tombstonesOf({ stream, tables, version, raw }, externalIdOf(toRow(removed), table.id));
      if (row === undefined) return removedMessages;
      return [...removedMessages, ...messagesOfRow({ stream, tables, row: toRow(row), version, raw })];
    });
  }

  function takeRow(event: RowEvent): readonly (ObjectMessage | HintMessage)[] {
    const found = streamOf(event.relation);
    if (found === undefined) return []; // a table of the publication that the settings do not name
    const complete = group !== undefined && (group.relation !== event.relation || group.changes.length >= MAX_GROUP);
    const messages = complete ? flush() : [];
    group ??= { ...found, relation: event.relation, changes: [] };
    group.changes.push(changeOf(event, found.table));
    return messages;
  }

  /** @throws ServiceError UPSTREAM_MALFORMED when a column is gone that the settings give a meaning */
  function requireColumns(relation: Relation): void {
    const found = streamOf(relation);
    if (found === undefined) return;
    const names = new Set(relation.columns.map(({ name }) => name));
    const missing = columnsOf(found.stream, tables).find(({ column }) => !names.has(column));
    if (missing === undefined) return;
    const { path, column } = missing;
    throw new ServiceError(
      "UPSTREAM_MALFORMED",
      `the table ${found.table.table} does not have the column ${column} any more, which tables.${found.stream}.${path} names`,
    );
  }

  return {
    flush,
    take(event) {
      if (event.type === "relation") requireColumns(event.relation);
      const isRow = event.type === "insert" || event.type === "update" || event.type === "delete";
      return isRow ? takeRow(event) : [];
    },
    streamsOf: (relations) => relations.flatMap((relation) => streamOf(relation)?.stream ?? []),
  };
}

function changeOf(event: RowEvent, table: AnyTable): Change {
  const { lsn } = event;
  if (event.type === "insert") return { lsn, row: event.row, removed: undefined };
  if (event.type === "delete") return { lsn, row: undefined, removed: event.oldRow };
  const { oldRow, relation } = event;
  const row = oldRow === undefined ? event.row : completed(event.row, oldRow);
  return { lsn, row, removed: oldRow !== undefined && hasOtherKey(relation, row, oldRow, table) ? oldRow : undefined };
}

/** Returns the new row with the values that were not sent because they did not change, where the old row has them. */
function completed(row: Row, oldRow: Row): Row {
  return row.map((value, index) => (value === NOT_SENT ? (oldRow[index] ?? null) : value));
}

function hasOtherKey({ columns }: Relation, row: Row, oldRow: Row, { id }: AnyTable): boolean {
  return columns.some(({ name }, index) => {
    const before = oldRow[index];
    return id.includes(name) && before !== NOT_SENT && before !== row[index];
  });
}
