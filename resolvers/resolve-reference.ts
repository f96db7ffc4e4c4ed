import { z } from "zod";
import { entityId, type EntityType } from "../src/domain/ids.ts";
import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { Context } from "./context.ts";
import { inputError } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";

/** Our key. A representation is arbitrary JSON from the caller. */
const ID_KEY = z.object({ id: z.string() });
/** A key from another subgraph: our id, or the source's. */
const KEY = z.union([ID_KEY, z.object({ source: z.object({ id: z.string() }), externalId: z.string() })]);

/** A kind of synced object with its loader. */
interface Kind<Row> {
  readonly type: EntityType;
  readonly loader: Loader<string, Row | undefined>;
}

/**
 * Loads the object of a representation, with the same loader as every other edge; null if there is none.
 * @throws ServiceError INVALID_INPUT
 */
export async function resolveReference<Row extends { readonly deletedAt: string | null }>(
  context: Context,
  representation: unknown,
  kind: Kind<Row>,
): Promise<Row | null> {
  const { type } = kind;
  const key = KEY.safeParse(representation).data;
  if (key === undefined)
    throw inputError("representations", `of type ${type} must have id, or source { id } and externalId`);
  const id = "id" in key ? key.id : entityId(context.principal.tenantId, key.source.id, type, key.externalId);
  return loadReferenced(context, id, kind);
}

/** Loads a synced object by its global id, or by that of an alias; null if there is none. */
export async function loadReferenced<Row extends { readonly deletedAt: string | null }>(
  { loaders }: Context,
  id: string,
  { loader }: Kind<Row>,
): Promise<Row | null> {
  const row = await loader.load(id);
  if (row !== undefined && row.deletedAt === null) return row;
  // Alias: another id that the source uses, or used, for an object, which keeps its first id.
  const rootId = await loaders.rootByAlias.load(id);
  return (rootId === undefined ? row : await loader.load(rootId)) ?? null;
}

/**
 * Loads the object of a representation that has no key but our id; null if there is none.
 * @throws ServiceError INVALID_INPUT
 */
export async function resolveIdReference<Row>(
  representation: unknown,
  { type, loader }: { readonly type: string; readonly loader: Loader<string, Row | undefined> },
): Promise<Row | null> {
  return loadOptional(loader, requireIdKey(type, representation));
}

/**
 * Returns the id of a representation.
 * @throws ServiceError INVALID_INPUT naming the type
 */
export function requireIdKey(type: string, representation: unknown): string {
  const key = ID_KEY.safeParse(representation).data;
  if (key === undefined) throw inputError("representations", `of type ${type} must have id`);
  return key.id;
}
