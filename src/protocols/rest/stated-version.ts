export interface StatedVersionInput {
  /** Headers of a response; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case name of the header that states the API version. */
  readonly name: string;
  /** Version that each request states. */
  readonly pinned: string;
}

/** A version beside the pinned one, as a `ContractMessage` of a connector. */
export interface StatedVersion {
  readonly type: "contract";
  readonly subject: string;
  readonly fields: { readonly version: string };
  readonly pinned: { readonly version: string };
}

/** Longer text is not a version. */
const MAX_VERSION = 100;

/**
 * Describes the version in which an API has answered, to be compared with the pinned one. Nothing if the response does
 * not state it, as behind a proxy that removes the header: then nothing is known, and a finding stays as it is.
 */
export function statedVersion({ headers, name, pinned }: StatedVersionInput): readonly StatedVersion[] {
  const version = headers[name]?.slice(0, MAX_VERSION) ?? "";
  return version === "" ? [] : [{ type: "contract", subject: "API", fields: { version }, pinned: { version: pinned } }];
}
