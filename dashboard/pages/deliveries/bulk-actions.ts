import type { DeliveryFilter } from "../../operations/__generated__/operations.ts";
import {
  discardDeliveriesDocument,
  discardDeliveryDocument,
  replayDeliveriesDocument,
  replayDeliveryDocument,
} from "../../operations/deliveries.ts";
import type { Session } from "../../graph/session.ts";
import type { Selection } from "./selection.ts";

type Graph = Pick<Session, "run">;

/** Deliveries of one request for all that match. */
const LIMIT = 10_000;

/** Applies the selected deliveries again, and returns how many. */
export async function replaySelected(graph: Graph, selection: Selection, filter: DeliveryFilter): Promise<number> {
  if (!selection.isAll) return await each(selection, (id) => graph.run(replayDeliveryDocument, { id }));
  // Replayed ones leave the filter only if it names another status: one request, and the rest is reported as it is.
  const { replayDeliveries } = await graph.run(replayDeliveriesDocument, { input: { filter, limit: LIMIT } });
  return replayDeliveries.count;
}

/** Discards the selected deliveries, and returns how many. */
export async function discardSelected(
  graph: Graph,
  selection: Selection,
  filter: DeliveryFilter,
  reason: string,
): Promise<number> {
  if (!selection.isAll) return await each(selection, (id) => graph.run(discardDeliveryDocument, { id, reason }));
  const { discardDeliveries } = await graph.run(discardDeliveriesDocument, { input: { filter, limit: LIMIT, reason } });
  return discardDeliveries.count;
}

async function each({ ids }: Selection, run: (id: string) => Promise<unknown>): Promise<number> {
  for (const id of ids) await run(id);
  return ids.size;
}
