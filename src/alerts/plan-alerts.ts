import { randomBytes } from "node:crypto";
import type { HealthState } from "../domain/health.ts";
import { isAtLeast, type Severity, severityOfKind, severityOfState, worse } from "../domain/severity.ts";
import type { AlertEvent } from "../events/alert-events.ts";
import { type AlertData, type AlertTimes, HEALTH_KIND, MAX_WAITING, type NewAlert } from "./alert.ts";
import { type Mute, mutedUntil } from "./mutes.ts";

/** An endpoint to which messages are sent now. */
export interface RoutedEndpoint {
  readonly id: string;
  readonly minSeverity: Severity;
  /** Null: every source. */
  readonly sourceIds: readonly string[] | null;
  /** Events up to this number are older than the endpoint. */
  readonly afterSeq: bigint;
  readonly mutedUntilMs: number | null;
  /** Messages that wait for it. */
  readonly waiting: number;
}

/** A finding with the content of its messages. */
export interface RoutedFinding {
  readonly id: string;
  readonly sourceId: string;
  readonly kind: string;
  readonly data: AlertData;
  /** Endpoint that it is about: it is not reported there. */
  readonly aboutEndpointId: string | undefined;
}

/** A stored message that the new events may change. */
export interface StoredAlert {
  readonly id: string;
  readonly endpointId: string;
  readonly subject: string;
  readonly type: NewAlert["type"];
  /** True if no attempt to send it has begun. */
  readonly isUnsent: boolean;
  readonly severity: Severity;
  readonly changes: number;
  readonly data: AlertData;
}

/** Messages about the health of one source to one endpoint in the last hour. */
export interface RecentHealth {
  readonly endpointId: string;
  readonly sourceId: string;
  readonly count: number;
  /** Epoch milliseconds of the oldest one. */
  readonly oldestMs: number;
}

export interface PlanInput {
  readonly events: readonly AlertEvent[];
  readonly endpoints: readonly RoutedEndpoint[];
  readonly mutes: readonly Mute[];
  readonly findings: ReadonlyMap<string, RoutedFinding>;
  /** The last message of each subject and endpoint, if a new event may change it or follows it. */
  readonly stored: readonly StoredAlert[];
  readonly recentHealth: readonly RecentHealth[];
  /** What is known about the present health of sources: the sentence, the evidence, the remedy. */
  readonly diagnoses: ReadonlyMap<string, AlertData>;
  readonly nowMs: number;
  readonly times: Pick<AlertTimes, "settleMs" | "healthPerHour">;
}

/** New content of a stored message that was not yet sent. */
export interface ChangedAlert {
  readonly id: string;
  severity: Severity;
  changes: number;
  data: AlertData;
}

export interface AlertPlan {
  /** In the order in which they are sent. */
  readonly added: readonly NewAlert[];
  readonly changed: readonly ChangedAlert[];
  /** Ids of stored messages that are not sent any more. */
  readonly superseded: readonly string[];
}

const HOUR_MS = 3_600_000;
export const OMITTED_SUBJECT = "omitted";
export const healthSubject = (sourceId: string): string => `health ${sourceId}`;

/** The last message of a subject to an endpoint: stored already, or added by this plan. */
type Last = { readonly stored: StoredAlert } | { readonly added: NewAlert };

/**
 * Decides which messages a number of events cause: one for a finding that opens, and one for its closing to every endpoint
 * that has got the first one. What is over before anything was sent is not sent. Changes of a source's health that follow
 * one another before they are sent are one message.
 */
export function planAlerts(input: PlanInput): AlertPlan {
  const plan = createPlan(input);
  for (const event of input.events) {
    const { body, seq, sourceId } = event;
    const open = input.endpoints.filter(
      (endpoint) => seq > endpoint.afterSeq && (endpoint.sourceIds?.includes(sourceId) ?? true),
    );
    if (body.kind === "FindingOpened" || body.kind === "FindingClosed") {
      const finding = input.findings.get(body.findingId);
      if (finding === undefined) continue; // deleted meanwhile
      if (body.kind === "FindingOpened") for (const endpoint of open) plan.openFinding(endpoint, finding);
      else for (const endpoint of input.endpoints) plan.closeFinding(endpoint, finding, event.at);
    } else if (body.kind === "SourceHealthChanged") {
      for (const endpoint of open) plan.changeHealth(endpoint, event, body);
    }
  }
  return plan.result();
}

interface HealthChange {
  readonly state: HealthState;
  readonly previous: HealthState;
  readonly cause: string | null;
}

function createPlan(input: PlanInput) {
  const { nowMs, mutes, times, diagnoses } = input;
  const added: NewAlert[] = [];
  const changed = new Map<string, ChangedAlert>();
  const superseded: string[] = [];
  const keyOf = (endpointId: string, subject: string): string => `${endpointId} ${subject}`;
  const last = new Map<string, Last>(input.stored.map((one) => [keyOf(one.endpointId, one.subject), { stored: one }]));
  const waiting = new Map(input.endpoints.map((endpoint) => [endpoint.id, endpoint.waiting]));
  const count = (endpointId: string, change: number): void =>
    void waiting.set(endpointId, (waiting.get(endpointId) ?? 0) + change);

  function add(
    endpoint: RoutedEndpoint,
    alert: Pick<NewAlert, "sourceId" | "type" | "subject" | "findingId" | "kind" | "severity" | "data">,
    dueMs = nowMs,
  ): void {
    const mutedUntilMs = mutedUntil(mutes, alert, endpoint.mutedUntilMs, nowMs);
    const one: NewAlert = {
      ...alert,
      id: `alr_${randomBytes(16).toString("base64url")}`,
      endpointId: endpoint.id,
      status: mutedUntilMs === null ? "PENDING" : "MUTED",
      changes: 1,
      dueMs: Math.max(dueMs, mutedUntilMs ?? 0),
      mutedUntilMs,
    };
    added.push(one);
    last.set(keyOf(endpoint.id, alert.subject), { added: one });
    count(endpoint.id, 1);
  }

  /** Adds a change to a message that was not yet sent. */
  function addChange(existing: Last, severity: Severity, data: AlertData): void {
    if ("added" in existing) {
      const { added: one } = existing;
      Object.assign(one, { severity: worse(one.severity, severity), changes: one.changes + 1, data });
      return;
    }
    const { stored } = existing;
    const one = changed.get(stored.id) ?? { id: stored.id, severity: stored.severity, changes: stored.changes, data };
    changed.set(stored.id, { ...one, severity: worse(one.severity, severity), changes: one.changes + 1, data });
  }

  const isUnsent = (one: Last | undefined): one is Last =>
    one !== undefined && ("added" in one ? one.added.status !== "SUPERSEDED" : one.stored.isUnsent);
  const typeOf = (one: Last): string => ("added" in one ? one.added.type : one.stored.type);
  const dataOf = (one: Last): AlertData =>
    "added" in one ? one.added.data : (changed.get(one.stored.id)?.data ?? one.stored.data);

  return {
    openFinding(endpoint: RoutedEndpoint, { id, sourceId, kind, data, aboutEndpointId }: RoutedFinding): void {
      const severity = severityOfKind(kind);
      if (!isAtLeast(severity, endpoint.minSeverity) || aboutEndpointId === endpoint.id) return;
      if ((waiting.get(endpoint.id) ?? 0) < MAX_WAITING) {
        add(endpoint, { sourceId, type: "FINDING_OPENED", subject: id, findingId: id, kind, severity, data });
        return;
      }
      const omitted = last.get(keyOf(endpoint.id, OMITTED_SUBJECT));
      if (isUnsent(omitted)) addChange(omitted, severity, {});
      else {
        const about = { sourceId: null, findingId: null, kind: null, severity, data: {} };
        add(endpoint, { type: "FINDINGS_OMITTED", subject: OMITTED_SUBJECT, ...about });
      }
    },

    closeFinding(endpoint: RoutedEndpoint, { id, sourceId, kind, data }: RoutedFinding, at: string): void {
      const key = keyOf(endpoint.id, id);
      const opening = last.get(key);
      if (opening === undefined || typeOf(opening) !== "FINDING_OPENED") return; // it was not reported there
      last.delete(key);
      if (isUnsent(opening)) {
        if ("added" in opening) opening.added.status = "SUPERSEDED";
        else superseded.push(opening.stored.id);
        count(endpoint.id, -1);
        return;
      }
      const severity = severityOfKind(kind);
      add(endpoint, {
        sourceId,
        type: "FINDING_CLOSED",
        subject: id,
        findingId: id,
        kind,
        severity,
        data: { ...data, closedAt: at },
      });
    },

    changeHealth(endpoint: RoutedEndpoint, { sourceId, at }: AlertEvent, change: HealthChange): void {
      const { state, previous, cause } = change;
      const severity = worse(severityOfState(state), severityOfState(previous));
      const subject = healthSubject(sourceId);
      const existing = last.get(keyOf(endpoint.id, subject));
      const current = { sourceId, state, cause, since: at, ...diagnoses.get(sourceId) };
      if (isUnsent(existing)) {
        const { previous: first, isSummary } = dataOf(existing);
        addChange(existing, severity, { ...current, previous: first, isSummary });
        return;
      }
      if (!isAtLeast(severity, endpoint.minSeverity)) return;
      const recent = input.recentHealth.find((one) => one.endpointId === endpoint.id && one.sourceId === sourceId);
      const isSummary = recent !== undefined && recent.count >= times.healthPerHour;
      const dueMs = Math.max(nowMs + times.settleMs, isSummary ? recent.oldestMs + HOUR_MS : 0);
      add(
        endpoint,
        {
          sourceId,
          type: "SOURCE_HEALTH_CHANGED",
          subject,
          findingId: null,
          kind: HEALTH_KIND,
          severity,
          data: { ...current, previous, isSummary },
        },
        dueMs,
      );
    },

    result: (): AlertPlan => ({ added, changed: [...changed.values()], superseded }),
  };
}
