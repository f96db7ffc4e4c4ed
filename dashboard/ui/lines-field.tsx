import { useId } from "preact/hooks";

export interface LinesFieldProps {
  readonly label: string;
  /** Lines of text. */
  readonly value: string;
  readonly placeholder?: string;
  onChange(value: string): void;
}

/** A field with one value in each line. */
export function LinesField({ label, value, placeholder, onChange }: LinesFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        value={value}
        placeholder={placeholder}
        spellcheck={false}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
