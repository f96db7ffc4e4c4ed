import { percentOf } from "../format/money.ts";

export interface SumRow {
  readonly name: string;
  /** Further words about it, beside its name. */
  readonly note?: string | undefined;
  readonly minor: bigint;
  /** The amount as exact text. */
  readonly text: string;
  readonly kind?: "part" | "residue" | "total" | undefined;
}

export interface SumTableProps {
  readonly caption: string;
  readonly rows: readonly SumRow[];
  /** Amount that fills the width. */
  readonly largest: bigint;
  /** What follows from the sum. */
  readonly sentence: string;
}

/** A sum, drawn: a bar and the exact text for each part, and what follows from it. */
export function SumTable({ caption, rows, largest, sentence }: SumTableProps) {
  return (
    <table class="sum">
      <caption class="hidden">{caption}</caption>
      <tbody>
        {rows.map(({ name, note, minor, text, kind = "part" }, index) => (
          <tr key={index} class={kind}>
            <th scope="row">
              {name} {note !== undefined && <span class="under wrap">{note}</span>}
              <span
                class={`sum-bar ${kind === "residue" ? "residue" : minor < 0n ? "out" : "in"}`}
                aria-hidden="true"
                style={{ width: `${percentOf(minor, largest)}%` }}
              />
            </th>
            <td class="number">{text}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>{sentence}</td>
        </tr>
      </tfoot>
    </table>
  );
}
