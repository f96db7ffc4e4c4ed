import { setTimeout as pause } from "node:timers/promises";
import type { SourcesOptions } from "./options.ts";
import type { BenchSource } from "./settings-file.ts";
import { startWorld, type World } from "./world.ts";

export interface FairnessResult {
  /** Due sources of the large tenant. */
  readonly dueSources: number;
  /** Sources of the large tenant that were not yet read when the small tenant's became due. */
  readonly waiting: number;
  /** Longest time from the moment when the small tenant's source was due until its first call. */
  readonly smallTenantMs: number;
}

const CONCURRENT = 16;
const TRIES = 3;
/** One for each try: the limits of an account would delay its second read by some seconds. */
const SMALL = Array.from({ length: TRIES }, (_, index): BenchSource => ({
  id: `only-${index}`,
  tenant: `small-${index}`,
  connector: "plaid",
}));
const LIMIT_MS = 120_000;
/** Pause that the service asks for in such an answer. */
const RETRY_MS = 1_000;
/** Makes it certain that many of the large tenant's sources still wait. */
const DELAY_MS = 100;

/** Requests a read of thousands of sources of one tenant at once, then of the only one of another, several times. */
export async function measureFairness(options: SourcesOptions): Promise<FairnessResult> {
  const dueSources = Math.max(1, Math.round(options.sources / 2));
  const large = Array.from({ length: dueSources }, (_, index): BenchSource => ({
    id: `of-large-${index}`,
    tenant: "large",
    connector: "plaid",
  }));
  await using world = await startWorld({ sources: [...large, ...SMALL], schedule: "manual", watch: options });
  await world.upstream.delay(DELAY_MS);
  await requestAll(world, large);
  const times: number[] = [];
  let waiting = 0;
  for (const small of SMALL) {
    const { begun } = await world.upstream.totals();
    waiting = Math.max(waiting, dueSources - begun);
    times.push(await readOnly(world, small));
    await pause(500);
  }
  const result = { dueSources, waiting, smallTenantMs: Math.max(...times) };
  console.log(JSON.stringify({ ...result, times }));
  return result;
}

async function requestAll(world: World, sources: readonly BenchSource[]): Promise<void> {
  const left = [...sources];
  const work = async (index: number): Promise<void> => {
    for (let source = left.pop(); source !== undefined; source = left.pop())
      await startSync(world, world.services[index % 2 === 0 ? 0 : 1], source);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, (_, index) => work(index)));
}

/** A request that the service refuses because it is busy is sent again, as clients do; the wait counts. */
async function startSync(world: World, service: World["services"][0], { id, tenant }: BenchSource): Promise<void> {
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

/** Milliseconds from the request until its first call at the upstream. */
async function readOnly(world: World, source: BenchSource): Promise<number> {
  const dueAtMs = Date.now();
  await startSync(world, world.services[0], source);
  while (Date.now() - dueAtMs < LIMIT_MS) {
    const account = (await world.upstream.accounts()).find(({ id }) => id === source.id);
    const begunAtMs = account?.polls.find((atMs) => atMs >= dueAtMs);
    if (begunAtMs !== undefined) return begunAtMs - dueAtMs;
    await pause(50);
  }
  return Number.POSITIVE_INFINITY;
}
