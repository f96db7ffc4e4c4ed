import { createEvidencePackDocument } from "../../operations/evidence.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo } from "../../state/route.ts";
import { useAction } from "../../state/use-action.ts";

/** Makes an evidence pack of a finding, for a caller who may. */
export function FindingEvidence({ id }: { readonly id: string }) {
  const { session } = useApp();
  const make = useAction(async () => {
    await session.run(createEvidencePackDocument, { input: { findingId: id } });
    return "The evidence pack is being written.";
  });
  if (!session.caller.value.scopes.has("admin")) return null;
  return (
    <>
      <button type="button" disabled={make.isRunning} onClick={() => void make.start()}>
        Make an evidence pack
      </button>
      <a class="button" href={linkTo("reconciliation", undefined, { tab: "evidence" })}>
        Evidence packs
      </a>
    </>
  );
}
