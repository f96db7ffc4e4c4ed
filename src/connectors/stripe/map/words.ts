import type { UnknownValue } from "../../../connector-api/messages.ts";

/** Translation of one of Stripe's enumeration values: our value if there is one, otherwise a report. */
export interface Word<Known> {
  readonly known: Known | undefined;
  readonly unknown: UnknownValue | undefined;
}

/** Looks a value up. Own properties only: a status named `constructor` is an unknown one. */
export function wordOf<Known>(table: Readonly<Record<string, Known>>, path: string, value: string): Word<Known> {
  if (Object.hasOwn(table, value)) return { known: table[value], unknown: undefined };
  return { known: undefined, unknown: { path, value } };
}
