import { useState } from "preact/hooks";
import { createEvidencePackDocument } from "../../operations/evidence.ts";
import { sourceNamesDocument } from "../../operations/sources.ts";
import { dayOf } from "../../format/time.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { Dialog, Select, TextField } from "../../ui/form.tsx";

const DAY_MS = 86_400_000;

export interface EvidenceDialogProps {
  readonly isOpen: boolean;
  onClose(): void;
  onMade(): void;
}

/** Requests the period and the sources of a pack. */
export function EvidenceDialog({ isOpen, onClose, onMade }: EvidenceDialogProps) {
  const { session } = useApp();
  const { data } = useQuery(sourceNamesDocument, {});
  const [source, setSource] = useState("");
  const [from, setFrom] = useState(() => dayOf(Date.now() - 30 * DAY_MS));
  const [last, setLast] = useState(() => dayOf(Date.now() - DAY_MS));
  const make = useAction(async () => {
    const input = {
      from: new Date(from).toISOString(),
      to: new Date(Date.parse(last) + DAY_MS).toISOString(),
      ...(source !== "" && { sourceIds: [source] }),
    };
    await session.run(createEvidencePackDocument, { input });
    onClose();
    onMade();
    return "The pack is being written.";
  });
  return (
    <Dialog title="New evidence pack" isOpen={isOpen} confirm="Make it" action={make} onClose={onClose}>
      <TextField label="First day (UTC)" type="date" value={from} isRequired onChange={setFrom} />
      <TextField label="Last day (UTC)" type="date" value={last} isRequired onChange={setLast} />
      <Select
        label="Source"
        value={source}
        options={[["", "All"], ...(data?.sources.nodes ?? []).map(({ id }) => [id, id] as const)]}
        onChange={setSource}
      />
      <p class="hint">The last day must be over. Making and downloading a pack are recorded in the audit trail.</p>
    </Dialog>
  );
}
