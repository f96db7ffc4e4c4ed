import { useState } from "preact/hooks";
import { unmatchPayoutDocument } from "../../operations/reconciliation.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, TextField } from "../../ui/form.tsx";
import type { Item, Result } from "./item.ts";

export interface UnmatchProps {
  readonly item: Item;
  readonly result: Result;
  onChanged(): void;
}

/** The decision that a match is wrong; nothing for one that a person has decided, which is undone instead. */
export function Unmatch({ item, result, onChanged }: UnmatchProps) {
  const { session } = useApp();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [firstLink] = result.links;
  const payoutId = item.__typename === "Payout" ? item.id : firstLink?.payout?.id;
  const unmatch = useAction(async () => {
    if (payoutId === undefined) return "";
    await session.run(unmatchPayoutDocument, { payoutId, reason });
    setReason("");
    setOpen(false);
    onChanged();
    return "Unmatched. These objects are not matched with each other again.";
  });
  if (result.decision !== null || payoutId === undefined || firstLink === undefined) return null;
  return (
    <div class="actions">
      <button type="button" onClick={() => setOpen(true)}>
        Unmatch…
      </button>
      <Dialog title="Unmatch" isOpen={isOpen} confirm="Unmatch" action={unmatch} onClose={() => setOpen(false)}>
        <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
        <p class="hint">
          The payout{item.__typename !== "Payout" && ` ${firstLink?.payout?.externalId ?? ""}`} is never matched with
          these bank transactions again, until the decision is undone.
        </p>
      </Dialog>
    </div>
  );
}
