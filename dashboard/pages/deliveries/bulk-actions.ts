import type { DeliveryFilter } from "../../operations/__generated__/operations.ts";
import {
  discardDeliveriesDocument,
  discardDeliveryDocument,
  replayDeliveriesDocument,
  replayDeliveryDocument,
} from "../../operations/deliveries.ts";
import type { Session } from "../../graph/session.ts";
import type { SelectionActions } from "../../state/selection-actions.ts";

/** Deliveries of one call: its transaction is short, and the next one begins behind it. */
const LIMIT = 2_000;

/** What a discard does to deliveries. */
export const DISCARD_EFFECT =
  "They are not applied, and kept with this reason and your name. Applied ones are left as they are.";

/** Replays and discards named deliveries, or all that match the filter. */
export function deliveryActions(graph: Pick<Session, "run">, filter: DeliveryFilter): SelectionActions {
  return {
    names: ["delivery", "deliveries"],
    replayed: "replayed",
    discardEffect: DISCARD_EFFECT,
    async replay(ids) {
      for (const id of ids) await graph.run(replayDeliveryDocument, { id });
      return `${ids.length} ${ids.length === 1 ? "delivery is" : "deliveries are"} applied again.`;
    },
    async replayMatching(after) {
      const input = { filter, limit: LIMIT, after };
      return (await graph.run(replayDeliveriesDocument, { input })).replayDeliveries;
    },
    async discard(ids, reason) {
      for (const id of ids) await graph.run(discardDeliveryDocument, { id, reason });
    },
    discardMatching: (reason) => async (after) => {
      const input = { filter, limit: LIMIT, reason, after };
      return (await graph.run(discardDeliveriesDocument, { input })).discardDeliveries;
    },
  };
}
