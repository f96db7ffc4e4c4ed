import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { type Finding, findingId, openFindings } from "./findings.ts";
import { DRIFT_KINDS, type DriftKind, LIMIT_KIND, PATH_KINDS } from "./drift-kinds.ts";

/** One object that differs from the contract in one place. */
export interface Drift {
  readonly kind: DriftKind;
  /** Kind of the object. */
  readonly entity: string;
  /** Place in the object, as `driftPath` returns it. */
  readonly path: string;
  /** Place in this object, with positions in lists. */
  readonly samplePath: string;
  /** What was there: a shape or a code, never personal data or an amount. */
  readonly sample: string;
  /** Id of the object; undefined: not known. */
  readonly externalId: string | undefined;
}

/** Findings of one source by path that are open at a time: an upstream with random names must not fill the table. */
export const MAX_OPEN = 100;
/** Closed ones of one source that are kept: the oldest are deleted before more are opened. */
const MAX_CLOSED = 100;
/** Paths that one transaction counts: those beyond it are counted together. */
const MAX_COUNTED = 1_000;
/** Samples of one finding. */
const MAX_SAMPLES = 5;

/** Objects, or descriptions of a part of the upstream, in which the difference of one finding was seen. */
export interface Seen {
  /** Id of the finding. */
  readonly id: string;
  readonly count: number;
  readonly samples: readonly string[];
}

interface Counted extends Drift, Seen {
  count: number;
  readonly samples: string[];
}

/**
 * Counts objects that differ from the contract, in one finding for each kind, entity and path. It stays open while such
 * objects are seen. Several transactions may see the same difference at a time: then one of them counts its objects, and
 * the others do not wait for it, so the count is a lower bound.
 */
export async function recordDrift(tx: Transaction, sourceId: string, seen: readonly Drift[]): Promise<NewEvent[]> {
  if (seen.length === 0) return [];
  const { counted, excess } = countByPath(tx.tenantId, sourceId, seen);
  const { now, open } = await countOpen(tx, counted);
  const unopened = counted.filter(({ id }) => !open.has(id));
  if (unopened.length === 0 && excess === 0) return [];
  const admitted = unopened.slice(0, await makeRoom(tx, sourceId, unopened.length));
  const events = await openFindings(
    tx,
    sourceId,
    admitted.map((drift) => findingOf(drift, now)),
    "stays",
  );
  const rest = excess + unopened.slice(admitted.length).reduce((sum, { count }) => sum + count, 0);
  return rest === 0 ? events : [...events, ...(await recordLimit(tx, sourceId, rest))];
}

function countByPath(tenantId: string, sourceId: string, seen: readonly Drift[]) {
  const byId = new Map<string, Counted>();
  let excess = 0;
  for (const drift of seen) {
    const id = findingId(tenantId, sourceId, "drift", drift.kind, drift.entity, drift.path);
    const existing = byId.get(id);
    if (existing !== undefined) {
      existing.count += 1;
      if (existing.samples.length < MAX_SAMPLES && !existing.samples.includes(drift.sample)) {
        existing.samples.push(drift.sample);
      }
    } else if (byId.size < MAX_COUNTED) byId.set(id, { ...drift, id, count: 1, samples: [drift.sample] });
    else excess += 1;
  }
  return { counted: [...byId.values()], excess };
}

/** Adds to the counts of findings that are open and not locked. Returns which are open, and the present time. */
export async function countOpen(
  tx: Transaction,
  drifts: readonly Seen[],
): Promise<{ readonly now: string; readonly open: ReadonlySet<string> }> {
  const [row] = await tx.query<{ now: string; open: readonly string[] }>(COUNT, [
    tx.tenantId,
    drifts.map(({ id }) => id),
    drifts.map(({ count }) => count),
    drifts.map(({ samples }) => JSON.stringify(samples)),
  ]);
  return { now: row?.now ?? "", open: new Set(row?.open) };
}

const NOW = `to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COUNT = `
  with incoming as (
    select * from unnest($2::text[], $3::bigint[], $4::jsonb[]) as incoming (id, count, samples)
  ), existing as (
    select id from findings where tenant_id = $1 and id = any($2) and closed_at is null
  ), unlocked as (
    select id from findings where tenant_id = $1 and id = any($2) and closed_at is null for no key update skip locked
  ), counted as (
    update findings as finding set evidence = finding.evidence || jsonb_build_object(
      'count', coalesce((finding.evidence ->> 'count')::bigint, 1) + incoming.count, 'lastSeen', ${NOW},
      'samples', (select jsonb_agg(sample order by place) from (
        select sample, min(place) as place
        from jsonb_array_elements(coalesce(finding.evidence -> 'samples', '[]') || incoming.samples) with ordinality as each (sample, place)
        group by sample order by min(place) limit ${MAX_SAMPLES}) as merged))
    from incoming join unlocked using (id)
    where finding.tenant_id = $1 and finding.id = incoming.id)
  select ${NOW} as now, array(select id from existing) as open`;

/** Returns how many more findings may be opened, and deletes the oldest closed ones that they replace. */
export async function makeRoom(tx: Transaction, sourceId: string, requested: number): Promise<number> {
  if (requested === 0) return 0;
  const [row] = await tx.query<{ open: bigint; closed: bigint }>(
    `select count(*) filter (where closed_at is null) as open, count(*) filter (where closed_at is not null) as closed
     from findings where source_id = $1 and kind = any($2)`,
    [sourceId, PATH_KINDS],
  );
  const admitted = Math.min(requested, Math.max(0, MAX_OPEN - Number(row?.open ?? 0)));
  if (admitted > 0 && Number(row?.closed ?? 0) > MAX_CLOSED) {
    await tx.query(
      `delete from findings where tenant_id = $1 and id in (
         select id from findings where source_id = $2 and kind = any($3) and closed_at is not null
         order by closed_at desc, id offset ${MAX_CLOSED} for update skip locked)`,
      [tx.tenantId, sourceId, PATH_KINDS],
    );
  }
  return admitted;
}

async function recordLimit(tx: Transaction, sourceId: string, count: number): Promise<NewEvent[]> {
  const id = findingId(tx.tenantId, sourceId, "drift", LIMIT_KIND);
  const samples = [`${MAX_OPEN} paths`];
  const limit: Counted = {
    id,
    kind: LIMIT_KIND,
    entity: "source",
    path: "*",
    samplePath: "*",
    sample: "",
    externalId: undefined,
    count,
    samples,
  };
  const { now, open } = await countOpen(tx, [limit]);
  return open.has(id) ? [] : openFindings(tx, sourceId, [findingOf(limit, now)], "stays");
}

function findingOf(drift: Counted, now: string): Finding {
  const { id, kind, entity, path, samplePath, externalId, count, samples } = drift;
  const { cause, sentence, remedy } = DRIFT_KINDS[kind];
  const isLimit = kind === LIMIT_KIND;
  return {
    id,
    kind,
    cause,
    summary: isLimit ? `The source ${sentence}` : `${entity}.${path} ${sentence}: ${samples.join(", ")}`,
    evidence: { entity, path, samplePath, samples, count, externalId, firstSeen: now, lastSeen: now },
    remedy,
  };
}
