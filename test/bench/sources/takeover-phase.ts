import { setTimeout as pause } from "node:timers/promises";
import type { SourcesOptions } from "./options.ts";
import type { AccountReport } from "./upstream-client.ts";
import type { World } from "./world.ts";

export interface TakeoverResult {
  /** Sources in the middle of a poll when the process was killed. */
  readonly interrupted: number;
  /** Time from the kill until the last of them was called again. */
  readonly takeoverMs: number;
  /** Transactions that the upstream has and the store has not. */
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
export async function measureTakeover(world: World, { scheduleMs }: SourcesOptions): Promise<TakeoverResult> {
  const before = await world.upstream.totals();
  await world.upstream.delay(DELAY_MS);
  await world.upstream.grow();
  await pause(Math.min(scheduleMs / 2, 20_000)); // half of the sources have been read since, or are being read
  const killedAtMs = Date.now();
  await world.services[1].kill();
  await pause(DELAY_MS + 200); // calls of the killed process that were in flight have ended
  const interrupted = (await world.upstream.accounts()).filter(({ isOpen }) => isOpen).map(({ id }) => id);
  const takeoverMs = await untilCalledAgain(world, new Set(interrupted), killedAtMs);
  await world.upstream.delay(0);
  await pause(scheduleMs * 1.2); // every source is due once more
  const accounts = (await world.upstream.accounts()).filter(({ transactions }) => transactions > 0);
  const result = { interrupted: interrupted.length, takeoverMs, ...(await compare(world, accounts)) };
  const { overLimit } = await world.upstream.totals();
  console.log(JSON.stringify(result));
  return { ...result, overLimit: overLimit - before.overLimit };
}

/** Milliseconds from the kill until each of the sources was called again; Infinity if that never happened. */
async function untilCalledAgain(world: World, ids: ReadonlySet<string>, killedAtMs: number): Promise<number> {
  const sinceMs = Date.now();
  const endMs = killedAtMs + LIMIT_MS;
  const again = new Map<string, number>();
  while (again.size < ids.size && Date.now() < endMs) {
    await pause(200);
    for (const { id, lastCallMs } of await world.upstream.accounts())
      if (ids.has(id) && lastCallMs > sinceMs && !again.has(id)) again.set(id, lastCallMs);
  }
  return again.size < ids.size
    ? Number.POSITIVE_INFINITY
    : Math.max(0, ...again.values()) - (ids.size > 0 ? killedAtMs : 0);
}

async function compare(
  world: World,
  accounts: readonly AccountReport[],
): Promise<Pick<TakeoverResult, "lost" | "twice" | "compared">> {
  const rows = await world.query(
    `select source_id, external_id from sluice.bank_transactions where deleted_at is null`,
  );
  const stored = Map.groupBy(rows, (row) => `${String(row["source_id"])} ${String(row["external_id"])}`);
  const ofPlaid = new Set(rows.map((row) => String(row["source_id"])));
  const expected = accounts
    .filter(({ id }) => ofPlaid.has(id))
    .flatMap(({ id, transactions }) => Array.from({ length: transactions }, (_, index) => `${id} ${id}-t${index}`));
  const created = await world.query(
    `select 1 from sluice.events where entity_type = 'BankTransaction' and change = 'CREATED'
     group by tenant_id, entity_id having count(*) > 1`,
  );
  const doubled = [...stored.values()].filter((same) => same.length > 1).length;
  return {
    lost: expected.filter((key) => !stored.has(key)).length,
    twice: doubled + created.length,
    compared: expected.length,
  };
}
