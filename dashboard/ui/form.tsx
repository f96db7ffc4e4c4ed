import { type ComponentChildren, createElement } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Action } from "../state/use-action.ts";

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
}

export function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([option, text]) => (
          <option value={option} key={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "password" | "date" | "datetime-local" | "month" | "search";
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  onChange(value: string): void;
}

/**
 * A field whose value counts when it is left or Enter is pressed. What is typed until then is a draft of its own, which
 * stays when the page is rendered meanwhile.
 */
export function TextField({
  label,
  value,
  type = "text",
  isRequired,
  maxLength,
  placeholder,
  onChange,
}: TextFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {createElement("input", {
        id,
        type, // its attributes differ by type, which the types of JSX want to know
        value: draft ?? value,
        required: isRequired,
        maxLength,
        placeholder,
        autocomplete: "off",
        onInput: (event: Event) => event.target instanceof HTMLInputElement && setDraft(event.target.value),
        onChange(event: Event) {
          setDraft(undefined);
          if (event.target instanceof HTMLInputElement) onChange(event.target.value.trim());
        },
      })}
    </div>
  );
}

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Text of the button that confirms. */
  readonly confirm: string;
  /** What it does when it is confirmed. A failure is displayed in it. */
  readonly action: Action;
  onClose(): void;
  readonly children: ComponentChildren;
}

/** A modal form. The browser keeps the focus in it, and returns it afterwards. */
export const Dialog = ({ isOpen, ...props }: DialogProps) => (isOpen ? <OpenDialog {...props} /> : null);

function OpenDialog({ title, confirm, action, onClose, children }: Omit<DialogProps, "isOpen">) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  /** False until it is confirmed: a failure of the time before is not displayed again. */
  const [isConfirmed, setConfirmed] = useState(false);
  useEffect(() => {
    const { current: element } = dialog;
    element?.showModal();
    return () => element?.close(); // without it the browser would not return the focus
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setConfirmed(true);
          void action.start();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        {isConfirmed && action.failure !== undefined && (
          <p class="failure" role="alert">
            {action.failure}
          </p>
        )}
        <div class="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={action.isRunning}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
