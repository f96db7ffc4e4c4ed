import type { HealthState, OverviewQuery } from "../operations/__generated__/operations.ts";
import type { Tone } from "../ui/elements.tsx";

export type OverviewSource = OverviewQuery["sources"]["nodes"][number];

/** A source, as far as its state needs it. */
export type SourceWithHealth = Pick<OverviewSource, "status" | "health">;

/** What the dashboard says of one source. */
export interface SourceState {
  readonly tone: Tone;
  readonly label: string;
  readonly since: string | undefined;
  /** Why, in one sentence; undefined without a reason. */
  readonly cause: string | undefined;
  /** Time at which it is expected to be in step again; undefined if that is not known. */
  readonly recoversAt: string | undefined;
}

export const HEALTH: Readonly<Record<HealthState, { readonly tone: Tone; readonly label: string }>> = {
  IN_STEP: { tone: "good", label: "In step" },
  CATCHING_UP: { tone: "warn", label: "Catching up" },
  OUT_OF_STEP: { tone: "bad", label: "Out of step" },
  UNKNOWN: { tone: "idle", label: "Unknown" },
};
/** The most serious state first. */
const ORDER: readonly HealthState[] = ["OUT_OF_STEP", "CATCHING_UP", "UNKNOWN", "IN_STEP"];

export function stateOf({ status, health }: SourceWithHealth): SourceState {
  if (health === null)
    return { tone: "idle", label: "Disconnected", since: undefined, cause: undefined, recoversAt: undefined };
  const { tone, label } = HEALTH[health.state];
  const [first] = health.diagnoses;
  return {
    tone,
    label: status === "PAUSED" ? "Paused" : label,
    since: health.since,
    cause: first?.sentence,
    recoversAt: first?.expectedRecoveryAt ?? undefined,
  };
}

/** Sources by how serious their state is, and then by how long it lasts. */
export function worstFirst(sources: readonly OverviewSource[]): readonly OverviewSource[] {
  const rank = ({ health }: OverviewSource): number => (health === null ? ORDER.length : ORDER.indexOf(health.state));
  return sources.toSorted((a, b) => rank(a) - rank(b) || (a.health?.since ?? "").localeCompare(b.health?.since ?? ""));
}

/** Age of a source's data in milliseconds; undefined before the first complete sync. */
export function lagOf(source: Pick<OverviewSource, "lastSuccessAt" | "streams">, now: number): number | undefined {
  if (source.lastSuccessAt === null) return undefined;
  // While a stream is being read, its checkpoint says how far that is.
  const newest = source.streams.reduce(
    (latest, { checkpointAt }) => Math.max(latest, Date.parse(checkpointAt ?? "") || 0),
    0,
  );
  return Math.max(0, now - Math.max(newest, Date.parse(source.lastSuccessAt)));
}

/** Says how many sources are out of step, in one sentence. */
export function overviewSentence(counts: readonly { readonly state: HealthState; readonly count: number }[]): string {
  const count = (state: HealthState): number => counts.find((one) => one.state === state)?.count ?? 0;
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  if (total === 0) return "No source is connected.";
  const [bad, late, unknown] = [count("OUT_OF_STEP"), count("CATCHING_UP"), count("UNKNOWN")];
  const others = [late > 0 ? `${late} catching up` : "", unknown > 0 ? `${unknown} unknown` : ""]
    .filter(Boolean)
    .join(", ");
  if (bad + late + unknown === 0)
    return total === 1 ? "The only source is in step." : `All ${total} sources are in step.`;
  return `${bad} of ${total} sources out of step${others === "" ? "" : `, ${others}`}.`;
}
