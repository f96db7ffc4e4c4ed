import type { AnyConnector, StreamSpec } from "../../connector-api/connector.ts";
import type { EntityType } from "../../domain/ids.ts";

/** A kind of object of which a full read tells, by what it shows, which ones exist; nothing else can. */
export interface ShownWhole {
  readonly type: EntityType;
  /** All streams that give it. */
  readonly producers: readonly StreamSpec[];
}

/** Kinds of object that cannot be fetched by id, and that no stream gives that may leave some out. */
export function shownWhole({ streams, fetch }: AnyConnector): readonly ShownWhole[] {
  const types = new Set(streams.flatMap(({ entities }) => entities));
  return [...types]
    .filter((type) => fetch[type] === undefined)
    .map((type) => ({ type, producers: streams.filter(({ entities }) => entities.includes(type)) }))
    .filter(({ producers }) => producers.every(({ showsAll }) => showsAll === true));
}
