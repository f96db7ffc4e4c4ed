import type { ComparedDaysQuery } from "../../operations/__generated__/operations.ts";

export type ComparedDay = NonNullable<ComparedDaysQuery["source"]>["completeness"]["nodes"][number];

/** Results of a comparison, the most serious one first. */
export const COMPARED_STATES: Readonly<
  Record<ComparedDay["state"], { readonly sign: string; readonly style: string; readonly text: string }>
> = {
  DIFFERENT: { sign: "✗", style: "open", text: "differs" },
  REPAIRED: { sign: "↻", style: "gap", text: "differed and was repaired" },
  STALE: { sign: "½", style: "incomplete", text: "compared before the day's end" },
  NOT_COMPARABLE: { sign: "–", style: "", text: "cannot be compared" },
  IN_STEP: { sign: "✓", style: "closes", text: "in step" },
};

export interface ComparedRow {
  readonly stream: string;
  /** One for each day; undefined for a day that was not compared. */
  readonly days: readonly (ComparedDay | undefined)[];
  /** Result of the objects without a creation time. */
  readonly undated: ComparedDay | undefined;
}

/** Returns a row for each stream, with the result of each of the days. */
export function rowsOf(compared: readonly ComparedDay[], days: readonly string[]): readonly ComparedRow[] {
  const streams = [...Map.groupBy(compared, ({ stream }) => stream)];
  const rows = streams.map(([stream, own]): ComparedRow => {
    const byDay = new Map(own.map((result) => [result.day, result]));
    return { stream, days: days.map((day) => byDay.get(day)), undated: byDay.get(null) };
  });
  return rows.toSorted((a, b) => a.stream.localeCompare(b.stream));
}

/** Names a result in the address of the page. */
export const keyOf = ({ stream, day }: Pick<ComparedDay, "stream" | "day">): string => `${stream} ${day ?? "undated"}`;
