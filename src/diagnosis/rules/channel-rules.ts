import type { SourceFacts } from "../facts/facts.ts";
import { COUNT_LIMIT } from "../facts/sql-times.ts";
import { causeOf, type Conclusion, countText, durationText, type Evidence, type Rule, timeText } from "./rule.ts";

/** Deliveries wait this long before it is reported. */
const PENDING_AGE_MS = 60_000;
/** A feed may be behind this much. */
const FEED_LAG_MS = 30_000;
const FEED_LAG_BYTES = 64 * 1_048_576;
/** A feed that connects or waits is reported after this time. */
const FEED_OPENING_MS = 60_000;
/** Calls with an invalid signature in an hour from which the secret counts as wrong, if no valid one arrives. */
const REFUSED_CALLS = 3;
/** Difference between the clocks of the upstream and ours that is reported: signatures are accepted for 5 minutes. */
const CLOCK_SKEW_MS = 30_000;
const SIGNED_DELIVERIES = 3;

/** Rules about webhooks and change feeds. */
export const CHANNEL_RULES: readonly Rule[] = [
  {
    id: "DELIVERIES_PARKED",
    cause: "WEBHOOK",
    state: "OUT_OF_STEP",
    reads: ["deliveries"],
    concludes: "Deliveries could not be applied and wait for a replay.",
    conclude: concludeParked,
  },
  {
    id: "DELIVERIES_PENDING",
    cause: "ASYNC_BOTTLENECK",
    state: "CATCHING_UP",
    reads: ["deliveries"],
    concludes: "Deliveries have waited for more than a minute to be applied.",
    conclude: concludePending,
  },
  {
    id: "WEBHOOKS_REFUSED",
    cause: "WEBHOOK",
    state: "CATCHING_UP",
    reads: ["webhooks"],
    concludes:
      "In the last hour calls with an invalid signature arrived and none with a valid one: the secret is wrong.",
    conclude: concludeRefused,
  },
  {
    id: "WEBHOOKS_SILENT",
    cause: "WEBHOOK",
    state: "CATCHING_UP",
    reads: ["findings"],
    concludes: "No webhook has arrived although many were expected; the source is polled more often meanwhile.",
    conclude(facts) {
      const { webhookSilentSinceMs } = facts.source;
      if (webhookSilentSinceMs === null || isSecretWrong(facts)) return [];
      const finding = facts.findings.find(({ kind }) => kind === "WEBHOOKS_SILENT");
      return [
        {
          sinceMs: webhookSilentSinceMs,
          sentence: finding?.summary ?? `No webhook has arrived for ${facts.source.sourceId}.`,
          evidence: [
            finding === undefined
              ? { kind: "WEBHOOKS", id: null, sentence: `silent since ${timeText(webhookSilentSinceMs)}` }
              : { kind: "FINDING", id: finding.id, sentence: finding.summary },
          ],
          remedy: { action: finding?.remedy ?? "Check the endpoint at the provider." },
        },
      ];
    },
  },
  {
    id: "CLOCK_SKEW",
    cause: null,
    state: "IN_STEP",
    reads: ["webhooks", "clock"],
    concludes:
      "The clocks of the upstream and of this service differ by more than 30 seconds, by the times of signed calls, or without those by the times of its responses.",
    isRecorded: true,
    conclude: concludeSkew,
  },
  {
    id: "FEED_FAILED",
    cause: null,
    state: "OUT_OF_STEP",
    reads: ["feed"],
    concludes: "The connection over which the upstream sends its changes fails.",
    conclude: concludeFeedFailed,
  },
  {
    id: "FEED_BEHIND",
    cause: null,
    state: "CATCHING_UP",
    reads: ["feed"],
    concludes:
      "A change feed is more than 30 seconds or 64 MB behind, waits for something at the upstream, or is not connected for a minute.",
    conclude: concludeFeedBehind,
  },
  {
    id: "FEED_GAP",
    cause: null,
    state: "OUT_OF_STEP",
    reads: ["feed", "findings"],
    concludes: "A change feed has lost changes: the streams are out of step until a full read has ended.",
    conclude({ source, feed, findings }) {
      if (feed === undefined || feed.gapMs === null) return [];
      const finding = findings.find(({ kind }) => kind === "FEED_GAP");
      return [
        {
          cause: feed.via === "CDC" ? "DATABASE" : "WEBHOOK",
          sinceMs: feed.gapMs,
          sentence: finding?.summary ?? `Changes of ${source.sourceId} were lost.`,
          evidence: [
            { kind: "RUN", id: feed.gapRunId, sentence: "this run reads every stream of the feed in full" },
            ...(finding === undefined ? [] : [{ kind: "FINDING", id: finding.id, sentence: finding.summary } as const]),
          ],
          remedy: {
            action: finding?.remedy ?? "Wait for the full read to end.",
            mutation: {
              name: "startSync",
              arguments: { input: { sourceId: source.sourceId, streams: feed.streams, mode: "FULL" } },
            },
          },
        },
      ];
    },
  },
];

function concludeParked({ source, deliveries }: SourceFacts): readonly Conclusion[] {
  if (deliveries === undefined || deliveries.parked === 0 || deliveries.parkedSinceMs === null) return [];
  const { parked, parkedIds, parkedSinceMs, parkedCode, parkedMessage } = deliveries;
  const [id] = parkedIds;
  return [
    {
      sinceMs: parkedSinceMs,
      sentence: `${countText(parked, "delivery", "deliveries")} of ${source.sourceId} could not be applied: ${parkedMessage ?? parkedCode ?? "see its attempts"}.`,
      evidence: [
        { kind: "WEBHOOKS", id: null, sentence: `${countText(parked, "delivery is", "deliveries are")} parked` },
        ...parkedIds.map((each) => ({ kind: "DELIVERY" as const, id: each, sentence: "it is parked" })),
      ],
      remedy: {
        action: "Replay the deliveries when their reason is remedied, or discard them.",
        mutation:
          parked === 1 && id !== undefined
            ? { name: "replayDelivery", arguments: { id } }
            : {
                name: "replayDeliveries",
                arguments: { input: { filter: { sourceIds: [source.sourceId], status: ["PARKED"] } } },
              },
      },
    },
  ];
}

function concludePending({ nowMs, source, deliveries }: SourceFacts): readonly Conclusion[] {
  if (deliveries === undefined || deliveries.oldestPendingMs === null) return [];
  const { pending, oldestPendingMs, oldestPendingId, drainPerSecond } = deliveries;
  const ageMs = nowMs - oldestPendingMs;
  if (ageMs < PENDING_AGE_MS || source.status === "PAUSED") return [];
  return [
    {
      sinceMs: oldestPendingMs + PENDING_AGE_MS,
      sentence: `${countText(pending, "delivery", "deliveries")} of ${source.sourceId} wait to be applied, the oldest for ${durationText(ageMs)}.`,
      evidence: [{ kind: "DELIVERY", id: oldestPendingId, sentence: `received at ${timeText(oldestPendingMs)}` }],
      recoveryMs:
        drainPerSecond === null || pending >= COUNT_LIMIT ? undefined : nowMs + (pending / drainPerSecond) * 1_000,
      remedy: {
        action: "Nothing, if they become fewer. Otherwise add a process, or look at the attempts of the oldest one.",
      },
    },
  ];
}

function isSecretWrong({ webhooks }: SourceFacts): boolean {
  return webhooks !== undefined && webhooks.refused >= REFUSED_CALLS && webhooks.received === 0;
}

function concludeRefused(facts: SourceFacts): readonly Conclusion[] {
  const { nowMs, source, webhooks } = facts;
  if (webhooks === undefined || !isSecretWrong(facts)) return [];
  return [
    {
      sinceMs: webhooks.firstRefusedMs ?? nowMs,
      sentence: `${webhooks.refused} webhook calls for ${source.sourceId} were refused in the last hour because of their signature, and none was accepted.`,
      evidence: [
        { kind: "WEBHOOKS", id: null, sentence: `${webhooks.refused} calls refused, none accepted, in the last hour` },
      ],
      remedy: {
        action: `Compare the signing secret of the source with that of the endpoint /webhooks/${source.sourceId} at the provider, and set the present one beside the old one.`,
        ...(source.isConnected && {
          mutation: { name: "updateSourceCredentials", arguments: { input: { sourceId: source.sourceId } } },
        }),
      },
    },
  ];
}

/** By the times of signed calls as long as there are enough: a proxy cannot change them, as it can that of a response. */
function concludeSkew(facts: SourceFacts): readonly Conclusion[] {
  const skew = skewOfCalls(facts) ?? skewOfResponses(facts);
  if (skew === undefined || Math.abs(skew.offsetMs) < CLOCK_SKEW_MS) return [];
  const { offsetMs, measured, evidence } = skew;
  const direction = offsetMs > 0 ? "behind ours" : "ahead of ours";
  return [
    {
      // What it harms: signed calls are refused. A source without them is read later, or states wrong times.
      cause: facts.source.webhookReceivedMs === null ? "ASYNC_BOTTLENECK" : "WEBHOOK",
      sinceMs: facts.nowMs,
      sentence: `The clock of the upstream of ${facts.source.sourceId} is ${durationText(Math.abs(offsetMs))} ${direction}, by ${measured}.`,
      evidence: [evidence],
      remedy: {
        action:
          "Check the time synchronization of our hosts, that of the database included. If ours is right, report it to the provider: signed calls are refused when the difference is 5 minutes, and times that it states are wrong by it.",
      },
    },
  ];
}

interface Skew {
  /** Our time minus the upstream's. */
  readonly offsetMs: number;
  readonly measured: string;
  readonly evidence: Evidence;
}

function skewOfCalls({ webhooks }: SourceFacts): Skew | undefined {
  if (webhooks === undefined || webhooks.signedOffsetMs === null || webhooks.signed < SIGNED_DELIVERIES)
    return undefined;
  const { signed, signedOffsetMs: offsetMs } = webhooks;
  const sentence = `median of the last ${signed} signed calls: received ${Math.round(offsetMs)} ms after they were signed`;
  return { offsetMs, measured: "the times of its signatures", evidence: { kind: "WEBHOOKS", id: null, sentence } };
}

function skewOfResponses({ source, clock }: SourceFacts): Skew | undefined {
  if (clock === undefined) return undefined;
  const { offsetMs, measuredMs } = clock;
  const sentence = `median of its last responses at ${timeText(measuredMs)}: their Date is ${durationText(Math.abs(offsetMs))} ${offsetMs > 0 ? "before" : "after"} our time`;
  const evidence = { kind: "SOURCE", id: source.sourceId, sentence } as const;
  return { offsetMs, measured: "the Date of its responses", evidence };
}

const feedCause = (via: "CDC" | "STREAM" | null, code: string | null) => {
  const cause = causeOf(code);
  return cause === "ASYNC_BOTTLENECK" && via === "CDC" ? "DATABASE" : cause;
};

function concludeFeedFailed({ source, feed }: SourceFacts): readonly Conclusion[] {
  if (feed?.state !== "FAILED") return [];
  const { via, errorCode, errorMessage, sinceMs, positionMs } = feed;
  return [
    {
      cause: feedCause(via, errorCode),
      sinceMs: sinceMs ?? source.statusSinceMs,
      sentence: `The change feed of ${source.sourceId} fails: ${errorMessage ?? errorCode ?? "the connection ends"}.`,
      evidence: [
        {
          kind: "FEED",
          id: null,
          sentence:
            positionMs === null ? "it was never followed" : `its position was last stored at ${timeText(positionMs)}`,
        },
      ],
      remedy: {
        action: "Nothing, if it is an outage: the feed is opened again at its position. Otherwise see its error.",
      },
    },
  ];
}

function concludeFeedBehind({ nowMs, source, feed }: SourceFacts): readonly Conclusion[] {
  if (feed === undefined || feed.state === "FAILED" || feed.state === "PAUSED") return [];
  const { via, state, sinceMs, lagMs, lagBytes, waitsFor, positionMs, drainMs } = feed;
  const openingMs = state === "FOLLOWING" || sinceMs === null ? 0 : nowMs - sinceMs;
  const isBehind = (lagMs ?? 0) > FEED_LAG_MS || (lagBytes ?? 0) > FEED_LAG_BYTES;
  if (!isBehind && openingMs < FEED_OPENING_MS) return [];
  const lag = [
    ...(lagMs === null ? [] : [durationText(lagMs)]),
    ...(lagBytes === null ? [] : [`${lagBytes} bytes`]),
  ].join(" and ");
  return [
    {
      cause: via === "CDC" ? "DATABASE" : "ASYNC_BOTTLENECK",
      sinceMs: isBehind ? nowMs - (lagMs ?? 0) : (sinceMs ?? nowMs),
      sentence: isBehind
        ? `The change feed of ${source.sourceId} is ${lag} behind.`
        : `The change feed of ${source.sourceId} is ${state === "WAITING" ? `waiting: ${waitsFor ?? "see its upstream"}` : "not connected"}.`,
      evidence: [
        {
          kind: "FEED",
          id: null,
          sentence: `state ${state}, ${lag === "" ? "lag unknown" : `${lag} behind`}, position ${positionMs === null ? "unknown" : `of ${timeText(positionMs)}`}`,
        },
      ],
      recoveryMs: isBehind && drainMs !== null ? nowMs + drainMs : undefined,
      remedy: {
        action: isBehind
          ? "Nothing, if the lag becomes less. Otherwise look for a long transaction or too few processes."
          : "End what the feed waits for at the upstream, or start a process that follows it.",
      },
    },
  ];
}
