import { describe, expect, test } from "@jest/globals";
import { coerceInputValue } from "graphql";
import { loadSchema } from "../../server/load-schema.ts";
import { diagnose, type SourceHealth } from "../diagnose.ts";
import type { SourceFacts } from "../facts/facts.ts";
import { RULES } from "./rules.ts";

const NOW = Date.UTC(2026, 10, 30, 12);
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Facts about a source that is in step, of which each case changes something. */
const CALM: SourceFacts = {
  nowMs: NOW,
  source: {
    sourceId: "main",
    status: "ACTIVE",
    statusCode: null,
    statusReason: null,
    statusSinceMs: NOW - DAY,
    scheduleMs: 5 * MINUTE,
    lastSuccessMs: NOW - MINUTE,
    registeredMs: NOW - 30 * DAY,
    hasReadFile: false,
    hasArrivedOtherwise: false,
    isConnected: true,
    unconfiguredSinceMs: null,
    credentialsExpireMs: NOW + 90 * DAY,
    accessEndsMs: null,
    accessRenewal: null,
    webhookReceivedMs: NOW - MINUTE,
    webhookSilentSinceMs: null,
    recordedState: "IN_STEP",
    recordedSinceMs: NOW - DAY,
  },
  streams: [
    {
      sourceId: "main",
      stream: "payments",
      lastSuccessMs: NOW - MINUTE,
      failedRuns: 0,
      failingSinceMs: null,
      failureCode: null,
      failureReason: null,
    },
  ],
  reads: [],
  counts: [
    {
      sourceId: "main",
      stream: "payments",
      mode: "FULL",
      counts: [100, 101, 103, 104, 110],
      lastCount: 110,
      lastRunId: "run_1",
      lastMs: NOW - DAY,
      lowSinceMs: null,
    },
  ],
  budgets: [
    {
      sourceId: "main",
      bucket: "account",
      declared: 100,
      rate: 100,
      refusedRate: 90,
      refusedMs: NOW - DAY,
      closedUntilMs: null,
      closedReason: null,
      paceRate: null,
    },
  ],
  feed: {
    sourceId: "main",
    state: "FOLLOWING",
    sinceMs: NOW - DAY,
    via: "STREAM",
    streams: ["payments"],
    lagMs: 10,
    lagBytes: null,
    positionMs: NOW - MINUTE,
    waitsFor: null,
    drainMs: null,
    errorCode: null,
    errorMessage: null,
    gapMs: null,
    gapRunId: null,
  },
  deliveries: undefined,
  clock: { sourceId: "main", offsetMs: 700, measuredMs: NOW - MINUTE },
  webhooks: {
    sourceId: "main",
    received: 60,
    refused: 1,
    conflicts: 0,
    firstRefusedMs: NOW - 5 * MINUTE,
    signed: 20,
    signedOffsetMs: 300,
  },
  quarantine: undefined,
  refetches: undefined,
  files: undefined,
  findings: [],
  processes: [],
};

const [STREAM] = CALM.streams as [SourceFacts["streams"][number]];
const [COUNT] = CALM.counts as [SourceFacts["counts"][number]];
const [BUDGET] = CALM.budgets as [SourceFacts["budgets"][number]];
const FEED = CALM.feed as NonNullable<SourceFacts["feed"]>;
const WEBHOOKS = CALM.webhooks as NonNullable<SourceFacts["webhooks"]>;
const CLOCK = CALM.clock as NonNullable<SourceFacts["clock"]>;
const READ: SourceFacts["reads"][number] = {
  sourceId: "main",
  stream: "payments",
  runId: "run_2",
  mode: "INCREMENTAL",
  createdMs: NOW - 5 * MINUTE,
  startedMs: NOW - 4 * MINUTE,
  records: 250,
  progress: 0.25,
  attempts: 0,
  nextAttemptMs: NOW - 4 * MINUTE,
  errorCode: null,
  errorMessage: null,
};
const DELIVERIES: NonNullable<SourceFacts["deliveries"]> = {
  sourceId: "main",
  pending: 0,
  oldestPendingMs: null,
  oldestPendingId: null,
  drainPerSecond: null,
  parked: 0,
  parkedIds: [],
  parkedSinceMs: null,
  parkedCode: null,
  parkedMessage: null,
};
const PROCESS: SourceFacts["processes"][number] = {
  processId: "host-1",
  stalledMs: 0,
  stalledAtMs: null,
  storeMs: 0,
  seenMs: NOW,
  storeLostMs: 0,
  storeLostAtMs: null,
};
const findingOf = (kind: string): SourceFacts["findings"][number] => ({
  sourceId: "main",
  id: "fnd_1",
  kind,
  cause: "DATABASE",
  summary: "something differs",
  remedy: "Correct it.",
  openedMs: NOW - 3 * MINUTE,
  ids: ["fnd_1"],
});
const source = (change: Partial<SourceFacts["source"]>): Partial<SourceFacts> => ({
  source: { ...CALM.source, ...change },
});

/** What each rule concludes from a change of the calm facts: state, cause, since when in minutes ago. */
const CASES: readonly (readonly [
  rule: string,
  change: Partial<SourceFacts>,
  state: string,
  cause: string,
  minutes: number,
])[] = [
  ["SOURCE_NOT_CONFIGURED", source({ unconfiguredSinceMs: NOW - 7 * MINUTE }), "UNKNOWN", "ASYNC_BOTTLENECK", 7],
  ["SOURCE_PAUSED", source({ status: "PAUSED", statusSinceMs: NOW - 8 * MINUTE }), "UNKNOWN", "ASYNC_BOTTLENECK", 8],
  ["CREDENTIALS_REFUSED", source({ status: "NEEDS_CREDENTIALS" }), "OUT_OF_STEP", "ASYNC_BOTTLENECK", 1_440],
  ["CREDENTIALS_EXPIRE", source({ credentialsExpireMs: NOW + 13 * DAY }), "IN_STEP", "ASYNC_BOTTLENECK", 1_440],
  ["CREDENTIALS_EXPIRE", source({ accessEndsMs: NOW + 13 * DAY }), "IN_STEP", "ASYNC_BOTTLENECK", 1_440],
  [
    "CREDENTIALS_EXPIRE",
    source({ credentialsExpireMs: NOW - MINUTE }),
    "OUT_OF_STEP",
    "ASYNC_BOTTLENECK",
    14 * 1_440 + 1,
  ],
  [
    "SOURCE_UNREACHABLE",
    source({ status: "UNREACHABLE", statusCode: "UPSTREAM_GARBLED" }),
    "OUT_OF_STEP",
    "FORMAT_MISMATCH",
    1_440,
  ],
  [
    "SOURCE_UNREACHABLE",
    { ...source({ status: "UNREACHABLE", statusCode: "UPSTREAM_UNAVAILABLE" }), feed: { ...FEED, via: "CDC" } },
    "OUT_OF_STEP",
    "DATABASE",
    1_440,
  ],
  ["SOURCE_LATE", source({ lastSuccessMs: NOW - 18 * MINUTE }), "OUT_OF_STEP", "ASYNC_BOTTLENECK", 13],
  [
    "NEVER_READ",
    { ...source({ lastSuccessMs: null, registeredMs: NOW - 9 * MINUTE }), streams: [], counts: [] },
    "UNKNOWN",
    "ASYNC_BOTTLENECK",
    9,
  ],
  [
    "BUDGET_CLOSED",
    { budgets: [{ ...BUDGET, refusedMs: NOW - MINUTE, closedUntilMs: NOW + MINUTE, closedReason: "RETRY_AFTER" }] },
    "CATCHING_UP",
    "RATE_LIMIT",
    1,
  ],
  [
    "BUDGET_USED_ELSEWHERE",
    { budgets: [{ ...BUDGET, refusedMs: NOW - 2 * MINUTE, refusedRate: 60 }] },
    "CATCHING_UP",
    "RATE_LIMIT",
    2,
  ],
  ["BUDGET_USED_ELSEWHERE", { budgets: [{ ...BUDGET, paceRate: 20 }] }, "CATCHING_UP", "RATE_LIMIT", 0],
  [
    "REFETCHES_WAITING",
    { refetches: { sourceId: "main", waiting: 6_000, oldestMs: NOW - 6 * MINUTE } },
    "CATCHING_UP",
    "RATE_LIMIT",
    6,
  ],
  [
    "STREAM_FAILING",
    {
      streams: [
        {
          ...STREAM,
          failedRuns: 3,
          failingSinceMs: NOW - 4 * MINUTE,
          failureCode: "UPSTREAM_MALFORMED",
          failureReason: "x",
        },
      ],
    },
    "OUT_OF_STEP",
    "FORMAT_MISMATCH",
    4,
  ],
  [
    "READ_RETRIED",
    { reads: [{ ...READ, attempts: 2, errorCode: "UPSTREAM_RATE_LIMITED", errorMessage: "429" }] },
    "CATCHING_UP",
    "RATE_LIMIT",
    4,
  ],
  [
    "FIRST_READ",
    { reads: [READ], streams: [{ ...STREAM, lastSuccessMs: null }], counts: [], ...source({ lastSuccessMs: null }) },
    "CATCHING_UP",
    "ASYNC_BOTTLENECK",
    5,
  ],
  [
    "FEW_RECORDS",
    { counts: [{ ...COUNT, lastCount: 0, lowSinceMs: NOW - 3 * MINUTE }] },
    "UNKNOWN",
    "FORMAT_MISMATCH",
    3,
  ],
  [
    "FIRST_READ_EMPTY",
    { counts: [{ ...COUNT, counts: [0], lastCount: 0, lastMs: NOW - 3 * MINUTE }] },
    "UNKNOWN",
    "FORMAT_MISMATCH",
    3,
  ],
  [
    "DELIVERIES_PARKED",
    { deliveries: { ...DELIVERIES, parked: 2, parkedIds: ["dlv_1", "dlv_2"], parkedSinceMs: NOW - 4 * MINUTE } },
    "OUT_OF_STEP",
    "WEBHOOK",
    4,
  ],
  [
    "DELIVERIES_PENDING",
    {
      deliveries: {
        ...DELIVERIES,
        pending: 90,
        oldestPendingMs: NOW - 3 * MINUTE,
        oldestPendingId: "dlv_1",
        drainPerSecond: 0.5,
      },
    },
    "CATCHING_UP",
    "ASYNC_BOTTLENECK",
    2,
  ],
  ["WEBHOOKS_REFUSED", { webhooks: { ...WEBHOOKS, received: 0, refused: 3 } }, "CATCHING_UP", "WEBHOOK", 5],
  ["WEBHOOKS_SILENT", source({ webhookSilentSinceMs: NOW - 40 * MINUTE }), "CATCHING_UP", "WEBHOOK", 40],
  ["CLOCK_SKEW", { webhooks: { ...WEBHOOKS, signedOffsetMs: -45_000 } }, "IN_STEP", "WEBHOOK", 1_440],
  [
    "CLOCK_SKEW",
    { ...source({ webhookReceivedMs: null }), webhooks: undefined, clock: { ...CLOCK, offsetMs: 180_000 } },
    "IN_STEP",
    "ASYNC_BOTTLENECK",
    1_440,
  ],
  [
    "FEED_FAILED",
    { feed: { ...FEED, state: "FAILED", via: "CDC", errorCode: "UPSTREAM_UNAVAILABLE", sinceMs: NOW - MINUTE } },
    "OUT_OF_STEP",
    "DATABASE",
    1,
  ],
  ["FEED_BEHIND", { feed: { ...FEED, lagMs: 2 * MINUTE, drainMs: 5 * MINUTE } }, "CATCHING_UP", "ASYNC_BOTTLENECK", 2],
  [
    "FEED_BEHIND",
    { feed: { ...FEED, via: "CDC", state: "WAITING", sinceMs: NOW - 2 * MINUTE, waitsFor: "an open transaction" } },
    "CATCHING_UP",
    "DATABASE",
    2,
  ],
  ["FEED_GAP", { feed: { ...FEED, gapMs: NOW - 6 * MINUTE, gapRunId: "run_3" } }, "OUT_OF_STEP", "WEBHOOK", 6],
  [
    "PROCESS_STALLED",
    { processes: [{ ...PROCESS, stalledMs: 5_000, stalledAtMs: NOW - MINUTE + 5_000 }] },
    "CATCHING_UP",
    "ASYNC_BOTTLENECK",
    1,
  ],
  [
    "DATABASE_SLOW",
    { processes: [{ ...PROCESS, storeLostMs: 30_000, storeLostAtMs: NOW - MINUTE + 30_000 }] },
    "CATCHING_UP",
    "DATABASE",
    1,
  ],
  ["DATABASE_SLOW", { processes: [{ ...PROCESS, storeMs: 900 }] }, "CATCHING_UP", "DATABASE", 0],
  [
    "RECORDS_QUARANTINED",
    {
      quarantine: {
        sourceId: "main",
        open: 1,
        ids: ["qrc_1"],
        sinceMs: NOW - 2 * MINUTE,
        path: "amount",
        problem: "no",
        fileIds: [],
      },
    },
    "OUT_OF_STEP",
    "FORMAT_MISMATCH",
    2,
  ],
  [
    "FILES_WAITING",
    { files: { sourceId: "main", waiting: 2, oldestMs: NOW - 7 * MINUTE, oldestId: "file_1" } },
    "CATCHING_UP",
    "ASYNC_BOTTLENECK",
    2,
  ],
  ["FINDING_OPEN", { findings: [findingOf("STATEMENT_NOT_CLOSED")] }, "OUT_OF_STEP", "DATABASE", 3],
  ["FINDING_OPEN", { findings: [findingOf("WEBHOOKS_MISSED")] }, "IN_STEP", "DATABASE", 1_440],
];

const schema = loadSchema();

/** Every problem of the mutation that a remedy names: an unknown name, or arguments that it does not take. */
function mutationProblems({ diagnoses }: SourceHealth): readonly string[] {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  return diagnoses.flatMap(({ rule, remedy: { mutation } }) => {
    if (mutation === undefined) return [];
    const field = mutations[mutation.name];
    if (field === undefined) return [`${rule}: no mutation ${mutation.name}`];
    const problems = Object.keys(mutation.arguments).filter((name) => !field.args.some((each) => each.name === name));
    for (const { name, type } of field.args) {
      coerceInputValue(mutation.arguments[name], type, (path, _value, error) => {
        const isSecret = mutation.name === "updateSourceCredentials" && error.message.includes('"credentials"');
        if (!isSecret) problems.push(`${rule}: ${path.join(".")} ${error.message}`);
      });
    }
    return problems;
  });
}

describe("the diagnosis", () => {
  test("of a source in step is none, since the recorded time", () => {
    expect(diagnose(CALM)).toMatchObject({ state: "IN_STEP", cause: null, diagnoses: [], sinceMs: NOW - DAY });
  });

  test.each(CASES)("%s (%#) is the only one, with its state, cause and time", (rule, change, state, cause, minutes) => {
    const facts = { ...CALM, ...change };
    const recorded = { ...facts, source: { ...facts.source, recordedState: null, recordedSinceMs: null } };
    const health = diagnose(state === "IN_STEP" ? { ...CALM, ...change } : recorded);
    expect(health.diagnoses.map((each) => each.rule)).toEqual([rule]);
    expect(health).toMatchObject({ state, cause, sinceMs: NOW - minutes * MINUTE });
    expect(mutationProblems(health)).toEqual([]);
    for (const { sentence, remedy, evidence } of health.diagnoses) {
      expect([sentence, remedy.action].join(" ")).not.toMatch(/undefined|NaN|null|\.\.(?!\.)/);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  test("has a case for every rule", () => {
    expect(RULES.map(({ id }) => id).filter((id) => !CASES.some(([rule]) => rule === id))).toEqual([]);
  });

  test.each([
    ["the waiting time that the upstream named", "BUDGET_CLOSED", NOW + MINUTE],
    ["the objects that wait divided by the rate", "REFETCHES_WAITING", NOW + MINUTE],
    ["the part of a read that is left, at its rate until now", "FIRST_READ", NOW + 12 * MINUTE],
    ["the deliveries that wait divided by the rate at which they become fewer", "DELIVERIES_PENDING", NOW + 3 * MINUTE],
    ["the lag of a change feed and the rate at which it becomes less", "FEED_BEHIND", NOW + 5 * MINUTE],
  ])("computes the expected recovery from %s", (_what, rule, expected) => {
    const change = CASES.find(([id]) => id === rule)?.[1];
    expect(diagnose({ ...CALM, ...change }).diagnoses[0]?.recoveryMs).toBe(expected);
  });

  test("computes none for a backlog that does not become less, or that was not counted to its end", () => {
    const waiting = { ...DELIVERIES, pending: 10_000, oldestPendingMs: NOW - 3 * MINUTE, drainPerSecond: 5 };
    const recoveryOf = (change: Partial<SourceFacts>) => diagnose({ ...CALM, ...change }).diagnoses[0]?.recoveryMs;
    expect(recoveryOf({ deliveries: waiting })).toBeNull();
    expect(recoveryOf({ deliveries: { ...waiting, pending: 9, drainPerSecond: null } })).toBeNull();
    expect(recoveryOf({ feed: { ...FEED, lagMs: 2 * MINUTE, drainMs: null } })).toBeNull();
  });

  test("of a wrong Date is none where the times of signed calls are right, and one where those are too few", () => {
    const clock = { ...CLOCK, offsetMs: -180_000 };
    expect(diagnose({ ...CALM, clock }).diagnoses).toEqual([]);
    expect(diagnose({ ...CALM, clock, webhooks: { ...WEBHOOKS, signed: 2 } }).diagnoses).toMatchObject([
      { rule: "CLOCK_SKEW", cause: "WEBHOOK", sentence: expect.stringContaining("is 3 min ahead of ours") },
    ]);
  });

  test("of few records is not that of a read of changes, also of one that an earlier version has stored (F122)", () => {
    const low = { ...COUNT, lastCount: 0, lowSinceMs: NOW - MINUTE };
    expect(diagnose({ ...CALM, counts: [{ ...low, mode: "INCREMENTAL" }] }).diagnoses).toEqual([]);
  });

  test("of a source that was never read is not that of one whose files were read, which may have no runs", () => {
    const neverRead = { ...CALM.source, lastSuccessMs: null };
    const rulesOf = (hasReadFile: boolean) =>
      diagnose({ ...CALM, source: { ...neverRead, hasReadFile }, streams: [], counts: [] }).diagnoses;
    expect(rulesOf(false)).toMatchObject([{ rule: "NEVER_READ" }]);
    expect(rulesOf(true)).toEqual([]);
  });

  test("leaves a symptom out when another diagnosis explains it, but not for a warning", () => {
    const late = { ...CALM.source, lastSuccessMs: NOW - DAY };
    const rulesOf = (facts: SourceFacts) => diagnose(facts).diagnoses.map(({ rule }) => rule);
    expect(rulesOf({ ...CALM, source: { ...late, status: "UNREACHABLE" } })).toEqual(["SOURCE_UNREACHABLE"]);
    expect(rulesOf({ ...CALM, source: { ...late, credentialsExpireMs: NOW + DAY } })).toEqual([
      "SOURCE_LATE",
      "CREDENTIALS_EXPIRE",
    ]);
  });
});
