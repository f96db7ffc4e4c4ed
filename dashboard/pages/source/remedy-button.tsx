import { replayDeliveriesDocument, replayDeliveryDocument } from "../../operations/deliveries.ts";
import { replayQuarantinedDocument } from "../../operations/quarantine.ts";
import { resumeSourceDocument, startSyncDocument } from "../../operations/sources.ts";
import type { GraphDocument } from "../../graph/document.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";

/** Mutations that the dashboard performs as they are recommended: each with its document and its button's text. */
const REMEDIES: Readonly<Record<string, readonly [document: GraphDocument<unknown, never>, text: string]>> = {
  startSync: [startSyncDocument, "Sync now"],
  resumeSource: [resumeSourceDocument, "Resume"],
  replayDelivery: [replayDeliveryDocument, "Replay the delivery"],
  replayDeliveries: [replayDeliveriesDocument, "Replay the deliveries"],
  replayQuarantined: [replayQuarantinedDocument, "Replay the records"],
};

export interface RemedyButtonProps {
  readonly sourceId: string;
  readonly mutation: { readonly name: string; readonly arguments: string };
  onDone(): void;
}

/**
 * Performs the mutation that a diagnosis recommends. One that needs more than it names, such as new credentials, has a
 * button at the top of the page.
 */
export function RemedyButton({ sourceId, mutation, onDone }: RemedyButtonProps) {
  const { session } = useApp();
  const [document, text] = REMEDIES[mutation.name] ?? [];
  const perform = useAction(async () => {
    if (document === undefined) return "";
    await session.run(document, JSON.parse(mutation.arguments) as never); // the graph gives them for this mutation
    onDone();
    return `${text}: requested for ${sourceId}.`;
  });
  if (document === undefined || !session.caller.value.scopes.has("sync")) return null;
  return (
    <button type="button" class="primary" disabled={perform.isRunning} onClick={() => void perform.start()}>
      {text}
    </button>
  );
}
