import { useState } from "preact/hooks";
import { updateSourceDocument } from "../../operations/source.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, Select, TextField } from "../../ui/form.tsx";
import { changeOf, scheduleText, type SettingsForm } from "./source-change.ts";
import type { SourceDetails } from "./streams.tsx";

export interface SettingsDialogProps {
  readonly source: SourceDetails;
  readonly isOpen: boolean;
  onClose(): void;
  onChanged(): void;
}

const UNCHANGED: SettingsForm = {
  schedule: "",
  limits: "keep",
  rates: "",
  maxConcurrent: "",
  networks: "keep",
  networkList: "",
  name: "",
  value: "",
};

/** Changes settings of a connected source that are no credentials. Stored ones can be read by nobody, but the schedule. */
export const SettingsDialog = ({ isOpen, ...props }: SettingsDialogProps) =>
  isOpen ? <OpenSettings {...props} /> : null;

/** Each time that it opens it begins with what is stored. */
function OpenSettings({ source, onClose, onChanged }: Omit<SettingsDialogProps, "isOpen">) {
  const { session } = useApp();
  const schedule = scheduleText(source.scheduleSeconds);
  const [form, setForm] = useState<SettingsForm>({ ...UNCHANGED, schedule });
  const set = (change: Partial<SettingsForm>): void => setForm((before) => ({ ...before, ...change }));
  const change = useAction(async () => {
    const input = changeOf(source.id, schedule, form);
    if (input !== undefined) await session.run(updateSourceDocument, { input });
    onClose();
    onChanged();
    return input === undefined ? "Nothing was changed." : `The settings of ${source.id} are changed.`;
  });
  return (
    <Dialog title={`Settings of ${source.id}`} isOpen confirm="Change" action={change} onClose={onClose}>
      <TextField
        label="Schedule (30s, 5m, 1h, or manual)"
        value={form.schedule}
        isRequired
        onChange={(value) => set({ schedule: value })}
      />
      {source.platform === null && <LimitFields form={form} set={set} />}
      <TextField label="Setting of the connector (empty: none)" value={form.name} onChange={(name) => set({ name })} />
      <TextField
        label="Its new value, as text or JSON (empty: removed)"
        value={form.value}
        onChange={(value) => set({ value })}
      />
      <p class="hint">
        Before a setting or the networks change, the upstream is called with them: if it refuses, nothing changes.
      </p>
    </Dialog>
  );
}

interface LimitFieldsProps {
  readonly form: SettingsForm;
  set(change: Partial<SettingsForm>): void;
}

/** Limits and networks, which a source of a platform has from its platform. */
function LimitFields({ form, set }: LimitFieldsProps) {
  return (
    <>
      <Select
        label="Limits"
        value={form.limits}
        options={[
          ["keep", "As they are"],
          ["own", "Those of the connector"],
          ["these", "These"],
        ]}
        onChange={(value) => set({ limits: value as SettingsForm["limits"] })} // one of the options
      />
      {form.limits === "these" && (
        <>
          <TextField
            label="Calls per second, by limit"
            placeholder="account=10, endpoint/charges=5"
            value={form.rates}
            onChange={(rates) => set({ rates })}
          />
          <TextField
            label="Calls at a time (empty: as the connector)"
            value={form.maxConcurrent}
            onChange={(maxConcurrent) => set({ maxConcurrent })}
          />
        </>
      )}
      <Select
        label="Private networks"
        value={form.networks}
        options={[
          ["keep", "As they are"],
          ["these", "These"],
        ]}
        onChange={(value) => set({ networks: value as SettingsForm["networks"] })} // one of the options
      />
      {form.networks === "these" && (
        <TextField
          label="Networks, separated by commas (empty: none)"
          placeholder="10.20.0.0/16"
          value={form.networkList}
          onChange={(networkList) => set({ networkList })}
        />
      )}
    </>
  );
}
