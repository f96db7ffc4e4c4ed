import { z } from "zod";
import { entityId, type EntityType } from "../src/domain/ids.ts";
import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { Context } from "./context.ts";
import { inputError } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";

/** A key by which another subgraph may know an object: the source's. */
const SOURCE_KEY = z.object({ source: z.object({ id: z.string() }), externalId: z.string() });

/** A kind of synced object with its loader. */
interface Kind<Row> {
  readonly type: EntityType;
  readonly loader: Loader<string, Row | undefined>;
}

/**
 * Loads the object of a representation, with the same loader as every other edge; null if there is none.
 * @throws ServiceError INVALID_INPUT
 */
export function resolveReference<Row extends { readonly deletedAt: string | null }>(
  context: Context,
  representation: unknown,
  kind: Kind<Row>,
): Promise<Row | null> {
  return loadReferenced(context, idOf(representation) ?? idOfSourceKey(context, representation, kind.type), kind);
}

/** Returns our key; undefined if there is none. A representation is arbitrary JSON from the caller. */
function idOf(representation: unknown): string | undefined {
  if (typeof representation !== "object" || representation === null || !("id" in representation)) return undefined;
  return typeof representation.id === "string" ? representation.id : undefined;
}

function idOfSourceKey({ principal }: Context, representation: unknown, type: EntityType): string {
  const key = SOURCE_KEY.safeParse(representation).data;
  if (key === undefined)
    throw inputError("representations", `of type ${type} must have id, or source { id } and externalId`);
  return entityId(principal.tenantId, key.source.id, type, key.externalId);
}

/** Loads a synced object by its global id, or by that of an alias; null if there is none. */
export function loadReferenced<Row extends { readonly deletedAt: string | null }>(
  context: Context,
  id: string,
  kind: Kind<Row>,
): Promise<Row | null> {
  // Not an async function: a gateway asks for hundreds of objects at a time, and each would take one more turn.
  return kind.loader
    .load(id)
    .then((row) => (row !== undefined && row.deletedAt === null ? row : loadByAlias(context, id, { ...kind, row })));
}

/** @param row with the id itself; deleted, or undefined */
async function loadByAlias<Row>(
  { loaders }: Context,
  id: string,
  { loader, row }: Pick<Kind<Row>, "loader"> & { readonly row: Row | undefined },
): Promise<Row | null> {
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
  const id = idOf(representation);
  if (id === undefined) throw inputError("representations", `of type ${type} must have id`);
  return id;
}
