import { useState } from "preact/hooks";
import type { PayoutRouteRoundingInput } from "../../../operations/__generated__/operations.ts";
import { declarePayoutRouteDocument } from "../../../operations/payout-routes.ts";
import { useApp } from "../../../state/app-context.ts";
import { useAction } from "../../../state/use-action.ts";
import { Dialog, Select, TextField } from "../../../ui/form.tsx";
import { LinesField } from "../../../ui/lines-field.tsx";
import { type FeeStepForm, inputOf, type RouteForm } from "./route-form.ts";

const ROUNDINGS: readonly (readonly [PayoutRouteRoundingInput, string])[] = [
  ["HALF_UP", "Half up"],
  ["HALF_EVEN", "Half to the even neighbour"],
  ["DOWN", "Down"],
];

export interface RouteDialogProps {
  /** What the form begins with. */
  readonly initial: RouteForm;
  /** True for a new route: its name can be chosen. */
  readonly isNew: boolean;
  /** Names of the sources. */
  readonly sources: readonly string[];
  onClose(): void;
  onStored(): void;
}

/** Declares a route of payouts, or changes one that was declared before. */
export function RouteDialog({ initial, isNew, sources, onClose, onStored }: RouteDialogProps) {
  const { session } = useApp();
  const [form, setForm] = useState(initial);
  const set = (change: Partial<RouteForm>): void => setForm((before) => ({ ...before, ...change }));
  const store = useAction(async () => {
    await session.run(declarePayoutRouteDocument, { input: inputOf(form) });
    onClose();
    onStored();
    return `The route ${form.id} is ${isNew ? "declared" : "changed"}. Everything is matched again in the background.`;
  });
  return (
    <Dialog
      title={isNew ? "New route" : `Change the route ${form.id}`}
      isOpen
      confirm={isNew ? "Declare" : "Change"}
      action={store}
      onClose={onClose}
    >
      {isNew && (
        <TextField
          label="Name (a-z, 0-9 and -)"
          placeholder="stripe-eur"
          value={form.id}
          isRequired
          maxLength={64}
          onChange={(id) => set({ id })}
        />
      )}
      <FromAndTo form={form} set={set} sources={sources} />
      <TextField
        label="Usual days: business days after the expected arrival (0 to 30)"
        value={form.usualDays}
        isRequired
        onChange={(usualDays) => set({ usualDays })}
      />
      <LinesField
        label="Names, one per line: of which a transaction must contain one (empty: any may match)"
        placeholder="STRIPE"
        value={form.names}
        onChange={(names) => set({ names })}
      />
      <LinesField
        label="Bank holidays, one per line"
        placeholder="2026-12-25"
        value={form.holidays}
        onChange={(holidays) => set({ holidays })}
      />
      <FeeFields steps={form.fee} onChange={(fee) => set({ fee })} />
      <TextField
        label="The bank converts into the currency (empty: it does not)"
        placeholder="CHF"
        value={form.exchangeCurrency}
        maxLength={3}
        onChange={(exchangeCurrency) => set({ exchangeCurrency })}
      />
      {form.exchangeCurrency !== "" && (
        <Select
          label="Rounding of the converted amount"
          value={form.exchangeRounding}
          options={ROUNDINGS}
          onChange={(value) => set({ exchangeRounding: value as PayoutRouteRoundingInput })} // one of the options
        />
      )}
    </Dialog>
  );
}

interface PartProps {
  readonly form: RouteForm;
  set(change: Partial<RouteForm>): void;
  readonly sources: readonly string[];
}

function FromAndTo({ form, set, sources }: PartProps) {
  const options = [["", "Choose a source"], ...sources.map((id) => [id, id] as const)] as const;
  return (
    <>
      <div class="field-row">
        <Select
          label="Payouts of"
          value={form.fromSourceId}
          options={options}
          onChange={(fromSourceId) => set({ fromSourceId })}
        />
        <TextField
          label="Its account (empty: all)"
          value={form.fromAccount}
          onChange={(fromAccount) => set({ fromAccount })}
        />
        <TextField
          label="Currency (empty: all)"
          placeholder="EUR"
          value={form.fromCurrency}
          maxLength={3}
          onChange={(fromCurrency) => set({ fromCurrency })}
        />
      </div>
      <div class="field-row">
        <Select
          label="Arrive at"
          value={form.toSourceId}
          options={options}
          onChange={(toSourceId) => set({ toSourceId })}
        />
        <TextField
          label="Bank account (empty: all)"
          value={form.toAccount}
          onChange={(toAccount) => set({ toAccount })}
        />
      </div>
    </>
  );
}

interface FeeFieldsProps {
  readonly steps: readonly FeeStepForm[];
  onChange(steps: readonly FeeStepForm[]): void;
}

/** The fee of each transfer, by rising steps of its amount. */
function FeeFields({ steps, onChange }: FeeFieldsProps) {
  const setStep = (at: number, change: Partial<FeeStepForm>): void =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...change } : step)));
  return (
    <fieldset>
      <legend>Fee that the bank takes from each transfer</legend>
      {steps.length === 0 && <p class="hint">None.</p>}
      {steps.map((step, index) => (
        <div class="field-row" key={index}>
          <TextField
            label="Transfers up to (empty: any)"
            placeholder="1000.00"
            value={step.upToAmount}
            onChange={(upToAmount) => setStep(index, { upToAmount })}
          />
          <TextField
            label="Fee"
            placeholder="0.25"
            value={step.amount}
            isRequired={step.upToAmount !== ""}
            onChange={(amount) => setStep(index, { amount })}
          />
          <button
            type="button"
            class="small"
            aria-label={`Remove step ${index + 1}`}
            onClick={() => onChange(steps.filter((_, at) => at !== index))}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" class="small" onClick={() => onChange([...steps, { upToAmount: "", amount: "" }])}>
        {steps.length === 0 ? "Add a fee" : "Add a step"}
      </button>
    </fieldset>
  );
}
