import { useState } from "preact/hooks";
import { useApp } from "../../state/app-context.ts";
import { pauseSourceDocument, resumeSourceDocument, startSyncDocument } from "../../operations/sources.ts";
import { useAction } from "../../state/use-action.ts";
import { CredentialsDialog } from "./credentials-dialog.tsx";
import { RangeDialog } from "./range-dialog.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";
import type { SourceDetails } from "./streams.tsx";

export interface SourceActionsProps {
  readonly source: SourceDetails;
  reload(): void;
}

/** What the caller may do with a source. What its token does not allow is not offered. */
export function SourceActions({ source, reload }: SourceActionsProps) {
  const { session } = useApp();
  const { id, status } = source;
  const [dialog, setDialog] = useState<"range" | "credentials" | "settings">();
  const sync = useAction(async () => {
    await session.run(startSyncDocument, { input: { sourceId: id, mode: "INCREMENTAL" } });
    reload();
    return `A run of ${id} has started.`;
  });
  const toggle = useAction(async () => {
    const isPaused = status === "PAUSED";
    await (isPaused ? session.run(resumeSourceDocument, { id }) : session.run(pauseSourceDocument, { id }));
    reload();
    return isPaused ? `${id} is read again.` : `${id} is paused: nothing is read from it until it is resumed.`;
  });
  const { scopes } = session.caller.value;
  if (source.disconnectedAt !== null || !(scopes.has("sync") || scopes.has("admin"))) return null;
  const close = (): void => setDialog(undefined);
  return (
    <>
      {scopes.has("sync") && (
        <>
          <button type="button" class="primary" disabled={sync.isRunning} onClick={() => void sync.start()}>
            Sync now
          </button>
          <button type="button" onClick={() => setDialog("range")}>
            Sync a range…
          </button>
          <button type="button" disabled={toggle.isRunning} onClick={() => void toggle.start()}>
            {status === "PAUSED" ? "Resume" : "Pause"}
          </button>
        </>
      )}
      {scopes.has("admin") && source.origin === "CONNECTED" && (
        <>
          <button type="button" onClick={() => setDialog("settings")}>
            Settings…
          </button>
          <button type="button" onClick={() => setDialog("credentials")}>
            Credentials…
          </button>
        </>
      )}
      <RangeDialog source={source} isOpen={dialog === "range"} onClose={close} onStarted={reload} />
      <SettingsDialog source={source} isOpen={dialog === "settings"} onClose={close} onChanged={reload} />
      <CredentialsDialog sourceId={id} isOpen={dialog === "credentials"} onClose={close} onChanged={reload} />
    </>
  );
}
