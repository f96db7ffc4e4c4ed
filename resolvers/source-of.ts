import type { SourceModel } from "../src/graph/loaders/models.ts";
import type { Context } from "./context.ts";

/**
 * Returns the source of an object. Its name is part of the object's key, so it remains when the source is no longer
 * configured.
 */
export async function sourceOf(context: Context, id: string): Promise<SourceModel> {
  return (await context.loaders.sourceById.load(id)) ?? namedSource(id);
}

/** Returns a source of which only the name is known. */
export function namedSource(id: string): SourceModel {
  return { id, ...NOTHING };
}

const NOTHING = {
  connector: null,
  platform: null,
  status: null,
  statusCode: null,
  statusReason: null,
  statusSince: null,
  scheduleSeconds: null,
  lastSuccessAt: null,
  origin: null,
  connectedAt: null,
  disconnectedAt: null,
  orderedAt: null,
} as const;
