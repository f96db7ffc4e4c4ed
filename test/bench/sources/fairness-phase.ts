import { setTimeout as pause } from "node:timers/promises";
import type { SourcesOptions } from "./options.ts";
import type { BenchSource } from "./settings-file.ts";
import { startWorld, type World } from "./world.ts";

export interface FairnessResult {
  /** Sources of the large tenant, which became due at one moment. */
  readonly dueSources: number;
  /** Those that were not yet read when a small tenant's source became due: the fewest of all tries. */
  readonly waiting: number;
  /** Longest time from the moment when a small tenant's source was due until its first call. */
  readonly smallTenantMs: number;
  /** The same of the tries in which it was due by its schedule, and by a request. */
  readonly byScheduleMs: number;
  readonly byRequestMs: number;
}

const TRIES = 3;
const TRIGGERS = ["schedule", "request"] as const;
/** One for each try: the limits of an account would delay its second read by some seconds. */
const SMALL = Array.from({ length: TRIES }, (_, index) =>
  TRIGGERS.map((trigger) => ({
    id: `only-${trigger}-${index}`,
    tenant: `small-${trigger}-${index}`,
    connector: "plaid" as const,
    trigger,
  })),
).flat();
type SmallSource = (typeof SMALL)[number];

const LIMIT_MS = 60_000;
/** Pause that the service asks for in an answer that refuses a request as one too many. */
const RETRY_MS = 1_000;
/** Makes it certain that many of the large tenant's sources still wait. */
const DELAY_MS = 100;
/** Sources of the large tenant that were begun when the first small one becomes due: both processes are busy with it. */
const BUSY = 100;
/** No poll is due unless it is made so. */
const SCHEDULE = "20d";

/** Makes thousands of sources of one tenant due at once, and then the only one of another, several times. */
export async function measureFairness(options: SourcesOptions): Promise<FairnessResult> {
  const dueSources = Math.max(1, Math.round(options.sources / 2));
  const large = Array.from({ length: dueSources }, (_, index): BenchSource => ({
    id: `of-large-${index}`,
    tenant: "large",
    connector: "plaid",
  }));
  const sources = [...large, ...SMALL];
  await using world = await startWorld({ sources, schedule: SCHEDULE, watch: options, arePolled: "idle" });
  await world.upstream.delay(DELAY_MS);
  await world.query("update sluice.source_schedules set poll_due_at = now() where tenant_id = 'large'");
  await untilBegun(world, Math.min(BUSY, dueSources / 2), options.giveUpMs);
  const tries: { readonly trigger: SmallSource["trigger"]; readonly ms: number }[] = [];
  let waiting = dueSources;
  for (const small of SMALL) {
    const { begun } = await world.upstream.totals();
    waiting = Math.min(waiting, dueSources + tries.length - begun);
    tries.push({ trigger: small.trigger, ms: await readOnly(world, small) });
    await pause(500);
  }
  const longest = (trigger: SmallSource["trigger"]) =>
    Math.max(...tries.filter((each) => each.trigger === trigger).map(({ ms }) => ms));
  const [byScheduleMs, byRequestMs] = [longest("schedule"), longest("request")];
  const smallTenantMs = Math.max(byScheduleMs, byRequestMs);
  const result = { dueSources, waiting, smallTenantMs, byScheduleMs, byRequestMs };
  console.log(JSON.stringify({ ...result, tries }));
  return result;
}

async function untilBegun(world: World, count: number, limitMs: number): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs && (await world.upstream.totals()).begun < count) await pause(100);
}

async function makeDue(world: World, { id, tenant, trigger }: SmallSource): Promise<void> {
  if (trigger === "request") return startSync(world, world.services[0], { id, tenant });
  await world.query(`update sluice.source_schedules set poll_due_at = now() where source_id = '${id}'`);
}

/** A request that the service refuses because it is busy is sent again, as clients do; the wait counts. */
async function startSync(
  world: World,
  service: World["services"][0],
  { id, tenant }: Pick<BenchSource, "id" | "tenant">,
): Promise<void> {
  const mutation = `mutation { startSync(input: { sourceId: "${id}" }) { run { id } } }`;
  for (;;) {
    try {
      return void (await world.graphql(service, tenant, mutation));
    } catch (reason) {
      if (!String(reason).includes('"code":"OVERLOADED"')) throw reason;
    }
    await pause(RETRY_MS);
  }
}

/** Milliseconds from the moment when it becomes due until its first call at the upstream. */
async function readOnly(world: World, source: SmallSource): Promise<number> {
  const dueAtMs = Date.now();
  await makeDue(world, source);
  while (Date.now() - dueAtMs < LIMIT_MS) {
    const account = (await world.upstream.accounts()).find(({ id }) => id === source.id);
    const begunAtMs = account?.polls.find((atMs) => atMs >= dueAtMs);
    if (begunAtMs !== undefined) return begunAtMs - dueAtMs;
    await pause(50);
  }
  return Number.POSITIVE_INFINITY;
}
