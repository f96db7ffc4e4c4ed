import { z } from "zod";
import { entityId, type EntityType } from "../src/domain/ids.ts";
import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { Context } from "./context.ts";
import { inputError } from "./input-error.ts";

/** A key from another subgraph: our id, or the source's. A representation is arbitrary JSON from the caller. */
const KEY = z.union([
  z.object({ id: z.string() }),
  z.object({ source: z.object({ id: z.string() }), externalId: z.string() }),
]);

/**
 * Loads the object of a representation, with the same loader as every other edge; null if there is none.
 * @throws ServiceError INVALID_INPUT
 */
export async function resolveReference<Row extends { readonly deletedAt: string | null }>(
  context: Context,
  representation: unknown,
  { type, loader }: { readonly type: EntityType; readonly loader: Loader<string, Row | undefined> },
): Promise<Row | null> {
  const key = KEY.safeParse(representation).data;
  if (key === undefined)
    throw inputError("representations", `of type ${type} must have id, or source { id } and externalId`);
  const id = "id" in key ? key.id : entityId(context.principal.tenantId, key.source.id, type, key.externalId);
  const row = await loader.load(id);
  if (row !== undefined && row.deletedAt === null) return row;
  // Alias: another id that the source uses, or used, for an object, which keeps its first id.
  const rootId = await context.loaders.rootByAlias.load(id);
  return (rootId === undefined ? row : await loader.load(rootId)) ?? null;
}
