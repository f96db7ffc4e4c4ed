import { useState } from "preact/hooks";
import { useAction } from "../../state/use-action.ts";
import { Dialog, TextField } from "../../ui/form.tsx";

export interface DiscardDialogProps {
  readonly isOpen: boolean;
  onClose(): void;
  /** Discards with the reason, and returns the sentence to notify with, if there is one. */
  run(reason: string): Promise<string | undefined>;
}

/** Asks for the reason, which is kept with each delivery. */
export function DiscardDialog({ isOpen, onClose, run }: DiscardDialogProps) {
  const [reason, setReason] = useState("");
  const discard = useAction(() => run(reason));
  return (
    <Dialog
      title="Discard deliveries"
      isOpen={isOpen}
      confirm="Discard"
      isRunning={discard.isRunning}
      onConfirm={() => void discard.start()}
      onClose={onClose}
    >
      <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
      <p class="hint">
        They are not applied, and kept with this reason and your name. Applied ones are left as they are.
      </p>
    </Dialog>
  );
}
