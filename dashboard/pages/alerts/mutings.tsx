import { useState } from "preact/hooks";
import type { AlertEndpointsQuery } from "../../operations/__generated__/operations.ts";
import { muteAlertsDocument, unmuteAlertsDocument } from "../../operations/alerts.ts";
import { sourceNamesDocument } from "../../operations/sources.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { SourceLink, Time, words } from "../../ui/elements.tsx";
import { Dialog, Select, TextField } from "../../ui/form.tsx";

type Mute = AlertEndpointsQuery["alertMutes"][number];

export interface MutingsProps {
  readonly mutes: readonly Mute[];
  readonly mayChange: boolean;
  reload(): void;
}

/** What is not sent at present. Without any the section is left out. */
export function Mutings({ mutes, mayChange, reload }: MutingsProps) {
  if (mutes.length === 0) return null;
  return (
    <section aria-labelledby="mutings">
      <h2 id="mutings">Muted</h2>
      <ul class="findings">
        {mutes.map((mute) => (
          <li key={mute.id}>
            {mute.kind === null ? "Everything" : words(mute.kind)} of{" "}
            {mute.sourceId === null ? "every source" : <SourceLink id={mute.sourceId} />} until <Time at={mute.until} />
            <p class="under">
              {mute.reason}
              {mute.createdBy !== "" && ` · ${mute.createdBy}`}
            </p>
            {mayChange && <UnmuteButton mute={mute} reload={reload} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UnmuteButton({ mute, reload }: { readonly mute: Mute; readonly reload: () => void }) {
  const { session } = useApp();
  const unmute = useAction(async () => {
    await session.run(unmuteAlertsDocument, { id: mute.id });
    reload();
    return "What still applies is sent now.";
  });
  return (
    <button type="button" class="small" disabled={unmute.isRunning} onClick={() => void unmute.start()}>
      Unmute
    </button>
  );
}

const HOUR_MS = 3_600_000;
const DURATIONS: readonly (readonly [hours: string, label: string])[] = [
  ["1", "1 hour"],
  ["8", "8 hours"],
  ["24", "1 day"],
  ["168", "1 week"],
];

export interface MuteDialogProps {
  readonly isOpen: boolean;
  onClose(): void;
  onMuted(): void;
}

export function MuteDialog({ isOpen, onClose, onMuted }: MuteDialogProps) {
  const { session } = useApp();
  const { data } = useQuery(sourceNamesDocument, {});
  const [source, setSource] = useState("");
  const [kind, setKind] = useState("");
  const [hours, setHours] = useState("1");
  const [reason, setReason] = useState("");
  const mute = useAction(async () => {
    const until = new Date(Date.now() + Number(hours) * HOUR_MS).toISOString();
    const input = {
      ...(source !== "" && { sourceId: source }),
      ...(kind !== "" && { kind }),
      until,
      reason,
    };
    await session.run(muteAlertsDocument, { input });
    setReason("");
    onClose();
    onMuted();
    return "Muted. What still applies at the end is sent then.";
  });
  return (
    <Dialog title="Mute alerts" isOpen={isOpen} confirm="Mute" action={mute} onClose={onClose}>
      <Select
        label="Source"
        value={source}
        options={[["", "All"], ...(data?.sources.nodes ?? []).map(({ id }) => [id, id] as const)]}
        onChange={setSource}
      />
      <TextField
        label="Kind (empty: all; SOURCE_HEALTH for changes of health)"
        value={kind}
        maxLength={100}
        onChange={setKind}
      />
      <Select label="For" value={hours} options={DURATIONS} onChange={setHours} />
      <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
    </Dialog>
  );
}
