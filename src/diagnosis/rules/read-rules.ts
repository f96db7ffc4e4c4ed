import type { CountFact, OpenReadFact, SourceFacts } from "../facts/facts.ts";
import { causeOf, type Conclusion, countText, durationText, type Rule, timeText } from "./rule.ts";

/** A failure that may pass by itself counts as lasting from this number of failed runs in a row. */
const LASTING_FAILURES = 3;

/** Rules about the reads of streams: runs that fail, take long, or find too little. */
export const READ_RULES: readonly Rule[] = [
  {
    id: "STREAM_FAILING",
    cause: null,
    state: null,
    reads: ["streams", "feed"],
    concludes:
      "The last runs of a stream failed: the cause is that of the failure. It is out of step when the failure lasts.",
    conclude: (facts) => facts.streams.flatMap((stream) => concludeFailing(facts, stream)),
  },
  {
    id: "READ_RETRIED",
    cause: null,
    state: "CATCHING_UP",
    reads: ["reads", "feed"],
    concludes: "A read failed and waits for its next attempt: the cause is that of the failure.",
    conclude: (facts) => facts.reads.flatMap((read) => concludeRetried(facts, read)),
  },
  {
    id: "FIRST_READ",
    cause: "ASYNC_BOTTLENECK",
    state: "CATCHING_UP",
    reads: ["streams", "reads"],
    concludes: "A stream is being read for the first time: what it has is not complete yet.",
    conclude: (facts) => facts.reads.flatMap((read) => concludeFirstRead(facts, read)),
  },
  {
    id: "FEW_RECORDS",
    cause: "FORMAT_MISMATCH",
    state: "UNKNOWN",
    reads: ["counts"],
    concludes:
      "The last full read of a stream succeeded with less than a tenth of the records that such reads usually have: nothing proves that the rest was deleted.",
    isRecorded: true,
    conclude: (facts) => facts.counts.flatMap((count) => concludeFew(facts, count)),
  },
  {
    id: "FIRST_READ_EMPTY",
    cause: "FORMAT_MISMATCH",
    state: "UNKNOWN",
    reads: ["counts", "streams"],
    concludes:
      "No complete read of any stream has ever found a record, and none has arrived in another way: the credentials may be those of another, empty account.",
    isRecorded: true,
    conclude: concludeEmpty,
  },
];

/** Returns the cause of a failed read; an upstream that is a database is one whose calls fail because of a database. */
function readCause({ feed }: SourceFacts, code: string | null) {
  const cause = causeOf(code);
  return feed?.via === "CDC" && cause === "ASYNC_BOTTLENECK" ? "DATABASE" : cause;
}

function concludeFailing(facts: SourceFacts, stream: SourceFacts["streams"][number]): readonly Conclusion[] {
  const { source } = facts;
  const { failedRuns, failingSinceMs, failureCode, failureReason } = stream;
  if (failedRuns === 0 || failingSinceMs === null) return [];
  const isLasting = failedRuns >= LASTING_FAILURES || source.status === "FAILING";
  const finding = facts.findings.find(({ kind }) => kind === "SOURCE_FAILING");
  return [
    {
      cause: readCause(facts, failureCode),
      state: isLasting ? "OUT_OF_STEP" : "CATCHING_UP",
      stream: stream.stream,
      sinceMs: failingSinceMs,
      sentence: `The stream ${stream.stream} of ${source.sourceId} cannot be read: ${failureReason ?? "the run failed"}.`,
      evidence: [
        {
          kind: "STREAM",
          id: stream.stream,
          sentence: `${countText(failedRuns, "run has", "runs in a row have")} failed with ${failureCode ?? "no code"}`,
        },
        ...(finding === undefined ? [] : [{ kind: "FINDING", id: finding.id, sentence: finding.summary } as const]),
      ],
      remedy: finding === undefined ? startRead(source.sourceId, stream.stream) : { action: finding.remedy },
    },
  ];
}

function startRead(sourceId: string, stream: string) {
  return {
    action: "Wait for the next run, or start one.",
    mutation: { name: "startSync", arguments: { input: { sourceId, streams: [stream], mode: "INCREMENTAL" } } },
  };
}

function concludeRetried(facts: SourceFacts, read: OpenReadFact): readonly Conclusion[] {
  const { stream, runId, attempts, errorCode, errorMessage, nextAttemptMs, createdMs, startedMs } = read;
  if (errorCode === null || facts.source.status === "PAUSED") return [];
  return [
    {
      cause: readCause(facts, errorCode),
      stream,
      sinceMs: startedMs ?? createdMs,
      sentence: `A read of the stream ${stream} of ${facts.source.sourceId} failed and is repeated: ${errorMessage ?? errorCode}.`,
      evidence: [
        {
          kind: "RUN",
          id: runId,
          sentence: `${countText(attempts, "attempt", "attempts")} until now, the next one at ${timeText(nextAttemptMs)}`,
        },
      ],
      recoveryMs: nextAttemptMs > facts.nowMs ? nextAttemptMs : undefined,
      remedy: { action: "Nothing: the read is repeated automatically." },
    },
  ];
}

function concludeFirstRead({ nowMs, streams, source }: SourceFacts, read: OpenReadFact): readonly Conclusion[] {
  const { stream, mode, runId, createdMs, startedMs, progress, records } = read;
  const known = streams.find((each) => each.stream === stream);
  if (mode === "RANGE" || mode === "RECONCILE" || (known?.lastSuccessMs ?? null) !== null) return [];
  const share = progress ?? 0;
  return [
    {
      stream,
      sinceMs: createdMs,
      sentence: `The stream ${stream} of ${source.sourceId} is being read for the first time: ${countText(records, "record", "records")} until now.`,
      evidence: [
        {
          kind: "RUN",
          id: runId,
          sentence: progress === null ? "the run is open" : `${Math.floor(share * 100)} % of the stream is read`,
        },
      ],
      // The part that is left takes as long, at the rate of the part that is read.
      recoveryMs:
        startedMs === null || share <= 0 || share >= 1
          ? undefined
          : nowMs + ((nowMs - startedMs) * (1 - share)) / share,
      remedy: { action: "Nothing: the stream is complete when the run ends." },
    },
  ];
}

/** Returns the usual number of records of a read: the median. */
function usualCount(counts: readonly number[]): number | undefined {
  return counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)];
}

function concludeFew({ nowMs, source }: SourceFacts, fact: CountFact): readonly Conclusion[] {
  const { stream, mode, counts, lastCount, lastRunId, lastMs, lowSinceMs } = fact;
  const usual = usualCount(counts);
  if (lowSinceMs === null || usual === undefined || mode !== "FULL") return [];
  return [
    {
      stream,
      sinceMs: lowSinceMs,
      sentence: `The last full read of the stream ${stream} of ${source.sourceId} found ${countText(lastCount, "record", "records")}, where ${usual} are usual.`,
      evidence: [
        {
          kind: "RUN",
          id: lastRunId,
          sentence: `it ended ${durationText(nowMs - lastMs)} ago with ${countText(lastCount, "record", "records")}`,
        },
        {
          kind: "STREAM",
          id: stream,
          sentence: `the last ${counts.length} usual reads had ${counts.join(", ")} records`,
        },
      ],
      remedy: {
        action:
          "Check at the upstream whether the records exist and what the credentials may read, then read the stream in full.",
        mutation: {
          name: "startSync",
          arguments: { input: { sourceId: source.sourceId, streams: [stream], mode: "FULL" } },
        },
      },
    },
  ];
}

function concludeEmpty({ source, counts, streams }: SourceFacts): readonly Conclusion[] {
  const [first] = counts.toSorted((a, b) => a.lastMs - b.lastMs);
  const isWhole = streams.length > 0 && streams.every(({ lastSuccessMs }) => lastSuccessMs !== null);
  if (
    first === undefined ||
    !isWhole ||
    source.hasArrivedOtherwise ||
    counts.some(({ counts: past, lastCount }) => lastCount + Math.max(0, ...past) > 0)
  )
    return [];
  return [
    {
      sinceMs: first.lastMs,
      sentence: `Every stream of ${source.sourceId} was read to its end, and none has ever had a record.`,
      evidence: [{ kind: "RUN", id: first.lastRunId, sentence: "it succeeded without a record" }],
      remedy: {
        action:
          "Check whether the credentials are those of the right account and may read its data, then read it in full.",
        mutation: { name: "startSync", arguments: { input: { sourceId: source.sourceId, mode: "FULL" } } },
      },
    },
  ];
}
