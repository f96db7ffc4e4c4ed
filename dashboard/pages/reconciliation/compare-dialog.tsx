import { useState } from "preact/hooks";
import { reconcileDocument } from "../../operations/completeness.ts";
import { dayOf } from "../../format/time.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, TextField } from "../../ui/form.tsx";

const DAY_MS = 86_400_000;

export interface CompareDialogProps {
  readonly source: string;
  readonly isOpen: boolean;
  onClose(): void;
}

/** Requests the days to compare; the last seven ones, unless others are chosen. */
export function CompareDialog({ source, isOpen, onClose }: CompareDialogProps) {
  const { session } = useApp();
  const [from, setFrom] = useState(() => dayOf(Date.now() - 6 * DAY_MS));
  const [last, setLast] = useState(() => dayOf(Date.now()));
  const compare = useAction(async () => {
    const input = { sourceId: source, from, to: dayOf(Date.parse(last) + DAY_MS) };
    const { reconcile } = await session.run(reconcileDocument, { input });
    onClose();
    return `The comparison runs as ${reconcile.run.id}: the page Runs has its progress.`;
  });
  return (
    <Dialog title={`Compare ${source}`} isOpen={isOpen} confirm="Compare" action={compare} onClose={onClose}>
      <TextField label="First day (UTC)" type="date" value={from} isRequired onChange={setFrom} />
      <TextField label="Last day (UTC)" type="date" value={last} isRequired onChange={setLast} />
      <p class="hint">What differs is repaired. The calls wait behind all other reads of the source.</p>
    </Dialog>
  );
}
