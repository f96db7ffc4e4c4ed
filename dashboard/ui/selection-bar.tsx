import { useState } from "preact/hooks";
import { formatCount } from "../format/money.ts";
import type { SelectionActions } from "../state/selection-actions.ts";
import { createSelection, type Selection } from "../state/selection.ts";
import { useAction } from "../state/use-action.ts";
import type { BulkOperation } from "../state/use-bulk-operation.ts";
import { DiscardDialog } from "./discard-dialog.tsx";
import type { Column } from "./virtual-table.tsx";

export interface SelectionBarProps {
  readonly selection: Selection;
  onSelect(selection: Selection): void;
  readonly actions: SelectionActions;
  /** Number of items that match; undefined until it is counted, null if it cannot be. */
  readonly total: { readonly count: number; readonly isEstimate: boolean } | null | undefined;
  /** What to do before all that match can be selected; undefined if they can. */
  readonly required: string | undefined;
  /** Runs what is for all that match. */
  readonly bulk: BulkOperation;
  onDone(): void;
}

/** Buttons for the selected items, or for all that match the filter. */
export function SelectionBar({ selection, onSelect, actions, total, required, bulk, onDone }: SelectionBarProps) {
  const [isDiscarding, setDiscarding] = useState(false);
  const isEmpty = !selection.isAll && selection.ids.size === 0;
  const matching = { total: total?.count, onEnd: onDone };
  const [one, many] = actions.names;
  const replay = useAction(async () => {
    const sentence = await actions.replay([...selection.ids]);
    onDone();
    return sentence;
  });
  function startReplay(): void {
    if (selection.isAll) bulk.start({ ...matching, done: actions.replayed, call: actions.replayMatching });
    else void replay.start();
  }
  const discard = async (reason: string): Promise<string | undefined> => {
    if (selection.isAll) {
      bulk.start({ ...matching, done: "discarded", call: actions.discardMatching(reason) });
      setDiscarding(false);
      return undefined;
    }
    await actions.discard([...selection.ids], reason);
    setDiscarding(false);
    onDone();
    const { size } = selection.ids;
    return `${size} ${size === 1 ? `${one} is` : `${many} are`} discarded. A replay reverses that.`;
  };
  return (
    <div class="selection" role="group" aria-label={`Actions for the selected ${many}`}>
      <span role="status">
        {selection.isAll ? "All that match are selected" : isEmpty ? "None selected" : `${selection.ids.size} selected`}
      </span>
      <button
        type="button"
        disabled={required !== undefined}
        title={required}
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
      {required !== undefined && isEmpty && <span class="quiet">{required}</span>}
      <DiscardDialog
        what={many}
        effect={actions.discardEffect}
        isOpen={isDiscarding}
        onClose={() => setDiscarding(false)}
        run={discard}
      />
    </div>
  );
}

/** Returns the column in which rows are selected. @param nameOf name of a row, for assistive technology */
export function selectColumn<Row extends { readonly id: string }>(
  selection: Selection,
  onSelect: (value: Selection) => void,
  nameOf: (row: Row) => string,
): Column<Row> {
  return {
    label: "Select",
    width: "2.25rem",
    header: <span class="hidden">Select</span>,
    render: (row) => (
      <input
        type="checkbox"
        data-focus="select"
        aria-label={`Select ${nameOf(row)}`}
        checked={selection.has(row.id)}
        onChange={() => onSelect(selection.toggle(row.id))}
      />
    ),
  };
}
