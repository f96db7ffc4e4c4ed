import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { eventTemplates, generate } from "../bench/webhooks/generate.ts";
import type { LoadResult } from "../bench/webhooks/task.ts";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import { type Query, withQuery } from "./service-database.ts";
import { type Service, startService } from "./service.ts";
import { writeSluiceYaml } from "./sluice-yaml.ts";

const SECRET = "whsec_of_the_burst";
const SOURCE = "stripe-main";
const PROCESSES = 2;
/** Number of connections that a provider opens when responses are slow. */
const CONNECTIONS = 512;
const QUERY_PAUSE_MS = 100;
const DRAIN_MS = 300_000;
const LOAD_MS = 240_000;

/** Calls per second, over all processes, and the duration. */
export interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
}

/** External measurements of one phase. */
export interface PhaseResult {
  /** One for each process. */
  readonly loads: readonly LoadResult[];
  /** Duration of each query of a user, in milliseconds, ascending. */
  readonly queriesMs: readonly number[];
}

export interface BurstResult<Name extends string> {
  readonly phases: Readonly<Record<Name, PhaseResult>>;
  /** Time from the end of the last phase until everything was applied. */
  readonly drainMs: number;
  readonly sent: number;
  /** Rows in the database afterwards. */
  readonly stored: { readonly deliveries: number; readonly applied: number; readonly objects: number };
}

/**
 * Runs two complete services on one database, with webhooks at one rate after the other, and a user who queries both
 * meanwhile. Deliveries that a service rejects are sent again until they are accepted, as a provider does.
 */
export async function runBurst<Name extends string>(
  dataDir: string,
  rates: Readonly<Record<Name, Rate>>,
): Promise<BurstResult<Name>> {
  const services: Service[] = [];
  try {
    const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_burst", webhookSecrets: [SECRET] };
    const SLUICE_CONFIG = await writeSluiceYaml(dataDir, config, { schedule: "manual" });
    const env = { SLUICE_CONFIG, DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error" };
    for (let index = 0; index < PROCESSES; index += 1) services.push(await startService({ env }));
    const urls = services.map(({ url }) => url);
    const templates = await eventTemplates();
    const phases: Partial<Record<Name, PhaseResult>> = {};
    let sent = 0;
    for (const name of Object.keys(rates) as Name[]) {
      const { perSecond, seconds } = rates[name];
      phases[name] = await runPhase({ urls, templates, prefix: name, perSecond, seconds, dataDir });
      sent += perSecond * seconds;
    }
    const endedMs = performance.now();
    return await withQuery(dataDir, async (query) => {
      await eventually("everything to be applied", async () => (await pending(query)) === 0, DRAIN_MS);
      const drainMs = performance.now() - endedMs;
      return { phases: phases as Record<Name, PhaseResult>, drainMs, sent, stored: await storedCounts(query) };
    });
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}

interface Phase extends Rate {
  readonly urls: readonly string[];
  readonly templates: string[];
  readonly prefix: string;
  readonly dataDir: string;
}

async function runPhase({ urls, templates, prefix, perSecond, seconds, dataDir }: Phase): Promise<PhaseResult> {
  const ending = new AbortController();
  const queries = Promise.all(urls.map((url) => queryUntil(url, ending.signal)));
  const share = perSecond / urls.length;
  const common = { secret: SECRET, templates, events: share * seconds, connections: CONNECTIONS, perSecond: share };
  try {
    const loads = await Promise.all(
      urls.map((url, index) =>
        generate({ ...common, url: `${url}/webhooks/${SOURCE}`, prefix: `${prefix}${index}` }, dataDir, LOAD_MS),
      ),
    );
    ending.abort();
    return { loads, queriesMs: (await queries).flat().toSorted((a, b) => a - b) };
  } finally {
    ending.abort();
  }
}

const QUERY = "{ payments(first: 20) { nodes { externalId status amount { amount currency } source { id } } } }";

/** Queries repeatedly as a user's screen would; each query must be answered without an error. */
async function queryUntil(url: string, signal: AbortSignal): Promise<readonly number[]> {
  const waits: number[] = [];
  while (!signal.aborted) {
    const startedMs = performance.now();
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: QUERY }),
      signal: AbortSignal.timeout(WAIT_LIMIT_MS),
    });
    const answer = await response.text();
    if (!response.ok || answer.includes('"errors"')) throw new Error(`a query failed: ${answer.slice(0, 300)}`);
    waits.push(performance.now() - startedMs);
    await pause(QUERY_PAUSE_MS);
  }
  return waits;
}

const countRow = z.object({ count: z.coerce.number() });

async function countOf(query: Query, what: string): Promise<number> {
  const [row] = await query(`select count(*) as count from sluice.${what}`);
  return countRow.parse(row).count;
}

function pending(query: Query): Promise<number> {
  return countOf(query, "deliveries where status = 'PENDING'");
}

async function storedCounts(query: Query): Promise<BurstResult<string>["stored"]> {
  return {
    deliveries: await countOf(query, "deliveries"),
    applied: await countOf(query, "deliveries where status = 'APPLIED'"),
    objects:
      (await countOf(query, "payments where external_id like 'pi_%'")) +
      (await countOf(query, "payment_attempts where external_id like 'ch_%'")),
  };
}
