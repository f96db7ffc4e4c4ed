/** Ways in which an upstream may leave its contract. */
export const CHANGES = [
  "a field appears",
  "a field vanishes",
  "a type changes",
  "an enum value is new",
  "the version differs",
] as const;
export type Change = (typeof CHANGES)[number];

/** What the alarm says of a change. */
export interface ExpectedFinding {
  readonly kind: string;
  readonly path: string;
  /** Kind of the object, or name of the part of the upstream. */
  readonly of: string;
}

/** An upstream of one format that leaves its contract on request. */
export interface DriftingUpstream extends AsyncDisposable {
  readonly connector: string;
  /** Settings of a source that reads it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Limits of its calls, which the connector sets for a whole minute. Default: the connector's. */
  readonly budget?: { readonly rates: Readonly<Record<string, number>> };
  /** Streams whose objects change. */
  readonly streams: readonly string[];
  /** Makes the change, or ends it. */
  set(change: Change | undefined): Promise<void> | void;
  /** The finding of each change; `none` says why the format has no such change. */
  readonly expected: Readonly<Record<Change, ExpectedFinding | { readonly none: string }>>;
}
