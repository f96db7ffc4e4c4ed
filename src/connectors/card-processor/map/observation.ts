import type { UnknownValue } from "../../../connector-api/messages.ts";
import type { DomainRecord } from "../../../domain/entities.ts";
import type { EntityType } from "../../../domain/ids.ts";

/** Statement of a message about one domain object. */
export type Observation =
  | { readonly type: "record"; readonly record: DomainRecord; readonly unknowns: readonly UnknownValue[] }
  | { readonly type: "deleted"; readonly entity: EntityType; readonly externalId: string };

/** Returns an observed record; `unknowns` contains undefined for each value that was known. */
export function recordOf(record: DomainRecord, ...unknowns: readonly (UnknownValue | undefined)[]): Observation {
  return { type: "record", record, unknowns: unknowns.filter((unknown) => unknown !== undefined) };
}

/** Our value for an enum's value if there is one, otherwise a report. */
export interface Word<Known> {
  readonly known: Known | undefined;
  readonly unknown: UnknownValue | undefined;
}

/** Looks a value up. Own properties only: a value named `constructor` is an unknown one. */
export function wordOf<Known>(table: Readonly<Record<string, Known>>, path: string, value: string): Word<Known> {
  if (Object.hasOwn(table, value)) return { known: table[value], unknown: undefined };
  return { known: undefined, unknown: { path, value } };
}
