import type { UnknownValue } from "../../connector-api/messages.ts";
import type { DomainRecord } from "../../domain/entities.ts";
import type { EntityType } from "../../domain/ids.ts";

/** What a wire object says about one domain object. */
export type Observation =
  | { readonly type: "record"; readonly record: DomainRecord; readonly unknowns: readonly UnknownValue[] }
  | { readonly type: "gone"; readonly entity: EntityType; readonly externalId: string };

/** A record; `unknowns` are listed with undefined where the word was known. */
export function recordOf(record: DomainRecord, ...unknowns: readonly (UnknownValue | undefined)[]): Observation {
  return { type: "record", record, unknowns: unknowns.filter((unknown) => unknown !== undefined) };
}
