import type { Reference } from "../../../domain/values.ts";

type Texts = Readonly<Record<string, string | null | undefined>>;

/** `plaid.` fields: what only Plaid has. Those that are null or empty are left out. */
export function extensionsOf(extras: Texts): Readonly<Record<string, string>> {
  return Object.fromEntries(present(extras).map(([key, value]) => [`plaid.${key}`, value]));
}

/** References by scheme; those that are null or empty are left out. */
export function referencesOf(values: Texts): readonly Reference[] {
  return present(values).map(([scheme, value]) => ({ scheme, value }));
}

function present(texts: Texts): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([key, value]) => (value ? [[key, value] as const] : []));
}
