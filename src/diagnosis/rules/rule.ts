import { ERROR_CODES, type FailureCause } from "../../domain/error.ts";
import type { HealthState } from "../../domain/health.ts";
import type { SourceFacts } from "../facts/facts.ts";

/** Kind of row that a diagnosis is concluded from. */
export type EvidenceKind =
  | "SOURCE"
  | "STREAM"
  | "RUN"
  | "DELIVERY"
  | "WEBHOOKS"
  | "QUARANTINED_RECORD"
  | "FINDING"
  | "BUDGET"
  | "FEED"
  | "FILE"
  | "REFETCH"
  | "PROCESS";

/** A reference to the row that a diagnosis is concluded from, and what it states. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** Global id of the row's object, or the name of the stream, the limit or the process; null if it has neither. */
  readonly id: string | null;
  readonly sentence: string;
}

/** What to do about a diagnosis. */
export interface Remedy {
  readonly action: string;
  /** The mutation that does it, with its arguments. Undefined: a person must act elsewhere, or nothing is to be done. */
  readonly mutation?: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> };
}

/** What one rule concludes from the facts. */
export interface Conclusion {
  /** Undefined: that of the rule. */
  readonly cause?: FailureCause;
  /** Undefined: that of the rule. */
  readonly state?: HealthState;
  /** Undefined: it concerns the whole source. */
  readonly stream?: string;
  readonly sinceMs: number;
  readonly sentence: string;
  /** At least one. */
  readonly evidence: readonly [Evidence, ...(readonly Evidence[])];
  /** When it is expected to be over. Undefined: this cannot be computed. */
  readonly recoveryMs?: number | undefined;
  readonly remedy: Remedy;
}

/** One way of concluding from facts that a source is out of step, and why. */
export interface Rule {
  /** Stable code. */
  readonly id: string;
  /** Null: it depends on the failure that the facts name. */
  readonly cause: FailureCause | null;
  /** State that follows from it; IN_STEP is a warning. Null: it depends on the facts. */
  readonly state: HealthState | null;
  /** Facts that it reads beside those of the source itself. */
  readonly reads: readonly (keyof SourceFacts)[];
  /** The conclusion for the documents: "if … then …" in one sentence. */
  readonly concludes: string;
  /** True: it only states a symptom, and is left out when a diagnosis of another rule explains it. */
  readonly isSymptom?: true;
  /** True: the diagnosis is also recorded as a finding, of the kind that the rule's id names. */
  readonly isRecorded?: true;
  conclude(facts: SourceFacts): readonly Conclusion[];
}

/** Returns the cause of a failure with this code. A failure without a cause of its own delays work. */
export function causeOf(code: string | null): FailureCause {
  const policy =
    code !== null && Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code as keyof typeof ERROR_CODES] : null;
  return policy?.cause ?? "ASYNC_BOTTLENECK";
}

/** Returns a time as text for sentences. */
export const timeText = (ms: number): string => new Date(ms).toISOString();

/** Returns a duration for sentences, in its largest units. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** Returns a number of objects with their name in the right form. */
export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
