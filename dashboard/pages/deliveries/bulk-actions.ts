import type { DeliveryFilter } from "../../operations/__generated__/operations.ts";
import {
  discardDeliveriesDocument,
  discardDeliveryDocument,
  replayDeliveriesDocument,
  replayDeliveryDocument,
} from "../../operations/deliveries.ts";
import type { BulkCall } from "../../graph/bulk-operation.ts";
import type { Session } from "../../graph/session.ts";
import type { Selection } from "./selection.ts";

type Graph = Pick<Session, "run">;

/** Deliveries of one call: its transaction is short, and the next one begins behind it. */
const LIMIT = 2_000;

/** Applies the named deliveries again, and returns how many. */
export function replaySelected(graph: Graph, selection: Selection): Promise<number> {
  return each(selection, (id) => graph.run(replayDeliveryDocument, { id }));
}

/** Discards the named deliveries, and returns how many. */
export function discardSelected(graph: Graph, selection: Selection, reason: string): Promise<number> {
  return each(selection, (id) => graph.run(discardDeliveryDocument, { id, reason }));
}

/** Applies the deliveries that match again. */
export function replayMatching(graph: Graph, filter: DeliveryFilter): BulkCall {
  return async (after) => {
    const input = { filter, limit: LIMIT, after };
    return (await graph.run(replayDeliveriesDocument, { input })).replayDeliveries;
  };
}

/** Discards the deliveries that match. */
export function discardMatching(graph: Graph, filter: DeliveryFilter, reason: string): BulkCall {
  return async (after) => {
    const input = { filter, limit: LIMIT, reason, after };
    return (await graph.run(discardDeliveriesDocument, { input })).discardDeliveries;
  };
}

async function each({ ids }: Selection, run: (id: string) => Promise<unknown>): Promise<number> {
  for (const id of ids) await run(id);
  return ids.size;
}
