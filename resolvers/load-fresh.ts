import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { EntityRows } from "../src/graph/loaders/models.ts";
import type { EntityType } from "../src/domain/ids.ts";
import type { Context } from "./context.ts";
import { inputError } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";

/** An object and its maximum age. */
export interface FreshArguments {
  readonly id: string;
  /** Seconds; null and undefined: the stored object, whatever its age. */
  readonly maxAge?: number | null | undefined;
}

/**
 * Loads a synced object by its global id, or by the global id of an alias that its source has for it; fetches it from
 * its source first when it is older than requested; null if there is none.
 * @param kind `loader` is the one of `type`
 * @throws ServiceError INVALID_INPUT naming the argument | UPSTREAM_CALL_LIMIT
 */
export async function loadFresh<Type extends EntityType>(
  context: Context,
  kind: { readonly type: Type; readonly loader: Loader<string, EntityRows[Type] | undefined> },
  args: FreshArguments,
): Promise<EntityRows[Type] | null> {
  const { loaders } = context;
  const maxAge = requireMaxAge(context, args.maxAge);
  const load = async (id: string): Promise<EntityRows[Type] | null> => {
    if (maxAge === undefined) return loadOptional(kind.loader, id);
    const row = await loaders.freshEntity.load({ type: kind.type, id, maxAge });
    return (row as EntityRows[Type] | undefined) ?? null; // it is read from the table of `type`
  };
  const row = await load(args.id);
  if (row !== null) return row;
  const rootId = await loaders.rootByAlias.load(args.id);
  return rootId === undefined ? null : load(rootId);
}

/**
 * Returns seconds; undefined if none were given.
 * @throws ServiceError INVALID_INPUT
 */
export function requireMaxAge({ moment }: Context, maxAge: number | null | undefined): number | undefined {
  if (typeof maxAge === "number" && moment.asOf !== undefined)
    throw inputError("maxAge", "cannot be combined with asOf: a past state is not fetched");
  if (typeof maxAge === "number" && maxAge < 0) throw inputError("maxAge", `must be 0 or more, got ${maxAge}`);
  return maxAge ?? undefined;
}
