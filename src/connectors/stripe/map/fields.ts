import type { DateTime, LocalDate, Reference } from "../../../domain/values.ts";

/** Converts Unix seconds to RFC 3339. */
export function dateTimeOf(seconds: number): DateTime {
  return new Date(seconds * 1000).toISOString();
}

/** Converts a calendar date, which Stripe writes as its midnight in UTC. */
export function dateOf(seconds: number): LocalDate {
  return dateTimeOf(seconds).slice(0, 10);
}

type Extra = string | number | boolean | null | undefined;

/**
 * Returns the `stripe.` fields: values that only Stripe has, and the object's metadata under `stripe.metadata.`. Nulls
 * are omitted.
 */
export function extensionsOf(
  extras: Readonly<Record<string, Extra>>,
  metadata?: Readonly<Record<string, string>> | null,
): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(extras)) {
    if (value !== null && value !== undefined) fields[`stripe.${key}`] = String(value);
  }
  for (const [key, value] of Object.entries(metadata ?? {})) fields[`stripe.metadata.${key}`] = value;
  return fields;
}

/** Returns references by scheme; absent or empty ones are omitted. */
export function referencesOf(values: Readonly<Record<string, string | null | undefined>>): readonly Reference[] {
  return Object.entries(values).flatMap(([scheme, value]) => (value ? [{ scheme, value }] : []));
}
