import type { FailureCause } from "../../domain/error.ts";

interface DriftKindText {
  readonly cause: FailureCause;
  /** Completes a sentence that begins with the path. */
  readonly sentence: string;
  readonly remedy: string;
}

const UPDATE =
  "Update Sluice to a version that knows it, or add it to the source's settings, and sync the source in full.";

/** Kinds of findings about an upstream that no longer keeps to its contract, with what each says. */
export const DRIFT_KINDS = {
  UNKNOWN_FIELD: {
    cause: "FORMAT_MISMATCH",
    sentence: "is sent, and is not in the contract",
    remedy: `Nothing is lost: the field is not read, and the raw bytes contain it. ${UPDATE}`,
  },
  UNKNOWN_VALUE: {
    cause: "FORMAT_MISMATCH",
    sentence: "has a value that this version does not know",
    remedy: `The raw value is stored and returned. ${UPDATE}`,
  },
  MISSING_FIELD: {
    cause: "FORMAT_MISMATCH",
    sentence: "is in the contract, and is not sent any more",
    remedy: `The objects are stored without it. ${UPDATE}`,
  },
  CHANGED_FIELD: {
    cause: "FORMAT_MISMATCH",
    sentence: "has another type than in the contract",
    remedy: `Values that can be read are stored, others are in quarantinedRecords. ${UPDATE}`,
  },
  MALFORMED_FIELD: {
    cause: "FORMAT_MISMATCH",
    sentence: "is not as the contract says: its objects are quarantined",
    remedy:
      "See quarantinedRecords for the objects. Ask the upstream, or update Sluice to a version that reads it, then replay them with replayQuarantined.",
  },
  CHANGED_VERSION: {
    cause: "FORMAT_MISMATCH",
    sentence: "has another version than the pinned one",
    remedy: `It is read as well as possible. ${UPDATE}`,
  },
  DRIFT_LIMIT_REACHED: {
    cause: "FORMAT_MISMATCH",
    sentence: "differs from the contract in more places than are listed: further ones are only counted here",
    remedy: "See the other open findings of the source. An upstream that sends a new field with each object is broken.",
  },
} as const satisfies Readonly<Record<string, DriftKindText>>;
export type DriftKind = keyof typeof DRIFT_KINDS;

/** The only kind of which a source has one finding, however many differences there are. */
export const LIMIT_KIND = "DRIFT_LIMIT_REACHED" satisfies DriftKind;

/** Kinds that are findings by path, of which a source has a bounded number. */
export const PATH_KINDS: readonly string[] = Object.keys(DRIFT_KINDS).filter((kind) => kind !== LIMIT_KIND);
