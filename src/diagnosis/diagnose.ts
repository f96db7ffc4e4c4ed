import type { FailureCause } from "../domain/error.ts";
import { HEALTH_STATES, type HealthState } from "../domain/health.ts";
import type { SourceFacts } from "./facts/facts.ts";
import type { Conclusion, Evidence, Remedy, Rule } from "./rules/rule.ts";
import { RULES } from "./rules/rules.ts";

/** One reason why a source or one of its streams is out of step. */
export interface Diagnosis {
  /** Id of the rule. */
  readonly rule: string;
  readonly cause: FailureCause;
  /** IN_STEP: a warning, nothing is missing yet. */
  readonly state: HealthState;
  /** Null: it concerns the whole source. */
  readonly stream: string | null;
  readonly sinceMs: number;
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  readonly recoveryMs: number | null;
  readonly remedy: Remedy;
}

/** A state with the diagnoses from which it follows, the most serious one first. */
export interface Health {
  readonly state: HealthState;
  readonly sinceMs: number;
  /** Cause of the most serious diagnosis; null without one. */
  readonly cause: FailureCause | null;
  readonly diagnoses: readonly Diagnosis[];
}

/** Health of a source and of each stream that was ever read. */
export interface SourceHealth extends Health {
  readonly sourceId: string;
  readonly streams: ReadonlyMap<string, Health>;
}

/** Concludes the health of a source from the facts about it. Pure and total. */
export function diagnose(facts: SourceFacts, rules: readonly Rule[] = RULES): SourceHealth {
  const found = rules.flatMap((rule) => rule.conclude(facts).map((conclusion) => diagnosisOf(facts, rule, conclusion)));
  const diagnoses = withoutExplained(found, rules).toSorted((a, b) => rankOf(a.state) - rankOf(b.state));
  const { source } = facts;
  const health = healthOf(diagnoses, inStepSince(facts, source.lastSuccessMs), recordedOf(facts));
  const streams = new Map(
    facts.streams.map(({ stream, lastSuccessMs }) => {
      const own = diagnoses.filter((diagnosis) => diagnosis.stream === null || diagnosis.stream === stream);
      return [stream, healthOf(own, inStepSince(facts, lastSuccessMs), undefined)] as const;
    }),
  );
  return { sourceId: source.sourceId, ...health, streams };
}

const rankOf = (state: HealthState): number => HEALTH_STATES.indexOf(state);

function diagnosisOf({ nowMs }: SourceFacts, rule: Rule, conclusion: Conclusion): Diagnosis {
  const { stream = null, sinceMs, sentence, evidence, recoveryMs, remedy } = conclusion;
  return {
    rule: rule.id,
    cause: conclusion.cause ?? rule.cause ?? "ASYNC_BOTTLENECK",
    state: conclusion.state ?? rule.state ?? "OUT_OF_STEP",
    stream,
    sinceMs: Math.min(sinceMs, nowMs),
    sentence,
    evidence,
    recoveryMs: recoveryMs === undefined || recoveryMs < nowMs ? null : recoveryMs,
    remedy,
  };
}

/** Leaves symptoms out when another diagnosis explains them. */
function withoutExplained(found: readonly Diagnosis[], rules: readonly Rule[]): readonly Diagnosis[] {
  const symptoms = new Set(rules.filter(({ isSymptom }) => isSymptom).map(({ id }) => id));
  const isExplained = found.some(({ rule, state }) => !symptoms.has(rule) && state !== "IN_STEP");
  return isExplained ? found.filter(({ rule }) => !symptoms.has(rule)) : found;
}

interface Recorded {
  readonly state: HealthState;
  readonly sinceMs: number;
}

function recordedOf({ source }: SourceFacts): Recorded | undefined {
  const { recordedState: state, recordedSinceMs: sinceMs } = source;
  return state === null || sinceMs === null ? undefined : { state, sinceMs };
}

/**
 * A source that is in step, without a record of since when, is so at least since its last success. One that is recorded
 * as out of step has just come back.
 */
function inStepSince({ nowMs, source }: SourceFacts, lastSuccessMs: number | null): number {
  const { recordedState } = source;
  const hasChanged = recordedState !== null && recordedState !== "IN_STEP";
  return hasChanged ? nowMs : Math.min(nowMs, lastSuccessMs ?? source.registeredMs);
}

function healthOf(diagnoses: readonly Diagnosis[], inStepMs: number, recorded: Recorded | undefined): Health {
  const [worst] = diagnoses;
  const state = worst?.state ?? "IN_STEP";
  const same = diagnoses.filter((diagnosis) => diagnosis.state === state);
  const sinceMs = state === "IN_STEP" ? inStepMs : Math.min(...same.map((diagnosis) => diagnosis.sinceMs));
  return {
    state,
    // What is recorded is kept while the state is the same, also when one reason has ended and another one remains.
    sinceMs: recorded?.state === state ? Math.min(recorded.sinceMs, sinceMs) : sinceMs,
    cause: worst?.cause ?? null,
    diagnoses,
  };
}
