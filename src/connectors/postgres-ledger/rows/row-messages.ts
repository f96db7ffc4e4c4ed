import type { HintMessage, ObjectMessage, RawPointer } from "../../../connector-api/messages.ts";
import { FINALITY, type Version } from "../../../domain/version.ts";
import type { LsnInterval } from "../../../protocols/postgres-cdc/snapshot/table-reader.ts";
import { balanceId, mapRow } from "./records.ts";
import { externalIdOf, type TableRow, ValueNotSent, ValueProblem } from "./row.ts";
import { ENTITY_OF } from "../settings/streams.ts";
import type { StreamName, Tables } from "../settings/tables.ts";

/** Places of the log as a version: positions only increase, also when a key is used again. */
export function versionOf({ from, until }: LsnInterval): Version {
  return { from, until, finality: FINALITY.ordinary };
}

export interface RowInput {
  readonly stream: StreamName;
  readonly tables: Tables;
  readonly row: TableRow;
  readonly version: Version;
  readonly raw: RawPointer;
}

/** Returns the messages of one row. A row that cannot be mapped is malformed; one that was not sent whole is a hint. */
export function messagesOfRow(input: RowInput): readonly (ObjectMessage | HintMessage)[] {
  const { stream, tables, row, version, raw } = input;
  const entity = ENTITY_OF[stream];
  try {
    const { records, unknowns } = mapRow(row, stream, tables);
    return records.map((record, index) => ({
      type: "record",
      record,
      version,
      raw,
      unknowns: index === 0 ? unknowns : [],
    }));
  } catch (reason) {
    const externalId = idOf(input);
    if (reason instanceof ValueNotSent && externalId !== undefined) return [{ type: "hint", entity, externalId }];
    if (!(reason instanceof ValueProblem)) throw reason;
    const problem = reason.publicMessage.replace(`column ${reason.column} `, "");
    return [{ type: "malformed", entity, externalId, path: reason.column, problem, raw }];
  }
}

function idOf({ row, stream, tables }: RowInput): string | undefined {
  try {
    return externalIdOf(row, tables[stream]?.id ?? []);
  } catch {
    return undefined;
  }
}

/** Returns the tombstones of a row that does not exist: its own object, and what are columns of it. */
export function tombstonesOf(
  { stream, tables, version, raw }: Omit<RowInput, "row">,
  externalId: string,
): readonly ObjectMessage[] {
  const own: ObjectMessage = { type: "tombstone", entity: ENTITY_OF[stream], externalId, version, raw };
  if (stream !== "accounts") return [own];
  const balances = (tables.accounts?.balances ?? []).map(({ kind }): ObjectMessage => {
    return { type: "tombstone", entity: "Balance", externalId: balanceId(externalId, kind), version, raw };
  });
  return [own, ...balances];
}
