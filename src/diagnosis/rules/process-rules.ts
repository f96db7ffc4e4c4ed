import type { ProcessFact, SourceFacts } from "../facts/facts.ts";
import { type Conclusion, durationText, type Rule, timeText } from "./rule.ts";

/** Rules about the service itself, for the sources whose work is in progress: the others are not affected. */
export const PROCESS_RULES: readonly Rule[] = [
  {
    id: "PROCESS_STALLED",
    cause: "ASYNC_BOTTLENECK",
    state: "CATCHING_UP",
    reads: ["processes", "reads", "deliveries", "refetches", "files", "feed"],
    concludes:
      "The event loop of a process was blocked for more than a second in the last two minutes, while the source had work in progress.",
    conclude: (facts) => (hasWork(facts) ? concludeStalled(facts) : []),
  },
  {
    id: "DATABASE_SLOW",
    cause: "DATABASE",
    state: "CATCHING_UP",
    reads: ["processes", "reads", "deliveries", "refetches", "files", "feed"],
    concludes:
      "In the last two minutes the service's own database could not be reached or took more than a second for each short statement, while the source had work in progress.",
    conclude: (facts) => (hasWork(facts) ? concludeSlow(facts) : []),
  },
];

/** Returns whether something of the source is in progress that a delay makes late. */
function hasWork({ reads, deliveries, refetches, files, feed }: SourceFacts): boolean {
  const isFollowed = feed !== undefined && feed.state !== "PAUSED";
  return (
    reads.length > 0 || (deliveries?.pending ?? 0) > 0 || refetches !== undefined || files !== undefined || isFollowed
  );
}

function concludeStalled({ nowMs, source, processes }: SourceFacts): readonly Conclusion[] {
  const [worst] = processes.filter(({ stalledMs }) => stalledMs > 0).toSorted((a, b) => b.stalledMs - a.stalledMs);
  if (worst === undefined) return [];
  const { processId, stalledMs, stalledAtMs } = worst;
  return [
    {
      sinceMs: (stalledAtMs ?? nowMs) - stalledMs,
      sentence: `A process that works for ${source.sourceId} was blocked for ${durationText(stalledMs)}.`,
      evidence: [
        {
          kind: "PROCESS",
          id: processId,
          sentence: `its event loop was blocked for ${Math.round(stalledMs)} ms until ${timeText(stalledAtMs ?? nowMs)}`,
        },
      ],
      remedy: {
        action: "Look for an operation or a file of that time in the log, and give the process more processor time.",
      },
    },
  ];
}

function concludeSlow({ nowMs, source, processes }: SourceFacts): readonly Conclusion[] {
  const delayOf = ({ storeMs, storeLostMs }: ProcessFact): number => Math.max(storeMs, storeLostMs);
  const [worst] = processes.filter((each) => delayOf(each) > 0).toSorted((a, b) => delayOf(b) - delayOf(a));
  if (worst === undefined) return [];
  const { processId, storeMs, storeLostMs, storeLostAtMs, seenMs } = worst;
  const wasLost = storeLostMs > 0;
  return [
    {
      sinceMs: wasLost ? (storeLostAtMs ?? nowMs) - storeLostMs : seenMs,
      sentence: wasLost
        ? `Work for ${source.sourceId} is late, because the database of the service could not be reached for ${durationText(storeLostMs)}.`
        : `Work for ${source.sourceId} is slow, because the database of the service takes ${Math.round(storeMs)} ms to answer.`,
      evidence: [
        {
          kind: "PROCESS",
          id: processId,
          sentence: wasLost
            ? `it reached the database again at ${timeText(storeLostAtMs ?? nowMs)}`
            : `the fastest of its last answers took ${Math.round(storeMs)} ms`,
        },
      ],
      remedy: { action: "Check the load, the locks and the disk of the PostgreSQL server, and the network to it." },
    },
  ];
}
