import type { SourceFacts } from "../facts/facts.ts";
import { causeOf, type Conclusion, durationText, type Evidence, type Remedy, type Rule, timeText } from "./rule.ts";

/** A diagnosis is out of date if nothing was read for this many intervals of the schedule, and some minutes. */
const LATE = { intervals: 3, graceMs: 120_000 } as const;
/** Credentials that end sooner are reported. */
const EXPIRES_SOON_MS = 14 * 24 * 3_600_000;

function sourceEvidence({ source }: SourceFacts, sentence: string): Evidence {
  return { kind: "SOURCE", id: source.sourceId, sentence };
}

/** Rules about a source as a whole: whether it is read at all, and whether its upstream answers. */
export const SOURCE_RULES: readonly Rule[] = [
  {
    id: "SOURCE_NOT_CONFIGURED",
    cause: "ASYNC_BOTTLENECK",
    state: "UNKNOWN",
    reads: [],
    concludes: "The settings file no longer names the source: nothing is read, and its data ages.",
    conclude(facts) {
      const { sourceId, unconfiguredSinceMs } = facts.source;
      if (unconfiguredSinceMs === null) return [];
      return [
        {
          sinceMs: unconfiguredSinceMs,
          sentence: `${sourceId} is not in the settings file any more, so nothing is read from it.`,
          evidence: [sourceEvidence(facts, `missing in the settings since ${timeText(unconfiguredSinceMs)}`)],
          remedy: { action: "Add the source to the settings file again, or connect it with connectSource." },
        },
      ];
    },
  },
  {
    id: "SOURCE_PAUSED",
    cause: "ASYNC_BOTTLENECK",
    state: "UNKNOWN",
    reads: [],
    concludes: "Somebody paused the source: nothing is read until it is resumed.",
    conclude(facts) {
      const { sourceId, status, statusSinceMs } = facts.source;
      if (status !== "PAUSED") return [];
      return [
        {
          sinceMs: statusSinceMs,
          sentence: `${sourceId} is paused, so nothing is read from it.`,
          evidence: [sourceEvidence(facts, `paused since ${timeText(statusSinceMs)}`)],
          remedy: {
            action: "Resume the source.",
            mutation: { name: "resumeSource", arguments: { id: sourceId } },
          },
        },
      ];
    },
  },
  {
    id: "CREDENTIALS_REFUSED",
    cause: "ASYNC_BOTTLENECK",
    state: "OUT_OF_STEP",
    reads: [],
    concludes: "The upstream refuses the credentials: nothing can be read until they are replaced.",
    conclude(facts) {
      const { sourceId, status, statusSinceMs, statusReason, isConnected } = facts.source;
      if (status !== "NEEDS_CREDENTIALS") return [];
      return [
        {
          sinceMs: statusSinceMs,
          sentence: `The upstream refuses the credentials of ${sourceId}.`,
          evidence: [sourceEvidence(facts, statusReason ?? "the status is NEEDS_CREDENTIALS")],
          remedy: isConnected
            ? {
                action: "Give the source new credentials.",
                mutation: { name: "updateSourceCredentials", arguments: { input: { sourceId } } },
              }
            : { action: "Replace the credentials of the source in the settings, and restart the service." },
        },
      ];
    },
  },
  {
    id: "CREDENTIALS_EXPIRE",
    cause: "ASYNC_BOTTLENECK",
    state: null,
    reads: [],
    concludes:
      "A credential, or the access that the upstream grants, ends within 14 days: the source is in step until then, and out of step from then on.",
    isRecorded: true,
    conclude: concludeEnd,
  },
  {
    id: "SOURCE_UNREACHABLE",
    cause: null,
    state: "OUT_OF_STEP",
    reads: ["feed"],
    concludes: "Calls to the upstream have failed for a while: the cause is that of the failure.",
    conclude(facts) {
      const { sourceId, status, statusCode, statusReason, statusSinceMs } = facts.source;
      if (status !== "UNREACHABLE") return [];
      const isDatabase = facts.feed?.via === "CDC" && causeOf(statusCode) === "ASYNC_BOTTLENECK";
      return [
        {
          cause: isDatabase ? "DATABASE" : causeOf(statusCode),
          sinceMs: statusSinceMs,
          sentence: `${sourceId} cannot be reached: ${statusReason ?? "it does not answer"}.`,
          evidence: [sourceEvidence(facts, `the status is UNREACHABLE since ${timeText(statusSinceMs)}`)],
          remedy: { action: "Check at the upstream whether it has an outage. It is called again automatically." },
        },
      ];
    },
  },
  {
    id: "SOURCE_LATE",
    cause: "ASYNC_BOTTLENECK",
    state: "OUT_OF_STEP",
    reads: ["reads"],
    concludes:
      "A source with a schedule was not read to its end for three intervals and two minutes, for no other known reason.",
    isSymptom: true,
    conclude: concludeLate,
  },
  {
    id: "NEVER_READ",
    cause: "ASYNC_BOTTLENECK",
    state: "UNKNOWN",
    reads: ["streams", "reads"],
    concludes: "No stream and no file of the source was ever read to its end, and no run is open.",
    isSymptom: true,
    conclude(facts) {
      const { source, streams, reads } = facts;
      if (reads.length > 0 || streams.some(({ lastSuccessMs }) => lastSuccessMs !== null)) return [];
      if (source.lastSuccessMs !== null || source.hasReadFile) return [];
      return [
        {
          sinceMs: source.registeredMs,
          sentence: `${source.sourceId} has never been read to its end.`,
          evidence: [sourceEvidence(facts, `registered at ${timeText(source.registeredMs)}, without a successful run`)],
          remedy: {
            action: "Start a run of the source.",
            mutation: { name: "startSync", arguments: { input: { sourceId: source.sourceId, mode: "INCREMENTAL" } } },
          },
        },
      ];
    },
  },
];

/** What ends of a source, and when. */
interface End {
  readonly atMs: number;
  /** Begin of a sentence. */
  readonly what: string;
  readonly evidence: string;
  readonly remedy: Remedy;
}

function concludeEnd(facts: SourceFacts): readonly Conclusion[] {
  const { nowMs, source } = facts;
  const ends = [credentialEnd(facts), accessEnd(facts)].flatMap((end) => end ?? []);
  const [first] = ends.toSorted((a, b) => a.atMs - b.atMs);
  if (first === undefined || source.status === "NEEDS_CREDENTIALS") return [];
  const { atMs, what, evidence, remedy } = first;
  const leftMs = atMs - nowMs;
  if (leftMs > EXPIRES_SOON_MS) return [];
  const isOver = leftMs <= 0;
  return [
    {
      state: isOver ? "OUT_OF_STEP" : "IN_STEP",
      sinceMs: atMs - EXPIRES_SOON_MS,
      sentence: isOver
        ? `${what} ended on ${timeText(atMs)}.`
        : `${what} ends in ${durationText(leftMs)}, on ${timeText(atMs)}.`,
      evidence: [sourceEvidence(facts, `${evidence} ${timeText(atMs)}`)],
      remedy,
    },
  ];
}

function credentialEnd({ source }: SourceFacts): End | undefined {
  const { sourceId, credentialsExpireMs, isConnected } = source;
  if (credentialsExpireMs === null) return undefined;
  return {
    atMs: credentialsExpireMs,
    what: `A credential of ${sourceId}`,
    evidence: "the credential is valid until",
    remedy: isConnected
      ? {
          action: "Give the source new credentials before that time.",
          mutation: { name: "updateSourceCredentials", arguments: { input: { sourceId } } },
        }
      : { action: "Replace the credential in the settings before that time." },
  };
}

function accessEnd({ source }: SourceFacts): End | undefined {
  const { sourceId, accessEndsMs, accessRenewal } = source;
  if (accessEndsMs === null) return undefined;
  return {
    atMs: accessEndsMs,
    what: `The access of ${sourceId} to its upstream`,
    evidence: "the upstream states that it grants access until",
    remedy: { action: accessRenewal ?? "Renew the access at the upstream before that time." },
  };
}

function concludeLate(facts: SourceFacts): readonly Conclusion[] {
  const { nowMs, source, reads } = facts;
  const { sourceId, scheduleMs, lastSuccessMs, status, unconfiguredSinceMs } = source;
  if (scheduleMs === null || lastSuccessMs === null || status === "PAUSED" || unconfiguredSinceMs !== null) return [];
  const dueMs = lastSuccessMs + LATE.intervals * scheduleMs + LATE.graceMs;
  if (nowMs < dueMs) return [];
  const [open] = reads;
  return [
    {
      sinceMs: lastSuccessMs + scheduleMs,
      sentence: `${sourceId} was last read to its end ${durationText(nowMs - lastSuccessMs)} ago, although it is read every ${durationText(scheduleMs)}.`,
      evidence: [
        sourceEvidence(facts, `the last success was at ${timeText(lastSuccessMs)}`),
        ...(open === undefined
          ? []
          : [{ kind: "RUN", id: open.runId, sentence: `its run is open since ${timeText(open.createdMs)}` } as const]),
      ],
      remedy:
        open === undefined
          ? {
              action: "Check whether a process of the service runs and takes part in polling, then start a run.",
              mutation: { name: "startSync", arguments: { input: { sourceId, mode: "INCREMENTAL" } } },
            }
          : { action: "Check the open run: its stream may be waiting for a worker. Add a process if many do." },
    },
  ];
}
