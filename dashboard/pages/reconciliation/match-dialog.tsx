import { useState } from "preact/hooks";
import { matchPayoutDocument } from "../../operations/reconciliation.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, TextField } from "../../ui/form.tsx";

/** Objects that a person is about to match. */
export interface Choice {
  readonly payoutIds: readonly string[];
  readonly bankTransactionIds: readonly string[];
  /** What they are, and by how much they differ. */
  readonly sentence: string;
}

export interface MatchDialogProps {
  /** Undefined while the dialog is closed. */
  readonly choice: Choice | undefined;
  onClose(): void;
  onMatched(): void;
}

export function MatchDialog({ choice, onClose, onMatched }: MatchDialogProps) {
  const { session } = useApp();
  const [reason, setReason] = useState("");
  const match = useAction(async () => {
    if (choice === undefined) return "";
    const { payoutIds, bankTransactionIds } = choice;
    await session.run(matchPayoutDocument, { payoutIds, bankTransactionIds, reason });
    setReason("");
    onClose();
    onMatched();
    return "Matched. The decision stays until it is undone.";
  });
  return (
    <Dialog title="Match by hand" isOpen={choice !== undefined} confirm="Match" action={match} onClose={onClose}>
      <p>{choice?.sentence}</p>
      <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
      <p class="hint">A difference between the amounts is accepted with it. Your name and the reason are recorded.</p>
    </Dialog>
  );
}
