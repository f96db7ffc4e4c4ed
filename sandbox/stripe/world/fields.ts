/**
 * The few values of an object that filters, selections and the ledger need, stored next to its text so that nothing
 * has to be parsed for them.
 */
export interface Fields {
  readonly customer?: string | undefined;
  readonly payment_intent?: string | undefined;
  readonly charge?: string | undefined;
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly currency?: string | undefined;
  readonly status?: string | undefined;
  readonly email?: string | undefined;
  readonly destination?: string | undefined;
  readonly arrival_date?: number | undefined;
  readonly available_on?: number | undefined;
  readonly amount?: number | undefined;
  readonly net?: number | undefined;
  readonly captured?: boolean | undefined;
  readonly refunded?: boolean | undefined;
  readonly disputed?: boolean | undefined;
  readonly automatic?: boolean | undefined;
  /** Hidden: the automatic payout that settled a balance transaction. */
  readonly payout?: string | undefined;
  /** Hidden: the test card behind a charge, which decides how its refunds end. */
  readonly testCard?: string | undefined;
}

const FIELD_NAMES = [
  "customer",
  "payment_intent",
  "charge",
  "source",
  "type",
  "currency",
  "status",
  "email",
  "destination",
  "arrival_date",
  "available_on",
  "amount",
  "net",
  "captured",
  "refunded",
  "disputed",
  "automatic",
] as const satisfies readonly (keyof Fields)[];

/** Extracts the fields of any object; a value that is not a scalar is left out. */
export function fieldsOf(object: object): Fields {
  const fields: Record<string, string | number | boolean> = {};
  for (const name of FIELD_NAMES) {
    const value: unknown = Reflect.get(object, name);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") fields[name] = value;
  }
  return fields;
}
