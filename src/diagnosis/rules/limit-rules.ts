import type { BudgetFact, SourceFacts } from "../facts/facts.ts";
import { type Conclusion, countText, durationText, type Rule, timeText } from "./rule.ts";

/** A refusal counts for this time. */
const REFUSED_RECENTLY_MS = 10 * 60_000;
/** The upstream leaves less than this share of the rate that the credential may use: somebody else uses the rest. */
const FOREIGN_SHARE = 0.75;
/** Objects wait to be fetched again for this long before it is reported. */
const REFETCH_AGE_MS = 5 * 60_000;

/** Rules about the limits of upstreams. */
export const LIMIT_RULES: readonly Rule[] = [
  {
    id: "BUDGET_CLOSED",
    cause: "RATE_LIMIT",
    state: "CATCHING_UP",
    reads: ["budgets"],
    concludes: "The upstream rate-limited us: no replica calls it until the stated time.",
    conclude: (facts) => facts.budgets.flatMap((budget) => concludeClosed(facts, budget)),
  },
  {
    id: "BUDGET_USED_ELSEWHERE",
    cause: "RATE_LIMIT",
    state: "CATCHING_UP",
    reads: ["budgets"],
    concludes:
      "The upstream leaves less than three quarters of the rate that the credential may use, although we stay within it: somebody else uses the credential, or the limit is lower than configured.",
    isRecorded: true,
    conclude: (facts) => facts.budgets.flatMap((budget) => concludeForeign(facts, budget)),
  },
  {
    id: "REFETCHES_WAITING",
    cause: "RATE_LIMIT",
    state: "CATCHING_UP",
    reads: ["refetches", "budgets"],
    concludes: "Objects that must be fetched again have waited for five minutes: the permits do not suffice.",
    conclude: concludeRefetches,
  },
];

function concludeClosed({ nowMs, source }: SourceFacts, budget: BudgetFact): readonly Conclusion[] {
  const { bucket, closedUntilMs, closedReason, refusedMs } = budget;
  if (closedUntilMs === null) return [];
  return [
    {
      sinceMs: Math.min(nowMs, refusedMs ?? nowMs),
      sentence: `The upstream of ${source.sourceId} rate-limited us: no calls are made until ${timeText(closedUntilMs)}.`,
      evidence: [
        {
          kind: "BUDGET",
          id: bucket,
          sentence:
            closedReason === "QUOTA_USED_UP"
              ? `the headers state that the quota of ${bucket} is used up`
              : `the upstream refused a call of ${bucket} and named the time to wait`,
        },
      ],
      recoveryMs: closedUntilMs,
      remedy: {
        action:
          "Nothing: calls are made again at that time. If it repeats, lower the rates in the budget of the source.",
      },
    },
  ];
}

function concludeForeign({ nowMs, source }: SourceFacts, budget: BudgetFact): readonly Conclusion[] {
  const { bucket, declared, refusedRate, refusedMs, paceRate } = budget;
  if (declared === null) return [];
  const isRefused = refusedMs !== null && nowMs - refusedMs < REFUSED_RECENTLY_MS;
  const left = Math.min(paceRate ?? declared, isRefused ? (refusedRate ?? declared) : declared);
  if (left >= FOREIGN_SHARE * declared) return [];
  const rateText = `${left.toFixed(1)} of ${declared.toFixed(1)} calls a second`;
  return [
    {
      sinceMs: isRefused ? refusedMs : nowMs,
      sentence: `The upstream of ${source.sourceId} leaves us ${rateText} of the limit ${bucket}: somebody else uses the same credential, or the limit is lower than configured.`,
      evidence: [
        {
          kind: "BUDGET",
          id: bucket,
          sentence:
            isRefused && left !== paceRate
              ? `a call was refused at ${timeText(refusedMs)} at a rate of ${rateText}`
              : `the headers leave ${rateText}`,
        },
      ],
      remedy: {
        action:
          "Find out who else uses the credential, or give Sluice one of its own. If the limit is lower, set it in the budget of the source.",
        ...(source.isConnected && {
          mutation: {
            name: "updateSource",
            arguments: {
              input: {
                sourceId: source.sourceId,
                budget: { rates: [{ bucket, perSecond: Math.max(0.1, Math.floor(left * 10) / 10) }] },
              },
            },
          },
        }),
      },
    },
  ];
}

function concludeRefetches({ nowMs, source, refetches, budgets }: SourceFacts): readonly Conclusion[] {
  if (refetches === undefined || refetches.oldestMs === null) return [];
  const ageMs = nowMs - refetches.oldestMs;
  if (ageMs < REFETCH_AGE_MS || source.status !== "ACTIVE") return [];
  const rates = budgets.flatMap(({ rate, declared }) => rate ?? declared ?? []);
  const perSecond = Math.min(...rates);
  return [
    {
      sinceMs: refetches.oldestMs,
      sentence: `${countText(refetches.waiting, "object waits", "objects wait")} to be fetched again from ${source.sourceId}, the first for ${durationText(ageMs)}.`,
      evidence: [
        {
          kind: "REFETCH",
          id: null,
          sentence: `${refetches.waiting} objects wait since ${timeText(refetches.oldestMs)}`,
        },
        ...budgets.map(({ bucket, rate, declared }) => ({
          kind: "BUDGET" as const,
          id: bucket,
          sentence: `${bucket} permits ${(rate ?? declared)?.toFixed(1) ?? "an unknown number of"} calls a second`,
        })),
      ],
      recoveryMs:
        Number.isFinite(perSecond) && perSecond > 0 ? nowMs + (refetches.waiting / perSecond) * 1_000 : undefined,
      remedy: { action: "Nothing, if it becomes less. Otherwise raise the rates in the budget of the source." },
    },
  ];
}
