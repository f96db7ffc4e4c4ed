import { entityId, type EntityType } from "../src/domain/ids.ts";
import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { Context } from "./context.ts";
import { requireShortValues } from "./input-error.ts";
import { loadReferenced } from "./resolve-reference.ts";

/**
 * Loads a synced object by its source and the source's own id for it, now or before; null if there is none.
 * @throws ServiceError INVALID_INPUT naming the argument
 */
export async function loadByExternalId<Row extends { readonly deletedAt: string | null }>(
  context: Context,
  kind: { readonly type: EntityType; readonly loader: Loader<string, Row | undefined> },
  args: { readonly sourceId: string; readonly externalId: string },
): Promise<Row | null> {
  requireShortValues("the look-up", args);
  const id = entityId(context.principal.tenantId, args.sourceId, kind.type, args.externalId);
  return loadReferenced(context, id, kind);
}
