import type { AnyConnector, StreamSpec } from "../../../connector-api/connector.ts";
import type { EntityType } from "../../../domain/ids.ts";

/** A type whose existing objects can be determined only by a full read, which lists all of them. */
export interface CompletelyListedTypes {
  readonly type: EntityType;
  /** All streams that contain it. */
  readonly producers: readonly StreamSpec[];
}

/** Returns the types that cannot be fetched by id, and all of whose streams list all objects. */
export function completelyListedTypes({ streams, fetch }: AnyConnector): readonly CompletelyListedTypes[] {
  const types = new Set(streams.flatMap(({ entities }) => entities));
  return [...types]
    .filter((type) => fetch[type] === undefined)
    .map((type) => ({ type, producers: streams.filter(({ entities }) => entities.includes(type)) }))
    .filter(({ producers }) => producers.every(({ listsEverything }) => listsEverything === true));
}
