import type { Severity } from "../domain/severity.ts";

/** What a message reports. */
export type AlertType = "FINDING_OPENED" | "FINDING_CLOSED" | "FINDINGS_OMITTED" | "SOURCE_HEALTH_CHANGED" | "TEST";

/** Member `type` of a message's body. */
export const TYPE_NAMES: Readonly<Record<AlertType, string>> = {
  FINDING_OPENED: "finding.opened",
  FINDING_CLOSED: "finding.closed",
  FINDINGS_OMITTED: "findings.omitted",
  SOURCE_HEALTH_CHANGED: "source.health_changed",
  TEST: "test",
};

/** Form of the messages to an endpoint. */
export type AlertForm = "STANDARD_WEBHOOKS" | "CHAT_TEXT";

/** Kind by which changes of a source's health are muted; those of findings are muted by the kind of the finding. */
export const HEALTH_KIND = "SOURCE_HEALTH";

/** Content of a message, as it is stored: plain data, bounded, without secrets. */
export type AlertData = Readonly<Record<string, unknown>>;

/** One message to one endpoint, as it is stored first. */
export interface NewAlert {
  readonly id: string;
  readonly endpointId: string;
  readonly sourceId: string | null;
  readonly type: AlertType;
  /** What it is about: messages of one subject to one endpoint are sent in their order. */
  readonly subject: string;
  readonly findingId: string | null;
  /** Kind of the finding. */
  readonly kind: string | null;
  severity: Severity;
  status: "PENDING" | "MUTED" | "SUPERSEDED";
  data: AlertData;
  /** Number of changes that it sums up. */
  changes: number;
  /** Epoch milliseconds at which it may be sent, or at which its muting ends. */
  readonly dueMs: number;
  /** Epoch milliseconds; null: it was not muted. */
  readonly mutedUntilMs: number | null;
}

/** Times and amounts of the messages. Tests use shorter ones. */
export interface AlertTimes {
  /** Pauses before each attempt. Source: Standard Webhooks 1.0.0, "Deliverability and reliability". */
  readonly scheduleMs: readonly number[];
  /** Pauses of an endpoint after failures in a row, during which nothing is sent to it; the last one repeats. */
  readonly pausesMs: readonly number[];
  /** Longest duration of a call. */
  readonly callMs: number;
  /** Time after which a process that does not finish its call loses the endpoint to another one. */
  readonly leaseMs: number;
  /** Time for which a change of a source's health must last before it is reported. */
  readonly settleMs: number;
  /** Messages about the health of one source to one endpoint in an hour; further changes are summed up. */
  readonly healthPerHour: number;
  /** Time of failures only, after which a finding reports the endpoint. */
  readonly reportAfterMs: number;
  /** Time of failures only, after which nothing is sent to the endpoint any more. */
  readonly failAfterMs: number;
  /** Interval between searches for work. */
  readonly pollMs: number;
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000] as const;

export const DEFAULT_ALERT_TIMES: AlertTimes = {
  scheduleMs: [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
  pausesMs: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE],
  callMs: 15 * SECOND,
  leaseMs: 20 * SECOND,
  settleMs: MINUTE,
  healthPerHour: 4,
  reportAfterMs: HOUR,
  failAfterMs: 5 * 24 * HOUR,
  pollMs: SECOND,
};

/** Messages that wait for one endpoint; further findings are only counted, in one message. */
export const MAX_WAITING = 1_000;
/** Endpoints of a tenant. */
export const MAX_ENDPOINTS = 20;
