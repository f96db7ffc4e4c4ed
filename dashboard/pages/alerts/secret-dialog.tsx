import { useAction } from "../../state/use-action.ts";
import { Dialog } from "../../ui/form.tsx";

export interface SecretDialogProps {
  /** Undefined: there is nothing to display. */
  readonly secret: string | undefined;
  onClose(): void;
}

/** Displays a secret once: nothing can show it again. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const close = useAction(() => {
    onClose();
    return Promise.resolve(undefined);
  });
  return (
    <Dialog
      title="Secret of the signatures"
      isOpen={secret !== undefined}
      confirm="It is stored"
      action={close}
      onClose={onClose}
    >
      <p>
        Store it in the receiver now. It is displayed only here; a lost one is replaced by <em>New secret</em>.
      </p>
      <p>
        <code class="wrap">{secret}</code>
      </p>
    </Dialog>
  );
}
