import { useState } from "preact/hooks";
import { useApp } from "../../state/app-context.ts";
import { Empty } from "../../ui/elements.tsx";
import { EvidenceDialog } from "./evidence-dialog.tsx";
import { EvidencePacks } from "./evidence-packs.tsx";

/** Archives for an auditor. */
export function Evidence() {
  const { session } = useApp();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState(0);
  if (!session.caller.value.scopes.has("admin"))
    return <Empty title="Evidence needs the scope admin.">Sign in with a token that has it.</Empty>;
  return (
    <>
      <div class="filters">
        <button type="button" class="primary" onClick={() => setOpen(true)}>
          New evidence pack…
        </button>
      </div>
      <EvidencePacks key={made} />
      <EvidenceDialog isOpen={isOpen} onClose={() => setOpen(false)} onMade={() => setMade(made + 1)} />
    </>
  );
}
