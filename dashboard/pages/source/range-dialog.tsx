import { useState } from "preact/hooks";
import type { StartSyncInput } from "../../operations/__generated__/operations.ts";
import { useApp } from "../../state/app-context.ts";
import { startSyncDocument } from "../../operations/sources.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, Select, TextField } from "../../ui/form.tsx";
import type { SourceDetails } from "./streams.tsx";

export interface RangeDialogProps {
  readonly source: SourceDetails;
  readonly isOpen: boolean;
  onClose(): void;
  onStarted(): void;
}

/** Asks which streams and which period to read again. */
export function RangeDialog({ source, isOpen, onClose, onStarted }: RangeDialogProps) {
  const { session, time } = useApp();
  const [stream, setStream] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const start = useAction(async () => {
    const input: StartSyncInput = {
      sourceId: source.id,
      ...(stream !== "" && { streams: [stream] }),
      ...(from === "" || to === ""
        ? { mode: "FULL" }
        : { mode: "RANGE", range: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } }),
    };
    await session.run(startSyncDocument, { input });
    onClose();
    onStarted();
    return `A run of ${source.id} has started.`;
  });
  const streams = source.streams.map(({ stream: name }) => [name, name] as const);
  return (
    <Dialog title={`Sync ${source.id}`} isOpen={isOpen} confirm="Start" action={start} onClose={onClose}>
      <Select label="Stream" value={stream} options={[["", "All streams"], ...streams]} onChange={setStream} />
      <TextField label={`From (${time.zone})`} type="datetime-local" value={from} onChange={setFrom} />
      <TextField label={`To (${time.zone})`} type="datetime-local" value={to} onChange={setTo} />
      <p class="hint">Without both times everything is read again. Objects that are newer here are not overwritten.</p>
    </Dialog>
  );
}
