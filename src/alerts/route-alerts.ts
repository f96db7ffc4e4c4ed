import { findHealth, HEALTH_BATCH } from "../diagnosis/find-health.ts";
import { ALERT, ALERT_ENDPOINT } from "../domain/lifecycles.ts";
import type { AlertEvent } from "../events/alert-events.ts";
import { readAlertEvents } from "../events/alert-events.ts";
import type { RoundResult } from "../runtime/due-work.ts";
import type { Database, Transaction } from "../store/database.ts";
import { after, allows } from "../store/status-sql.ts";
import type { AlertData, AlertTimes } from "./alert.ts";
import { ENDPOINT_FINDING } from "./endpoint-finding.ts";
import { findMutes } from "./mutes.ts";
import {
  healthSubject,
  OMITTED_SUBJECT,
  planAlerts,
  type RecentHealth,
  type RoutedEndpoint,
  type RoutedFinding,
  type StoredAlert,
} from "./plan-alerts.ts";
import { changeAlerts, insertAlerts, supersedeAlerts } from "./store-alerts.ts";

/** Messages that one transaction stores at most, about: events times endpoints. */
const MAX_MESSAGES = 500;
const MAX_EVENTS = 250;
const MAX_EVIDENCE = 10;
const MAX_VALUE_CHARACTERS = 500;

/**
 * Turns the next events of a tenant's log into messages, in one transaction with the position up to which this was done.
 * The log is what makes it safe: an event is written in the transaction in which a finding opens, and is read here until
 * its messages are stored.
 * @param onStored called with the endpoints that have new messages, after the commit
 */
export async function routeAlerts(
  db: Database,
  tenantId: string,
  times: AlertTimes,
  onStored: (endpointIds: readonly string[]) => void,
): Promise<RoundResult> {
  const routed = await db.transaction(tenantId, (tx) => routePage(tx, times));
  if (routed.endpointIds.length > 0) onStored(routed.endpointIds);
  return routed.result;
}

export interface RoutedPage {
  readonly result: RoundResult;
  readonly endpointIds: readonly string[];
}

/** Makes the messages of the next events, as `routeAlerts`. */
export async function routePage(tx: Transaction, times: AlertTimes): Promise<RoutedPage> {
  const [position] = await tx.query<{ seq: bigint; nowMs: number }>(
    `select seq, (extract(epoch from now()) * 1000)::float8 as "nowMs" from alert_positions for update skip locked`,
  );
  if (position === undefined) return { result: "nothing", endpointIds: [] }; // another process does it
  const endpoints = await lockEndpoints(tx);
  const limit = Math.min(MAX_EVENTS, Math.ceil(MAX_MESSAGES / Math.max(1, endpoints.length)));
  const page = await readAlertEvents(tx, position.seq, limit);
  if (page.through === position.seq) return { result: "nothing", endpointIds: [] };
  const endpointIds =
    endpoints.length > 0 && page.events.length > 0
      ? await storeMessages(tx, { endpoints, events: page.events, nowMs: position.nowMs, times })
      : [];
  await tx.query("update alert_positions set seq = $1", [page.through]);
  return { result: page.hasMore ? "more" : "done", endpointIds };
}

interface MessagesInput {
  readonly endpoints: readonly RoutedEndpoint[];
  readonly events: readonly AlertEvent[];
  readonly nowMs: number;
  readonly times: AlertTimes;
}

async function storeMessages(tx: Transaction, input: MessagesInput): Promise<readonly string[]> {
  const { endpoints, events, nowMs, times } = input;
  const findingIds = distinct(events.flatMap(({ body }) => ("findingId" in body ? [body.findingId] : [])));
  const sourceIds = distinct(
    events.filter(({ body }) => body.kind === "SourceHealthChanged").map(({ sourceId }) => sourceId),
  );
  const plan = planAlerts({
    events,
    endpoints,
    mutes: await findMutes(tx),
    findings: await findFindings(tx, findingIds),
    stored: await findStored(tx, [...findingIds, ...sourceIds.map(healthSubject), OMITTED_SUBJECT]),
    recentHealth: await findRecentHealth(tx, sourceIds),
    diagnoses: await findDiagnoses(tx, sourceIds),
    nowMs,
    times,
  });
  await supersedeAlerts(tx, plan.superseded);
  await changeAlerts(tx, plan.changed);
  return insertAlerts(tx, plan.added);
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

/**
 * Locks the endpoints that are sent to, so that their messages do not change meanwhile: each
 * transaction that sends or changes a message locks its endpoint first.
 */
function lockEndpoints(tx: Transaction): Promise<RoutedEndpoint[]> {
  return tx.query<RoutedEndpoint & Record<string, unknown>>(
    `select id, min_severity as "minSeverity", source_ids as "sourceIds", after_seq as "afterSeq",
       (extract(epoch from muted_until) * 1000)::float8 as "mutedUntilMs",
       (select count(*)::int from alerts where endpoint_id = endpoint.id and ${allows("status", ALERT, "giveUp")}) as waiting
     from alert_endpoints as endpoint where ${allows("status", ALERT_ENDPOINT, "reject")}
     order by id for no key update`,
  );
}

interface FindingRow extends Record<string, unknown> {
  readonly id: string;
  readonly sourceId: string;
  readonly kind: string;
  readonly cause: string;
  readonly summary: string;
  readonly evidence: unknown;
  readonly remedy: string;
  readonly openedAt: string;
}

async function findFindings(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, RoutedFinding>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<FindingRow>(
    `select id, source_id as "sourceId", kind, cause, summary, evidence, remedy, opened_at as "openedAt"
     from findings where id = any($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, routedFinding(row)]));
}

function routedFinding({ id, sourceId, kind, cause, summary, evidence, remedy, openedAt }: FindingRow): RoutedFinding {
  const facts = (evidence ?? {}) as Readonly<Record<string, unknown>>; // written by our own code as an object
  const about = kind === ENDPOINT_FINDING ? facts["endpointId"] : undefined;
  const data: AlertData = {
    findingId: id,
    sourceId,
    kind,
    cause,
    sentence: bounded(summary),
    evidence: Object.entries(facts)
      .slice(0, MAX_EVIDENCE)
      .map(([name, value]) => ({
        name,
        value: bounded(typeof value === "string" ? value : JSON.stringify(value)),
      })),
    remedy: bounded(remedy),
    openedAt,
  };
  return { id, sourceId, kind, data, aboutEndpointId: typeof about === "string" ? about : undefined };
}

const bounded = (text: string): string =>
  text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS - 1)}…` : text;

/** Reads the last message of each subject to each endpoint. */
function findStored(tx: Transaction, subjects: readonly string[]): Promise<StoredAlert[]> {
  return tx.query<StoredAlert & Record<string, unknown>>(
    `select id, endpoint_id as "endpointId", subject, type, severity, changes, data,
       attempts = 0 and ${allows("status", ALERT, "supersede")} as "isUnsent"
     from unnest($1::text[]) as wanted_subject (name) cross join lateral (
       select distinct on (endpoint_id) * from alerts
       where subject = wanted_subject.name and status <> ${after(ALERT, "supersede")}
       order by endpoint_id, ordinal desc
     ) as last_one`,
    [subjects],
  );
}

function findRecentHealth(tx: Transaction, sourceIds: readonly string[]): Promise<RecentHealth[]> {
  if (sourceIds.length === 0) return Promise.resolve([]);
  return tx.query<RecentHealth & Record<string, unknown>>(
    `select endpoint_id as "endpointId", source_id as "sourceId", count(*)::int as count,
       (extract(epoch from min(created_at)) * 1000)::float8 as "oldestMs"
     from alerts where source_id = any($1) and created_at > now() - interval '1 hour'
       and type = 'SOURCE_HEALTH_CHANGED' and status <> ${after(ALERT, "supersede")}
     group by endpoint_id, source_id`,
    [sourceIds],
  );
}

/** The most serious diagnosis of each source at present. */
async function findDiagnoses(tx: Transaction, sourceIds: readonly string[]): Promise<ReadonlyMap<string, AlertData>> {
  const found = new Map<string, AlertData>();
  for (let start = 0; start < sourceIds.length; start += HEALTH_BATCH) {
    for (const { sourceId, state, diagnoses } of await findHealth(tx, sourceIds.slice(start, start + HEALTH_BATCH))) {
      const [worst] = diagnoses;
      if (worst === undefined || state === "IN_STEP") continue;
      const evidence = worst.evidence.slice(0, MAX_EVIDENCE).map(({ id, kind, sentence }) => ({
        name: id ?? kind,
        value: bounded(sentence),
      }));
      const { rule, sentence, remedy } = worst;
      found.set(sourceId, { rule, sentence: bounded(sentence), evidence, remedy: bounded(remedy.action) });
    }
  }
  return found;
}
