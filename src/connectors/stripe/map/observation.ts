import type { UnknownValue } from "../../../connector-api/messages.ts";
import type { DomainRecord } from "../../../domain/entities.ts";
import type { EntityType } from "../../../domain/ids.ts";
import type { Problem } from "../../../protocols/rest/item-problem.ts";

/** Statement of a wire object about one domain object. */
export type Observation =
  | { readonly type: "record"; readonly record: DomainRecord; readonly unknowns: readonly UnknownValue[] }
  | { readonly type: "deleted"; readonly entity: EntityType; readonly externalId: string }
  /** A part of the wire object that cannot be read, while the rest can. */
  | ({ readonly type: "malformed"; readonly entity: EntityType; readonly externalId: string } & Problem);

/** Returns an observed record; `unknowns` contains undefined for each value that was known. */
export function recordOf(record: DomainRecord, ...unknowns: readonly (UnknownValue | undefined)[]): Observation {
  return { type: "record", record, unknowns: unknowns.filter((unknown) => unknown !== undefined) };
}
