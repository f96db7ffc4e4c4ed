import { useState } from "preact/hooks";
import { useAction } from "../state/use-action.ts";
import { Dialog, TextField } from "./form.tsx";

export interface DiscardDialogProps {
  /** What is discarded: `deliveries`. */
  readonly what: string;
  /** What a discard does to them, in one or two sentences. */
  readonly effect: string;
  readonly isOpen: boolean;
  onClose(): void;
  /** Discards with the reason, and returns the sentence to notify with, if there is one. */
  run(reason: string): Promise<string | undefined>;
}

/** Asks for the reason, which is kept with each item. */
export function DiscardDialog({ what, effect, isOpen, onClose, run }: DiscardDialogProps) {
  const [reason, setReason] = useState("");
  const discard = useAction(() => run(reason));
  return (
    <Dialog title={`Discard ${what}`} isOpen={isOpen} confirm="Discard" action={discard} onClose={onClose}>
      <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
      <p class="hint">{effect}</p>
    </Dialog>
  );
}
