import { setTimeout as pause } from "node:timers/promises";
import { LEASE_MS } from "../../../src/ingest/polling/stream-lease.ts";
import type { SourcesOptions } from "./options.ts";
import type { AccountReport } from "./upstream-client.ts";
import type { World } from "./world.ts";

export interface TakeoverResult {
  /** Streams that the killed process was reading. */
  readonly interrupted: number;
  /** Time from the kill until another process reads the last of them. */
  readonly takeoverMs: number;
  /** Sources that were not read since their upstream has grown: they are not compared. */
  readonly unread: number;
  /** Transactions that the upstream has and the store has not, of the sources that were read since. */
  readonly lost: number;
  /** Transactions with two rows, or with two events of their creation. */
  readonly twice: number;
  readonly compared: number;
  readonly overLimit: number;
}

/** Makes polls slow enough that many are running at any time. */
const DELAY_MS = 300;
const LIMIT_MS = 60_000;

/** Kills one of two processes while both read, and compares the store with the upstream when all was read again. */
export async function measureTakeover(
  world: World,
  { sources, scheduleMs, giveUpMs }: SourcesOptions,
): Promise<TakeoverResult> {
  const before = await world.upstream.totals();
  await world.upstream.delay(DELAY_MS);
  await world.upstream.grow();
  const grownAtMs = Date.now();
  await pause(Math.min(scheduleMs / 2, 20_000)); // half of the sources have been read since, or are being read
  const killedAtMs = Date.now();
  await world.services[1].kill();
  const dead = await ownersWithoutRenewals(world);
  const interrupted = (await leasesOf(world)).filter(({ owner }) => dead.has(owner)).length;
  const takeoverMs = await untilTakenOver(world, dead, killedAtMs);
  await world.upstream.delay(0);
  await untilReadSince(world, grownAtMs, Math.max(scheduleMs * 1.2, giveUpMs));
  const read = await accountsReadSince(world, grownAtMs);
  const result = { interrupted, takeoverMs, unread: sources - read.length, ...(await compare(world, read)) };
  const { overLimit } = await world.upstream.totals();
  console.log(JSON.stringify(result));
  return { ...result, overLimit: overLimit - before.overLimit };
}

/** Sources of which a read began since a time, and has ended. */
async function accountsReadSince(world: World, sinceMs: number): Promise<readonly AccountReport[]> {
  const rows = await world.query(
    `select source_id as id, extract(epoch from max(stream_states.last_success_at))::float8 * 1000 as "endedAtMs"
     from sluice.stream_states join sluice.sources on sources.tenant_id = stream_states.tenant_id and sources.id = source_id
     where connector <> 'plaid' or stream = 'transactions' group by source_id`,
  );
  const endedAtMs = new Map(rows.map((row) => [String(row["id"]), Number(row["endedAtMs"])]));
  return (await world.upstream.accounts()).filter(({ id, polls }) => {
    const begunAtMs = polls.find((atMs) => atMs >= sinceMs);
    return begunAtMs !== undefined && (endedAtMs.get(id) ?? 0) >= begunAtMs;
  });
}

/** Resolves when every source was read since a time, or after the limit: they become due within a schedule. */
async function untilReadSince(world: World, sinceMs: number, limitMs: number): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs && (await accountsReadSince(world, sinceMs)).length < world.dueMs.size) await pause(1_000);
}

interface LeaseRow {
  readonly owner: string;
  readonly untilMs: number;
}

async function leasesOf(world: World): Promise<readonly LeaseRow[]> {
  const rows = await world.query(
    `select lease_owner as owner, extract(epoch from lease_until)::float8 * 1000 as "untilMs"
     from sluice.stream_states where lease_owner is not null`,
  );
  return rows.map((row) => ({ owner: String(row["owner"]), untilMs: Number(row["untilMs"]) }));
}

/** Returns the owners of leases that extend none of them within a time in which every living process does. */
async function ownersWithoutRenewals(world: World): Promise<ReadonlySet<string>> {
  const latestOf = (rows: readonly LeaseRow[]) =>
    new Map(
      [...Map.groupBy(rows, ({ owner }) => owner)].map(([owner, own]) => [
        owner,
        Math.max(...own.map(({ untilMs }) => untilMs)),
      ]),
    );
  const before = latestOf(await leasesOf(world));
  await pause(LEASE_MS / 2);
  const after = latestOf(await leasesOf(world));
  return new Set([...before.keys()].filter((owner) => after.get(owner) === before.get(owner)));
}

/** Milliseconds from the kill until no stream has a lease of these owners; Infinity if that never happened. */
async function untilTakenOver(world: World, owners: ReadonlySet<string>, killedAtMs: number): Promise<number> {
  while (Date.now() < killedAtMs + LIMIT_MS) {
    if ((await leasesOf(world)).every(({ owner }) => !owners.has(owner))) return Date.now() - killedAtMs;
    await pause(100);
  }
  return Number.POSITIVE_INFINITY;
}

async function compare(
  world: World,
  accounts: readonly AccountReport[],
): Promise<Pick<TakeoverResult, "lost" | "twice" | "compared">> {
  const rows = await world.query(
    `select source_id, external_id from sluice.bank_transactions where deleted_at is null`,
  );
  const stored = Map.groupBy(rows, (row) => `${String(row["source_id"])} ${String(row["external_id"])}`);
  const plaid = await world.query("select id from sluice.sources where connector = 'plaid'");
  const ofPlaid = new Set(plaid.map((row) => String(row["id"])));
  const expected = accounts
    .filter(({ id }) => ofPlaid.has(id))
    .flatMap(({ id, transactions }) => Array.from({ length: transactions }, (_, index) => `${id} ${id}-t${index}`));
  const created = await world.query(
    `select 1 from sluice.events where entity_type = 'BankTransaction' and data->>'change' = 'CREATED'
     group by tenant_id, entity_id having count(*) > 1`,
  );
  const doubled = [...stored.values()].filter((same) => same.length > 1).length;
  return {
    lost: expected.filter((key) => !stored.has(key)).length,
    twice: doubled + created.length,
    compared: expected.length,
  };
}
