import { useState } from "preact/hooks";
import type { DeliveryFilter } from "../../operations/__generated__/operations.ts";
import { useApp } from "../../state/app-context.ts";
import { deliveryCountDocument } from "../../operations/deliveries.ts";
import { formatCount } from "../../format/money.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import type { BulkOperation } from "../../state/use-bulk-operation.ts";
import { discardMatching, discardSelected, replayMatching, replaySelected } from "./bulk-actions.ts";
import { DiscardDialog } from "./discard-dialog.tsx";
import { createSelection, type Selection } from "./selection.ts";

export interface SelectionBarProps {
  readonly selection: Selection;
  onSelect(selection: Selection): void;
  readonly filter: DeliveryFilter;
  /** Runs what is for all that match. */
  readonly bulk: BulkOperation;
  onDone(): void;
}

/** Actions for the selected deliveries, or for all that match the filter. */
export function SelectionBar({ selection, onSelect, filter, bulk, onDone }: SelectionBarProps) {
  const { session } = useApp();
  const [isDiscarding, setDiscarding] = useState(false);
  const hasFilter = Object.keys(filter).length > 0;
  const { data } = useQuery(deliveryCountDocument, { filter }, { everyMs: 30_000 });
  const total = data?.deliveries.totalCount;
  const isEmpty = !selection.isAll && selection.ids.size === 0;
  const matching = { total: total?.count, onEnd: onDone };
  const replay = useAction(async () => {
    const count = await replaySelected(session, selection);
    onDone();
    return `${count} ${count === 1 ? "delivery is" : "deliveries are"} applied again.`;
  });
  function startReplay(): void {
    if (selection.isAll) bulk.start({ ...matching, done: "replayed", call: replayMatching(session, filter) });
    else void replay.start();
  }
  const discard = async (reason: string): Promise<string | undefined> => {
    if (selection.isAll) {
      bulk.start({ ...matching, done: "discarded", call: discardMatching(session, filter, reason) });
      setDiscarding(false);
      return undefined;
    }
    const count = await discardSelected(session, selection, reason);
    setDiscarding(false);
    onDone();
    return `${count} ${count === 1 ? "delivery is" : "deliveries are"} discarded. A replay reverses that.`;
  };
  return (
    <div class="selection" role="group" aria-label="Actions for the selected deliveries">
      <span role="status">
        {selection.isAll ? "All that match are selected" : isEmpty ? "None selected" : `${selection.ids.size} selected`}
      </span>
      <button
        type="button"
        disabled={!hasFilter}
        title={hasFilter ? undefined : "Set a filter first, such as the status Parked."}
        onClick={() => onSelect(createSelection(selection.isAll ? {} : { isAll: true }))}
      >
        {selection.isAll
          ? "Select none"
          : `Select all ${total === null || total === undefined ? "" : `${formatCount(total)} `}that match`}
      </button>
      <button
        type="button"
        class="primary"
        disabled={isEmpty || replay.isRunning || bulk.isRunning}
        onClick={startReplay}
      >
        Replay
      </button>
      <button type="button" disabled={isEmpty || bulk.isRunning} onClick={() => setDiscarding(true)}>
        Discard…
      </button>
      <DiscardDialog isOpen={isDiscarding} onClose={() => setDiscarding(false)} run={discard} />
    </div>
  );
}
