import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import { closeFindings, type Finding, findingId, openFindings } from "../ingest/apply/findings.ts";
import type { Transaction } from "../store/database.ts";
import { diagnose, type Diagnosis, type SourceHealth } from "./diagnose.ts";
import type { SourceFacts } from "./facts/facts.ts";
import { loadFacts } from "./facts/load-facts.ts";
import { RULES } from "./rules/rules.ts";

/** Kinds of findings that only this folder opens and closes. */
const RECORDED: ReadonlySet<string> = new Set(RULES.filter(({ isRecorded }) => isRecorded).map(({ id }) => id));

/**
 * Evaluates sources and records what has changed: the state with its event, and the findings of rules that are
 * recorded. What is as before costs no write.
 * @returns the number of sources whose state changed
 */
export async function recordHealth(tx: Transaction, sourceIds: readonly string[]): Promise<number> {
  const evaluated = (await loadFacts(tx, sourceIds)).map((facts) => ({ facts, health: diagnose(facts) }));
  const changed = evaluated.filter(({ facts, health }) => facts.source.recordedState !== health.state);
  await writeHealth(
    tx,
    changed.map(({ health }) => health),
  );
  const events: NewEvent[] = changed.flatMap(({ facts, health }) => eventOf(facts, health));
  for (const { facts, health } of evaluated) events.push(...(await updateRecorded(tx, facts, health)));
  await appendEvents(tx, events);
  return changed.length;
}

async function writeHealth(tx: Transaction, all: readonly SourceHealth[]): Promise<void> {
  if (all.length === 0) return;
  const ordered = all.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
  await tx.query(
    `insert into source_health (tenant_id, source_id, state, since, cause, rules)
     select $1, incoming.id, incoming.state, to_timestamp(incoming.since / 1000), incoming.cause,
       array(select jsonb_array_elements_text(incoming.rules))
     from unnest($2::text[], $3::text[], $4::float8[], $5::text[], $6::jsonb[]) as incoming (id, state, since, cause, rules)
     on conflict (tenant_id, source_id) do update set state = excluded.state, since = excluded.since,
       cause = excluded.cause, rules = excluded.rules`,
    [
      tx.tenantId,
      ordered.map(({ sourceId }) => sourceId),
      ordered.map(({ state }) => state),
      ordered.map(({ sinceMs }) => sinceMs),
      ordered.map(({ cause }) => cause),
      ordered.map(({ diagnoses }) => JSON.stringify(diagnoses.map(({ rule }) => rule))),
    ],
  );
}

/** The first evaluation of a source that is in step reports nothing: there was no state before. */
function eventOf({ source }: SourceFacts, { sourceId, state, cause }: SourceHealth): readonly NewEvent[] {
  const previous = source.recordedState ?? "UNKNOWN";
  if (source.recordedState === null && (state === "IN_STEP" || state === previous)) return [];
  return [{ sourceId, body: { kind: "SourceHealthChanged", state, previous, cause } }];
}

/** Opens and closes the findings of recorded rules; the facts include those that are open. */
async function updateRecorded(tx: Transaction, facts: SourceFacts, health: SourceHealth): Promise<readonly NewEvent[]> {
  const { sourceId } = health;
  const open = facts.findings.filter(({ kind }) => RECORDED.has(kind));
  const concluded = health.diagnoses.filter(({ rule }) => RECORDED.has(rule));
  if (open.length === 0 && concluded.length === 0) return [];
  const findings = concluded.map((diagnosis) => findingOf(tx.tenantId, sourceId, diagnosis));
  const current = new Set(findings.map(({ id }) => id));
  const known = new Set(open.flatMap(({ ids }) => ids));
  const over = [...known].filter((id) => !current.has(id));
  const opened = findings.filter(({ id }) => !known.has(id));
  return [...(await openFindings(tx, sourceId, opened, "stays")), ...(await closeFindings(tx, sourceId, over))];
}

function findingOf(tenantId: string, sourceId: string, diagnosis: Diagnosis): Finding {
  const { rule, stream, cause, sentence, evidence, remedy } = diagnosis;
  const named = evidence.find(({ kind }) => kind === "BUDGET")?.id ?? "";
  return {
    id: findingId(tenantId, sourceId, rule, stream ?? "", named),
    kind: rule,
    cause,
    summary: sentence.replace(/\.$/, ""),
    evidence: Object.fromEntries(evidence.map((each) => [each.id ?? each.kind, each.sentence])),
    remedy: remedy.action,
  };
}
