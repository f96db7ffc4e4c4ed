import type { Reference } from "../../../domain/values.ts";

type Texts = Readonly<Record<string, string | null | undefined>>;

/** Returns the `plaid.` fields: values that only Plaid has. Null or empty ones are omitted. */
export function extensionsOf(extras: Texts): Readonly<Record<string, string>> {
  return Object.fromEntries(present(extras).map(([key, value]) => [`plaid.${key}`, value]));
}

/** Returns references by scheme; null or empty ones are omitted. */
export function referencesOf(values: Texts): readonly Reference[] {
  return present(values).map(([scheme, value]) => ({ scheme, value }));
}

function present(texts: Texts): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([key, value]) => (value ? [[key, value] as const] : []));
}
