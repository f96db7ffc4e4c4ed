import { useState } from "preact/hooks";
import type { AlertEndpointsQuery, AlertFormInput, SeverityInput } from "../../operations/__generated__/operations.ts";
import { createAlertEndpointDocument, updateAlertEndpointDocument } from "../../operations/alerts.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Dialog, Select, TextField } from "../../ui/form.tsx";

export type Endpoint = AlertEndpointsQuery["alertEndpoints"][number];

const SEVERITIES: readonly (readonly [SeverityInput, string])[] = [
  ["CRITICAL", "Critical only"],
  ["WARNING", "Warnings and critical"],
  ["INFO", "Everything"],
];
const FORMS: readonly (readonly [AlertFormInput, string])[] = [
  ["STANDARD_WEBHOOKS", "Signed JSON (Standard Webhooks)"],
  ["CHAT_TEXT", "Text for a chat service"],
];

/** Names separated by commas; null: every source. */
const sourceIdsOf = (text: string): readonly string[] | null => {
  const names = text.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  return names.length === 0 ? null : names;
};

interface FieldsProps {
  readonly values: Values;
  set(change: Partial<Values>): void;
  readonly isUrlRequired: boolean;
}

interface Values {
  readonly name: string;
  readonly url: string;
  readonly minSeverity: SeverityInput;
  readonly sources: string;
}

const EMPTY: Values = { name: "", url: "", minSeverity: "WARNING", sources: "" };

function Fields({ values, set, isUrlRequired }: FieldsProps) {
  return (
    <>
      <TextField label="Name" value={values.name} isRequired maxLength={100} onChange={(name) => set({ name })} />
      <TextField
        label={isUrlRequired ? "URL" : "New URL (empty: as it is)"}
        value={values.url}
        isRequired={isUrlRequired}
        placeholder="https://"
        onChange={(url) => set({ url })}
      />
      <Select
        label="Severity"
        value={values.minSeverity}
        options={SEVERITIES}
        onChange={(value) => set({ minSeverity: value as SeverityInput })}
      />
      <TextField
        label="Sources, separated by commas (empty: all)"
        value={values.sources}
        onChange={(sources) => set({ sources })}
      />
    </>
  );
}

export interface CreateDialogProps {
  readonly isOpen: boolean;
  onClose(): void;
  /** @param secret undefined for a chat service */
  onCreated(secret: string | undefined): void;
}

export function CreateDialog({ isOpen, onClose, onCreated }: CreateDialogProps) {
  const { session } = useApp();
  const [values, setValues] = useState(EMPTY);
  const [form, setForm] = useState<AlertFormInput>("STANDARD_WEBHOOKS");
  const create = useAction(async () => {
    const { name, url, minSeverity, sources } = values;
    const input = { name, url, form, minSeverity, sourceIds: sourceIdsOf(sources) };
    const { createAlertEndpoint } = await session.run(createAlertEndpointDocument, { input });
    setValues(EMPTY);
    onClose();
    onCreated(createAlertEndpoint.secret ?? undefined);
    return `${name} gets what happens from now on. Test it.`;
  });
  return (
    <Dialog title="New alert endpoint" isOpen={isOpen} confirm="Make it" action={create} onClose={onClose}>
      <Select
        label="Form"
        value={form}
        options={FORMS}
        onChange={(value) => setForm(value as AlertFormInput)} // one of the options
      />
      <Fields values={values} set={(change) => setValues({ ...values, ...change })} isUrlRequired />
      <p class="hint">The URL is stored encrypted and not displayed again.</p>
    </Dialog>
  );
}

export interface EditDialogProps {
  /** Undefined: the dialog is closed. */
  readonly endpoint: Endpoint | undefined;
  onClose(): void;
  onChanged(): void;
}

export const EditDialog = ({ endpoint, ...props }: EditDialogProps) =>
  endpoint === undefined ? null : <OpenEdit key={endpoint.id} endpoint={endpoint} {...props} />;

/** Each time that it opens it begins with what is stored. */
function OpenEdit({ endpoint, onClose, onChanged }: EditDialogProps & { readonly endpoint: Endpoint }) {
  const { session } = useApp();
  const [values, setValues] = useState<Values>({
    name: endpoint.name,
    url: "",
    minSeverity: endpoint.minSeverity,
    sources: endpoint.sourceIds?.join(", ") ?? "",
  });
  const change = useAction(async () => {
    const { name, url, minSeverity, sources } = values;
    const input = {
      id: endpoint.id,
      name,
      minSeverity,
      sourceIds: sourceIdsOf(sources),
      ...(url !== "" && { url }),
    };
    await session.run(updateAlertEndpointDocument, { input });
    onClose();
    onChanged();
    return `${name} is changed.`;
  });
  return (
    <Dialog title={`Change ${endpoint.name}`} isOpen confirm="Change" action={change} onClose={onClose}>
      <Fields values={values} set={(changed) => setValues({ ...values, ...changed })} isUrlRequired={false} />
    </Dialog>
  );
}
