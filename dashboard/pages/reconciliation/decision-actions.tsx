import { useState } from "preact/hooks";
import { undoMatchDecisionDocument, unmatchPayoutDocument } from "../../operations/reconciliation.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, TextField } from "../../ui/form.tsx";
import type { Item, Result } from "./item.ts";

export interface DecisionActionsProps {
  readonly item: Item;
  readonly result: Result;
  /** Id of the decision by which the item was unmatched on this page: the result does not name it. */
  readonly unmatched: string | undefined;
  onUnmatched(decisionId: string | undefined): void;
  onChanged(): void;
}

/** Undo of a decision, or the decision that a match is wrong. */
export function DecisionActions({ item, result, unmatched, onUnmatched, onChanged }: DecisionActionsProps) {
  const { session } = useApp();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const decisionId = result.decision?.id ?? unmatched;
  const undo = useAction(async () => {
    if (decisionId === undefined) return "";
    await session.run(undoMatchDecisionDocument, { id: decisionId });
    onUnmatched(undefined);
    onChanged();
    return "Undone. It is matched by the facts again.";
  });
  const [firstLink] = result.links;
  const payoutId = item.__typename === "Payout" ? item.id : firstLink?.payout?.id;
  const unmatch = useAction(async () => {
    if (payoutId === undefined) return "";
    const { unmatchPayout: decision } = await session.run(unmatchPayoutDocument, { payoutId, reason });
    setReason("");
    setOpen(false);
    onUnmatched(decision.id);
    onChanged();
    return "Unmatched. These objects are not matched with each other again.";
  });
  const canUnmatch = decisionId === undefined && payoutId !== undefined && result.links.length > 0;
  return (
    <div class="actions">
      {decisionId !== undefined && (
        <button type="button" disabled={undo.isRunning} onClick={() => void undo.start()}>
          Undo the decision
        </button>
      )}
      {canUnmatch && (
        <button type="button" onClick={() => setOpen(true)}>
          Unmatch…
        </button>
      )}
      <Dialog
        title="Unmatch"
        isOpen={isOpen}
        confirm="Unmatch"
        isRunning={unmatch.isRunning}
        onConfirm={() => void unmatch.start()}
        onClose={() => setOpen(false)}
      >
        <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
        <p class="hint">
          The payout{item.__typename !== "Payout" && ` ${firstLink?.payout?.externalId ?? ""}`} is never matched with
          these bank transactions again, until the decision is undone.
        </p>
      </Dialog>
    </div>
  );
}
