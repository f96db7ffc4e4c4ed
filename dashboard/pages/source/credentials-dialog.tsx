import { useState } from "preact/hooks";
import { useApp } from "../../state/app-context.ts";
import { updateCredentialsDocument } from "../../operations/source.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, TextField } from "../../ui/form.tsx";

export interface CredentialsDialogProps {
  readonly sourceId: string;
  readonly isOpen: boolean;
  onClose(): void;
  onChanged(): void;
}

/** Replaces one credential of a source. Present ones can be read by nobody. */
export function CredentialsDialog({ sourceId, isOpen, onClose, onChanged }: CredentialsDialogProps) {
  const { session } = useApp();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const change = useAction(async () => {
    await session.run(updateCredentialsDocument, { input: { sourceId, credentials: { [name]: value } } });
    setValue("");
    onClose();
    onChanged();
    return `The credential ${name} of ${sourceId} was tried at the upstream and stored.`;
  });
  return (
    <Dialog
      title={`Credentials of ${sourceId}`}
      isOpen={isOpen}
      confirm="Try and store"
      action={change}
      onClose={onClose}
    >
      <TextField label="Name" placeholder="apiKey" value={name} isRequired onChange={setName} />
      <TextField label="New value" type="password" value={value} isRequired onChange={setValue} />
      <p class="hint">The upstream is called with it first. If it refuses, nothing changes. Others stay as they are.</p>
    </Dialog>
  );
}
